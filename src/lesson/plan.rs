//! A stretch of a world: how it begins, what is done to it on the way, and how long it lasts.

use super::LessonError;
use super::outcome::outcome;
use crate::figures::Measurement;
use crate::lot::Format;
use crate::settings::{Act, setting};
use crate::sim::Setup;
use crate::time::{Instant, Span};
use crate::travel::Travel;

/// A world that is played for a while. The same plan comes out the same for everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// How the world begins.
    pub setup: Setup,
    /// What is done to it, in order.
    pub acts: Vec<(Instant, Act)>,
    /// Waits that end before this moment are none of the figures: the doors are closed still.
    pub from: Instant,
    /// When it is over.
    pub length: Span,
}

impl Plan {
    /// A world that is left alone for so long.
    pub fn new(setup: Setup, length: Span) -> Plan {
        Plan { setup, acts: Vec::new(), from: Instant::ZERO, length }
    }

    /// The same, and something is done at a moment, in seconds.
    #[must_use]
    pub fn at(mut self, secs: f64, act: impl Into<Act>) -> Plan {
        self.add(Instant::ZERO + Span::from_secs_f64(secs), act);
        self
    }

    /// The same, and waits count only from a moment on, in seconds.
    #[must_use]
    pub fn from(mut self, secs: f64) -> Plan {
        self.from = Instant::ZERO + Span::from_secs_f64(secs);
        self
    }

    /// Something more is done at a moment.
    pub fn add(&mut self, at: Instant, act: impl Into<Act>) {
        self.acts.push((at, act.into()));
        self.acts.sort_by_key(|&(at, _)| at);
    }

    /// The same with another value for a [setting](crate::settings::SETTINGS), as text, from the beginning on.
    ///
    /// # Errors
    /// A value that it does not take, or that there is no such setting.
    pub fn with(mut self, name: &str, value: &str) -> Result<Plan, LessonError> {
        let setting = setting(name).ok_or_else(|| LessonError::UnknownSetting(name.into()))?;
        setting.set_text(&mut self.setup, value)?;
        Ok(self)
    }

    /// The last moment.
    pub fn end(&self) -> Instant {
        Instant::ZERO + self.length
    }

    /// To watch it: at its beginning, with everything that is going to be done to it.
    pub fn travel(&self, format: Format) -> Travel {
        let mut travel = Travel::new(self.setup.clone(), format);
        for (at, act) in &self.acts {
            travel.seek(*at);
            let act = act.on(travel.world().setup());
            let _ = travel.act(act); // a simulated world has no past that could not be changed
        }
        travel.seek(Instant::ZERO);
        travel
    }

    /// What it comes to.
    pub fn outcome(&self) -> Measurement {
        self.outcome_at(self.end())
    }

    /// What it has come to at a moment; not after its end.
    pub fn outcome_at(&self, at: Instant) -> Measurement {
        outcome(self, at.min(self.end()))
    }
}
