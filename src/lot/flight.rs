//! How keys move: straight, from where they are to where they go.

use super::easing::{BRISK, Easing};
use super::motion::{Point, between};
use super::path::distance;
use crate::time::{Instant, Span};

/// Picture units a microsecond.
const SPEED: f32 = 1.0 / 1_100.0;
/// A short move is still seen.
const SHORTEST: Span = Span::from_millis(220);
/// A long one does not keep anybody waiting.
const LONGEST: Span = Span::from_millis(700);

/// A move from one point to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Flight {
    from: Point,
    to: Point,
    since: Instant,
    takes: Span,
    easing: Easing,
}

impl Flight {
    /// It takes as long as the way is long, within limits.
    pub fn new(from: Point, to: Point, since: Instant) -> Flight {
        let takes = Span::from_micros((distance(from, to) / SPEED) as i64).clamp(SHORTEST, LONGEST);
        Flight { from, to, since, takes, easing: Easing::Eased }
    }

    /// The same, but brisk: for rows that move up all the time.
    pub fn brisk(self) -> Flight {
        Flight { easing: Easing::Brisk, takes: BRISK, ..self }
    }

    /// When it ends.
    pub fn arrives(&self) -> Instant {
        self.since + self.takes
    }

    /// Where it is at a moment.
    pub fn at(&self, now: Instant) -> Point {
        between(self.from, self.to, self.easing.at(self.part(now)))
    }

    /// Where it is if its goal has moved to `place` meanwhile: it gets there all the same.
    pub fn toward(&self, place: Point, now: Instant) -> Point {
        let ((x, y), part) = (self.at(now), self.part(now));
        (x + (place.0 - self.to.0) * part, y + (place.1 - self.to.1) * part)
    }

    fn part(&self, now: Instant) -> f32 {
        ((now - self.since).as_micros() as f32 / self.takes.as_micros() as f32).clamp(0.0, 1.0)
    }
}
