//! The rows that a connection has written and not committed. Both stores share it.

use crate::sql::Column;

/// A row that no other connection sees yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UncommittedRow {
    /// The key, which is used up whatever becomes of the row.
    pub key: u32,
    /// Its one column.
    pub column: Column,
    /// That column's value.
    pub value: &'static str,
}

/// The uncommitted rows of one connection. As long as there are none, nobody can tell whether a transaction has begun.
#[derive(Debug, Default)]
pub(super) struct UncommittedRows(Vec<UncommittedRow>);

impl UncommittedRows {
    /// Adds a row.
    pub fn insert(&mut self, row: UncommittedRow) {
        self.0.push(row);
    }

    /// Whether one of these rows has this value in a unique column.
    pub fn has(&self, column: Column, value: &str) -> bool {
        column == Column::Username && self.0.iter().any(|row| row.column == column && row.value == value)
    }

    /// What `SELECT` sees: the committed rows that have this column together with the uncommitted ones, by key.
    pub fn among(&self, column: Column, mut committed: Vec<(u32, String)>) -> Vec<(u32, String)> {
        let own = self.0.iter().filter(|row| row.column == column);
        committed.extend(own.map(|row| (row.key, row.value.to_string())));
        committed.sort_by_key(|&(key, _)| key);
        committed
    }

    /// The value of the uncommitted row with this key, if it has this column.
    pub fn one(&self, column: Column, key: u32) -> Option<String> {
        let own = self.0.iter().find(|row| row.key == key && row.column == column);
        own.map(|row| row.value.to_string())
    }

    /// Takes the rows, to commit or to discard them.
    pub fn take(&mut self) -> Vec<UncommittedRow> {
        std::mem::take(&mut self.0)
    }
}
