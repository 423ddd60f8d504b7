//! The judge: traces that real SQLAlchemy wrote, line by line against the engine.

use crate::world::{Asked, World};
use serde_json::Value;
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

/// Replays one trace, once with every listener asked and once with only those that raise; the number of lines compared,
/// or the first difference with the story up to it.
fn compare(path: &Path) -> Result<usize, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let lines: Vec<Value> = text
        .lines()
        .enumerate()
        .map(|(n, line)| serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", path.display(), n + 1)))
        .collect::<Result<_, _>>()?;
    let (header, expected) = lines.split_first().ok_or_else(|| format!("{}: empty", path.display()))?;
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

#[test]
fn conformance() {
    let mut found = Vec::new();
    traces(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sqlalchemy/traces"), &mut found);
    if let Some(dir) = std::env::var_os("POOL_TRACES") {
        traces(Path::new(&dir), &mut found);
    }
    let results: Vec<_> = found.iter().map(|path| compare(path)).collect();
    let lines: usize = results.iter().flatten().sum();
    let differences: Vec<_> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    println!("conformance: {} traces, {lines} lines alike, {} traces differ", found.len(), differences.len());
    assert!(found.len() >= 97, "only {} traces found", found.len());
    assert!(
        differences.is_empty(),
        "{}",
        differences.iter().take(3).map(|d| d.as_str()).collect::<Vec<_>>().join("\n\n")
    );
}
