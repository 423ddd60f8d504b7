//! The clipboard.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Selects a field's text and copies it. Returns whether the browser allows that. This is the old command: the newer interface
/// does not exist on pages without encryption, and needs another permission in frames.
pub fn copy_text_of(field: &HtmlTextAreaElement) -> bool {
    let _ = field.focus();
    field.select();
    document().unchecked_into::<HtmlDocument>().exec_command("copy").unwrap_or(false)
}
