//! What is said of a run in a list, without reading all of it.

use super::error::RunFileError;
use crate::pool::Settings;
use crate::sim::percentile;
use crate::time::{Instant, Span};
use crate::travel::Travel;
use serde::{Deserialize, Serialize};

/// A name has no more characters than these.
const LONGEST: usize = 80;

/// A run in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// What it is called, when it was made, and where.
    pub label: Label,
    /// Whether a real store answered, and not a simulated server.
    pub real: bool,
    /// Where it ends.
    pub head: Head,
    /// What came of it.
    pub results: Results,
}

/// What a run is called, when it was made, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Its name.
    pub name: String,
    /// When it was kept, as the page says it. Only shown.
    pub made: String,
    /// The scene in which it was made.
    pub scene: String,
}

/// The end of a run: after so many events and acts, which a moment alone does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The moment, in microseconds.
    pub at: i64,
    /// How many events and acts there were.
    pub events: u64,
}

/// A few counts at the end of a run, and how long requests waited for a connection, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// Requests that came.
    pub arrived: u64,
    /// Requests that ended well.
    pub served: u64,
    /// Requests that waited for a connection in vain.
    pub timeouts: u64,
    /// Requests for which no connection could be opened.
    pub refused: u64,
    /// Requests whose connection was gone.
    pub lost: u64,
    /// Requests whose statements failed.
    pub failed: u64,
    /// Checkouts that had to wait in line.
    pub waited: u64,
    /// Connections opened.
    pub opened: u64,
    /// Connections replaced because of their age.
    pub recycled: u64,
    /// Half of the waits are not above this.
    pub p50: i64,
    /// 95 % of the waits are not above this.
    pub p95: i64,
}

impl Card {
    /// As a line of text.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() // texts and whole numbers cannot fail
    }

    /// Reads what [`Card::write`] wrote.
    ///
    /// # Errors
    /// What is wrong, with its place.
    pub fn read(text: &str) -> Result<Card, RunFileError> {
        Ok(serde_json::from_str(text)?)
    }
}

impl Label {
    /// A name without line breaks, and not too long.
    pub fn new(name: &str, made: &str, scene: &str) -> Label {
        let tidy = |text: &str| {
            let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
            text.trim().to_string()
        };
        Label { name: tidy(name), made: tidy(made), scene: tidy(scene) }
    }

    /// A name for who gives none: the pool, and how long the run is.
    pub fn name_for(settings: &Settings, length: Span) -> String {
        let seconds = Span::from_secs(length.as_micros() / 1_000_000).in_secs();
        format!("pool {} + {}, {seconds} s", settings.pool_size, settings.max_overflow)
    }
}

impl Head {
    /// The moment.
    pub fn moment(&self) -> Instant {
        Instant::from_micros(self.at)
    }
}

impl Results {
    /// Of the moment that a travel shows.
    pub fn of(travel: &Travel) -> Results {
        let tally = travel.world().tally();
        let wait = |part| percentile(travel.journal().waits(), part).unwrap_or_default().as_micros();
        Results {
            arrived: tally.arrived,
            served: tally.served,
            timeouts: tally.timeouts,
            refused: tally.refused,
            lost: tally.lost,
            failed: tally.failed,
            waited: tally.waited,
            opened: tally.opened,
            recycled: tally.recycled,
            p50: wait(0.5),
            p95: wait(0.95),
        }
    }

    /// Requests that ended badly, however.
    pub fn errors(&self) -> u64 {
        [self.timeouts, self.refused, self.lost, self.failed].into_iter().fold(0, u64::saturating_add)
    }
}
