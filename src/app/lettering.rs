//! Words as small pictures. A browser takes longer to write on a canvas than to do anything else there: the numbers on a dozen
//! cars cost half of a frame. So each is written once, and laid down as a picture from then on.

use super::palette::Palette;
use crate::lot::{Align, ColorRole, Point};
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// More words than these are forgotten, all at once.
const MOST: usize = 400;
/// Written so many times as large as they are shown, since they are laid down turned.
const FINER: f64 = 1.5;

/// How words are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LetterStyle {
    /// The letters' height, in picture units.
    pub size: f32,
    /// Bold.
    pub bold: bool,
    /// Where they stand from their point.
    pub align: Align,
    /// Their colour.
    pub color: ColorRole,
    /// An edge round the letters.
    pub edge: Option<ColorRole>,
}

impl LetterStyle {
    /// Takes the style's font.
    pub fn take_font(&self, pencil: &CanvasRenderingContext2d, palette: &Palette) {
        let weight = if self.bold { "700 " } else { "" };
        pencil.set_font(&format!("{weight}{}px {}", self.size, palette.typeface));
    }

    /// The canvas' word for where they stand.
    pub fn text_align(&self) -> &'static str {
        match self.align {
            Align::Start => "left",
            Align::Middle => "center",
            Align::End => "right",
        }
    }

    /// The room that words are given, in picture units: enough for the widest letters and their edge; and where in it their
    /// point is.
    fn room(&self, words: &str) -> ((f64, f64), f64) {
        let size = f64::from(self.size);
        let width = (words.chars().count() as f64 * 0.8 + 0.8) * size;
        let point = match self.align {
            Align::Start => size * 0.4,
            Align::Middle => width / 2.0,
            Align::End => width - size * 0.4,
        };
        ((width, size * 1.8), point)
    }
}

/// What tells written words apart.
type Key = (String, u32, bool, &'static str, usize, Option<usize>);

/// Words that have been written, each on a canvas of its own: of one large sheet a browser copies all for each of them.
#[derive(Debug, Default)]
pub struct Lettering(HashMap<Key, HtmlCanvasElement>);

impl Lettering {
    /// Forgets all: colours or scale are others now.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Lays words down at a point, in picture units of `scale` pixels. False if this browser cannot.
    pub fn lay(
        &mut self,
        pencil: &CanvasRenderingContext2d,
        palette: &Palette,
        scale: f64,
        (words, style, at): (&str, LetterStyle, Point),
    ) -> bool {
        let ((width, height), point) = style.room(words);
        // Cars come nearer and go: their numbers are written in whole sizes, and laid down in any.
        let style = LetterStyle { size: style.size.round().max(1.0), ..style };
        let key = (
            words.to_owned(),
            style.size.to_bits(),
            style.bold,
            style.text_align(),
            style.color.index(),
            style.edge.map(ColorRole::index),
        );
        if self.0.len() >= MOST && !self.0.contains_key(&key) {
            self.clear();
        }
        let written = match self.0.entry(key) {
            Entry::Occupied(written) => written.into_mut(),
            Entry::Vacant(place) => match write(words, style, palette, scale * FINER) {
                Some(written) => place.insert(written),
                None => return false,
            },
        };
        let (x, y) = (f64::from(at.0) - point, f64::from(at.1) - height / 2.0);
        pencil.draw_image_with_html_canvas_element_and_dw_and_dh(written, x, y, width, height).is_ok()
    }
}

fn write(words: &str, style: LetterStyle, palette: &Palette, scale: f64) -> Option<HtmlCanvasElement> {
    let ((width, height), point) = style.room(words);
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width((width * scale).ceil() as u32);
    canvas.set_height((height * scale).ceil() as u32);
    let pencil: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // Whole pixels are laid down on the room's exact size: scaled likewise, letters keep their shape.
    pencil.scale(f64::from(canvas.width()) / width, f64::from(canvas.height()) / height).ok()?;
    pencil.set_text_baseline("middle");
    pencil.set_text_align(style.text_align());
    pencil.set_line_join("round");
    style.take_font(&pencil, palette);
    if let Some(edge) = style.edge {
        pencil.set_stroke_style_str(palette.get(edge));
        pencil.set_line_width(f64::from(style.size) * 0.25);
        pencil.stroke_text(words, point, height / 2.0).ok()?;
    }
    pencil.set_fill_style_str(palette.get(style.color));
    pencil.fill_text(words, point, height / 2.0).ok()?;
    Some(canvas)
}
