//! What a challenge asks for.

use crate::figures::{Measurement, Unit, Value, figure};

/// A bound on a figure of the whole run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    /// The figure's name.
    pub figure: &'static str,
    /// What it must be.
    pub bound: Bound,
}

/// What a figure must be: counts as they are, times in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// No more than this.
    AtMost(i64),
    /// No less than this.
    AtLeast(i64),
}

impl Goal {
    /// A figure that must not be above this.
    pub const fn at_most(figure: &'static str, most: i64) -> Goal {
        Goal { figure, bound: Bound::AtMost(most) }
    }

    /// A figure that must not be below this.
    pub const fn at_least(figure: &'static str, least: i64) -> Goal {
        Goal { figure, bound: Bound::AtLeast(least) }
    }

    /// The figure in a run.
    pub fn found(&self, run: &Measurement) -> Value {
        figure(self.figure).map_or(Value::Unknown, |figure| (figure.of)(run))
    }

    /// Whether a run meets it.
    pub fn is_met(&self, run: &Measurement) -> bool {
        let found = self.found(run).number() / self.scale();
        match self.bound {
            Bound::AtMost(most) => found <= most,
            Bound::AtLeast(least) => found >= least,
        }
    }

    /// How many of a figure's own numbers a bound counts as one: times are in milliseconds here.
    fn scale(&self) -> i64 {
        match figure(self.figure).map(|figure| figure.unit) {
            Some(Unit::Time | Unit::Moment) => 1_000,
            _ => 1,
        }
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
