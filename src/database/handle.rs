//! A handle on either store: what a connection needs of it, in the same words.

use super::damaged::Damaged;
use super::transaction::Write;
use super::{DatabaseError, Visit, indexed, memory};
use crate::sql::{Column, Reply};

/// A handle of the browser's, or one in memory.
#[derive(Debug)]
pub(super) enum Handle {
    Indexed(indexed::Handle),
    Memory(memory::Handle),
}

impl Handle {
    pub fn is_open(&self) -> bool {
        match self {
            Handle::Indexed(handle) => handle.is_open(),
            Handle::Memory(handle) => handle.table().is_ok(),
        }
    }

    pub fn close(&self) {
        match self {
            Handle::Indexed(handle) => handle.close(),
            Handle::Memory(handle) => handle.close(),
        }
    }

    pub async fn ping(&self) -> Result<(), DatabaseError> {
        match self {
            Handle::Indexed(handle) => handle.ping().await,
            Handle::Memory(handle) => handle.table().map(drop),
        }
    }

    /// The next key, which nobody gets again, and whether a committed row has this value where it must be unique.
    pub async fn number(&self, column: Column, value: &str) -> Result<(u32, bool), DatabaseError> {
        match self {
            Handle::Indexed(handle) => handle.number(column, value).await,
            Handle::Memory(handle) => handle.table().map(|table| (table.next_key(), table.has(column, value))),
        }
    }

    /// The committed rows that have this column, by key.
    pub async fn rows(&self, column: Column) -> Result<Vec<(u32, String)>, DatabaseError> {
        match self {
            Handle::Indexed(handle) => handle.rows(column).await,
            Handle::Memory(handle) => handle.table().map(|table| table.rows(column)),
        }
    }

    /// The committed row with this key, if it has this column.
    pub async fn row(&self, column: Column, key: u32) -> Result<Option<String>, DatabaseError> {
        match self {
            Handle::Indexed(handle) => handle.row(column, key).await,
            Handle::Memory(handle) => handle.table().map(|table| table.row(column, key)),
        }
    }

    /// Makes these rows everybody's, all or none.
    pub async fn commit(&self, writes: &[Write]) -> Result<Reply, DatabaseError> {
        match self {
            Handle::Indexed(handle) => handle.commit(writes).await,
            Handle::Memory(handle) => handle.table().map(|table| table.commit(writes)),
        }
    }

    pub async fn visit(&self, name: &str) -> Result<Visit, DatabaseError> {
        match self {
            Handle::Indexed(handle) => handle.visit(name).await,
            Handle::Memory(handle) => handle.table().map(|table| table.visit(name)),
        }
    }

    pub async fn count(&self) -> Result<u32, DatabaseError> {
        match self {
            Handle::Indexed(handle) => handle.count().await,
            Handle::Memory(handle) => handle.table().map(|table| table.count()),
        }
    }

    pub async fn empty(&self) -> Result<(), DatabaseError> {
        match self {
            Handle::Indexed(handle) => handle.empty().await,
            Handle::Memory(handle) => handle.table().map(|table| table.empty()),
        }
    }

    /// Nothing in memory is ever damaged: nobody else writes there.
    pub async fn damaged(&self) -> Result<Vec<Damaged>, DatabaseError> {
        match self {
            Handle::Indexed(handle) => handle.damaged().await,
            Handle::Memory(handle) => handle.table().map(|_| Vec::new()),
        }
    }
}
