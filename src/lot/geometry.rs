//! Formats, places and rectangles, and how many of each thing are drawn.

use super::motion::Point;

/// The shape of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// 1440 x 700, as wide as the page: above the lot there is room for a title.
    Panorama,
    /// 1200 x 660, for a desktop.
    Wide,
    /// 390 x 580, for a phone.
    Tall,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 3] = [Format::Panorama, Format::Wide, Format::Tall];
}

/// A place for a bay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// On the strip for bays of pools that were replaced.
    pub old: bool,
    /// Its number there, from 0.
    pub index: u32,
}

impl Spot {
    /// The `index`th place of a strip.
    pub fn new(old: bool, index: usize) -> Spot {
        Spot { old, index: index as u32 }
    }

    /// So manieth on its strip, from 0.
    pub fn place(self) -> usize {
        self.index as usize
    }
}

/// A rectangle, by its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl Rect {
    pub(super) const fn new(x: f32, y: f32, w: f32, h: f32) -> Rect {
        Rect { x, y, w, h }
    }

    /// Whether a point is in it.
    pub fn contains(&self, (x, y): Point) -> bool {
        (self.x..self.x + self.w).contains(&x) && (self.y..self.y + self.h).contains(&y)
    }

    /// The middle.
    pub fn center(&self) -> Point {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }
}

/// The most bays of a strip that are drawn; more are counted in words.
pub const MOST_BAYS: usize = 600;
/// The most keys that are drawn; more are counted in words.
pub const MOST_KEYS: usize = 120;
/// Cars smaller than this are drawn in a few rectangles and without a number: there are many then.
pub const SMALL: f32 = 0.36;
