//! What a challenge asks for.

use crate::figures::{Measurement, Unit, Value, figure};

/// A bound on a figure of the whole run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    /// The figure's name.
    pub figure: &'static str,
    /// The bound that it must keep.
    pub bound: Bound,
}

/// The limit of a figure: counts as they are, times in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// No more than this.
    AtMost(i64),
    /// No less than this.
    AtLeast(i64),
}

/// A goal as a bar: parts of the bar's length, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meter {
    /// How far the bar is filled.
    pub filled: f64,
    /// Where the bound is.
    pub bound: f64,
}

impl Goal {
    /// The goal as a bar that has room for what was found, for its bound, and for `worst`, what was found before any change.
    pub fn meter(&self, run: &Measurement, worst: &Measurement) -> Meter {
        let number = |run: &Measurement| (self.found(run).number() / self.scale()).max(0) as f64;
        let (Bound::AtMost(bound) | Bound::AtLeast(bound)) = self.bound;
        let bound = bound as f64;
        let full = (bound * 4.0 / 3.0).max(number(worst)).max(1.0);
        Meter { filled: (number(run) / full).min(1.0), bound: bound / full }
    }

    /// The figure must not be above this.
    pub const fn at_most(figure: &'static str, most: i64) -> Goal {
        Goal { figure, bound: Bound::AtMost(most) }
    }

    /// The figure must not be below this.
    pub const fn at_least(figure: &'static str, least: i64) -> Goal {
        Goal { figure, bound: Bound::AtLeast(least) }
    }

    /// The value of the figure in a run.
    pub fn found(&self, run: &Measurement) -> Value {
        figure(self.figure).map_or(Value::Unknown, |figure| (figure.of)(run))
    }

    /// Whether a run meets the goal.
    pub fn is_met(&self, run: &Measurement) -> bool {
        let found = self.found(run).number() / self.scale();
        match self.bound {
            Bound::AtMost(most) => found <= most,
            Bound::AtLeast(least) => found >= least,
        }
    }

    /// The factor between the figure's own unit and the bound's.
    fn scale(&self) -> i64 {
        figure(self.figure).map_or(1, |figure| figure.scale())
    }

    /// What is asked for, as a phrase: "Time-outs: none", "p95 wait: at most 250 ms".
    pub fn sentence(&self) -> String {
        let (title, unit) = figure(self.figure).map_or((self.figure, Unit::Text), |figure| (figure.title, figure.unit));
        let say = |bound: i64| unit.value(bound.saturating_mul(self.scale()));
        match self.bound {
            Bound::AtMost(0) => format!("{title}: none"),
            Bound::AtMost(most) => format!("{title}: at most {}", say(most)),
            Bound::AtLeast(least) => format!("{title}: at least {}", say(least)),
        }
    }
}
