//! What a tab remembers for as long as it is open: a reload keeps it, and so does coming back to a page. And what a browser
//! keeps for longer.

use leptos::prelude::{document, window};
use leptos::web_sys::Storage;

/// Remembers a text under a name. A frame that may keep nothing forgets it.
pub fn remember(name: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(name, text);
    }
}

/// The text that was remembered under a name.
pub fn recall(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// So many characters of a text are kept: what the page keeps so is short, and what a reader typed may not be.
const MOST: usize = 1_000;

/// Keeps a text under a name, in all tabs, until the reader deletes what the browser stores. Where it stores nothing, the tab
/// remembers it.
pub fn keep(name: &str, text: &str) {
    let text = text.char_indices().nth(MOST).map_or(text, |(end, _)| &text[..end]);
    match lasting() {
        Some(storage) if storage.set_item(name, text).is_ok() => {}
        _ => remember(name, text),
    }
}

/// The text that was kept under a name.
pub fn kept(name: &str) -> Option<String> {
    lasting().and_then(|storage| storage.get_item(name).ok().flatten()).or_else(|| recall(name))
}

fn lasting() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Whether the reader has come back to this page, or loaded it again: `public/boot.js` says so.
pub fn is_return() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-back"))
}
