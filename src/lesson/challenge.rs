//! A plan that goes wrong, and what would put it right.

use super::LessonError;
use super::adjustable::Adjustable;
use super::goal::Goal;
use super::plan::Plan;
use crate::figures::{self, Measurement};

/// A setting or a [choice](super::Choice) by its name, and a value as text: what a reader has turned, or a solution.
pub type Assignment<'a> = (&'a str, &'a str);

/// A plan that misses its goals until somebody turns the right things. All of it is data; its words stand in the prose.
#[derive(Debug, Clone, Copy)]
pub struct Challenge {
    /// How it begins.
    pub plan: fn() -> Plan,
    /// What may be turned.
    pub adjustable: &'static [Adjustable],
    /// All of these must hold of the whole run.
    pub goals: &'static [Goal],
    /// What puts it right.
    pub solution: &'static [Assignment<'static>],
    /// What people usually try instead. None of it is enough.
    pub wrong: &'static [Wrong],
    /// The moment of its still picture, in seconds.
    pub still: f64,
}

/// A usual wrong move.
#[derive(Debug, Clone, Copy)]
pub struct Wrong {
    /// What is turned: these values, or any in the same direction.
    pub changes: &'static [Assignment<'static>],
    /// What is answered. `{FIGURE}` is a figure of the attempt, `{was:FIGURE}` one of the
    /// beginning.
    pub says: &'static str,
}

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// For each goal what it asks for, what was found, and whether it is met.
    pub goals: Vec<(String, String, bool)>,
    /// What is said of a usual wrong move, if it was one.
    pub says: Option<String>,
    /// How well it was done, from 3 down to 1, if it was: as few and as small changes as the solution's, one more change, or more.
    pub score: Option<u8>,
}

impl Assessment {
    /// Whether all goals are met.
    pub fn is_met(&self) -> bool {
        self.goals.iter().all(|(_, _, met)| *met)
    }
}

impl Challenge {
    /// The plan with these changes.
    ///
    /// # Errors
    /// What cannot be turned, or not so.
    pub fn attempt(&self, changes: &[Assignment]) -> Result<Plan, LessonError> {
        let mut plan = (self.plan)();
        for (name, value) in changes {
            let adjustable = self.find(name).ok_or_else(|| LessonError::NotAdjustable((*name).into()))?;
            adjustable.set_text(&mut plan, value)?;
        }
        Ok(plan)
    }

    /// What an attempt comes to.
    ///
    /// # Errors
    /// As [`Challenge::attempt`].
    pub fn judge(&self, changes: &[Assignment]) -> Result<Assessment, LessonError> {
        let run = self.attempt(changes)?.outcome();
        let goals: Vec<_> =
            self.goals.iter().map(|goal| (goal.sentence(), goal.found(&run).to_string(), goal.is_met(&run))).collect();
        let mut verdict = Assessment { goals, says: None, score: None };
        if verdict.is_met() {
            verdict.score = Some(self.score(changes));
        } else if let Some(wrong) = self.wrong_move(changes) {
            verdict.says = Some(wrong.sentence(&run, &(self.plan)().outcome()));
        }
        Ok(verdict)
    }

    fn find(&self, name: &str) -> Option<&Adjustable> {
        self.adjustable.iter().find(|adjustable| adjustable.name() == name)
    }

    /// How far changes are from the beginning: how many, and how many steps in all.
    fn size(&self, changes: &[Assignment]) -> (usize, f64) {
        let plan = (self.plan)();
        let steps = changes.iter().filter_map(|(name, value)| {
            let adjustable = self.find(name)?;
            Some(adjustable.steps(&adjustable.text(&plan), value))
        });
        let steps: Vec<f64> = steps.filter(|&steps| steps > 0.0).collect();
        (steps.len(), steps.iter().sum())
    }

    fn score(&self, changes: &[Assignment]) -> u8 {
        let ((number, size), (best, least)) = (self.size(changes), self.size(self.solution));
        if number <= best && size <= least {
            3
        } else if number <= best + 1 {
            2
        } else {
            1
        }
    }

    /// The wrong move that changes most of what was changed; of several the one that is nearest.
    fn wrong_move(&self, changes: &[Assignment]) -> Option<&'static Wrong> {
        let plan = (self.plan)();
        let alike = |(name, value): &Assignment| {
            let Some(adjustable) = self.find(name) else { return false };
            let first = adjustable.text(&plan);
            changes.iter().any(|(other, tried)| name == other && same_way(&first, value, tried))
        };
        let made = self.wrong.iter().filter(|wrong| wrong.changes.iter().all(alike));
        made.min_by(|one, other| {
            let most = other.changes.len().cmp(&one.changes.len());
            most.then(self.distance(one.changes, changes).total_cmp(&self.distance(other.changes, changes)))
        })
    }

    /// How many steps an attempt is from these changes, in what they turn.
    fn distance(&self, from: &[Assignment], attempt: &[Assignment]) -> f64 {
        let steps = from.iter().filter_map(|(name, value)| {
            let (_, tried) = attempt.iter().find(|(other, _)| name == other)?;
            Some(self.find(name)?.steps(value, tried))
        });
        steps.sum()
    }
}

/// Whether two values differ from the first in the same direction, or are the same.
fn same_way(first: &str, one: &str, other: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    match (number(first), number(one), number(other)) {
        (Some(first), Some(one), Some(other)) => (one - first) * (other - first) > 0.0,
        _ => one == other,
    }
}

impl Wrong {
    fn sentence(&self, run: &Measurement, start: &Measurement) -> String {
        let mut said = self.says.to_owned();
        for figure in figures::all() {
            for (mark, outcome) in [(format!("{{{}}}", figure.name), run), (format!("{{was:{}}}", figure.name), start)]
            {
                if said.contains(&mark) {
                    said = said.replace(&mark, &(figure.of)(outcome).to_string());
                }
            }
        }
        said
    }
}
