//! Words that must not come back out of what a reader sees (docs/style.md).

use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

/// In no sentence of ours, as whole words.
const NEVER: [&str; 16] = [
    "guest",
    "guests",
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "manieth",
    "see to it",
    "on monday",
    "in truth",
    "put right",
    "opening dear",
    "served nobody more",
    "in vain",
];

/// The text of a page: what stands between tags, and in `alt` and `aria-label`.
fn seen(html: &str) -> String {
    let (mut text, mut rest) = (String::new(), html);
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        for name in ["alt=\"", "aria-label=\""] {
            if let Some((_, value)) = tag.split_once(name) {
                text.push_str(value.split('"').next().unwrap_or_default());
                text.push_str(". ");
            }
        }
        rest = after;
        // Code and what the library says are not ours.
        for kind in ["code", "pre", "samp", "script", "style"] {
            if tag.split_whitespace().next() == Some(kind) {
                rest = after.split_once(&format!("</{kind}>")).map_or("", |(_, after)| after);
            }
        }
    }
    text + rest
}

/// The string literals of a program that are sentences or several words.
fn said(program: &str) -> String {
    let program = program.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = program.lines().filter(|line| !line.trim_start().starts_with("//"));
    let literals = lines.flat_map(|line| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>());
    literals.filter(|literal| literal.contains(' ')).collect::<Vec<_>>().join(" . ")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The forbidden words of a text.
fn forbidden(text: &str) -> Vec<&'static str> {
    let plain: String =
        text.to_lowercase().chars().map(|c| if c.is_alphabetic() || c == '\'' || c == '’' { c } else { ' ' }).collect();
    let words = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    NEVER.into_iter().filter(|word| words.contains(&format!(" {word} "))).collect()
}

#[test]
fn readers_meet_plain_english() {
    let mut found = vec![PathBuf::from("index.html")];
    for room in [
        "src/app",
        "src/lesson",
        "src/lot",
        "src/settings",
        "src/site",
        "src/search",
        "src/figures",
        "src/link",
        "src/run",
        "src/paste",
        "src/log",
        "src/clinic",
        "src/daily",
        "src/fleet",
        "src/source",
    ] {
        files(Path::new(room), &mut found);
    }
    let mut wrong = Vec::new();
    for path in found {
        let Ok(text) = read_to_string(&path) else { continue };
        let text = match path.extension().and_then(|end| end.to_str()) {
            Some("html") => seen(&text),
            Some("rs") => said(&text),
            _ => continue,
        };
        wrong.extend(forbidden(&text).into_iter().map(|word| format!("{}: \"{word}\"", path.display())));
    }
    assert!(wrong.is_empty(), "docs/style.md:\n{}", wrong.join("\n"));
}

#[test]
fn what_is_not_ours_is_left_alone() {
    assert_eq!(forbidden(&seen("<p>The <code>guest</code> table</p>")), Vec::<&str>::new());
    assert_eq!(forbidden(&seen("<img alt=\"A guest waits\">")), ["guest"]);
    assert_eq!(forbidden(&seen("<p>When he\nleaves</p>")), ["he"]);
    assert_eq!(forbidden(&said("say(\"the guest\"); // his\n/// he\n")), ["guest"]);
    assert_eq!(forbidden("there, this, hero, they"), Vec::<&str>::new());
}
