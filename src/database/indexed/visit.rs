//! What a request of the live lot does, in one transaction.

use super::super::{DatabaseError, InsertedUser, KEEP, PRUNE_AT};
use super::IndexedTable;
use super::row;
use super::schema::USER;
use super::sequence::{KeySource, is_at_its_end, key_by_page};
use crate::indexeddb::answer;
use crate::sql::Column;
use web_sys::IdbTransactionMode::Readwrite;
use web_sys::{IdbKeyRange, IdbObjectStore};

impl IndexedTable {
    /// Inserts a user and counts them. Prunes old rows past a number.
    pub async fn visit(&self, name: &str) -> Result<InsertedUser, DatabaseError> {
        match self.visit_by(KeySource::Browser, name).await {
            Err(error) if is_at_its_end(&error) => self.visit_by(KeySource::Page, name).await,
            other => other,
        }
    }

    async fn visit_by(&self, source: KeySource, name: &str) -> Result<InsertedUser, DatabaseError> {
        let transaction = self.begin(Readwrite)?;
        let inserted = async { visit(&transaction.store(USER)?, source, name).await }.await;
        transaction.end(inserted).await
    }
}

async fn visit(users: &IdbObjectStore, source: KeySource, name: &str) -> Result<InsertedUser, DatabaseError> {
    let given = match source {
        KeySource::Browser => Some(answer(users.add(&row::unnumbered(Column::Name, name))).await?),
        KeySource::Page => None,
    };
    let id = match given.as_ref().and_then(row::key) {
        Some(id) => id,
        None => {
            if let Some(beyond) = given {
                answer(users.delete(&beyond)).await?;
            }
            let id = key_by_page(users).await?;
            answer(users.add(&row::numbered(id, Column::Name, name))).await?;
            id
        }
    };
    let mut count = row::number(&answer(users.count()).await?);
    if count > PRUNE_AT {
        // One step for the browser, whatever the number: a range, not a row at a time.
        let old = IdbKeyRange::upper_bound(&id.saturating_sub(KEEP).into())?;
        answer(users.delete(&old)).await?;
        count = row::number(&answer(users.count()).await?);
    }
    Ok(InsertedUser { id, users: count })
}
