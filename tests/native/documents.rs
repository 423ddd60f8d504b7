//! What the documents name is there.

use std::fs::read_to_string;
use std::path::Path;

/// Documents for whoever works on the project.
const DOCUMENTS: [&str; 5] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/glossary.md", "docs/links.md"];

/// Paths in backticks that begin like this are files or folders of ours.
const FOLDERS: [&str; 9] =
    ["src/", "tests/", "scripts/", "style/", "public/", "docs/", "benches/", "examples/", ".ci/"];

#[test]
fn every_file_that_a_document_names_is_there() {
    let mut named = 0;
    for document in DOCUMENTS {
        let text = read_to_string(document).unwrap_or_else(|error| panic!("{document}: {error}"));
        for quoted in text.split('`').skip(1).step_by(2) {
            let path = quoted.split([' ', ':', '@']).next().unwrap_or_default();
            if path.contains(['*', '{', '<']) || path.chars().any(|c| c.is_ascii_uppercase()) && path.contains("NAME") {
                continue; // a pattern
            }
            if FOLDERS.iter().any(|folder| path.starts_with(folder)) {
                named += 1;
                assert!(Path::new(path).exists(), "{document} names {path}, which is not there");
            }
        }
    }
    assert!(named > 60, "only {named} files are named: are they still in backticks?");
}

#[test]
fn every_decision_is_on_the_list() {
    let list = read_to_string("docs/decisions/README.md").unwrap();
    for entry in std::fs::read_dir("docs/decisions").unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(
            name == "README.md" || list.contains(&format!("({name})")),
            "{name} is not in docs/decisions/README.md"
        );
    }
}
