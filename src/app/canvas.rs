//! Two stacked canvases: the ground, painted when it changes, and the traffic, painted every frame.

use gloo_timers::callback::Timeout;
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement};

/// A canvas and its pencil.
#[derive(Debug)]
pub struct Canvas {
    element: HtmlCanvasElement,
    /// What paints on it.
    pub pencil: CanvasRenderingContext2d,
}

/// How long a picture takes to dissolve into the next, as style/lot.css has it, in milliseconds.
const DISSOLVES: u32 = 450;

/// What these canvases show dissolves into what they will show next.
pub fn dissolve(canvases: &[&Canvas]) {
    let Some(parent) = canvases.first().and_then(|canvas| canvas.element.parent_element()) else { return };
    let Some(copy) = Canvas::add(parent.unchecked_ref()) else { return };
    copy.fit(canvases[0].element.width(), canvases[0].element.height());
    for canvas in canvases {
        copy.copy(canvas);
    }
    copy.element.set_class_name("dissolves");
    Timeout::new(DISSOLVES, move || copy.element.remove()).forget();
}

/// The lower and the upper canvas, added to the picture's place. `None` if this browser has no canvas.
pub fn pair(picture: &HtmlElement) -> (Option<Canvas>, Option<Canvas>) {
    (Canvas::add(picture), Canvas::add(picture))
}

impl Canvas {
    fn add(parent: &HtmlElement) -> Option<Canvas> {
        let element: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
        let _ = element.set_attribute("aria-hidden", "true");
        let pencil = element.get_context("2d").ok()??.dyn_into().ok()?;
        parent.append_child(&element).ok()?;
        Some(Canvas { element, pencil })
    }

    /// Its width in its own pixels.
    pub fn width(&self) -> u32 {
        self.element.width()
    }

    /// Paints what is on another one of the same size.
    pub fn copy(&self, other: &Canvas) {
        let _ = self.pencil.draw_image_with_html_canvas_element(&other.element, 0.0, 0.0);
    }

    /// Gives the canvas as many pixels as it covers; true if that changed, and everything on it is gone.
    pub fn fit(&self, width: u32, height: u32) -> bool {
        let changed = self.element.width() != width || self.element.height() != height;
        if changed {
            self.element.set_width(width);
            self.element.set_height(height);
        }
        changed
    }
}
