//! If the program stops, the page says so and offers to reload. The link keeps the settings, the store keeps the rows.

use leptos::prelude::document;
use leptos::web_sys::console;
use std::panic;

/// From now on a panic is told to the reader.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        let what = info.to_string();
        console::error_1(&what.as_str().into());
        tell(&what);
    }));
}

/// Shows the page's `#panic` notice with what went wrong. `public/boot.js` does the same for errors of the browser's.
pub fn tell(what: &str) {
    if let Some(detail) = document().get_element_by_id("panic-detail") {
        detail.set_text_content(Some(what));
    }
    if let Some(notice) = document().get_element_by_id("panic") {
        let _ = notice.remove_attribute("hidden");
    }
}
