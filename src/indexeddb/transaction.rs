//! A transaction as the browser has it.

use super::DatabaseError;
use super::event::{event_type, first_event};
use super::leaving;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbObjectStore, IdbTransaction};

/// A transaction of the browser's. Dropped before its end, it is aborted: an error in the page must not leave half of it.
#[derive(Debug)]
pub struct BrowserTransaction {
    transaction: IdbTransaction,
    ended: Option<JsFuture>,
}

impl BrowserTransaction {
    pub(super) fn new(transaction: IdbTransaction) -> BrowserTransaction {
        let ended = first_event(&mut |resolve| {
            transaction.set_oncomplete(Some(resolve));
            transaction.set_onabort(Some(resolve));
        });
        leaving::begun(&transaction);
        BrowserTransaction { transaction, ended: Some(ended) }
    }

    /// One of the stores that the transaction was begun on.
    ///
    /// # Errors
    /// The browser's own, if the transaction has ended or was not begun on this store.
    pub fn store(&self, name: &str) -> Result<IdbObjectStore, DatabaseError> {
        Ok(self.transaction.object_store(name)?)
    }

    /// Waits until the browser says that everything is written, or nothing. Aborts if `done` is an error.
    ///
    /// # Errors
    /// Why nothing was written: the browser's reason, or else the error in `done`.
    pub async fn end<T>(mut self, done: Result<T, DatabaseError>) -> Result<T, DatabaseError> {
        if done.is_err() {
            self.abort();
        }
        let complete = match self.ended.take() {
            Some(ended) => event_type(ended.await) == "complete",
            None => false,
        };
        let own_error = match done {
            Ok(done) if complete => return Ok(done),
            Ok(_) => None,
            Err(error) => Some(error),
        };
        let reason = self.transaction.error().map(|reason| JsValue::from(reason).into());
        Err(match reason.or(own_error) {
            Some(DatabaseError::Browser(text)) => DatabaseError::Aborted(text),
            Some(other) => other,
            None => DatabaseError::Aborted("it gave no reason".into()),
        })
    }

    /// Lets the browser complete it, whatever becomes of the page.
    pub fn send_off(mut self) {
        self.ended = None;
        #[expect(deprecated, reason = "web-sys says so, and the standard does not")]
        let _ = self.transaction.commit();
    }

    /// Undoes the whole transaction, unless it has ended.
    fn abort(&self) {
        let _ = self.transaction.abort();
    }
}

impl Drop for BrowserTransaction {
    fn drop(&mut self) {
        leaving::ended(&self.transaction);
        if self.ended.is_some() {
            self.abort();
        }
    }
}
