//! A sentence on trial.

use crate::lesson::prediction::means;
use crate::lesson::{Plan, fact};

/// What a sentence is found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// It is as it says.
    True,
    /// It is not.
    False,
    /// Something of it is so, and readers take more from it.
    Misleading,
    /// It was true of earlier versions.
    Outdated,
}

impl Ruling {
    /// All of them, in the order of the votes.
    pub const ALL: [Ruling; 4] = [Ruling::True, Ruling::False, Ruling::Misleading, Ruling::Outdated];

    /// In one word.
    pub const fn name(self) -> &'static str {
        match self {
            Ruling::True => "true",
            Ruling::False => "false",
            Ruling::Misleading => "misleading",
            Ruling::Outdated => "outdated",
        }
    }
}

/// A sentence, an experiment that tells, and what is found.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Its name: of its place in the page.
    pub name: &'static str,
    /// The experiment.
    pub plan: fn() -> Plan,
    /// World time for one unit of real time, when it is watched.
    pub speed: f64,
    /// The fact that tells.
    pub fact: &'static str,
    /// What that would be if the sentence were true, written as the options of a [`Prediction`](crate::lesson::Prediction).
    pub expects: &'static str,
    /// What it is found to be.
    pub ruling: Ruling,
}

impl Claim {
    /// A fact of the experiment, as of a [`Lesson`](crate::lesson::Lesson); its plan is called `run`.
    ///
    /// # Errors
    /// A sentence about what in it means nothing.
    pub fn fact(&self, expression: &str) -> Result<String, String> {
        fact(expression, |which, settings| match which {
            "run" => {
                let plan = settings.iter().try_fold((self.plan)(), |plan, (name, value)| plan.with(name, value));
                plan.map_err(|error| error.to_string())
            }
            _ => Err(format!("there is no plan {which}")),
        })
    }

    /// What the pool does, and whether that is what the sentence leads one to expect.
    ///
    /// # Errors
    /// As [`Claim::fact`].
    pub fn try_it(&self) -> Result<(String, bool), String> {
        let found = self.fact(self.fact)?;
        let as_said = means(self.expects, &found);
        Ok((found, as_said))
    }
}
