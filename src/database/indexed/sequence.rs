//! The sequence that keys come from.
//!
//! It is the store's own key generator, so a database of schema 1 has it already. IndexedDB gives a key back when the
//! transaction that took it is aborted, which a sequence must not do; so each key is taken in a transaction of its own, by a
//! row that is deleted before anybody sees it.
//!
//! A generator cannot be set back. Where somebody wrote a row with a very large key by hand it is at its end for ever, also when
//! that row is deleted; the page then counts on by itself, from the highest key that it could have given.

use super::super::DatabaseError;
use super::IndexedTable;
use super::row;
use super::schema::{USER, USERNAME};
use crate::indexeddb::answer;
use crate::sql::Column;
use js_sys::Object;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::IdbTransactionMode::Readwrite;
use web_sys::{IdbCursor, IdbCursorDirection, IdbKeyRange, IdbObjectStore};

thread_local! {
    /// The last key that this page gave by itself: rows that are not committed yet are in no store.
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// Who gives a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeySource {
    /// The browser's generator.
    Browser,
    /// The page, because the generator is at its end.
    Page,
}

impl IndexedTable {
    /// The next key, and whether the index already has this value, if it is one that must be unique.
    pub async fn number(&self, column: Column, value: &str) -> Result<(u32, bool), DatabaseError> {
        match self.number_by(KeySource::Browser, column, value).await {
            Err(error) if is_at_its_end(&error) => self.number_by(KeySource::Page, column, value).await,
            other => other,
        }
    }

    async fn number_by(&self, source: KeySource, column: Column, value: &str) -> Result<(u32, bool), DatabaseError> {
        let transaction = self.begin(Readwrite)?;
        let numbered = async { next(&transaction.store(USER)?, source, column, value).await }.await;
        transaction.end(numbered).await
    }
}

/// Whether the browser's generator has no key left: that is what it calls a row that gets none.
pub(super) fn is_at_its_end(error: &DatabaseError) -> bool {
    matches!(error, DatabaseError::Aborted(text) if text.contains("ConstraintError"))
}

async fn next(
    users: &IdbObjectStore,
    source: KeySource,
    column: Column,
    value: &str,
) -> Result<(u32, bool), DatabaseError> {
    let taken = match column {
        Column::Name => false,
        Column::Username => row::number(&answer(users.index(USERNAME)?.count_with_key(&value.into())).await?) > 0,
    };
    let key = match source {
        KeySource::Browser => {
            let key = answer(users.add(&Object::new())).await?;
            answer(users.delete(&key)).await?;
            row::key(&key)
        }
        KeySource::Page => None,
    };
    match key {
        Some(key) => Ok((key, taken)),
        None => Ok((key_by_page(users).await?, taken)),
    }
}

/// The next key, as the page counts.
pub(super) async fn key_by_page(users: &IdbObjectStore) -> Result<u32, DatabaseError> {
    let ours = IdbKeyRange::bound(&1.into(), &u32::MAX.into())?;
    let highest = users.open_key_cursor_with_range_and_direction(&ours, IdbCursorDirection::Prev);
    let highest = answer(highest).await?;
    let highest = if highest.is_null() { 0 } else { row::number(&highest.unchecked_ref::<IdbCursor>().key()?) };
    let next = highest.max(LAST.get()).checked_add(1);
    let next = next.ok_or_else(|| DatabaseError::Browser("there are no keys left".into()))?;
    LAST.set(next);
    Ok(next)
}
