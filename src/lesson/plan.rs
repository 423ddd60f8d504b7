//! A stretch of a world: how it begins, what is done to it on the way, and how long it lasts.

use super::outcome::Outcome;
use crate::link::{Deed, key};
use crate::lot::Format;
use crate::sim::Setup;
use crate::time::{Instant, Span};
use crate::travel::Travel;

/// A world that is played for a while. The same plan comes out the same for everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// How the world begins.
    pub setup: Setup,
    /// What is done to it, in order.
    pub deeds: Vec<(Instant, Deed)>,
    /// Waits that end before this moment are none of the figures: the doors are closed still.
    pub from: Instant,
    /// When it is over.
    pub length: Span,
}

impl Plan {
    /// A world that is left alone for so long.
    pub fn new(setup: Setup, length: Span) -> Plan {
        Plan { setup, deeds: Vec::new(), from: Instant::ZERO, length }
    }

    /// The same, and something is done at a moment, in seconds.
    #[must_use]
    pub fn at(mut self, secs: f64, deed: Deed) -> Plan {
        self.add(Instant::ZERO + Span::from_secs_f64(secs), deed);
        self
    }

    /// The same, and waits count only from a moment on, in seconds.
    #[must_use]
    pub fn from(mut self, secs: f64) -> Plan {
        self.from = Instant::ZERO + Span::from_secs_f64(secs);
        self
    }

    /// Something more is done at a moment.
    pub fn add(&mut self, at: Instant, deed: Deed) {
        self.deeds.push((at, deed));
        self.deeds.sort_by_key(|&(at, _)| at);
    }

    /// The same with another value for a [key](crate::link::KEYS), from the beginning on.
    ///
    /// # Errors
    /// The key's own sentence about a value that it does not take, or that there is no such key.
    pub fn with(mut self, name: &str, value: &str) -> Result<Plan, String> {
        let key = key(name).ok_or_else(|| format!("There is no {name}."))?;
        (key.take)(&mut self.setup, value)?;
        Ok(self)
    }

    /// The last moment.
    pub fn end(&self) -> Instant {
        Instant::ZERO + self.length
    }

    /// To watch it: at its beginning, with everything that is going to be done to it.
    pub fn travel(&self, format: Format) -> Travel {
        let mut travel = Travel::new(self.setup.clone(), format);
        for (at, deed) in &self.deeds {
            travel.seek(*at);
            if let Ok(act) = deed.act(travel.world().setup()) {
                let _ = travel.act(act); // a simulated world has no past that could not be changed
            }
        }
        travel.seek(Instant::ZERO);
        travel
    }

    /// What it comes to.
    pub fn outcome(&self) -> Outcome {
        self.outcome_at(self.end())
    }

    /// What it has come to at a moment; not after its end.
    pub fn outcome_at(&self, at: Instant) -> Outcome {
        Outcome::of(self, at.min(self.end()))
    }
}
