//! A claim on trial.

use crate::lesson::prediction::means;
use crate::lesson::{Plan, fact};

/// The verdict on a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// It is true.
    True,
    /// It is not true.
    False,
    /// Part of it is true, but readers take more from it than that.
    Misleading,
    /// It was true of earlier versions.
    Outdated,
}

impl Ruling {
    /// All of them, in the order of the votes.
    pub const ALL: [Ruling; 4] = [Ruling::True, Ruling::False, Ruling::Misleading, Ruling::Outdated];

    /// Its name, in one word.
    pub const fn name(self) -> &'static str {
        match self {
            Ruling::True => "true",
            Ruling::False => "false",
            Ruling::Misleading => "misleading",
            Ruling::Outdated => "outdated",
        }
    }
}

/// A claim from a tutorial, an experiment that decides it, and the ruling.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Its name, which its place on the page has too.
    pub name: &'static str,
    /// The experiment.
    pub plan: fn() -> Plan,
    /// The speed at which it is watched: how much world time passes per unit of real time.
    pub speed: f64,
    /// The fact that decides.
    pub fact: &'static str,
    /// The value that the claim leads a reader to expect, written like an option of a [`Prediction`](crate::lesson::Prediction).
    pub expects: &'static str,
    /// The ruling.
    pub ruling: Ruling,
}

impl Claim {
    /// Evaluates a fact about the experiment, like that of a [`Lesson`](crate::lesson::Lesson); its only plan is called `run`.
    ///
    /// # Errors
    /// A sentence about the part of the expression that has no meaning.
    pub fn fact(&self, expression: &str) -> Result<String, String> {
        fact(expression, |which, settings| match which {
            "run" => {
                let plan = settings.iter().try_fold((self.plan)(), |plan, (name, value)| plan.with(name, value));
                plan.map_err(|error| error.to_string())
            }
            _ => Err(format!("there is no plan {which}")),
        })
    }

    /// Runs the experiment. Returns what the pool does, and whether the claim leads a reader to expect that.
    ///
    /// # Errors
    /// As [`Claim::fact`].
    pub fn try_it(&self) -> Result<(String, bool), String> {
        let found = self.fact(self.fact)?;
        let as_said = means(self.expects, &found);
        Ok((found, as_said))
    }
}
