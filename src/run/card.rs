//! What is said of a run in a list, without reading all of it.

use super::error::RunFileError;
use super::results::Results;
use crate::pool::Settings;
use crate::time::{Instant, Span};
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
