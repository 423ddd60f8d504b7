//! A handle on either store, with the operations that a connection needs.

use super::damaged::DamagedRow;
use super::indexed::IndexedTable;
use super::memory::MemoryHandle;
use super::uncommitted::UncommittedRow;
use super::{DatabaseError, InsertedUser};
use crate::sql::{Column, Reply};

/// A handle of the browser's, or one in memory.
#[derive(Debug)]
pub(super) enum TableHandle {
    Indexed(IndexedTable),
    Memory(MemoryHandle),
}

impl TableHandle {
    pub fn is_open(&self) -> bool {
        match self {
            TableHandle::Indexed(table) => table.is_open(),
            TableHandle::Memory(handle) => handle.table().is_ok(),
        }
    }

    pub fn close(&self) {
        match self {
            TableHandle::Indexed(table) => table.close(),
            TableHandle::Memory(handle) => handle.close(),
        }
    }

    /// Reads one row.
    pub async fn ping(&self) -> Result<(), DatabaseError> {
        match self {
            TableHandle::Indexed(table) => table.ping().await,
            TableHandle::Memory(handle) => handle.table().map(drop),
        }
    }

    /// The next key, which is never given out again, and whether a committed row has this value where it must be unique.
    pub async fn number(&self, column: Column, value: &str) -> Result<(u32, bool), DatabaseError> {
        match self {
            TableHandle::Indexed(table) => table.number(column, value).await,
            TableHandle::Memory(handle) => handle.table().map(|table| (table.next_key(), table.has(column, value))),
        }
    }

    /// The committed rows that have this column, by key.
    pub async fn rows(&self, column: Column) -> Result<Vec<(u32, String)>, DatabaseError> {
        match self {
            TableHandle::Indexed(table) => table.rows(column).await,
            TableHandle::Memory(handle) => handle.table().map(|table| table.rows(column)),
        }
    }

    /// The committed row with this key, if it has this column.
    pub async fn row(&self, column: Column, key: u32) -> Result<Option<String>, DatabaseError> {
        match self {
            TableHandle::Indexed(table) => table.row(column, key).await,
            TableHandle::Memory(handle) => handle.table().map(|table| table.row(column, key)),
        }
    }

    /// Makes these rows visible to everybody, all or none.
    pub async fn commit(&self, rows: &[UncommittedRow]) -> Result<Reply, DatabaseError> {
        match self {
            TableHandle::Indexed(table) => table.commit(rows).await,
            TableHandle::Memory(handle) => handle.table().map(|table| table.commit(rows)),
        }
    }

    /// Inserts a user and counts them, in one transaction.
    pub async fn visit(&self, name: &str) -> Result<InsertedUser, DatabaseError> {
        match self {
            TableHandle::Indexed(table) => table.visit(name).await,
            TableHandle::Memory(handle) => handle.table().map(|table| table.visit(name)),
        }
    }

    /// How many rows are committed.
    pub async fn count(&self) -> Result<u32, DatabaseError> {
        match self {
            TableHandle::Indexed(table) => table.count().await,
            TableHandle::Memory(handle) => handle.table().map(|table| table.count()),
        }
    }

    /// Deletes all rows.
    pub async fn empty(&self) -> Result<(), DatabaseError> {
        match self {
            TableHandle::Indexed(table) => table.empty().await,
            TableHandle::Memory(handle) => handle.table().map(|table| table.empty()),
        }
    }

    /// The rows in quarantine. There are none in memory, where nobody else writes.
    pub async fn damaged(&self) -> Result<Vec<DamagedRow>, DatabaseError> {
        match self {
            TableHandle::Indexed(table) => table.damaged().await,
            TableHandle::Memory(handle) => handle.table().map(|_| Vec::new()),
        }
    }
}
