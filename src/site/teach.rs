//! What the teachers' page has to know, from the tables that there are: scenes, settings, figures, and the map of answers.

use super::heights::{Heights, WIDTH};
use super::markdown::html;
use super::{Body, Page, SiteError, Sources};
use crate::figures::{PANEL, Unit};
use crate::lesson::{Lesson, Plan, lesson, measurable};
use crate::settings::{SETTINGS, setting};
use crate::sim::Setup;
use serde_json::{Value, json};

/// Where the map of answers stands. `make soak-challenges` writes it.
const ANSWERS: &str = "docs/challenges.md";
/// Where the promise to course pages stands.
const PROMISE: &str = "docs/embedding.md";

/// The scenes with their heights, settings and figures that can be chosen, as JSON for `public/teach.js`.
///
/// # Errors
/// [`SiteError`] if the table of heights lacks a scene.
pub(super) fn choices(pages: &[Page], sources: &Sources) -> Result<String, SiteError> {
    let heights = Heights::read(sources)?;
    let mut scenes: Vec<Value> = pages.iter().filter_map(scene).collect();
    for scene in &mut scenes {
        let offered = heights.offered(scene["name"].as_str().unwrap_or_default())?;
        scene["heights"] = json!(offered);
    }
    let settings: Vec<Value> = SETTINGS
        .iter()
        .map(|setting| json!({ "name": setting.name, "unit": setting.unit, "hint": setting.hint }))
        .collect();
    let figures: Vec<Value> = measurable()
        .map(|figure| {
            // What a worksheet may ask for is what the panel of a scene shows.
            let is_shown = PANEL.iter().any(|shown| shown.name == figure.name);
            json!({ "name": figure.name, "title": figure.title, "unit": unit(figure.unit), "shown": is_shown })
        })
        .collect();
    let all = json!({ "scenes": scenes, "settings": settings, "figures": figures, "width": WIDTH });
    // In a script nothing is escaped, and nothing may end it.
    Ok(all.to_string().replace("</", "<\\/").replace("<!--", "<\\u0021--"))
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

/// The map of answers as HTML.
///
/// # Errors
/// [`SiteError::Read`].
pub(super) fn answers(sources: &Sources) -> Result<String, SiteError> {
    let markdown = sources.read(ANSWERS)?;
    // The title, and what is said of how it was made, the page says itself.
    let from = markdown.find("\n## ").unwrap_or_default();
    Ok(html(&markdown[from..], None, "Answers"))
}

/// What a frame promises to the page around it, as HTML: the document itself without its title.
///
/// # Errors
/// [`SiteError::Read`].
pub(super) fn promise(sources: &Sources) -> Result<String, SiteError> {
    let markdown = sources.read(PROMISE)?;
    let from = markdown.find('\n').unwrap_or_default();
    Ok(html(&markdown[from..], Some("embedding-"), "Table"))
}
