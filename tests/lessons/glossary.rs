//! The glossary: every word that a lesson links is explained, and each explanation leads to a lesson that shows it.

use crate::prose::{Prose, words};
use scraper::{ElementRef, Node};
use std::collections::BTreeSet;
use valet::lesson::LESSONS;

/// What a link of the glossary may lead to beside the lessons.
const PLACES: [&str; 4] = ["trial", "playground", "flask", "lot"];

const ID: &str = "word-";

/// Everything that links words: the lessons, and the trial once it is written.
fn linking() -> Vec<Prose> {
    let trial = std::path::Path::new("src/lesson/trial.html").exists().then_some("trial");
    LESSONS.iter().map(|lesson| lesson.name).chain(trial).map(Prose::read).collect()
}

fn glossary() -> Prose {
    Prose::read("glossary")
}

/// The ids of its words, in order.
fn ids(glossary: &Prose) -> Vec<&str> {
    glossary.all("dl > div").iter().filter_map(|word| word.value().attr("id")?.strip_prefix(ID)).collect()
}

/// The id that a link to a word leads to.
fn target(link: ElementRef) -> String {
    let href = link.value().attr("href").unwrap_or_default();
    href.strip_prefix('#').and_then(|id| id.strip_prefix(ID)).unwrap_or(href).to_owned()
}

#[test]
fn it_is_a_list_of_words_in_alphabetical_order() {
    let glossary = glossary();
    for part in [
        "section.prose.glossary#glossary[aria-labelledby=glossary-title]",
        "h2#glossary-title > a.anchor[href='#glossary']",
    ] {
        glossary.one(part);
    }
    let entries = glossary.all("dl > *");
    let of_words = ids(&glossary);
    assert_eq!(entries.len(), of_words.len(), "an entry without an id");
    assert_eq!(of_words.iter().collect::<BTreeSet<_>>().len(), of_words.len(), "an id twice");
    for id in &of_words {
        for part in ["dt", "dd"] {
            assert!(!words(glossary.one(&format!("#{ID}{id} > {part}"))).is_empty(), "{id}");
        }
    }
    let titles: Vec<_> = glossary.all("dt").into_iter().map(|title| words(title).to_lowercase()).collect();
    assert!(titles.is_sorted(), "{titles:?}");
    assert_eq!(glossary.loose_numbers(), [""; 0], "numbers that nothing checks");
}

#[test]
fn every_word_leads_to_a_place_that_shows_it() {
    let glossary = glossary();
    for id in ids(&glossary) {
        let links = glossary.all(&format!("#{ID}{id} dd a"));
        assert!(!links.is_empty(), "{id} leads nowhere");
        for link in links {
            let href = link.value().attr("href").unwrap_or_default();
            let leads_to = |place: &str| PLACES.contains(&place) || LESSONS.iter().any(|lesson| lesson.name == place);
            assert!(href.strip_prefix('#').is_some_and(leads_to), "{id}: {href}");
        }
    }
}

#[test]
fn every_link_to_a_word_finds_it() {
    let glossary = glossary();
    let known = ids(&glossary);
    let mut lost = Vec::new();
    for prose in linking() {
        for link in prose.all("a.word") {
            if !known.contains(&target(link).as_str()) {
                lost.push(format!("{}: {} leads to {}", prose.name, words(link), target(link)));
            }
        }
        for link in prose.all(&format!("a[href^='#{ID}']")) {
            let classes = link.value().attr("class").unwrap_or_default();
            assert_eq!(classes, "word", "{}: {}", prose.name, words(link));
        }
    }
    assert!(lost.is_empty(), "\n{}", lost.join("\n"));
}

#[test]
fn every_word_is_linked_from_a_lesson() {
    let linked: BTreeSet<String> =
        linking().iter().flat_map(|prose| prose.all("a.word").into_iter().map(target).collect::<Vec<_>>()).collect();
    let glossary = glossary();
    let missing: Vec<_> = ids(&glossary).into_iter().filter(|&id| !linked.contains(id)).collect();
    assert!(missing.is_empty(), "no lesson links {}", missing.join(", "));
}

#[test]
fn a_word_is_linked_where_it_is_first_used() {
    let glossary = glossary();
    let mut late = Vec::new();
    for prose in linking() {
        let mut seen = BTreeSet::new();
        for link in prose.all("a.word") {
            let id = target(link);
            if !seen.insert(id.clone()) {
                continue;
            }
            let title = glossary.all(&format!("#{ID}{id} > dt")).first().map(|title| words(*title)).unwrap_or_default();
            let before = running_prose_before(link);
            for word in [title, words(link)] {
                if uses(&before, &word) {
                    late.push(format!("{}: {word:?} is used before it is linked", prose.name));
                }
            }
        }
    }
    assert!(late.is_empty(), "\n{}", late.join("\n"));
}

/// The running prose before an element: no headings, questions, captions, labels, names of parts, quotes, or code.
fn running_prose_before(end: ElementRef) -> String {
    let mut text = String::new();
    let Some(root) = end.ancestors().last() else { return text };
    for node in root.descendants() {
        if node.id() == end.id() {
            return text;
        }
        let Node::Text(words) = node.value() else { continue };
        let aside = node.ancestors().filter_map(ElementRef::wrap).any(|element| {
            let element = element.value();
            matches!(
                element.name(),
                "h2" | "h3"
                    | "h4"
                    | "th"
                    | "blockquote"
                    | "legend"
                    | "label"
                    | "figcaption"
                    | "summary"
                    | "code"
                    | "samp"
                    | "pre"
                    | "kbd"
            ) || element.classes().any(|class| matches!(class, "question" | "quiet"))
        });
        if !aside {
            text.push_str(words);
            text.push(' ');
        }
    }
    text
}

/// Whether a text uses a word, in singular or plural, in large letters or small.
fn uses(text: &str, word: &str) -> bool {
    let plain = |text: &str| -> Vec<String> {
        let letters = text.to_lowercase();
        let of_word = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '’'));
        letters.split(of_word).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let (text, word) = (plain(text), plain(word));
    let same = |one: &String, other: &String| one == other || *one == format!("{other}s");
    !word.is_empty() && text.windows(word.len()).any(|part| part.iter().zip(&word).all(|(one, other)| same(one, other)))
}

#[test]
fn a_word_is_found_in_any_form() {
    assert!(uses("Two Connections are open.", "connection") && uses("by Little’s law, then", "Little’s law"));
    assert!(!uses("the reconnection of pool_size", "connection") && !uses("pool_size", "pool"));
}
