//! Rows that are no users: where they go, and what they were.

use super::super::{Damaged, DatabaseError};
use super::event::answer;
use super::handle::Handle;
use super::row::{field, put, read};
use super::schema::{DAMAGED, USER};
use crate::sql::Column;
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbObjectStore, IdbTransactionMode};

impl Handle {
    /// Moves the rows with these keys to `damaged`, with the reason, all or none.
    pub(super) async fn quarantine(&self, keys: &[JsValue]) -> Result<(), DatabaseError> {
        let work = self.begin(&[USER, DAMAGED], IdbTransactionMode::Readwrite)?;
        let moved = async { move_rows(keys, &work.store(USER)?, &work.store(DAMAGED)?).await }.await;
        work.end(moved).await
    }

    /// What is in quarantine, oldest first.
    pub async fn damaged(&self) -> Result<Vec<Damaged>, DatabaseError> {
        let work = self.begin(&[DAMAGED], IdbTransactionMode::Readonly)?;
        let entries: Array = answer(work.store(DAMAGED)?.get_all()).await?.unchecked_into();
        let damaged = entries.iter().map(|entry| Damaged {
            key: shown(&field(&entry, "key")),
            reason: field(&entry, "reason").as_string().unwrap_or_default(),
        });
        Ok(damaged.collect())
    }
}

/// Each is looked at again: another connection may have been quicker.
async fn move_rows(keys: &[JsValue], users: &IdbObjectStore, damaged: &IdbObjectStore) -> Result<(), DatabaseError> {
    for key in keys {
        let row = answer(users.get(key)).await?;
        if row.is_undefined() {
            continue;
        }
        if let Err(reason) = read(&row, Column::Name) {
            let entry: JsValue = Object::new().into();
            put(&entry, "key", key);
            put(&entry, "reason", &reason.into());
            put(&entry, "row", &row);
            answer(damaged.add(&entry)).await?;
            answer(users.delete(key)).await?;
        }
    }
    Ok(())
}

/// A key as text.
fn shown(key: &JsValue) -> String {
    let number = key.as_f64().map(|number| number.to_string());
    number.or_else(|| key.as_string()).unwrap_or_else(|| "(no number)".into())
}
