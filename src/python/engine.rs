//! An engine, as far as its pool goes.

use super::{Argument, Attributes, LaterError, Note, later_error};
use crate::pool::{Class, Dialect, Settings};

/// What `create_engine` made of its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Engine {
    /// What the pool is made with.
    pub settings: Settings,
    /// The pool's attributes, as Python holds them.
    pub attributes: Attributes,
    /// The class of the dialect.
    pub dialect: &'static str,
    /// Errors that will come.
    pub later: Vec<LaterError>,
    /// What deserves a word.
    pub notes: Vec<Note>,
}

impl Engine {
    pub(super) fn new(
        dialect: &'static str,
        for_pool: Dialect,
        class: Class,
        attributes: Attributes,
        creator: Option<&Argument>,
        mut notes: Vec<Note>,
    ) -> Engine {
        notes.extend(attributes.notes(class));
        Engine {
            settings: attributes.settings(class, for_pool),
            later: later_error::expected(class, &attributes, creator),
            attributes,
            dialect,
            notes,
        }
    }
}
