//! What is where in the database.

use rexie::{ObjectStore, RexieBuilder};

/// A run's [card](crate::run::Card) as text, by number.
pub(super) const RUN: &str = "run";
/// A run's file as text, by the same number: lists need not read it.
pub(super) const TAPE: &str = "tape";
/// What the reader has done: its number, and its name where this page knows one.
pub(super) const PROGRESS: &str = "progress";
/// What could not be read, as it was, with the reason.
pub(super) const DAMAGED: &str = "damaged";

/// The stores of a version of the database. A later version lists what it still needs of an earlier one: those stay, with
/// all that is in them; new ones are made, and what is not listed goes.
#[derive(Debug)]
pub struct Layout {
    /// From 1.
    pub version: u32,
    /// By name; the four that this page uses among them.
    pub stores: &'static [&'static str],
}

/// As this page has it.
pub const LAYOUT: Layout = Layout { version: 1, stores: &[RUN, TAPE, PROGRESS, DAMAGED] };

impl Layout {
    /// What opens the database, making or changing it first if it is older.
    pub(super) fn builder(&self, name: &str) -> RexieBuilder {
        self.stores.iter().fold(rexie::Rexie::builder(name).version(self.version), |builder, store| {
            builder.add_object_store(ObjectStore::new(store).auto_increment(true))
        })
    }
}
