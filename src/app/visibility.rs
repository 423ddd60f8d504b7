//! Whether anybody can see a scene.

use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::js_sys::Array;
use leptos::web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};
use std::cell::Cell;
use std::rc::Rc;

/// Whether any of an element is in view. The browser tells, and knows it inside a frame too, which cannot know by itself
/// that the page around it has been scrolled on.
#[derive(Debug)]
pub struct Visibility(Rc<Cell<bool>>);

impl Visibility {
    /// Of this element, for as long as the page.
    pub fn of(element: &Element) -> Visibility {
        let visibility = Visibility(Rc::new(Cell::new(true)));
        let told = visibility.0.clone();
        let tell = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let newest: IntersectionObserverEntry = entries.at(-1).unchecked_into();
            told.set(newest.is_intersecting());
        });
        if let Ok(observer) = IntersectionObserver::new(tell.as_ref().unchecked_ref()) {
            observer.observe(element);
        }
        tell.forget();
        visibility
    }

    /// Whether it is now.
    pub fn is(&self) -> bool {
        self.0.get()
    }
}
