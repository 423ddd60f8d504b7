//! One shape, followed from picture to picture.

use super::curve::Curve;
use super::look::{Look, Measure};
use crate::lot::Shape;
use serde::Serialize;
use std::f32::consts::{PI, TAU};
use std::rc::Rc;

/// A shape that goes further than this between two frames, in picture units, is another one.
const FAR: f32 = 30.0;

/// A shape while it is to be seen. Written as a row, in this order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(into = "ShotRow")]
pub struct Shot {
    /// Its look, as an index of the film's.
    pub look: usize,
    /// The first frame that has it.
    pub first: u32,
    /// The last frame that has it.
    pub last: u32,
    /// Its numbers where they stand.
    pub numbers: Vec<f32>,
    /// Those of them that move.
    pub moves: Vec<Move>,
}

/// A number that moves: its index, the film's curve that it follows, by that one's index, and how far beside it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Move(pub usize, pub usize, pub f32);

impl Shot {
    /// Its numbers at a frame of a film with these curves.
    pub fn at(&self, frame: u32, curves: &[Curve]) -> Vec<f32> {
        let mut numbers = self.numbers.clone();
        for Move(index, curve, beside) in &self.moves {
            numbers[*index] = curves[*curve].at(frame) + beside;
        }
        numbers
    }
}

type ShotRow = (usize, u32, u32, Vec<f32>, Vec<Move>);

impl From<Shot> for ShotRow {
    fn from(Shot { look, first, last, numbers, moves }: Shot) -> ShotRow {
        (look, first, last, numbers, moves)
    }
}

/// A shape that is followed, so far.
#[derive(Debug)]
pub(super) struct Take {
    pub look: usize,
    pub first: u32,
    /// Its numbers in each frame.
    pub frames: Vec<Rc<[f32]>>,
}

impl Take {
    /// A shape that is there from a frame on.
    pub fn new(look: usize, first: u32, numbers: Vec<f32>) -> Take {
        Take { look, first, frames: vec![numbers.into()] }
    }

    /// The next frame: it is where it was.
    pub fn stay(&mut self) {
        self.frames.extend(self.frames.last().cloned());
    }

    /// Whether a shape of the next frame is this one.
    pub fn goes_on_as(&self, look: usize, numbers: &[f32], of: &Look) -> bool {
        let Some(before) = self.frames.last() else { return false };
        self.look == look
            && before.len() == numbers.len()
            && before.iter().zip(numbers).enumerate().all(|(index, (one, other))| {
                let is_heading = matches!(of, Look::Group(..)) && index == 2;
                is_heading || of.measure(index) == Measure::Ratio || (one - other).abs() < FAR
            })
    }

    /// The next frame. A heading goes on by the shorter way round.
    pub fn go_on(&mut self, mut numbers: Vec<f32>, of: &Look) {
        if let (Look::Group(..), Some(before)) = (of, self.frames.last()) {
            let turn = numbers[2] - before[2];
            numbers[2] = before[2] + (turn + PI).rem_euclid(TAU) - PI;
        }
        match self.frames.last() {
            Some(before) if **before == *numbers => self.stay(),
            _ => self.frames.push(numbers.into()),
        }
    }

    /// What there is to keep of it. What moves follows a curve that is there, or a new one.
    pub fn shot(&self, of: &Look, curves: &mut Vec<Curve>) -> Shot {
        let numbers = self.frames.first().map_or(&[][..], |numbers| numbers);
        let rounded = numbers.iter().enumerate().map(|(index, number)| of.measure(index).rounded(*number));
        let stands = self.frames.iter().all(|numbers| Rc::ptr_eq(numbers, &self.frames[0]));
        let moving = if stands { 0 } else { numbers.len() };
        let moves = (0..moving).filter_map(|index| {
            let values: Vec<f32> = self.frames.iter().map(|numbers| numbers[index]).collect();
            let measure = of.measure(index);
            if values.iter().all(|value| (value - values[0]).abs() <= measure.tolerance() / 2.0) {
                return None;
            }
            let known = curves
                .iter()
                .enumerate()
                .find_map(|(curve, known)| Some((curve, known.offset(self.first, &values, measure)?)));
            let (curve, beside) = known.unwrap_or_else(|| {
                curves.push(Curve::through(self.first, &values, measure));
                (curves.len() - 1, 0.0)
            });
            Some(Move(index, curve, beside))
        });
        let moves = moves.collect();
        Shot {
            look: self.look,
            first: self.first,
            last: self.first + self.frames.len() as u32 - 1,
            numbers: rounded.collect(),
            moves,
        }
    }
}

/// A shape taken apart, for [`Take`].
pub(super) fn parts(shapes: &[Shape]) -> Vec<(Look, Vec<f32>)> {
    shapes.iter().map(super::look::taken_apart).collect()
}
