//! What the reader's system asks for.

use leptos::prelude::window;

/// Whether the reader asked the system for less motion.
pub fn prefers_reduced_motion() -> bool {
    matches_media("(prefers-reduced-motion: reduce)")
}

/// Whether the reader's system is set to dark colours.
pub fn is_dark() -> bool {
    matches_media("(prefers-color-scheme: dark)")
}

/// Whether a media query holds now.
pub fn matches_media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}
