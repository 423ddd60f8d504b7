//! Reading the committed rows.

use super::super::DatabaseError;
use super::IndexedTable;
use super::row;
use super::schema::USER;
use crate::indexeddb::answer;
use crate::sql::Column;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::IdbTransactionMode::Readonly;

impl IndexedTable {
    /// The rows that have this column, by key.
    pub async fn rows(&self, column: Column) -> Result<Vec<(u32, String)>, DatabaseError> {
        let transaction = self.begin(Readonly)?;
        let found = answer(transaction.store(USER)?.get_all()).await?;
        drop(transaction);
        self.sound(column, found.unchecked_into()).await
    }

    /// The row with this key, if it has this column.
    pub async fn row(&self, column: Column, key: u32) -> Result<Option<String>, DatabaseError> {
        let transaction = self.begin(Readonly)?;
        let found = answer(transaction.store(USER)?.get(&key.into())).await?;
        drop(transaction);
        let found = if found.is_undefined() { Array::new() } else { Array::of(&[found]) };
        Ok(self.sound(column, found).await?.pop().map(|(_, value)| value))
    }

    /// How many rows there are, damaged ones included.
    pub async fn count(&self) -> Result<u32, DatabaseError> {
        let transaction = self.begin(Readonly)?;
        answer(transaction.store(USER)?.count()).await.map(|count| row::number(&count))
    }

    /// The values of these rows. Rows that are no users go to quarantine; if that fails, the next query tries again.
    async fn sound(&self, column: Column, found: Array) -> Result<Vec<(u32, String)>, DatabaseError> {
        let mut values = Vec::new();
        let mut damaged = Vec::new();
        for row in found.iter() {
            match row::read(&row, column) {
                Ok((key, value)) => values.extend(value.map(|value| (key, value))),
                Err(_) => damaged.push(row::field(&row, "id")),
            }
        }
        if !damaged.is_empty() {
            let _ = self.quarantine(&damaged).await;
        }
        Ok(values)
    }
}
