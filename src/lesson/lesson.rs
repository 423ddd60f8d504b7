//! A lesson: a run to predict and watch, and a challenge.

use super::challenge::{Assignment, Challenge};
use super::fact::fact;
use super::plan::Plan;
use super::prediction::Prediction;
use crate::settings::{Act, SettingId};
use crate::time::{Instant, Span};

/// Something to be made, with its name or what its button says.
pub type Named<T> = (&'static str, fn() -> T);

/// The part of a lesson that is no prose. The prose stands in the file of the same name and has the same numbers.
#[derive(Debug, Clone, Copy)]
pub struct Lesson {
    /// Its name: of its files, of its place in the page, and in links.
    pub name: &'static str,
    /// Its title, as in the prose.
    pub title: &'static str,
    /// What it is about, in a few words; names of settings stand in backticks.
    pub subject: &'static str,
    /// The run that is predicted and watched.
    pub plan: fn() -> Plan,
    /// The settings that may be turned in it.
    pub knobs: &'static [SettingId],
    /// What may be done to its world, each with what its button says.
    pub acts: &'static [Named<Act>],
    /// World time for one unit of real time, when it begins.
    pub speed: f64,
    /// What is asked before it runs.
    pub prediction: Prediction,
    /// The moments of its still pictures, in seconds: the story in a few frames. Their captions stand in the prose.
    pub board: &'static [f64],
    /// Its challenge.
    pub challenge: Challenge,
    /// Further plans by name, which nobody watches: the prose has facts of them.
    pub others: &'static [Named<Plan>],
    /// Facts that are no figures of one of its plans, such as what a formula says: `extra.NAME` in prose.
    pub extra: &'static [Named<String>],
}

impl Lesson {
    /// A fact of the lesson as an expression: of the plans `run`, `challenge` (its beginning), `solved`, `wrong1`,
    /// `wrong2`, ... (its usual wrong moves), and those of its [others](Lesson::others); or `extra.NAME`.
    ///
    /// ```
    /// let lesson = valet::lesson::lesson("lazy").unwrap();
    /// assert_eq!(lesson.fact("run@0.open").unwrap(), "0");
    /// assert!(lesson.fact("run@0.opne").is_err());
    /// ```
    ///
    /// # Errors
    /// A sentence about what in it means nothing.
    pub fn fact(&self, expression: &str) -> Result<String, String> {
        if let Some(name) = expression.strip_prefix("extra.") {
            let extra = self.extra.iter().find(|(other, _)| *other == name);
            return extra.map(|(_, of)| of()).ok_or_else(|| format!("{expression}: no such fact"));
        }
        let with = |plan: Plan, settings: &[Assignment]| {
            settings
                .iter()
                .try_fold(plan, |plan, (name, value)| plan.with(name, value))
                .map_err(|error| error.to_string())
        };
        let other = |which: &str| self.others.iter().find(|(name, _)| *name == which).map(|(_, plan)| plan());
        fact(expression, |which, settings| match (which, other(which)) {
            ("run", _) => with((self.plan)(), settings),
            (_, Some(plan)) => with(plan, settings),
            _ => {
                let made = match which {
                    "challenge" => &[],
                    "solved" => self.challenge.solution,
                    _ => {
                        let number = which.strip_prefix("wrong").and_then(|number| number.parse::<usize>().ok());
                        let wrong = number.and_then(|number| self.challenge.wrong.get(number.checked_sub(1)?));
                        wrong.ok_or_else(|| format!("there is no plan {which}"))?.changes
                    }
                };
                self.challenge.attempt(&[made, settings].concat()).map_err(|error| error.to_string())
            }
        })
    }

    /// When the run has answered the prediction.
    pub fn tells_at(&self) -> Instant {
        let at = self.prediction.fact.split_once('@').and_then(|(_, rest)| rest.rsplit_once('.')?.0.parse().ok());
        at.map_or((self.plan)().end(), |secs| Instant::ZERO + Span::from_secs_f64(secs))
    }

    /// The option that the run makes the right one.
    pub fn answer(&self) -> Option<usize> {
        self.prediction.right(&self.fact(self.prediction.fact).ok()?)
    }
}
