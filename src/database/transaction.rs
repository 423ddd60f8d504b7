//! What a connection has written and not committed. Pure: both stores share it.

use crate::sql::Column;

/// A row that nobody else sees yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Write {
    /// The key, which is used up whatever becomes of the row.
    pub key: u32,
    /// Its one column.
    pub column: Column,
    /// That column's value.
    pub value: &'static str,
}

/// The uncommitted rows of one connection. Without any, no transaction has begun that anybody could tell.
#[derive(Debug, Default)]
pub(super) struct Transaction(Vec<Write>);

impl Transaction {
    /// One more row.
    pub fn insert(&mut self, write: Write) {
        self.0.push(write);
    }

    /// Whether a unique column has this value in a row of our own.
    pub fn has(&self, column: Column, value: &str) -> bool {
        column == Column::Username && self.0.iter().any(|write| write.column == column && write.value == value)
    }

    /// What `SELECT` sees: what is committed and has this column, with our own rows among it, by key.
    pub fn among(&self, column: Column, mut committed: Vec<(u32, String)>) -> Vec<(u32, String)> {
        let own = self.0.iter().filter(|write| write.column == column);
        committed.extend(own.map(|write| (write.key, write.value.to_string())));
        committed.sort_by_key(|&(key, _)| key);
        committed
    }

    /// The value of our own row with this key, if it has this column.
    pub fn one(&self, column: Column, key: u32) -> Option<String> {
        let own = self.0.iter().find(|write| write.key == key && write.column == column);
        own.map(|write| write.value.to_string())
    }

    /// Takes the rows, to commit or to forget them.
    pub fn take(&mut self) -> Vec<Write> {
        std::mem::take(&mut self.0)
    }
}
