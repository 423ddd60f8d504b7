//! What a request of the live lot does, in one transaction.

use super::super::{DatabaseError, InsertedUser, KEEP, PRUNE_AT};
use super::IndexedTable;
use super::row;
use super::schema::USER;
use crate::indexeddb::answer;
use crate::sql::Column;
use web_sys::IdbTransactionMode::Readwrite;
use web_sys::{IdbKeyRange, IdbObjectStore};

impl IndexedTable {
    /// Inserts a user and counts them. Prunes old rows past a number.
    pub async fn visit(&self, name: &str) -> Result<InsertedUser, DatabaseError> {
        let transaction = self.begin(Readwrite)?;
        let inserted = async { visit(&transaction.store(USER)?, name).await }.await;
        transaction.end(inserted).await
    }
}

async fn visit(users: &IdbObjectStore, name: &str) -> Result<InsertedUser, DatabaseError> {
    let id = row::number(&answer(users.add(&row::unnumbered(Column::Name, name))).await?);
    let mut count = row::number(&answer(users.count()).await?);
    if count > PRUNE_AT {
        // One step for the browser, whatever the number: a range, not a row at a time.
        let old = IdbKeyRange::upper_bound(&id.saturating_sub(KEEP).into())?;
        answer(users.delete(&old)).await?;
        count = row::number(&answer(users.count()).await?);
    }
    Ok(InsertedUser { id, users: count })
}
