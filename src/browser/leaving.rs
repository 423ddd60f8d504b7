//! When the page is left.

use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;

/// Calls `act` whenever the page is left.
pub fn on_leaving(act: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(act);
    let _ = window().add_event_listener_with_callback("pagehide", listener.as_ref().unchecked_ref());
    listener.forget(); // it is there as long as the page
}
