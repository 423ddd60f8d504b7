//! What the documents name is there, and what they count is as many as they say.

use crate::settings::recorded;
use crate::upstream::not_applicable::NOT_APPLICABLE;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};
use valet::lesson::LESSONS;
use valet::lesson::trial::CLAIMS;

/// Documents for whoever works on the project, beside the decisions.
const DOCUMENTS: [&str; 7] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "docs/glossary.md",
    "docs/links.md",
    "docs/figures.md",
    "docs/style.md",
];

/// Paths in backticks that begin like this are files or folders of ours.
const FOLDERS: [&str; 9] =
    ["src/", "tests/", "scripts/", "style/", "public/", "docs/", "benches/", "examples/", ".ci/"];

/// Endings of the names of our files.
const ENDINGS: [&str; 9] = ["rs", "html", "css", "js", "py", "md", "toml", "json", "csv"];

/// Files that a document names and that are not ours: SQLAlchemy's, and what a build makes.
const ELSEWHERE: [&str; 4] = ["pool/base.py", "pool/impl.py", "test_pool.py", "test_reconnect.py"];
const BUILT: [&str; 1] = ["404.html"];

/// Each document with its text.
fn documents() -> Vec<(String, String)> {
    let mut names: Vec<String> = DOCUMENTS.map(str::to_owned).into();
    names.extend(decisions().into_iter().map(|name| format!("docs/decisions/{name}")));
    let text = |name: &str| read_to_string(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    names.into_iter().map(|name| (name.clone(), text(&name))).collect()
}

fn decisions() -> Vec<String> {
    let entries = read_dir("docs/decisions").expect("docs/decisions");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

/// What stands in backticks. Blocks of code have an even number of them on each side.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The files of a folder and of the folders in it, without what tools put there.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let ours = entries.map(|entry| entry.expect("an entry").path()).filter(|path| !path.ends_with("node_modules"));
    ours.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Whether a name is one for many: `NAME.html`, `lessons/NAME/`, `docs/sheet-*.jpg`.
fn is_pattern(path: &str) -> bool {
    path.contains(['*', '{', '<']) || path.contains("NAME")
}

#[test]
fn every_file_that_a_document_names_is_there() {
    let known: BTreeSet<String> = FOLDERS
        .iter()
        .flat_map(|folder| files(Path::new(folder)))
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let mut named = 0;
    for (document, text) in documents() {
        for quoted in quoted(&text) {
            let path = quoted.split([' ', ':', '@']).next().unwrap_or_default();
            if is_pattern(path) || ELSEWHERE.contains(&path) || BUILT.contains(&path) {
                continue;
            }
            if FOLDERS.iter().any(|folder| path.starts_with(folder)) {
                named += 1;
                assert!(Path::new(path).exists(), "{document} names {path}, which is not there");
            } else if path.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending)) {
                named += 1;
                assert!(
                    Path::new(path).exists() || known.contains(path),
                    "{document} names {path}, and no file of ours is called that"
                );
            }
        }
    }
    assert!(named > 100, "only {named} files are named: are they still in backticks?");
}

#[test]
fn every_file_that_a_comment_names_is_there() {
    let sources = files(Path::new("src"));
    let known: BTreeSet<_> = FOLDERS.iter().flat_map(|folder| files(Path::new(folder))).collect();
    let mut named = 0;
    for source in sources.iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
        let text = read_to_string(source).expect("a source");
        let comments: Vec<_> = text.lines().map(str::trim_start).filter(|line| line.starts_with("//")).collect();
        for quoted in quoted(&comments.join("\n")) {
            let ours = !is_pattern(quoted) && !quoted.contains([' ', '\n']) && !ELSEWHERE.contains(&quoted);
            if ours && quoted.ends_with(".rs") {
                named += 1;
                let found = Path::new(quoted).exists() || known.iter().any(|path| path.ends_with(quoted));
                assert!(found, "{} names {quoted}, and no file of ours is called that", source.display());
            }
        }
    }
    assert!(named > 20, "only {named} files are named");
}

#[test]
fn a_fact_that_a_document_quotes_is_in_the_prose() {
    let prose: Vec<String> = files(Path::new("src/lesson"))
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .map(|path| read_to_string(path).expect("prose"))
        .collect();
    let mut quotes = 0;
    for (document, text) in documents() {
        for line in text.lines() {
            let named = quoted(line).find(|path| path.starts_with("src/lesson/") && path.ends_with(".html"));
            for fact in quoted(line).filter(|fact| fact.contains("data-fact=")) {
                quotes += 1;
                let found = match named {
                    Some(path) => read_to_string(path).is_ok_and(|prose| prose.contains(fact)),
                    None => prose.iter().any(|prose| prose.contains(fact)),
                };
                assert!(found, "{document}: {} does not say {fact}", named.unwrap_or("src/lesson"));
            }
        }
    }
    assert!(quotes >= 3, "{quotes}");
}

/// `Stage::apply` in a document is in a file that has a `Stage` and an `apply`.
#[test]
fn every_item_that_a_document_names_is_there() {
    let programs: Vec<String> = files(Path::new("src")).iter().filter_map(|path| read_to_string(path).ok()).collect();
    let has = |program: &String, word: &str| {
        program.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|other| other == word)
    };
    let mut named = 0;
    for (document, text) in documents() {
        for quoted in quoted(&text) {
            let item = quoted.split('(').next().unwrap_or_default();
            let Some((of, name)) = item.rsplit_once("::") else { continue };
            let of = of.rsplit("::").next().unwrap_or_default();
            let plain = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_');
            if plain(of) && plain(name) {
                named += 1;
                let found = programs.iter().any(|program| has(program, of) && has(program, name));
                assert!(found, "{document} names {item}, which no file has");
            }
        }
    }
    assert!(named >= 10, "only {named} items are named: are they still in backticks?");
}

/// A number as prose writes it.
fn with_commas(number: usize) -> String {
    let digits = number.to_string();
    let parts = digits.as_bytes().rchunks(3).rev().map(|part| String::from_utf8_lossy(part).into_owned());
    parts.collect::<Vec<_>>().join(",")
}

fn json(path: &str) -> Value {
    let text = read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn says(document: &str, sentence: &str) {
    let text = read_to_string(document).unwrap_or_else(|error| panic!("{document}: {error}"));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&text).contains(sentence), "{document} should say \"{sentence}\", since that is so now");
}

#[test]
fn what_the_tests_are_said_to_hold_is_as_much() {
    let says = |sentence: String| says("CONTRIBUTING.md", &sentence);
    let traces = files(Path::new("tests/sqlalchemy/traces"));
    says(format!("{} recorded traces", traces.len()));
    let upstream = json("tests/sqlalchemy/upstream.json");
    let classes = upstream["files"].as_object().expect("files").values().filter_map(Value::as_object);
    let tests: usize = classes.flat_map(|classes| classes.values().filter_map(Value::as_array)).map(Vec::len).sum();
    let left_out = NOT_APPLICABLE.len();
    says(format!("{} of the {tests} tests in SQLAlchemy's", tests - left_out));
    says(format!("the other {left_out} listed with the reason"));
    let judged = recorded();
    let judged = judged["cases"].as_object().expect("cases").values().filter_map(Value::as_array).map(Vec::len);
    says(format!("{} settings judged by SQLAlchemy", with_commas(judged.sum())));
    let reference = read_to_string("tests/native/queueing-reference.csv").expect("a reference");
    says(format!("against {} settings computed", reference.lines().count() - 1));
    for (recorder, framework) in [("flask", "Flask"), ("fastapi", "FastAPI")] {
        let visits = json(&format!("tests/{recorder}/fixture.json"));
        let sequences = visits["sequences"].as_array().expect("sequences").iter();
        let steps: usize = sequences.filter_map(|sequence| sequence["steps"].as_array()).map(Vec::len).sum();
        says(format!("{steps} steps of the {framework} applications"));
    }
}

#[test]
fn lessons_and_claims_are_listed_as_they_are() {
    const NUMBERS: [&str; 8] = ["Nine", "Ten", "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen"];
    let number = LESSONS.len().checked_sub(9).and_then(|place| NUMBERS.get(place)).expect("a word for the number");
    says("README.md", &format!("{number} lessons,"));
    says("README.md", &format!("Then {} sentences of tutorials", CLAIMS.len()));
    let readme = read_to_string("README.md").expect("README.md");
    let subjects = readme.split_once("a page each: ").and_then(|(_, rest)| rest.split_once(". Each asks"));
    let subjects = subjects.expect("README.md lists what the lessons are about").0.split(", ").count();
    assert_eq!(subjects, LESSONS.len(), "README.md names a subject for each lesson");
    let names: Vec<_> = LESSONS.iter().map(|lesson| format!("`{}`", lesson.name)).collect();
    says("docs/links.md", &format!("| a lesson: {} |", names.join(", ")));
}

#[test]
fn every_decision_is_on_the_list() {
    let list = read_to_string("docs/decisions/README.md").unwrap();
    for name in decisions() {
        assert!(
            name == "README.md" || list.contains(&format!("({name})")),
            "{name} is not in docs/decisions/README.md"
        );
    }
}
