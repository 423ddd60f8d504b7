//! What the reader's system asks for.

use leptos::prelude::{document, window};

/// The reader asked the system for less motion.
pub(super) const REDUCED_MOTION: &str = "(prefers-reduced-motion: reduce)";
/// The reader's system is set to dark colours.
pub(super) const DARK: &str = "(prefers-color-scheme: dark)";

/// Whether the reader asked the system for less motion.
pub fn prefers_reduced_motion() -> bool {
    matches_media(REDUCED_MOTION)
}

/// Whether the page is dark: as the reader's system, or as the frame's address says.
pub fn is_dark() -> bool {
    let theme = document().document_element().and_then(|root| root.get_attribute("data-theme"));
    match theme.as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => matches_media(DARK),
    }
}

/// Whether a media query holds now.
pub fn matches_media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}
