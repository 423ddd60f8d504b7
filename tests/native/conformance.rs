//! The judge: traces that real SQLAlchemy wrote, line by line against the engine.

use crate::world::{Asked, World};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every `*.jsonl` under `dir`, in order.
fn traces(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(dir)
        .unwrap_or_else(|e| panic!("{}: {e}", dir.display()))
        .map(|e| e.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            traces(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "jsonl") {
            found.push(path);
        }
    }
}

/// Replays one trace: SQLAlchemy's version, and the number of lines alike or the first difference.
fn compare(path: &Path) -> (String, Result<usize, String>) {
    match read(path) {
        Err(error) => ("?".into(), Err(error)),
        Ok(lines) => {
            let version = lines[0]["sqlalchemy"].as_str().unwrap_or("?").to_owned();
            (version, compare_twice(path, &lines[0], &lines[1..]))
        }
    }
}

/// At least one line.
fn read(path: &Path) -> Result<Vec<Value>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let parse = |(n, line)| serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", path.display(), n + 1));
    let lines: Vec<Value> = text.lines().enumerate().map(parse).collect::<Result<_, _>>()?;
    if lines.is_empty() { Err(format!("{}: empty", path.display())) } else { Ok(lines) }
}

/// Once with every listener asked and once with only those that raise: the engine has a shorter way then.
fn compare_twice(path: &Path, header: &Value, expected: &[Value]) -> Result<usize, String> {
    for asked in [Asked::All, Asked::Needed] {
        compare_lines(path, header, expected, &World::run(header, asked))?;
    }
    Ok(expected.len())
}

fn compare_lines(path: &Path, header: &Value, expected: &[Value], got: &[Value]) -> Result<(), String> {
    for n in 0..expected.len().max(got.len()) {
        if expected.get(n) != got.get(n) {
            let story: Vec<_> = expected[..n.min(expected.len())].iter().rev().take(12).rev().map(brief).collect();
            let show = |line: Option<&Value>| line.map_or("nothing".to_string(), Value::to_string);
            return Err(format!(
                "{}, line {}: {}\n{}\n  expected {}\n  got      {}",
                path.display(),
                n + 2,
                header["note"].as_str().unwrap_or(""),
                story.join("\n"),
                show(expected.get(n)),
                show(got.get(n)),
            ));
        }
    }
    Ok(())
}

fn brief(line: &Value) -> String {
    format!("    {} c{} {} {} {}", line["t"], line["client"], line["op"], line["outcome"], line["events"])
}

/// What a version of SQLAlchemy was found to do alike.
#[derive(Default)]
struct Tally {
    traces: usize,
    lines: usize,
    differences: usize,
}

#[test]
fn conformance() {
    let mut found = Vec::new();
    traces(Path::new("tests/sqlalchemy/traces"), &mut found);
    assert!(found.len() >= 97, "only {} traces found", found.len());
    if let Some(dir) = std::env::var_os("POOL_TRACES") {
        let stored = found.len();
        traces(Path::new(&dir), &mut found);
        assert!(found.len() > stored, "no traces under {}", Path::new(&dir).display());
    }
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut differences = Vec::new();
    for path in &found {
        let (version, result) = compare(path);
        let tally = tallies.entry(version).or_default();
        tally.traces += 1;
        match result {
            Ok(lines) => tally.lines += lines,
            Err(difference) => {
                tally.differences += 1;
                differences.push(difference);
            }
        }
    }
    for (version, Tally { traces, lines, differences }) in &tallies {
        println!(
            "conformance with SQLAlchemy {version}: {traces} traces, {lines} lines alike, {differences} traces differ"
        );
    }
    if let Some(report) = std::env::var_os("CONFORMANCE_REPORT") {
        let tally =
            |tally: &Tally| json!({ "traces": tally.traces, "lines": tally.lines, "differences": tally.differences });
        let report_of: serde_json::Map<_, _> = tallies.iter().map(|(version, t)| (version.clone(), tally(t))).collect();
        std::fs::write(&report, Value::Object(report_of).to_string()).expect("a place for the report");
    }
    assert!(differences.is_empty(), "{}", differences[..differences.len().min(3)].join("\n\n"));
}

/// The site shows what was found: its words and the file beside it say the same.
#[test]
fn the_page_says_what_was_found() {
    let read = |name: &str| std::fs::read_to_string(name).expect(name);
    let found: Value = serde_json::from_str(&read("public/conformance.json")).expect("public/conformance.json");
    let page = read("src/site/about.html");
    let (_, section) = page.split_once("id=\"conformance\"").expect("a section #conformance");
    let section = section.split_once("</section>").expect("its end").0;
    for key in ["date", "seed"] {
        let said = found[key].as_str().map_or(found[key].to_string(), str::to_owned);
        assert!(section.contains(&said), "the page does not say {key} {said}");
    }
    for key in ["worlds", "differences"] {
        let said = grouped(found["worlds"][key].as_u64().expect("a count"));
        assert!(
            section.contains(&format!("<span data-conformance-{key}>{said}<")),
            "the page does not say {said} {key} of worlds"
        );
    }
    let versions = found["versions"].as_object().expect("versions");
    assert!(versions.contains_key("2.1.9"));
    for (version, tally) in versions {
        assert!(section.contains(version.as_str()), "the page does not name {version}");
        for key in ["traces", "lines", "differences"] {
            let said = grouped(tally[key].as_u64().expect("a count"));
            assert!(section.contains(&format!(">{said}<")), "the page does not say {said} {key} for {version}");
        }
    }
}

/// 1234567 as 1,234,567.
fn grouped(number: u64) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", grouped(number / 1000), number % 1000) }
}
