//! What was done to a world, and where in its story.

use crate::sim::WorldAct;
use crate::time::Instant;

/// An act with its place. The moment alone would not do: several things may happen at the same one.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// When.
    pub at: Instant,
    /// After so many events and acts.
    pub events: u64,
    /// What.
    pub act: WorldAct,
}

/// Entries in order, of which the oldest may have been forgotten.
#[derive(Debug, Clone, Default)]
pub(super) struct Tape {
    entries: Vec<Entry>,
    forgotten: usize,
}

impl Tape {
    /// How many there have been.
    pub fn len(&self) -> usize {
        self.forgotten + self.entries.len()
    }

    /// How many are kept.
    pub fn kept(&self) -> usize {
        self.entries.len()
    }

    /// The entry of this number, from 0.
    pub fn get(&self, number: usize) -> Option<&Entry> {
        self.entries.get(number.checked_sub(self.forgotten)?)
    }

    /// One more.
    pub fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Only the first `len` have happened.
    pub fn cut(&mut self, len: usize) {
        self.entries.truncate(len.saturating_sub(self.forgotten));
    }

    /// Those before `number` are needed no more.
    pub fn forget(&mut self, number: usize) {
        let gone = number.saturating_sub(self.forgotten).min(self.entries.len());
        self.entries.drain(..gone);
        self.forgotten += gone;
    }

    /// All that are kept.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}
