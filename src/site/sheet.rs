//! One style sheet for all pages: a browser loads it once.

use super::{SiteError, Sources};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The parts, in the order of their layers.
const PARTS: [&str; 13] = [
    "tokens", "base", "layout", "parts", "runs", "lot", "flask", "lesson", "card", "clinic", "daily", "fleet", "embed",
];

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
    let text = with_themes(&lines.join("\n"));
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    Ok((format!("valet-{:016x}.css", hasher.finish()), text))
}

/// The dark colours, which are written once, for readers whose system is dark and for frames whose teacher asks for dark.
fn with_themes(text: &str) -> String {
    const DARK: &str = "@media screen and (prefers-color-scheme: dark) {\n:root {";
    let Some((before, rest)) = text.split_once(DARK) else { return text.to_owned() };
    let Some((colors, after)) = rest.split_once("}\n}") else { return text.to_owned() };
    format!(
        "{before}@media screen and (prefers-color-scheme: dark) {{\n:root:not([data-theme=\"light\"]) {{{colors}}}\n}}\n\
         @media screen {{\n:root[data-theme=\"dark\"] {{color-scheme: dark;{colors}}}\n}}\n\
         :root[data-theme=\"light\"] {{color-scheme: light}}{after}"
    )
}

fn without_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("*/").map_or("", |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::with_themes;

    #[test]
    fn a_theme_that_is_asked_for_has_the_colours_of_the_system_s() {
        let text =
            with_themes("a {}\n@media screen and (prefers-color-scheme: dark) {\n:root {\n--page: #000;\n}\n}\nb {}");
        assert_eq!(text.matches("--page: #000;").count(), 2, "{text}");
        assert!(text.contains(":root[data-theme=\"dark\"] {color-scheme: dark;\n--page: #000;\n}"), "{text}");
        assert!(text.starts_with("a {}\n") && text.ends_with("\nb {}"), "{text}");
    }
}
