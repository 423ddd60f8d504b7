//! Writing what a connection has kept to itself.

use super::super::DatabaseError;
use super::super::transaction::Write;
use super::event::answer;
use super::handle::Handle;
use super::row;
use super::schema::USER;
use crate::sql::Reply;
use web_sys::{IdbObjectStore, IdbTransactionMode};

impl Handle {
    /// Writes these rows, all or none. The unique index has the last word: what another connection has committed meanwhile
    /// makes the browser abort the transaction.
    pub async fn commit(&self, writes: &[Write]) -> Result<Reply, DatabaseError> {
        let work = self.begin(&[USER], IdbTransactionMode::Readwrite)?;
        let added = work.store(USER).and_then(|users| add(&users, writes));
        match work.end(added).await {
            Ok(()) => Ok(Reply::Done),
            Err(DatabaseError::Aborted(words)) if words.contains("ConstraintError") => Ok(Reply::Conflict),
            Err(error) => Err(error),
        }
    }

    /// Deletes all rows. Keys go on: the browser's generator does not mind.
    pub async fn empty(&self) -> Result<(), DatabaseError> {
        let work = self.begin(&[USER], IdbTransactionMode::Readwrite)?;
        let cleared = async { answer(work.store(USER)?.clear()).await.map(drop) }.await;
        work.end(cleared).await
    }
}

/// Asks for all of them without waiting for each: whichever fails, the transaction's end says so.
fn add(users: &IdbObjectStore, writes: &[Write]) -> Result<(), DatabaseError> {
    writes
        .iter()
        .try_for_each(|write| users.add(&row::of(write)).map(drop))
        .map_err(|error| DatabaseError::told(&error))
}
