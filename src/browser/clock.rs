//! The browser's clock.

use leptos::prelude::window;

/// The browser's clock, in milliseconds. It only paces the page; no model sees it.
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
