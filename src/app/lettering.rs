//! Words as small pictures. A browser takes longer to write on a canvas than to do anything else there: the numbers on a
//! dozen cars cost more than half of a frame. So each is written once, and laid down as a picture from then on.

use super::palette::Palette;
use crate::lot::{ColorRole, Point};
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use std::collections::HashMap;

/// More than so many are forgotten, all at once.
const MOST: usize = 500;
/// Written so many times as large as they are shown, since they are laid down turned.
const FINER: f64 = 1.5;

/// How words are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hand {
    /// The letters' height, in picture units.
    pub size: f32,
    /// Bold.
    pub bold: bool,
    /// Their colour.
    pub color: ColorRole,
    /// An edge round the letters.
    pub edge: Option<ColorRole>,
}

impl Hand {
    /// Takes the hand's font.
    pub fn take_font(&self, pencil: &CanvasRenderingContext2d, palette: &Palette) {
        let weight = if self.bold { "700 " } else { "" };
        pencil.set_font(&format!("{weight}{}px {}", self.size, palette.typeface));
    }
}

/// What tells written words apart.
type Key = (String, u32, bool, usize, Option<usize>);

/// Words that have been written.
#[derive(Debug, Default)]
pub struct Lettering {
    written: HashMap<Key, HtmlCanvasElement>,
}

impl Lettering {
    /// Forgets all: colours or scale are others now.
    pub fn clear(&mut self) {
        self.written.clear();
    }

    /// Lays words down around a point, in picture units of `scale` pixels. False if this browser cannot.
    pub fn lay(
        &mut self,
        pencil: &CanvasRenderingContext2d,
        palette: &Palette,
        scale: f64,
        (words, hand, at): (&str, Hand, Point),
    ) -> bool {
        let key =
            (words.to_owned(), hand.size.to_bits(), hand.bold, hand.color.index(), hand.edge.map(ColorRole::index));
        let (width, height) = room(words, hand.size);
        if !self.written.contains_key(&key) {
            let Some(picture) = write(words, hand, palette, scale * FINER) else { return false };
            if self.written.len() >= MOST {
                self.written.clear();
            }
            self.written.insert(key.clone(), picture);
        }
        let Some(picture) = self.written.get(&key) else { return false };
        let (x, y) = (f64::from(at.0) - width / 2.0, f64::from(at.1) - height / 2.0);
        pencil.draw_image_with_html_canvas_element_and_dw_and_dh(picture, x, y, width, height).is_ok()
    }
}

/// The room that words are given, in picture units: enough for the widest letters, and their edge.
fn room(words: &str, size: f32) -> (f64, f64) {
    let size = f64::from(size);
    ((words.chars().count() as f64 * 0.8 + 0.8) * size, 1.8 * size)
}

fn write(words: &str, hand: Hand, palette: &Palette, scale: f64) -> Option<HtmlCanvasElement> {
    let picture: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    let (width, height) = room(words, hand.size);
    picture.set_width((width * scale).ceil() as u32);
    picture.set_height((height * scale).ceil() as u32);
    let pencil: CanvasRenderingContext2d = picture.get_context("2d").ok()??.dyn_into().ok()?;
    // The picture's whole pixels are laid down on the room's exact size: scaled likewise, letters keep their shape.
    let (across, down) = (f64::from(picture.width()) / width, f64::from(picture.height()) / height);
    pencil.scale(across, down).ok()?;
    pencil.set_text_baseline("middle");
    pencil.set_text_align("center");
    pencil.set_line_join("round");
    hand.take_font(&pencil, palette);
    let (x, y) = (width / 2.0, height / 2.0);
    if let Some(edge) = hand.edge {
        pencil.set_stroke_style_str(palette.get(edge));
        pencil.set_line_width(f64::from(hand.size) * 0.25);
        pencil.stroke_text(words, x, y).ok()?;
    }
    pencil.set_fill_style_str(palette.get(hand.color));
    pencil.fill_text(words, x, y).ok()?;
    Some(picture)
}
