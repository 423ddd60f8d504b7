//! Rows that are no users, and the reports on them: `{key, reason, row}`.

use super::super::{DamagedRow, DatabaseError};
use super::IndexedTable;
use super::row::{field, put, read};
use super::schema::USER;
use crate::indexeddb::{DAMAGED, answer, quarantine};
use crate::sql::Column;
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbTransactionMode::Readonly;

impl IndexedTable {
    /// Moves the rows with these keys to quarantine, with the reason, all or none.
    pub(super) async fn quarantine(&self, keys: &[JsValue]) -> Result<(), DatabaseError> {
        quarantine(&self.0, &[USER], keys, &report).await
    }

    /// The rows in quarantine, oldest first.
    pub async fn damaged(&self) -> Result<Vec<DamagedRow>, DatabaseError> {
        let transaction = self.0.begin(&[DAMAGED], Readonly)?;
        let reports: Array = answer(transaction.store(DAMAGED)?.get_all()).await?.unchecked_into();
        let damaged = reports.iter().map(|report| DamagedRow {
            key: key_text(&field(&report, "key")),
            reason: field(&report, "reason").as_string().unwrap_or_default(),
        });
        Ok(damaged.collect())
    }
}

/// The report on a row, if the row is there and is no user.
fn report(key: &JsValue, records: &[JsValue]) -> Option<JsValue> {
    let row = records.first().filter(|row| !row.is_undefined())?;
    let reason = read(row, Column::Name).err()?;
    let report: JsValue = Object::new().into();
    put(&report, "key", key);
    put(&report, "reason", &reason.into());
    put(&report, "row", row);
    Some(report)
}

fn key_text(key: &JsValue) -> String {
    let number = key.as_f64().map(|number| number.to_string());
    number.or_else(|| key.as_string()).unwrap_or_else(|| "(no number)".into())
}
