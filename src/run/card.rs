//! The summary of a run for a list, which is read without reading the whole run.

use super::error::RunFileError;
use super::results::Results;
use crate::pool::Settings;
use crate::time::{Instant, Span};
use serde::{Deserialize, Serialize};

/// The most characters in a name.
const LONGEST: usize = 80;

/// The summary of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Its name, when it was made, and in which scene.
    pub label: Label,
    /// Whether a real database answered, and not a simulated server.
    pub real: bool,
    /// Where it ends.
    pub head: Head,
    /// Its results.
    pub results: Results,
}

/// The name of a run, when it was made, and in which scene.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Its name.
    pub name: String,
    /// When it was stored, as the page writes it. It is only for display.
    pub made: String,
    /// The scene in which it was made.
    pub scene: String,
}

/// The end of a run. The moment alone is not enough: several events can happen at the same moment, so it also counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The moment, in microseconds.
    pub at: i64,
    /// How many events and acts there are until then.
    pub events: u64,
}

impl Card {
    /// Writes it as a line of text.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() // cannot fail: there are only strings and whole numbers
    }

    /// Reads what [`Card::write`] wrote.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn read(text: &str) -> Result<Card, RunFileError> {
        Ok(serde_json::from_str(text)?)
    }
}

impl Label {
    /// A label whose texts have no line breaks and are not too long.
    pub fn new(name: &str, made: &str, scene: &str) -> Label {
        let tidy = |text: &str| {
            let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
            text.trim().to_string()
        };
        Label { name: tidy(name), made: tidy(made), scene: tidy(scene) }
    }

    /// Its name within a sentence: without what turns the direction of text about, which would reach beyond the name.
    pub fn shown(&self) -> String {
        self.name.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect()
    }

    /// A default name for a run that is given none: the size of its pool and its length.
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
