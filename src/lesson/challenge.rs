//! A plan that goes wrong, and what puts it right.

use super::LessonError;
use super::adjustable::Adjustable;
use super::goal::Goal;
use super::idea::Idea;
use super::plan::Plan;
use super::score::Cost;
use super::sentence::fill;
use super::wrong::Wrong;
use crate::figures::Measurement;

/// The name of a setting or a [choice](super::Choice), and a value as text: part of a reader's attempt, or of a solution.
pub type Assignment<'a> = (&'a str, &'a str);

/// A plan that misses its goals until the reader changes the right things. All of it is data; the words are in the prose.
#[derive(Debug, Clone, Copy)]
pub struct Challenge {
    /// How it begins.
    pub plan: fn() -> Plan,
    /// What may be changed.
    pub adjustable: &'static [Adjustable],
    /// The goals, all of which the whole run must meet.
    pub goals: &'static [Goal],
    /// What puts it right.
    pub solution: &'static [Assignment<'static>],
    /// The ideas that solve it. An attempt with none of them never does.
    pub ideas: &'static [Idea],
    /// What people usually try instead. None of these is enough.
    pub wrong: &'static [Wrong],
    /// The moment that its still picture shows, in seconds.
    pub still: f64,
}

/// The result of an attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// For each goal: what it asks for, what was found, and whether it is met.
    pub goals: Vec<(String, String, bool)>,
    /// The reply to a usual wrong move, if the attempt is one.
    pub says: Option<String>,
    /// What cured it and why, if it is solved.
    pub cured: Option<String>,
    /// The score of a solved challenge: 3, 2 or 1 points, by [this rule](super::score).
    pub score: Option<u8>,
    /// Why the score is not 3.
    pub missing: Option<String>,
}

impl Assessment {
    /// Whether all goals are met.
    pub fn is_met(&self) -> bool {
        self.goals.iter().all(|(_, _, met)| *met)
    }
}

impl Challenge {
    /// The challenge's plan with these changes.
    ///
    /// # Errors
    /// If something cannot be changed, or does not take the value.
    pub fn attempt(&self, changes: &[Assignment]) -> Result<Plan, LessonError> {
        let mut plan = (self.plan)();
        for (name, value) in changes {
            let adjustable = self.find(name).ok_or_else(|| LessonError::NotAdjustable((*name).into()))?;
            adjustable.set_text(&mut plan, value)?;
        }
        Ok(plan)
    }

    /// Runs an attempt and assesses it.
    ///
    /// # Errors
    /// As [`Challenge::attempt`].
    pub fn judge(&self, changes: &[Assignment]) -> Result<Assessment, LessonError> {
        let plan = self.attempt(changes)?;
        self.assess(&plan, changes, &plan.outcome())
    }

    /// Assesses an attempt that came to this.
    ///
    /// # Errors
    /// If our solution cannot be made, which tests rule out.
    fn assess(&self, plan: &Plan, changes: &[Assignment], run: &Measurement) -> Result<Assessment, LessonError> {
        let goals: Vec<_> =
            self.goals.iter().map(|goal| (goal.sentence(), goal.found(run).to_string(), goal.is_met(run))).collect();
        let mut verdict = Assessment { goals, says: None, cured: None, score: None, missing: None };
        let start = || (self.plan)().outcome();
        if verdict.is_met() {
            let ours = self.attempt(self.solution)?;
            let needed = Cost::of(&ours, self.count(self.solution), &ours.outcome());
            let cost = Cost::of(plan, self.count(changes), run);
            (verdict.score, verdict.missing) = (Some(cost.points(&needed)), cost.missing(&needed));
            verdict.cured = self.idea(changes).map(|idea| fill(idea.cured, run, &start()));
        } else if self.count(changes) > 0
            && let Some(wrong) = self.wrong_move(changes, run)
        {
            verdict.says = Some(fill(wrong.says, run, &start()));
        }
        Ok(verdict)
    }

    /// The control of this name.
    pub(super) fn find(&self, name: &str) -> Option<&Adjustable> {
        self.adjustable.iter().find(|adjustable| adjustable.name() == name)
    }

    /// The value of a control before anything is changed.
    pub(super) fn first(&self, name: &str) -> Option<String> {
        Some(self.find(name)?.text(&(self.plan)()))
    }

    /// The idea that an attempt has, if it has one.
    pub fn idea(&self, changes: &[Assignment]) -> Option<&'static Idea> {
        let value = |name: &str| match changes.iter().rev().find(|(other, _)| *other == name) {
            Some((_, value)) => Some((*value).to_owned()),
            None => self.first(name),
        };
        self.ideas.iter().find(|idea| idea.is_in(value))
    }

    /// How many changes are changes: a control that has its first value again is none.
    fn count(&self, changes: &[Assignment]) -> usize {
        changes.iter().filter(|(name, value)| self.first(name).is_some_and(|first| first != *value)).count()
    }
}
