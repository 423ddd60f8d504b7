//! All pages have one style sheet. What one page's part of it says must reach that page only.

use std::collections::BTreeSet;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

/// The parts of the sheet that are one page's, each with where its elements come from.
const OWN: [(&str, &[&str]); 4] = [
    ("flask", &["src/site/flask.html", "src/site/fastapi.html", "src/app/application/"]),
    ("clinic", &["src/site/clinic.html", "src/site/body.rs", "src/app/clinic/", "index.html"]),
    ("daily", &["src/site/daily.html", "src/app/daily/"]),
    ("fleet", &["src/site/fleet.html", "src/app/fleet/"]),
];

/// How a source gives an element its classes or its name. A class that a program works out is not found.
const GIVES: [(&str, char); 6] = [
    ("class=\"", '.'),
    ("class=\\\"", '.'),
    ("className: \"", '.'),
    ("set_class_name(\"", '.'),
    ("id=\"", '#'),
    ("id=\\\"", '#'),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        let kind = path.extension().and_then(|kind| kind.to_str());
        if path.is_dir() {
            sources(&path, found);
        } else if matches!(kind, Some("html" | "rs" | "js")) {
            found.push(path);
        }
    }
}

/// What a selector may name in a source: `.class` and `#id`.
fn given(source: &str) -> BTreeSet<String> {
    let names = GIVES.iter().flat_map(|(opening, sign)| {
        let values = source.split(opening).skip(1).filter_map(|rest| rest.split(['"', '\\']).next());
        values.flat_map(str::split_whitespace).map(move |name| format!("{sign}{name}"))
    });
    names.collect()
}

/// The selectors of a sheet without its comments, those of a list one by one.
fn selectors(sheet: &str) -> Vec<String> {
    let mut parts = sheet.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    let plain = parts.fold(first, |text, part| text + part.split_once("*/").map_or("", |(_, rest)| rest));
    let heads = plain.split('{').filter_map(|part| part.rsplit(['}', ';']).next()).map(str::trim);
    let mut found = Vec::new();
    for head in heads.filter(|head| !head.is_empty() && !head.starts_with('@')) {
        let mut depth = 0;
        let alone = head.split(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            letter == ',' && depth == 0
        });
        found.extend(alone.map(|selector| selector.trim().to_owned()));
    }
    found
}

/// The classes and ids that a selector names.
fn named(selector: &str) -> Vec<&str> {
    let begins = selector.match_indices(['.', '#']).map(|(at, _)| at);
    let ends = |at: usize| {
        let end = selector[at + 1..].find(|letter: char| !letter.is_alphanumeric() && letter != '-');
        end.map_or(selector.len(), |end| at + 1 + end)
    };
    begins.map(|at| &selector[at..ends(at)]).collect()
}

#[test]
fn a_page_s_styles_reach_no_other_page() {
    let mut files = vec![PathBuf::from("index.html")];
    for folder in ["src/site", "src/lesson", "src/app", "public"] {
        sources(Path::new(folder), &mut files);
    }
    assert!(files.len() > 100, "{} sources", files.len());
    let given: Vec<_> =
        files.iter().map(|path| (path.to_string_lossy(), given(&read_to_string(path).expect("a source")))).collect();
    for (page, own) in OWN {
        let sheet = read_to_string(format!("style/{page}.css")).expect("a sheet");
        let selectors = selectors(&sheet);
        assert!(selectors.len() > 10, "{page}.css has {} selectors", selectors.len());
        for selector in selectors {
            let others = |name: &str| {
                let others = given
                    .iter()
                    .filter(|(path, given)| given.contains(name) && !own.iter().any(|own| path.starts_with(own)));
                others.map(|(path, _)| path.to_string()).collect::<Vec<_>>()
            };
            let reached: Vec<_> = named(&selector).into_iter().map(|name| (name, others(name))).collect();
            assert!(
                reached.iter().any(|(_, others)| others.is_empty()) && !reached.is_empty(),
                "style/{page}.css: `{selector}` names nothing that is of that page alone: {reached:?}"
            );
        }
    }
}

#[test]
fn what_reaches_others_is_found() {
    assert_eq!(selectors("@layer a {\n  .b,\n  c:is(.d, .e) { f: g; h: i }\n  j {} }"), [".b", "c:is(.d, .e)", "j"]);
    assert_eq!(named("#a .b-c > d:not(.e)"), ["#a", ".b-c", ".e"]);
    assert!(given("<a class=\"b c\" id=\"d\">").iter().eq(["#d", ".b", ".c"]));
}
