//! Every test of theirs is here, or has a reason not to be.

use super::not_applicable::{NOT_APPLICABLE, Reason};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Class and test, from `tests/sqlalchemy/upstream.json`, with the number of tests in each file.
fn theirs() -> (Vec<(String, String)>, Vec<usize>) {
    let path = Path::new("tests/sqlalchemy/upstream.json");
    let list: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(list["sqlalchemy"], "2.1.9");
    let mut names = Vec::new();
    let mut counts = Vec::new();
    for file in list["files"].as_object().unwrap().values() {
        let before = names.len();
        for (class, tests) in file.as_object().unwrap() {
            let tests = tests.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
            names.extend(tests.map(|test| (class.clone(), test.to_owned())));
        }
        counts.push(names.len() - before);
    }
    (names, counts)
}

/// `QueuePoolTest` is `queue_pool`.
fn module_of(class: &str) -> String {
    let name = class.strip_suffix("Test").unwrap_or(class);
    let parts = name.split_inclusive(|_| true).map(|c| match c.chars().next() {
        Some(upper) if upper.is_ascii_uppercase() => format!("_{}", upper.to_ascii_lowercase()),
        _ => c.to_owned(),
    });
    parts.collect::<String>().trim_start_matches('_').to_owned()
}

/// Module and name of each `#[test]` in the source text under `dir`. The module is the file, or the folder, or what stands
/// in the file as `mod name {`.
fn ours(dir: &Path, folder: Option<&str>, found: &mut BTreeSet<(String, String)>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            ours(&path, Some(&stem), found);
            continue;
        }
        let declared = std::fs::read_to_string(dir.join("mod.rs")).unwrap().contains(&format!("mod {stem};"));
        assert!(declared || stem == "mod", "{} is not compiled", path.display());
        let file = folder.unwrap_or(&stem);
        let mut inner = None;
        let mut is_test = false;
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            if let Some(name) = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(" {")) {
                inner = Some(name.to_owned());
            } else if line == "}" {
                inner = None;
            }
            let line = line.trim_start();
            if let (true, Some(rest)) = (is_test, line.strip_prefix("fn ")) {
                let name = rest.split('(').next().unwrap().to_owned();
                let new = found.insert((inner.as_deref().unwrap_or(file).to_owned(), name));
                assert!(new, "{}: {rest} is there twice", path.display());
            }
            is_test = line == "#[test]";
        }
    }
}

#[test]
fn every_upstream_test_is_accounted_for() {
    let (theirs, counts) = theirs();
    assert_eq!(counts, [100, 58]);
    let mut ours_left = BTreeSet::new();
    let dir = Path::new("tests/native/upstream");
    ours(dir, None, &mut ours_left);
    let mut reasons: BTreeMap<_, _> =
        NOT_APPLICABLE.iter().map(|(class, test, reason)| ((*class, *test), *reason)).collect();
    assert_eq!(reasons.len(), NOT_APPLICABLE.len(), "a test has two reasons");

    let mut mirrored = 0;
    let mut groups: BTreeMap<Reason, usize> = BTreeMap::new();
    for (class, test) in &theirs {
        let here = ours_left.remove(&(module_of(class), test.clone()));
        match reasons.remove(&(class.as_str(), test.as_str())) {
            None if here => mirrored += 1,
            Some(reason) if !here => *groups.entry(reason).or_default() += 1,
            None => panic!("{class}.{test} is neither mirrored nor excused"),
            Some(reason) => panic!("{class}.{test} is mirrored, and excused by {reason:?}"),
        }
    }
    assert!(reasons.is_empty(), "no such tests: {:?}", reasons.keys());
    let own = (String::from("accounts"), String::from("every_upstream_test_is_accounted_for"));
    assert!(ours_left.remove(&own), "this test does not find itself");
    assert!(ours_left.is_empty(), "not theirs: {ours_left:?}");
    println!("upstream: {mirrored} mirrored, {} not applicable: {groups:?}", theirs.len() - mirrored);
}
