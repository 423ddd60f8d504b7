//! The browser's clock.

use leptos::prelude::window;

/// The browser's clock, in milliseconds. It only paces the page; no model sees it.
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// The moment by the browser's calendar, in milliseconds since 1 January 1970. It may be wrong, or set by the reader.
pub fn today() -> f64 {
    js_sys::Date::now()
}
