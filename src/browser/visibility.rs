//! Whether an element can be seen.

use super::FrameRequests;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::js_sys::Array;
use leptos::web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};
use std::cell::Cell;
use std::rc::Rc;

/// Whether any part of an element is in view. The browser says so, and knows it inside a frame too; a frame cannot know by
/// itself that the page around it has been scrolled.
#[derive(Debug)]
pub struct Visibility(Rc<Cell<bool>>);

impl Visibility {
    /// Watches this element, for as long as the page is open. Every change asks for a frame.
    pub fn of(element: &Element, frames: &FrameRequests) -> Visibility {
        let visibility = Visibility(Rc::new(Cell::new(true)));
        let (is_visible, frames) = (visibility.0.clone(), frames.clone());
        let listener = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let newest: IntersectionObserverEntry = entries.at(-1).unchecked_into();
            is_visible.set(newest.is_intersecting());
            frames.request();
        });
        if let Ok(observer) = IntersectionObserver::new(listener.as_ref().unchecked_ref()) {
            observer.observe(element);
        }
        listener.forget();
        visibility
    }

    /// Whether it is in view now.
    pub fn is_visible(&self) -> bool {
        self.0.get()
    }
}
