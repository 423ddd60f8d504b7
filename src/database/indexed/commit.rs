//! Writing the rows that a connection has not committed yet.

use super::super::DatabaseError;
use super::super::uncommitted::UncommittedRow;
use super::IndexedTable;
use super::row;
use super::schema::USER;
use crate::indexeddb::answer;
use crate::sql::Reply;
use web_sys::IdbObjectStore;
use web_sys::IdbTransactionMode::Readwrite;

impl IndexedTable {
    /// Writes these rows, all or none. The unique index decides: if another connection has committed the same value meanwhile,
    /// the browser aborts the transaction.
    pub async fn commit(&self, rows: &[UncommittedRow]) -> Result<Reply, DatabaseError> {
        let transaction = self.begin(Readwrite)?;
        let added = transaction.store(USER).and_then(|users| add(&users, rows));
        match transaction.end(added).await {
            Ok(()) => Ok(Reply::Done),
            Err(DatabaseError::Aborted(text)) if text.contains("ConstraintError") => Ok(Reply::Conflict),
            Err(error) => Err(error),
        }
    }

    /// Deletes all rows. Keys go on: the browser's generator is not reset.
    pub async fn empty(&self) -> Result<(), DatabaseError> {
        let transaction = self.begin(Readwrite)?;
        let cleared = async { answer(transaction.store(USER)?.clear()).await.map(drop) }.await;
        transaction.end(cleared).await
    }
}

/// Asks for all of them without waiting for each: if one fails, the end of the transaction says so.
fn add(users: &IdbObjectStore, rows: &[UncommittedRow]) -> Result<(), DatabaseError> {
    Ok(rows.iter().try_for_each(|row| users.add(&row::of(row)).map(drop))?)
}
