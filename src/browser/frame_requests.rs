//! Frames on demand: something is done before the browser paints, when somebody asked for it, and else never.

use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::Element;
use std::cell::{Cell, OnceCell};
use std::fmt;
use std::rc::Rc;

/// What a reader does.
const INPUTS: [&str; 5] = ["click", "change", "input", "toggle", "keydown"];

/// Asks for frames. Cheap to clone: all clones ask for the same.
#[derive(Clone, Default)]
pub struct FrameRequests(Rc<State>);

#[derive(Default)]
struct State {
    /// Somebody wants something shown.
    is_wanted: Cell<bool>,
    /// The browser has been asked.
    is_pending: Cell<bool>,
    frame: OnceCell<Closure<dyn FnMut()>>,
}

impl FrameRequests {
    /// Says what is done in a frame, for as long as the page is open: it is told whether somebody wanted the frame, and
    /// returns whether another one is to follow by itself. What was asked for before comes now.
    pub fn answer(&self, mut frame: impl FnMut(bool) -> bool + 'static) {
        let this = self.clone();
        let closure = Closure::new(move || {
            this.0.is_pending.set(false);
            if frame(this.0.is_wanted.take()) || this.0.is_wanted.get() {
                this.ask();
            }
        });
        let _ = self.0.frame.set(closure);
        self.request();
    }

    /// Asks for a frame; any number of calls before it are one.
    pub fn request(&self) {
        self.0.is_wanted.set(true);
        self.ask();
    }

    fn ask(&self) {
        if let Some(frame) = self.0.frame.get()
            && !self.0.is_pending.replace(true)
        {
            let _ = window().request_animation_frame(frame.as_ref().unchecked_ref());
        }
    }

    /// Whatever a reader does inside an element asks for a frame, as long as the page is open.
    pub fn after_input_in(&self, element: &Element) {
        let frames = self.clone();
        let note = Closure::<dyn Fn()>::new(move || frames.request());
        for kind in INPUTS {
            // On their way down: `toggle` does not rise.
            let _ = element.add_event_listener_with_callback_and_bool(kind, note.as_ref().unchecked_ref(), true);
        }
        note.forget();
    }
}

impl fmt::Debug for FrameRequests {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("FrameRequests").field(&self.0.is_pending).finish()
    }
}
