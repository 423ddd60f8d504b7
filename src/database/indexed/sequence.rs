//! The sequence that keys come from.
//!
//! It is the store's own key generator, so it is already there in a database of schema 1. IndexedDB gives a key back when the
//! transaction that took it is aborted, which a sequence must not; so each key is taken in a transaction of its own, by a
//! row that is gone before anybody sees it.

use super::super::DatabaseError;
use super::event::answer;
use super::handle::Handle;
use super::row;
use super::schema::{USER, USERNAME};
use crate::sql::Column;
use js_sys::Object;
use web_sys::{IdbObjectStore, IdbTransactionMode};

impl Handle {
    /// The next key, and whether the index has this value already, if it is one that must be unique.
    pub async fn number(&self, column: Column, value: &str) -> Result<(u32, bool), DatabaseError> {
        let work = self.begin(&[USER], IdbTransactionMode::Readwrite)?;
        let numbered = async { next(&work.store(USER)?, column, value).await }.await;
        work.end(numbered).await
    }
}

async fn next(users: &IdbObjectStore, column: Column, value: &str) -> Result<(u32, bool), DatabaseError> {
    let taken = match column {
        Column::Name => false,
        Column::Username => {
            let index = users.index(USERNAME).map_err(|error| DatabaseError::told(&error))?;
            row::number(&answer(index.count_with_key(&value.into())).await?) > 0
        }
    };
    let key = answer(users.add(&Object::new())).await?;
    answer(users.delete(&key)).await?;
    let key = row::key(&key).ok_or_else(|| DatabaseError::Browser("there are no keys left".into()))?;
    Ok((key, taken))
}
