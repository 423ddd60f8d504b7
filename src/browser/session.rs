//! What a tab remembers for as long as it is open: a reload keeps it, and so does coming back to a page.

use leptos::prelude::window;
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
