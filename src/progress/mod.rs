//! What the reader has done, as a set of short names; and that as a code to copy, for where a browser keeps nothing.
//!
//! Each name has a number for ever, its place in [`NAMES`], and a code says numbers: a page that meets one of a later
//! page's keeps it, and passes it on.
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

mod code;
mod sum;

pub use code::CodeError;

use std::collections::BTreeSet;

/// What can be done, in the order in which it was thought of: a name's place is its number, so new ones come last, and
/// none goes.
pub const NAMES: [&str; 56] = [
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
];
/// No number is above this one.
pub const LAST: u16 = 999;

/// What has been done, names among it that only a later page knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress(BTreeSet<u16>);

impl Progress {
    /// Something was done. Whether that is new. What is not in [`NAMES`] is not noted.
    pub fn add(&mut self, name: &str) -> bool {
        number(name).is_some_and(|number| self.0.insert(number))
    }

    /// By its number, which may be unknown here. Whether that is new.
    pub fn add_number(&mut self, number: u16) -> bool {
        number <= LAST && self.0.insert(number)
    }

    /// Whether this was done.
    pub fn has(&self, name: &str) -> bool {
        number(name).is_some_and(|number| self.0.contains(&number))
    }

    /// All of what the other has, too.
    pub fn join(&mut self, other: &Progress) {
        self.0.extend(&other.0);
    }

    /// The numbers, in order.
    pub fn numbers(&self) -> impl Iterator<Item = u16> + '_ {
        self.0.iter().copied()
    }

    /// The names that this page knows, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.numbers().filter_map(|number| NAMES.get(usize::from(number)).copied())
    }

    /// How many things were done.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

fn number(name: &str) -> Option<u16> {
    NAMES.iter().position(|known| *known == name).map(|place| place as u16)
}
