//! A world that runs for a while: how it begins, what is done to it on the way, and how long it lasts.

use super::LessonError;
use super::outcome::outcome;
use crate::figures::Measurement;
use crate::lot::Format;
use crate::settings::{Act, setting};
use crate::sim::{Arrivals, Pattern, Setup};
use crate::time::{Instant, Span};
use crate::travel::Travel;

/// How much later something may come in a [variant](Plan::varied) of a plan.
pub const SHIFT: Span = Span::from_millis(40);

/// A random part of [`SHIFT`], by Steele, Lea and Flood's SplitMix64.
fn shift(state: &mut u64) -> Span {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let part = (mixed ^ (mixed >> 31)) % SHIFT.as_micros().unsigned_abs();
    Span::from_micros(i64::try_from(part).unwrap_or_default())
}

/// A world that runs for a while. The same plan has the same outcome for everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// How the world begins.
    pub setup: Setup,
    /// What is done to it, in order.
    pub acts: Vec<(Instant, Act)>,
    /// Waits that end before this moment do not count in the figures: real traffic has not begun.
    pub from: Instant,
    /// How long it lasts.
    pub length: Span,
    /// What was chosen of a challenge's code: each choice's name, and which option.
    pub choices: Vec<(&'static str, usize)>,
}

impl Plan {
    /// A world that runs for `length`, with nothing done to it.
    pub fn new(setup: Setup, length: Span) -> Plan {
        Plan { setup, acts: Vec::new(), from: Instant::ZERO, length, choices: Vec::new() }
    }

    /// Adds an act at a moment, in seconds.
    #[must_use]
    pub fn at(mut self, secs: f64, act: impl Into<Act>) -> Plan {
        self.add(Instant::ZERO + Span::from_secs_f64(secs), act);
        self
    }

    /// Counts waits only from a moment on, in seconds.
    #[must_use]
    pub fn from(mut self, secs: f64) -> Plan {
        self.from = Instant::ZERO + Span::from_secs_f64(secs);
        self
    }

    /// Adds an act at a moment.
    pub fn add(&mut self, at: Instant, act: impl Into<Act>) {
        self.acts.push((at, act.into()));
        self.acts.sort_by_key(|&(at, _)| at);
    }

    /// The same plan with another value, as text, for a [setting](crate::settings::SETTINGS) from the beginning on.
    ///
    /// # Errors
    /// If there is no such setting, or it does not take this value.
    pub fn with(mut self, name: &str, value: &str) -> Result<Plan, LessonError> {
        let setting = setting(name).ok_or_else(|| LessonError::UnknownSetting(name.into()))?;
        setting.set_text(&mut self.setup, value)?;
        Ok(self)
    }

    /// The same plan with other traffic of the same kind: another seed, and whatever comes at a fixed moment comes up to
    /// [`SHIFT`] later. A plan without chance has as many variants as one with it.
    #[must_use]
    pub fn varied(mut self, seed: u64) -> Plan {
        let mut chance = seed;
        let end = self.end();
        let traffic = &mut self.setup.traffic;
        if matches!(traffic.pattern, Pattern::Constant | Pattern::List) {
            let mut arrivals = Arrivals::new(seed, traffic.clone());
            let mut list = Vec::new();
            while let Some(at) = arrivals.next_until(end) {
                list.push(at + shift(&mut chance));
            }
            list.sort_unstable();
            (traffic.pattern, traffic.list) = (Pattern::List, list.into());
        }
        for (at, _) in &mut self.acts {
            *at += shift(&mut chance);
        }
        self.acts.sort_by_key(|&(at, _)| at);
        self.setup.seed = seed;
        self
    }

    /// The last moment.
    pub fn end(&self) -> Instant {
        Instant::ZERO + self.length
    }

    /// A travel in which the plan can be watched: at the plan's beginning, with all of its acts to come.
    pub fn travel(&self, format: Format) -> Travel {
        let mut travel = Travel::new(self.setup.clone(), format);
        for (at, act) in &self.acts {
            travel.seek(*at);
            let act = act.on(travel.world().setup());
            let _ = travel.act(act); // cannot fail: the past of a simulated world can be changed
        }
        travel.seek(Instant::ZERO);
        travel
    }

    /// Its outcome at the end.
    pub fn outcome(&self) -> Measurement {
        self.outcome_at(self.end())
    }

    /// Its outcome at a moment, which is at most its end.
    pub fn outcome_at(&self, at: Instant) -> Measurement {
        outcome(self, at.min(self.end()))
    }
}
