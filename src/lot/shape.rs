//! What pictures are made of: a few shapes.

use super::color_role::ColorRole;
use super::geometry::Rect;
use super::motion::{Point, Pose};
use super::tile::Tile;

/// Where words stand from their point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// They begin there.
    Start,
    /// Their middle is there.
    Middle,
    /// They end there.
    End,
}

/// A line's look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: ColorRole,
    /// Its width.
    pub width: f32,
    /// Dashes instead of a line.
    pub dashed: bool,
}

/// A shape, in picture units.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A rectangle with round corners.
    Rect {
        /// Its place.
        rect: Rect,
        /// The corners' radius.
        radius: f32,
        /// Its inside.
        fill: Option<ColorRole>,
        /// Its edge.
        stroke: Option<Stroke>,
        /// From 0, not to be seen, to 1.
        opacity: f32,
    },
    /// A line through points, or the area inside.
    Path {
        /// The points.
        points: Vec<Point>,
        /// The inside.
        fill: Option<ColorRole>,
        /// The line.
        stroke: Option<Stroke>,
    },
    /// A part of a circle, clockwise from the top.
    Arc {
        /// The middle.
        center: Point,
        /// The radius.
        radius: f32,
        /// How much of it, from 0 to 1.
        part: f32,
        /// The line.
        stroke: Stroke,
    },
    /// A disc.
    Disc {
        /// The middle.
        center: Point,
        /// The radius.
        radius: f32,
        /// The inside.
        fill: ColorRole,
    },
    /// Words; the point is at the height of the letters' middle.
    Text {
        /// Where.
        at: Point,
        /// The words.
        words: String,
        /// The letters' height.
        size: f32,
        /// How they stand from the point.
        align: Align,
        /// Their colour.
        color: ColorRole,
        /// Bold.
        bold: bool,
        /// An edge round the letters, to be read on any ground.
        edge: Option<ColorRole>,
    },
    /// Rectangles of one colour, each in a frame of its own: what there are hundreds of is drawn at one go.
    Tiles {
        /// Their colour.
        fill: ColorRole,
        /// The rectangles.
        tiles: Vec<Tile>,
    },
    /// Shapes in a frame of their own: turned, scaled, then moved to the pose.
    Group {
        /// The frame.
        pose: Pose,
        /// From 0, not to be seen, to 1.
        opacity: f32,
        /// The shapes.
        shapes: Vec<Shape>,
    },
}

pub(super) fn filled(rect: Rect, radius: f32, color: ColorRole) -> Shape {
    Shape::Rect { rect, radius, fill: Some(color), stroke: None, opacity: 1.0 }
}

pub(super) fn line(from: Point, to: Point, stroke: Stroke) -> Shape {
    Shape::Path { points: vec![from, to], fill: None, stroke: Some(stroke) }
}

pub(super) fn words(at: Point, words: String, size: f32, align: Align, color: ColorRole) -> Shape {
    Shape::Text { at, words, size, align, color, bold: false, edge: None }
}

pub(super) fn bold(at: Point, words: &str, size: f32, align: Align) -> Shape {
    Shape::Text { at, words: words.into(), size, align, color: ColorRole::Words, bold: true, edge: None }
}
