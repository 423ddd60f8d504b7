//! A transaction as the browser has it.

use super::super::{DatabaseError, error};
use super::event::{first, kind};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbObjectStore, IdbTransaction};

/// A transaction of the browser's. Dropped before its end, it is aborted: an error on our side must not leave half of it.
pub(super) struct Work {
    transaction: IdbTransaction,
    ended: Option<JsFuture>,
}

impl Work {
    pub fn new(transaction: IdbTransaction) -> Work {
        let ended = first(&mut |resolve| {
            transaction.set_oncomplete(Some(resolve));
            transaction.set_onabort(Some(resolve));
        });
        Work { transaction, ended: Some(ended) }
    }

    pub fn store(&self, name: &str) -> Result<IdbObjectStore, DatabaseError> {
        self.transaction.object_store(name).map_err(|error| DatabaseError::told(&error))
    }

    /// Waits for the browser's word that all of it is written, or nothing.
    ///
    /// # Errors
    /// Why nothing was: the browser's reason, or else what failed first on our side.
    pub async fn end<T>(mut self, done: Result<T, DatabaseError>) -> Result<T, DatabaseError> {
        if done.is_err() {
            self.abort();
        }
        let complete = match self.ended.take() {
            Some(ended) => kind(ended.await) == "complete",
            None => false,
        };
        let ours = match done {
            Ok(done) if complete => return Ok(done),
            Ok(_) => None,
            Err(error) => Some(error),
        };
        let reason = self.transaction.error().map(|reason| DatabaseError::from_words(error::words(&reason)));
        Err(match reason.or(ours) {
            Some(DatabaseError::Browser(words)) => DatabaseError::Aborted(words),
            Some(other) => other,
            None => DatabaseError::Aborted("it gave no reason".into()),
        })
    }

    /// Takes all of it back, unless it has ended.
    fn abort(&self) {
        let _ = self.transaction.abort();
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if self.ended.is_some() {
            self.abort();
        }
    }
}
