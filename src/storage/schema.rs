//! The stores of the database.

use crate::indexeddb::{DAMAGED, Schema, StoreSpec};

/// A run's [card](crate::run::Card) as text, by number.
pub(super) const RUN: &str = "run";
/// A run's file as text, by the same number: a list need not read it.
pub(super) const TAPE: &str = "tape";
/// What the reader has done: its number, and its name if this page knows one.
pub(super) const PROGRESS: &str = "progress";

/// The schema that this page has. A record that cannot be read goes to quarantine as an array: its store, its key, the reason,
/// and the records.
pub static SCHEMA: Schema = Schema {
    number: 1,
    restart_bits: 0,
    stores: &[StoreSpec::keyed(RUN), StoreSpec::keyed(TAPE), StoreSpec::keyed(PROGRESS), StoreSpec::keyed(DAMAGED)],
    is_earlier: |_| true,
};
