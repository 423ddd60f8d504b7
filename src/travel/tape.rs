//! The acts that were done to a world, each with its place among the events.

use crate::sim::WorldAct;
use crate::time::Instant;

/// An act with its place in a run. The moment alone is not enough, because several events may happen at the same moment.
#[derive(Debug, Clone, PartialEq)]
pub struct TapedAct {
    /// When it happens.
    pub at: Instant,
    /// How many events and acts come before it.
    pub events: u64,
    /// The act.
    pub act: WorldAct,
}

/// The acts in order. The oldest may have been forgotten.
#[derive(Debug, Clone, Default)]
pub(super) struct Tape {
    entries: Vec<TapedAct>,
    forgotten: usize,
}

impl Tape {
    /// How many entries there are, including the forgotten ones.
    pub fn len(&self) -> usize {
        self.forgotten + self.entries.len()
    }

    /// How many entries are kept.
    pub fn kept(&self) -> usize {
        self.entries.len()
    }

    /// The entry with this number, from 0; `None` if there is none, or it is forgotten.
    pub fn get(&self, number: usize) -> Option<&TapedAct> {
        self.entries.get(number.checked_sub(self.forgotten)?)
    }

    /// Adds an entry.
    pub fn push(&mut self, entry: TapedAct) {
        self.entries.push(entry);
    }

    /// Drops all but the first `len` entries.
    pub fn cut(&mut self, len: usize) {
        self.entries.truncate(len.saturating_sub(self.forgotten));
    }

    /// Forgets the entries before `number`.
    pub fn forget(&mut self, number: usize) {
        let gone = number.saturating_sub(self.forgotten).min(self.entries.len());
        self.entries.drain(..gone);
        self.forgotten += gone;
    }

    /// All entries that are kept.
    pub fn entries(&self) -> &[TapedAct] {
        &self.entries
    }
}
