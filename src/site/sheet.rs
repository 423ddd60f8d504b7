//! One style sheet for all pages: a browser loads it once.

use super::{SiteError, Sources};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The parts, in the order of their layers.
const PARTS: [&str; 9] = ["tokens", "base", "layout", "parts", "runs", "lot", "flask", "lesson", "embed"];

/// The style sheet, and its name, which says what is in it.
///
/// # Errors
/// [`SiteError::Read`].
pub fn sheet(sources: &Sources) -> Result<(String, String), SiteError> {
    let mut text = String::new();
    for part in PARTS {
        text.push_str(&without_comments(&sources.read(&format!("style/{part}.css"))?));
    }
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let text = lines.join("\n");
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    Ok((format!("valet-{:016x}.css", hasher.finish()), text))
}

fn without_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("*/").map_or("", |(_, rest)| rest))
}
