//! A connection as the browser has it: one `IDBDatabase` handle.

use super::{Error, KEEP, PRUNE_AT, USER, User, Visit};
use rexie::{KeyRange, ObjectStore, Rexie, Store, Transaction, TransactionMode};
use serde_wasm_bindgen::{from_value, to_value};
use std::cell::RefCell;

/// One handle. Closed for real by [`Handle::close`], whoever else uses it.
#[derive(Debug)]
pub struct Handle(RefCell<Option<Rexie>>);

impl Handle {
    /// Opens a handle, making the database if there is none.
    pub(super) async fn open(name: &str) -> Result<Handle, Error> {
        let user = ObjectStore::new(USER).key_path("id").auto_increment(true);
        let database = Rexie::builder(name).version(1).add_object_store(user).build().await.map_err(browser)?;
        Ok(Handle(RefCell::new(Some(database))))
    }

    pub(super) fn close(&self) {
        if let Some(database) = self.0.take() {
            database.close();
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.0.borrow().is_some()
    }

    pub(super) async fn ping(&self) -> Result<(), Error> {
        let (_transaction, users) = self.begin(TransactionMode::ReadOnly)?;
        users.get_all_keys(None, Some(1)).await.map_err(browser)?;
        Ok(())
    }

    pub(super) async fn visit(&self, name: &str) -> Result<Visit, Error> {
        let (transaction, users) = self.begin(TransactionMode::ReadWrite)?;
        let row = to_value(&User { id: None, name: name.to_string() }).map_err(words)?;
        let id: u32 = users.add(&row, None).await.map_err(browser).and_then(|key| from_value(key).map_err(words))?;
        let mut count = users.count(None).await.map_err(browser)?;
        if count > PRUNE_AT {
            // One step for the browser, whatever the number: a range, not a row at a time.
            let old = KeyRange::upper_bound(&id.saturating_sub(KEEP).into(), None)
                .map_err(|error| Error::Browser(error.to_string()))?;
            users.delete(old.into()).await.map_err(browser)?;
            count = users.count(None).await.map_err(browser)?;
        }
        transaction.commit().await.map_err(browser)?;
        Ok(Visit { id, users: count })
    }

    pub(super) async fn count(&self) -> Result<u32, Error> {
        let (_transaction, users) = self.begin(TransactionMode::ReadOnly)?;
        users.count(None).await.map_err(browser)
    }

    pub(super) async fn all(&self) -> Result<Vec<User>, Error> {
        let (_transaction, users) = self.begin(TransactionMode::ReadOnly)?;
        let rows = users.get_all(None, None).await.map_err(browser)?;
        rows.into_iter().map(|row| from_value(row).map_err(words)).collect()
    }

    fn begin(&self, mode: TransactionMode) -> Result<(Transaction, Store), Error> {
        let database = self.0.borrow();
        let transaction = database.as_ref().ok_or(Error::Closed)?.transaction(&[USER], mode).map_err(browser)?;
        let users = transaction.store(USER).map_err(browser)?;
        Ok((transaction, users))
    }
}

/// rexie's error says little by itself; its source has the browser's words. A handle that the browser closed by itself
/// (the reader deleted the site's data) says `InvalidStateError` when asked for a transaction.
fn browser(error: rexie::Error) -> Error {
    let text = match error {
        rexie::Error::IdbError(source) => source.to_string(),
        other => other.to_string(),
    };
    if text.contains("InvalidStateError") || text.contains("connection is closing") {
        Error::Closed
    } else {
        Error::Browser(text)
    }
}

fn words(error: serde_wasm_bindgen::Error) -> Error {
    Error::Browser(error.to_string())
}
