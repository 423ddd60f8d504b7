//! What a challenge asks for.

use super::figure::{Value, figure};
use super::outcome::Outcome;

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
    pub fn found(&self, run: &Outcome) -> Value {
        figure(self.figure).map_or(Value::Words(String::new()), |figure| (figure.of)(run))
    }

    /// Whether a run meets it.
    pub fn is_met(&self, run: &Outcome) -> bool {
        let found = self.found(run).number();
        match self.bound {
            Bound::AtMost(most) => found <= most,
            Bound::AtLeast(least) => found >= least,
        }
    }

    /// What is asked for, as a phrase: "Time-outs: none", "p95 wait: at most 250 ms".
    pub fn sentence(&self, run: &Outcome) -> String {
        let title = figure(self.figure).map_or(self.figure, |figure| figure.title);
        let say = |number: i64| match self.found(run) {
            Value::Count(_) | Value::Words(_) => Value::Count(number),
            _ => Value::Time(crate::time::Span::from_millis(number)),
        };
        match self.bound {
            Bound::AtMost(0) => format!("{title}: none"),
            Bound::AtMost(most) => format!("{title}: at most {}", say(most)),
            Bound::AtLeast(least) => format!("{title}: at least {}", say(least)),
        }
    }
}
