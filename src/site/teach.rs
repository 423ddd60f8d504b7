//! What the teachers' page has to know, from the tables that there are: scenes, settings, figures, and the map of answers.

use super::{Body, Page, SiteError, Sources};
use crate::figures::Unit;
use crate::lesson::{Lesson, Plan, lesson, measurable};
use crate::settings::{SETTINGS, setting};
use crate::sim::Setup;
use html_escape::encode_text as text;
use serde_json::{Value, json};

/// Where the map of answers stands. `make soak-challenges` writes it.
const ANSWERS: &str = "docs/challenges.md";

/// The scenes, settings and figures that can be chosen, as JSON for `public/teach.js`.
pub(super) fn choices(pages: &[Page]) -> String {
    let scenes: Vec<Value> = pages.iter().filter_map(scene).collect();
    let settings: Vec<Value> = SETTINGS
        .iter()
        .map(|setting| json!({ "name": setting.name, "unit": setting.unit, "hint": setting.hint }))
        .collect();
    let figures: Vec<Value> = measurable()
        .map(|figure| json!({ "name": figure.name, "title": figure.title, "unit": unit(figure.unit) }))
        .collect();
    let all = json!({ "scenes": scenes, "settings": settings, "figures": figures });
    // In a script nothing is escaped, and nothing may end it.
    all.to_string().replace("</", "<\\/").replace("<!--", "<\\u0021--")
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Requests => "requests",
        Unit::Connections => "connections",
        Unit::Thousandths => "thousandths",
        Unit::Time | Unit::Moment => "ms",
        Unit::Text => "",
    }
}

fn scene(page: &Page) -> Option<Value> {
    let Body::Embed { id, .. } = &page.body else { return None };
    let part = |end: &str| id.strip_suffix(end).and_then(lesson);
    let of = |kind: &str, lesson: &Lesson, knobs: Vec<&str>, plan: &Plan| {
        let values: Vec<_> =
            knobs.iter().filter_map(|name| Some(json!([name, setting(name)?.text(&plan.setup)]))).collect();
        json!({
            "name": id, "title": lesson.title, "kind": kind, "knobs": values,
            "seed": plan.setup.seed, "seconds": plan.length.as_secs_f64(),
        })
    };
    Some(if let Some(lesson) = part("-run") {
        of("run", lesson, lesson.knobs.iter().map(|id| id.name()).collect(), &(lesson.plan)())
    } else if let Some(lesson) = part("-challenge") {
        let turns = lesson.challenge.adjustable.iter().map(|turn| turn.name());
        of("challenge", lesson, turns.collect(), &(lesson.challenge.plan)())
    } else if let Some(whole) = lesson(id) {
        of("lesson", whole, whole.knobs.iter().map(|id| id.name()).collect(), &(whole.plan)())
    } else {
        json!({ "name": id, "title": page.description, "kind": "scene", "knobs": [], "seed": Setup::default().seed })
    })
}

/// The map of answers as HTML: headings, lists and tables of `docs/challenges.md`.
///
/// # Errors
/// [`SiteError::Read`].
pub(super) fn answers(sources: &Sources) -> Result<String, SiteError> {
    Ok(html(&sources.read(ANSWERS)?))
}

fn html(markdown: &str) -> String {
    let mut html = String::new();
    let mut open = ""; // the element whose lines are being read
    // The title, and what is said of how it was made, the page says itself.
    for line in markdown.lines().skip_while(|line| !line.starts_with("## ")) {
        let is = match line.as_bytes().first() {
            Some(b'-') => "ul",
            Some(b'|') => "table",
            _ => "",
        };
        if is != open {
            html.push_str(&closing(open));
            html.push_str(&opening(is));
        }
        let is_head = is != open;
        open = is;
        if let Some(title) = line.strip_prefix("## ") {
            html.push_str(&format!("<h3>{}</h3>\n", inline(title)));
        } else if let Some(item) = line.strip_prefix("- ") {
            html.push_str(&format!("<li>{}</li>\n", inline(item)));
        } else if line.starts_with("|---") {
        } else if is == "table" {
            let tag = if is_head { "th" } else { "td" };
            let scope = if is_head { " scope=\"col\"" } else { "" };
            let cells =
                line.trim_matches('|').split('|').map(|cell| format!("<{tag}{scope}>{}</{tag}>", inline(cell.trim())));
            html.push_str(&format!("<tr>{}</tr>\n", cells.collect::<String>()));
        } else if !line.trim().is_empty() {
            html.push_str(&format!("<p>{}</p>\n", inline(line)));
        }
    }
    html + &closing(open)
}

fn opening(element: &str) -> String {
    match element {
        "" => String::new(),
        "table" => "<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\"Answers\"><table>\n".into(),
        element => format!("<{element}>\n"),
    }
}

fn closing(element: &str) -> String {
    match element {
        "" => String::new(),
        "table" => "</table></div>\n".into(),
        element => format!("</{element}>\n"),
    }
}

/// Text in which code stands in backticks.
fn inline(words: &str) -> String {
    let parts = words.split('`').enumerate();
    parts
        .map(|(place, part)| if place % 2 == 1 { format!("<code>{}</code>", text(part)) } else { text(part).into() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn headings_lists_and_tables_are_read() {
        let markdown = "# Title\n\nHow.\n\n## A & b\n\n- `x`: 1\n- two\n\n| `a` | b |\n|---|---|\n| 1 | < 2 |\n";
        let table = "<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\"Answers\"><table>\n\
                     <tr><th scope=\"col\"><code>a</code></th><th scope=\"col\">b</th></tr>\n<tr><td>1</td><td>&lt; 2</td></tr>\n</table></div>\n";
        let expected = format!("<h3>A &amp; b</h3>\n<ul>\n<li><code>x</code>: 1</li>\n<li>two</li>\n</ul>\n{table}");
        assert_eq!(html(markdown), expected);
    }
}
