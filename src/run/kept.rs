//! A run, recorded from its beginning.

use super::card::{Card, Head, Label};
use super::results::Results;
use super::settings_text::SettingsText;
use crate::sim::{Setup, WorldAct};
use crate::travel::{MOST_ENTRIES, MOST_EVENTS, TapedAct, Travel};

/// The latest end of a run, in microseconds: a day.
pub(super) const LAST: i64 = 86_400_000_000;

/// A run from its beginning to the furthest moment seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its summary, as a list shows it.
    pub card: Card,
    /// The settings at the beginning.
    pub setup: Setup,
    /// What was done to the world, including what a real store reported.
    pub acts: Vec<TapedAct>,
}

/// Why a run cannot be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRecordableError {
    /// The travel no longer has its beginning.
    #[error("This run is so long that its beginning is forgotten already; without it, it cannot be kept.")]
    Forgotten,
    /// The run is too long to play.
    #[error("This run is too long to be kept: at most {MOST_EVENTS} events in at most a day, and {MOST_ENTRIES} acts.")]
    Long,
    /// The text form of its settings is not exact.
    #[error("This run has settings that its file could not say exactly.")]
    Unsaid,
}

impl Run {
    /// The whole run of a travel, whatever moment the travel shows now.
    ///
    /// # Errors
    /// Why it cannot be recorded.
    pub fn of(travel: &Travel, label: Label) -> Result<Run, NotRecordableError> {
        let entries = travel.tape().ok_or(NotRecordableError::Forgotten)?;
        let head = Head { at: travel.head().as_micros(), events: travel.head_events() };
        if entries.len() > MOST_ENTRIES || head.events > MOST_EVENTS || head.at > LAST {
            return Err(NotRecordableError::Long);
        }
        let setup = travel.first_setup();
        let mut sayable = SettingsText::all(setup).on(&Setup::default()) == *setup;
        let mut before = setup;
        for entry in entries {
            if let WorldAct::Change(after) = &entry.act {
                sayable &= SettingsText::changes(before, after).on(before) == **after;
                before = after;
            }
        }
        if !sayable {
            return Err(NotRecordableError::Unsaid);
        }
        let results = if travel.is_at_head() {
            Results::of(travel)
        } else {
            let mut end = travel.clone();
            end.return_to_present();
            Results::of(&end)
        };
        let card = Card { label, real: travel.is_driven(), head, results };
        Ok(Run { card, setup: setup.clone(), acts: entries.to_vec() })
    }
}
