//! Why the database did not do it.

use super::DEADLINE;
use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};

/// Why the database did not do it, in words for whoever looks at the page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseError {
    /// The handle was closed under our feet, and what it had not committed is gone.
    #[error("the connection is closed")]
    Closed,
    /// The browser's own words.
    #[error("IndexedDB: {0}")]
    Browser(String),
    /// No answer in time.
    #[error("IndexedDB did not answer within {} seconds", DEADLINE / 1000)]
    NoAnswer,
    /// Some handle does not close, so the version cannot change yet.
    #[error("another tab of this site keeps the database from restarting: close that tab, and the restart goes on")]
    Blocked,
    /// The schema is later than ours. Nothing was read or written.
    #[error("this site's database was written by a newer version of this page: reload the page to get that one")]
    Newer,
    /// The disk is full, or the site's share of it.
    #[error("there is no room left for this site's database, so nothing of this transaction was written")]
    Full,
    /// The browser gave the transaction up, with its reason.
    #[error("the browser gave up this transaction, so nothing of it was written ({0})")]
    Aborted(String),
}

impl DatabaseError {
    /// What the browser threw, or gave as an error.
    pub(super) fn told(error: &JsValue) -> DatabaseError {
        DatabaseError::from_words(words(error))
    }

    /// The same from words that begin with the error's name somewhere. A handle that the browser closed by itself says
    /// `InvalidStateError` when asked for a transaction.
    pub(super) fn from_words(words: String) -> DatabaseError {
        if words.contains("InvalidStateError") {
            DatabaseError::Closed
        } else if words.contains("QuotaExceededError") {
            DatabaseError::Full
        } else {
            DatabaseError::Browser(words)
        }
    }
}

/// An error as JavaScript prints it: its name, a colon, its message.
pub(super) fn words(error: &JsValue) -> String {
    if error.is_object() { error.unchecked_ref::<Object>().to_string().into() } else { format!("{error:?}") }
}
