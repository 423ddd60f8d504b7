//! What the reader has done, as a set of short names, and as a code to copy for a browser that stores nothing.
//!
//! The number of a name is its place in [`NAMES`] and never changes. A code stands for numbers, so a page keeps and passes on
//! the numbers of a later page, for which it has no name.
//!
//! ```
//! use valet::progress::Progress;
//! let mut progress = Progress::default();
//! assert!(progress.add("kept-run"));
//! let code = progress.code();
//! assert_eq!(code, "VALET-11TX");
//! assert_eq!(Progress::of_code(&code).unwrap(), progress);
//! assert_eq!(Progress::of_code("VALET-11XT").unwrap_err().to_string(), "This code has a slip of the pen in it: it does not add up.");
//! ```

mod checksum;
mod code;

pub use code::CodeError;

use std::collections::BTreeSet;

/// Everything that a reader can do. The place of a name is its number, so new names come last and none is removed.
pub const NAMES: &[&str] = &[
    "kept-run",
    "replayed-run",
    "compared-runs",
    "exported-run",
    "imported-run",
    "guess-why",
    "challenge-why",
    "guess-lazy",
    "challenge-lazy",
    "guess-overflow",
    "challenge-overflow",
    "guess-timeout",
    "challenge-timeout",
    "guess-recycle",
    "challenge-recycle",
    "guess-pre-ping",
    "challenge-pre-ping",
    "guess-return",
    "challenge-return",
    "guess-leak",
    "challenge-leak",
    "guess-sizing",
    "challenge-sizing",
    "guess-workers",
    "challenge-workers",
    "guess-outage",
    "challenge-outage",
    "guess-fairness",
    "challenge-fairness",
    "claim-kept-ready",
    "claim-reuse",
    "claim-the-sample",
    "claim-own-keys",
    "claim-engine-options",
    "claim-untuned",
    "claim-sqlite-file",
    "claim-on-arrival",
    "claim-commit-returns",
    "claim-or-worse",
    "claim-fail-at-once",
    "claim-temporary",
    "claim-always-hit",
    "claim-must-leave",
    "claim-longest-wait",
    "claim-hang-longer",
    "claim-old-recycle-key",
    "claim-every-half-hour",
    "claim-disconnects",
    "claim-below-the-limit",
    "claim-before-stale",
    "claim-avoid-stale",
    "claim-idle-closed",
    "claim-select-one",
    "claim-discarded",
    "claim-healthy",
    "claim-twice-the-workers",
    "guess-outside",
    "challenge-outside",
    "guess-cancelled",
    "challenge-cancelled",
    "guess-threads",
    "challenge-threads",
    "claim-await-lends",
    "claim-cancel-leaks",
    "claim-cancel-costs",
    "claim-limit-covers",
    "claim-free-room",
    "claim-threads-hold-back",
    "claim-health-check",
];
/// The highest number.
pub const LAST: u16 = 999;

/// What the reader has done, including numbers for which only a later page has a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress(BTreeSet<u16>);

impl Progress {
    /// Adds a name, unless [`NAMES`] does not have it. Returns whether it is new.
    pub fn add(&mut self, name: &str) -> bool {
        number(name).is_some_and(|number| self.0.insert(number))
    }

    /// Adds a number, for which this page need not have a name. Returns whether it is new.
    pub fn add_number(&mut self, number: u16) -> bool {
        number <= LAST && self.0.insert(number)
    }

    /// Whether the reader has done this.
    pub fn has(&self, name: &str) -> bool {
        number(name).is_some_and(|number| self.0.contains(&number))
    }

    /// Adds everything that the other has.
    pub fn join(&mut self, other: &Progress) {
        self.0.extend(&other.0);
    }

    /// Leaves out everything that the other has.
    pub fn leave_out(&mut self, other: &Progress) {
        self.0.retain(|number| !other.0.contains(number));
    }

    /// The numbers, in order.
    pub fn numbers(&self) -> impl Iterator<Item = u16> + '_ {
        self.0.iter().copied()
    }

    /// The names that this page knows, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.numbers().filter_map(|number| NAMES.get(usize::from(number)).copied())
    }

    /// How many things the reader has done.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

fn number(name: &str) -> Option<u16> {
    NAMES.iter().position(|known| *known == name).map(|place| place as u16)
}
