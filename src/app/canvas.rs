//! Two stacked canvases: the ground, painted when it changes, and the traffic, painted every frame.

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
