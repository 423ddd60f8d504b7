//! The same quiet header on every page: where one is, what there is, what comes before and after.

use super::Page;
use crate::lesson::{LESSONS, Lesson};
use html_escape::encode_double_quoted_attribute as attribute;
use html_escape::encode_text as text;

/// The list of lessons, each with what it is about and a place for what the reader has done; seen from `page`.
pub(super) fn lessons(page: &Page) -> String {
    let item = |lesson: &Lesson| {
        let Lesson { name, title, .. } = lesson;
        let (subject, current) = (code(lesson.subject), current(page.lesson() == Some(name)));
        format!(
            "<li><a href=\"lessons/{name}/\"{current}>{}</a> <span class=\"about\">{subject}</span> <span class=\"done\" id=\"progress-{name}\"></span></li>",
            text(title)
        )
    };
    format!("<ol>\n{}\n</ol>", LESSONS.iter().map(|lesson| item(lesson)).collect::<Vec<_>>().join("\n"))
}

/// Says of a link that it leads to where one is.
fn current(is_here: bool) -> &'static str {
    if is_here { " aria-current=\"page\"" } else { "" }
}

/// Words in which names of settings stand in backticks, as HTML.
fn code(words: &str) -> String {
    let parts = words.split('`').enumerate();
    parts
        .map(
            |(place, part)| {
                if place % 2 == 1 { format!("<code>{}</code>", text(part)) } else { text(part).into_owned() }
            },
        )
        .collect()
}

/// The header of a page; nothing on the home page, which has its own, and in embeds.
pub(super) fn header(page: &Page, pages: &[Page]) -> String {
    if page.path.is_empty() || page.is_embed() {
        return String::new();
    }
    let turns: Vec<_> = pages.iter().filter(|page| page.is_read_in_turn()).collect();
    let place = turns.iter().position(|other| other.path == page.path);
    let neighbour = |by: isize| turns.get(place?.checked_add_signed(by)?).copied();
    let link = |kind: &str, page: Option<&Page>| {
        page.map_or(String::new(), |page| {
            let word = if kind == "prev" { "Previous" } else { "Next" };
            let (path, name) = (&page.path, attribute(page.name()));
            format!("<a rel=\"{kind}\" href=\"{path}\" aria-label=\"{word}: {name}\">{word}</a>\n")
        })
    };
    let here = match page.lesson() {
        Some(name) => {
            let number = LESSONS.iter().position(|lesson| lesson.name == name).map_or(0, |place| place + 1);
            format!("Lesson {number} of {}", LESSONS.len())
        }
        None => page.name().to_owned(),
    };
    let others = turns.iter().filter(|page| page.lesson().is_none() && !page.path.is_empty());
    let others: String =
        others.map(|page| format!("<li><a href=\"{}\">{}</a></li>\n", page.path, text(page.name()))).collect();
    format!(
        "<a class=\"skip\" href=\"#content\">Skip to the text</a>\n\
         <header class=\"site\">\n\
         <a class=\"name\" href=\"\">Valet</a>\n\
         <details class=\"menu\"><summary>Contents</summary>\n<nav class=\"contents\" id=\"contents\" aria-label=\"Contents\">\n{}\n<ul>\n{others}</ul>\n</nav></details>\n\
         <p class=\"here\">{}</p>\n<nav class=\"turn\" aria-label=\"Before and after\">{}{}</nav>\n</header>",
        lessons(page),
        text(&here),
        link("prev", neighbour(-1)),
        link("next", neighbour(1)),
    )
}
