//! The notice that the program has stopped. It offers to reload: the link keeps the settings, the store keeps the rows.

use leptos::prelude::document;
use leptos::web_sys::console;
use std::panic;

/// Shows the notice whenever the program panics, from now on.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        let what = info.to_string();
        console::error_1(&what.as_str().into());
        show(&what);
    }));
}

/// Shows the page's `#panic` notice with what went wrong. `public/boot.js` does the same for the browser's own errors.
pub fn show(what: &str) {
    if let Some(detail) = document().get_element_by_id("panic-detail") {
        detail.set_text_content(Some(what));
    }
    if let Some(notice) = document().get_element_by_id("panic") {
        let _ = notice.remove_attribute("hidden");
    }
}
