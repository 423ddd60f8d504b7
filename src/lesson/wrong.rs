//! What people usually try, and what to say to it.

use super::challenge::{Assignment, Challenge};
use super::goal::Goal;
use crate::figures::Measurement;
use crate::settings::decimal;

/// A usual wrong move.
#[derive(Debug, Clone, Copy)]
pub struct Wrong {
    /// What is changed. With nothing here, it is any attempt.
    pub changes: &'static [Assignment<'static>],
    /// Which other values are the same move.
    pub way: Way,
    /// What the sentence takes for granted: it is said only of runs in which all of this is so.
    pub when: &'static [Goal],
    /// The reply to it. `{FIGURE}` is a figure of the attempt, `{was:FIGURE}` one of the unchanged challenge, and
    /// `{FIGURE?one|many}` the words that go with it.
    pub says: &'static str,
}

/// Which values are the same wrong move as those that it names. Values that are not numbers must be equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Any others in the same direction.
    Same,
    /// Any others, in either direction.
    Either,
    /// No others.
    Exact,
}

impl Wrong {
    /// The reply to these changes, or to others in the same direction.
    pub const fn new(changes: &'static [Assignment<'static>], says: &'static str) -> Wrong {
        Wrong { changes, way: Way::Same, when: &[], says }
    }

    /// The reply to any attempt to which nothing better can be said.
    pub const fn any(says: &'static str) -> Wrong {
        Wrong::new(&[], says)
    }

    /// In either direction.
    #[must_use]
    pub const fn either(self) -> Wrong {
        Wrong { way: Way::Either, ..self }
    }

    /// With these values, and no others.
    #[must_use]
    pub const fn exact(self) -> Wrong {
        Wrong { way: Way::Exact, ..self }
    }

    /// Said only of runs in which this is so.
    #[must_use]
    pub const fn when(self, when: &'static [Goal]) -> Wrong {
        Wrong { when, ..self }
    }

    /// The names of what it changes.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.changes.iter().map(|(name, _)| *name)
    }
}

impl Challenge {
    /// The usual wrong move that the attempt contains and whose reply is true of the run: of several, one with the most changes.
    /// Of these, the first in the list; and of those that change the same as it does, the one whose values are nearest.
    pub(super) fn wrong_move(&self, changes: &[Assignment], run: &Measurement) -> Option<&'static Wrong> {
        let made = |wrong: &&Wrong| {
            let alike = |(name, value): &Assignment| {
                let Some(first) = self.first(name) else { return false };
                changes.iter().any(|(other, tried)| name == other && wrong.way.is_same(&first, value, tried))
            };
            wrong.changes.iter().all(alike) && wrong.when.iter().all(|goal| goal.is_met(run))
        };
        let made: Vec<_> = self.wrong.iter().filter(made).collect();
        let most = made.iter().map(|wrong| wrong.changes.len()).max()?;
        let first = made.iter().find(|wrong| wrong.changes.len() == most)?;
        let rivals = made.iter().copied().filter(|wrong| wrong.names().eq(first.names()));
        rivals
            .min_by(|one, other| self.distance(one.changes, changes).total_cmp(&self.distance(other.changes, changes)))
    }

    /// How many steps an attempt is away from these changes, counting only the settings that they change.
    fn distance(&self, from: &[Assignment], attempt: &[Assignment]) -> f64 {
        let steps = from.iter().filter_map(|(name, value)| {
            let (_, tried) = attempt.iter().find(|(other, _)| name == other)?;
            Some(self.find(name)?.steps(value, tried))
        });
        steps.sum()
    }
}

impl Way {
    /// Whether `tried` is the same move as `value`, where `first` was the value before.
    fn is_same(self, first: &str, value: &str, tried: &str) -> bool {
        let number = |text: &str| if text == "None" { Some(f64::INFINITY) } else { decimal(text) };
        match (self, number(first), number(value), number(tried)) {
            (Way::Same, Some(first), Some(value), Some(tried)) => (value - first) * (tried - first) > 0.0,
            (Way::Either, Some(first), _, Some(tried)) => tried != first,
            _ => value == tried,
        }
    }
}
