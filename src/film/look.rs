//! A shape taken apart: what it is, and the numbers that say where.

use crate::lot::{Align, ColorRole, Pose, Rect, Shape, Stroke};
use serde::Serialize;

/// What a number of a shape measures, so how exact it has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// A length or a place, in picture units.
    Length,
    /// An angle in radians, a scale, an opacity, a part of a circle.
    Ratio,
}

impl Measure {
    /// What nobody sees: half a unit, a hundredth.
    pub fn tolerance(self) -> f32 {
        match self {
            Measure::Length => 0.5,
            Measure::Ratio => 0.012,
        }
    }

    /// The smallest step of a [curve](super::Curve). One is a whole number of them.
    pub fn grain(self) -> f32 {
        match self {
            Measure::Length => 0.25,
            Measure::Ratio => 0.01,
        }
    }

    /// As many digits as are needed where nothing moves.
    pub fn rounded(self, number: f32) -> f32 {
        let digits = match self {
            Measure::Length => 10.0,
            Measure::Ratio => 1000.0,
        };
        (number * digits).round() / digits
    }
}

/// What a shape is, without where it is. `public/film.js` paints it; colours are indices of
/// [`COLOR_ROLES`](crate::lot::COLOR_ROLES).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Look {
    /// `"r"`, inside, edge. Numbers: left, top, width, height, radius, opacity, the edge's width.
    Rect(&'static str, Option<usize>, Line),
    /// `"p"`, inside, line. Numbers: the line's width, then points.
    Path(&'static str, Option<usize>, Line),
    /// `"a"`, line. Numbers: middle, radius, part, the line's width.
    Arc(&'static str, Line),
    /// `"d"`, inside. Numbers: middle, radius.
    Disc(&'static str, usize),
    /// `"t"`, words, how they stand, colour, bold, edge. Numbers: point, size.
    Text(&'static str, String, &'static str, usize, bool, Option<usize>),
    /// `"s"`, inside. Numbers: the corners of each, four points.
    Tiles(&'static str, usize),
    /// `"g"`, the shapes in it, which do not move there. Numbers: place, heading, scale, opacity.
    Group(&'static str, Vec<Part>),
}

/// A line's colour, and whether it is dashed.
pub type Line = Option<(usize, bool)>;

/// A look and its numbers, rounded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part(pub Look, pub Vec<f32>);

impl Part {
    /// A shape, taken apart.
    pub fn of(shape: &Shape) -> Part {
        let (look, numbers) = taken_apart(shape);
        let rounded = numbers.iter().enumerate().map(|(index, number)| look.measure(index).rounded(*number)).collect();
        Part(look, rounded)
    }
}

impl Look {
    /// What the number at an index measures.
    pub fn measure(&self, index: usize) -> Measure {
        match (self, index) {
            (Look::Rect(..), 5) | (Look::Arc(..), 3) | (Look::Group(..), 2..) => Measure::Ratio,
            _ => Measure::Length,
        }
    }
}

fn line(stroke: &Option<Stroke>) -> Line {
    stroke.map(|stroke| (stroke.color.index(), stroke.dashed))
}

fn width(stroke: &Option<Stroke>) -> f32 {
    stroke.map_or(0.0, |stroke| stroke.width)
}

/// A shape's look, and its numbers as they are.
pub(super) fn taken_apart(shape: &Shape) -> (Look, Vec<f32>) {
    match shape {
        Shape::Rect { rect: Rect { x, y, w, h }, radius, fill, stroke, opacity } => (
            Look::Rect("r", fill.map(ColorRole::index), line(stroke)),
            vec![*x, *y, *w, *h, *radius, *opacity, width(stroke)],
        ),
        Shape::Path { points, fill, stroke } => (
            Look::Path("p", fill.map(ColorRole::index), line(stroke)),
            std::iter::once(width(stroke)).chain(points.iter().flat_map(|(x, y)| [*x, *y])).collect(),
        ),
        Shape::Arc { center: (x, y), radius, part, stroke } => {
            (Look::Arc("a", line(&Some(*stroke))), vec![*x, *y, *radius, *part, stroke.width])
        }
        Shape::Disc { center: (x, y), radius, fill } => (Look::Disc("d", fill.index()), vec![*x, *y, *radius]),
        Shape::Text { at: (x, y), words, size, align, color, bold, edge } => {
            let stand = match align {
                Align::Start => "left",
                Align::Middle => "center",
                Align::End => "right",
            };
            let edge = edge.map(ColorRole::index);
            (Look::Text("t", words.clone(), stand, color.index(), *bold, edge), vec![*x, *y, *size])
        }
        Shape::Tiles { fill, tiles } => (
            Look::Tiles("s", fill.index()),
            tiles.iter().flat_map(|tile| tile.corners()).flat_map(|(x, y)| [x, y]).collect(),
        ),
        Shape::Group { pose: Pose { x, y, heading, scale }, opacity, shapes } => {
            (Look::Group("g", shapes.iter().map(Part::of).collect()), vec![*x, *y, *heading, *scale, *opacity])
        }
    }
}
