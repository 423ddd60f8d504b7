//! Why a database did not do something.

use super::deadline::DEADLINE;
use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};

/// Why a database did not do something, in words for the person who looks at the page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseError {
    /// The handle is closed, by the page or by the browser. What was not committed on it is gone.
    #[error("the connection is closed")]
    Closed,
    /// An error of the browser's own, in its words.
    #[error("IndexedDB: {0}")]
    Browser(String),
    /// The browser did not answer in time.
    #[error("IndexedDB did not answer within {} seconds", DEADLINE / 1_000)]
    NoAnswer,
    /// A handle in another tab does not close, so the version cannot change yet.
    #[error("another tab of this site keeps the database from restarting: close that tab, and the restart goes on")]
    Blocked,
    /// The database has a later schema than this page knows. Nothing was read or written.
    #[error("this site's database was written by a newer version of this page: reload the page to get that one")]
    Newer,
    /// The disk is full, or the site's share of it.
    #[error("there is no room left for this site's database, so nothing of this transaction was written")]
    Full,
    /// The browser aborted the transaction, for the reason given.
    #[error("the browser gave up this transaction, so nothing of it was written ({0})")]
    Aborted(String),
}

impl DatabaseError {
    /// Sorts an error by its text, which contains the name of the browser's error. A handle that the browser has closed
    /// answers `InvalidStateError` when it is asked for a transaction.
    pub(super) fn from_text(text: String) -> DatabaseError {
        if text.contains("InvalidStateError") {
            DatabaseError::Closed
        } else if text.contains("QuotaExceededError") {
            DatabaseError::Full
        } else {
            DatabaseError::Browser(text)
        }
    }
}

impl From<JsValue> for DatabaseError {
    /// What the browser threw, or gave as the error of a request. JavaScript prints it as its name, a colon and its message.
    fn from(error: JsValue) -> DatabaseError {
        DatabaseError::from_text(if error.is_object() {
            error.unchecked_ref::<Object>().to_string().into()
        } else {
            format!("{error:?}")
        })
    }
}
