//! What changes how a picture has to be painted: its size, light or dark, motion or none.

use super::FrameRequests;
use super::media::{DARK, REDUCED_MOTION};
use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{Element, ResizeObserver};
use std::cell::Cell;
use std::rc::Rc;

/// Watches how a place of the page has to look.
#[derive(Debug)]
pub struct Appearance(Rc<Cell<bool>>);

impl Appearance {
    /// Watches this place, for as long as the page is open. Every change asks for a frame.
    pub fn of(place: &Element, frames: &FrameRequests) -> Appearance {
        let has_changed = Rc::new(Cell::new(true));
        let listener = Closure::<dyn Fn()>::new({
            let (has_changed, frames) = (has_changed.clone(), frames.clone());
            move || {
                has_changed.set(true);
                frames.request();
            }
        });
        let function = listener.as_ref().unchecked_ref();
        if let Ok(observer) = ResizeObserver::new(function) {
            observer.observe(place);
        }
        for list in [DARK, REDUCED_MOTION].into_iter().filter_map(|query| window().match_media(query).ok().flatten()) {
            let _ = list.add_event_listener_with_callback("change", function);
            std::mem::forget(list); // a list that is collected says nothing any more
        }
        // Another zoom, or a screen with other pixels.
        let _ = window().add_event_listener_with_callback("resize", function);
        listener.forget();
        Appearance(has_changed)
    }

    /// Whether anything has changed since the last call.
    pub fn take_change(&self) -> bool {
        self.0.take()
    }
}
