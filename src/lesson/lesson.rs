//! A lesson: a run to predict and watch, and a challenge.

use super::challenge::{Assignment, Challenge};
use super::fact::fact;
use super::plan::Plan;
use super::prediction::Prediction;
use super::sentence::marked;
use crate::settings::{Act, SettingId, decimal};
use crate::time::{Instant, Span};

/// A function that makes something, with its name or the label of its button.
pub type Named<T> = (&'static str, fn() -> T);

/// The part of a lesson that is not prose. The prose is in the HTML file of the same name and has the same numbers.
#[derive(Debug, Clone, Copy)]
pub struct Lesson {
    /// Its name, in its files, in its place on the page, and in links.
    pub name: &'static str,
    /// Its title, as in the prose.
    pub title: &'static str,
    /// What it is about, in a few words; names of settings are in backticks.
    pub subject: &'static str,
    /// The plan of the run that the reader predicts and watches.
    pub plan: fn() -> Plan,
    /// The settings that the reader may change in it.
    pub knobs: &'static [SettingId],
    /// What the reader may do to its world, each with the label of its button.
    pub acts: &'static [Named<Act>],
    /// Its speed at first: how much world time passes per unit of real time.
    pub speed: f64,
    /// The question that is asked before it runs.
    pub prediction: Prediction,
    /// The moments of its still pictures, in seconds: the story in a few frames. Their captions are in the prose.
    pub board: &'static [f64],
    /// Its challenge.
    pub challenge: Challenge,
    /// Further plans by name, which are not shown: the prose states facts about them.
    pub others: &'static [Named<Plan>],
    /// Facts that are not figures of a plan, such as the result of a formula: `extra.NAME` in the prose.
    pub extra: &'static [Named<String>],
}

impl Lesson {
    /// Evaluates a [fact](fn@fact) about one of the plans `run`, `challenge` (unchanged), `solved`, `wrong1`, `wrong2`, ... (its
    /// usual wrong moves), or about one of its [others](Lesson::others); or `extra.NAME`.
    ///
    /// ```
    /// let lesson = valet::lesson::lesson("lazy").unwrap();
    /// assert_eq!(lesson.fact("run@0.open").unwrap(), "0");
    /// assert!(lesson.fact("run@0.opne").is_err());
    /// ```
    ///
    /// # Errors
    /// A sentence about the part of the expression that has no meaning.
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

    /// The moment at which the run decides the prediction.
    pub fn decided_at(&self) -> Instant {
        let at = self.prediction.fact.split_once('@').and_then(|(_, rest)| decimal(rest.rsplit_once('.')?.0));
        at.map_or((self.plan)().end(), |secs| Instant::ZERO + Span::from_secs_f64(secs))
    }

    /// What to say to a reader who has chosen this option, if it is wrong.
    pub fn reply(&self, option: usize) -> Option<String> {
        let says = self.prediction.replies.get(option).filter(|says| !says.is_empty())?;
        Some(marked(says, |fact| self.fact(fact).ok()))
    }

    /// The index of the option that the run shows to be right.
    pub fn answer(&self) -> Option<usize> {
        self.prediction.option(&self.fact(self.prediction.fact).ok()?)
    }
}
