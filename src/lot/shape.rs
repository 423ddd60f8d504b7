//! What pictures are made of: a few shapes in inks that the style sheet mixes.

use super::geometry::Rect;
use super::motion::{Point, Pose};

/// A colour by what it is for. Its value is the style sheet's, for light and dark; see [`Ink::variable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// The asphalt of the lot and the road.
    Asphalt,
    /// A paved bay.
    Bay,
    /// White paint: lines of bays and lanes.
    Paint,
    /// The outline of a bay that was never built.
    Bare,
    /// Words.
    Words,
    /// Quieter words and thin lines.
    Faint,
    /// Words on asphalt.
    Sign,
    /// Quieter words on asphalt.
    SignFaint,
    /// Warning orange: cones, extra bays, patience that runs out.
    Cone,
    /// The cone's band.
    Band,
    /// A crack.
    Crack,
    /// The ring of patience.
    Ring,
    /// What is gone of a ring.
    Track,
    /// The rack's board.
    Board,
    /// A key.
    Key,
    /// Words on a key.
    Tag,
    /// Windows of cars.
    Glass,
    /// Headlights.
    Light,
    /// The shadow of a car.
    Shadow,
    /// Numbers on cars.
    Plate,
    /// The plate under a number on a car.
    PlateEdge,
    /// One of the eight car colours.
    Car(u8),
}

/// The inks by their index: everything but the cars, then the cars.
pub const INKS: [Ink; 29] = [
    Ink::Asphalt,
    Ink::Bay,
    Ink::Paint,
    Ink::Bare,
    Ink::Words,
    Ink::Faint,
    Ink::Sign,
    Ink::SignFaint,
    Ink::Cone,
    Ink::Band,
    Ink::Crack,
    Ink::Ring,
    Ink::Track,
    Ink::Board,
    Ink::Key,
    Ink::Tag,
    Ink::Glass,
    Ink::Light,
    Ink::Shadow,
    Ink::Plate,
    Ink::PlateEdge,
    Ink::Car(0),
    Ink::Car(1),
    Ink::Car(2),
    Ink::Car(3),
    Ink::Car(4),
    Ink::Car(5),
    Ink::Car(6),
    Ink::Car(7),
];

impl Ink {
    /// The name of its custom property in `style/tokens.css`.
    pub fn variable(self) -> &'static str {
        match self {
            Ink::Asphalt => "--lot-asphalt",
            Ink::Bay => "--lot-bay",
            Ink::Paint => "--lot-paint",
            Ink::Bare => "--lot-bare",
            Ink::Words => "--lot-words",
            Ink::Faint => "--lot-faint",
            Ink::Sign => "--lot-sign",
            Ink::SignFaint => "--lot-sign-faint",
            Ink::Cone => "--lot-cone",
            Ink::Band => "--lot-band",
            Ink::Crack => "--lot-crack",
            Ink::Ring => "--lot-ring",
            Ink::Track => "--lot-track",
            Ink::Board => "--lot-board",
            Ink::Key => "--lot-key",
            Ink::Tag => "--lot-tag",
            Ink::Glass => "--lot-glass",
            Ink::Light => "--lot-light",
            Ink::Shadow => "--lot-shadow",
            Ink::Plate => "--lot-plate",
            Ink::PlateEdge => "--lot-plate-edge",
            Ink::Car(0) => "--lot-car-0",
            Ink::Car(1) => "--lot-car-1",
            Ink::Car(2) => "--lot-car-2",
            Ink::Car(3) => "--lot-car-3",
            Ink::Car(4) => "--lot-car-4",
            Ink::Car(5) => "--lot-car-5",
            Ink::Car(6) => "--lot-car-6",
            Ink::Car(_) => "--lot-car-7",
        }
    }

    /// Its place in [`INKS`].
    pub fn index(self) -> usize {
        INKS.iter().position(|&ink| ink == self).unwrap_or(INKS.len() - 1)
    }
}

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
    pub ink: Ink,
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
        fill: Option<Ink>,
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
        fill: Option<Ink>,
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
        fill: Ink,
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
        ink: Ink,
        /// Bold.
        bold: bool,
        /// An edge round the letters, to be read on any ground.
        edge: Option<Ink>,
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

pub(super) fn filled(rect: Rect, radius: f32, ink: Ink) -> Shape {
    Shape::Rect { rect, radius, fill: Some(ink), stroke: None, opacity: 1.0 }
}

pub(super) fn line(from: Point, to: Point, stroke: Stroke) -> Shape {
    Shape::Path { points: vec![from, to], fill: None, stroke: Some(stroke) }
}

pub(super) fn words(at: Point, words: String, size: f32, align: Align, ink: Ink) -> Shape {
    Shape::Text { at, words, size, align, ink, bold: false, edge: None }
}

pub(super) fn bold(at: Point, words: &str, size: f32, align: Align) -> Shape {
    Shape::Text { at, words: words.into(), size, align, ink: Ink::Words, bold: true, edge: None }
}
