//! Waits until a reader scrolls near a place of the page.

use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};
use wasm_bindgen::JsValue;

/// What counts as near, in CSS.
const MARGIN: &str = "800px";

/// Calls `arrive` once, when one of the places is in view or nearly so.
pub fn when_near(places: &[HtmlElement], arrive: impl FnOnce() + 'static) {
    let mut arrive = Some(arrive);
    let look = Closure::<dyn FnMut(js_sys::Array, IntersectionObserver)>::new(
        move |entries: js_sys::Array, observer: IntersectionObserver| {
            let is_near = |entry: JsValue| entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting();
            if entries.iter().any(is_near)
                && let Some(arrive) = arrive.take()
            {
                observer.disconnect();
                arrive();
            }
        },
    );
    let options = IntersectionObserverInit::new();
    options.set_root_margin(MARGIN);
    if let Ok(observer) = IntersectionObserver::new_with_options(look.as_ref().unchecked_ref(), &options) {
        for place in places {
            observer.observe(place);
        }
        look.forget(); // it is needed as long as the page is open
    }
}
