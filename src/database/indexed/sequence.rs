//! The sequence that keys come from.
//!
//! It is the store's own key generator, so a database of schema 1 has it already. IndexedDB gives a key back when the
//! transaction that took it is aborted, which a sequence must not do; so each key is taken in a transaction of its own, by a
//! row that is deleted before anybody sees it.

use super::super::DatabaseError;
use super::IndexedTable;
use super::row;
use super::schema::{USER, USERNAME};
use crate::indexeddb::answer;
use crate::sql::Column;
use js_sys::Object;
use web_sys::IdbObjectStore;
use web_sys::IdbTransactionMode::Readwrite;

impl IndexedTable {
    /// The next key, and whether the index already has this value, if it is one that must be unique.
    pub async fn number(&self, column: Column, value: &str) -> Result<(u32, bool), DatabaseError> {
        let transaction = self.begin(Readwrite)?;
        let numbered = async { next(&transaction.store(USER)?, column, value).await }.await;
        transaction.end(numbered).await
    }
}

async fn next(users: &IdbObjectStore, column: Column, value: &str) -> Result<(u32, bool), DatabaseError> {
    let taken = match column {
        Column::Name => false,
        Column::Username => row::number(&answer(users.index(USERNAME)?.count_with_key(&value.into())).await?) > 0,
    };
    let key = answer(users.add(&Object::new())).await?;
    answer(users.delete(&key)).await?;
    let key = row::key(&key).ok_or_else(|| DatabaseError::Browser("there are no keys left".into()))?;
    Ok((key, taken))
}
