//! The `user` table in the browser's IndexedDB.

mod commit;
mod quarantine;
mod row;
mod schema;
mod select;
mod sequence;
mod visit;

pub(super) use schema::SCHEMA;

use crate::indexeddb::{BrowserHandle, BrowserTransaction, DatabaseError};
use schema::USER;
use web_sys::IdbTransactionMode;

/// One handle on the table.
#[derive(Debug)]
pub(super) struct IndexedTable(BrowserHandle);

impl IndexedTable {
    pub fn new(handle: BrowserHandle) -> IndexedTable {
        IndexedTable(handle)
    }

    pub fn is_open(&self) -> bool {
        self.0.is_open()
    }

    pub fn close(&self) {
        self.0.close();
    }

    pub async fn ping(&self) -> Result<(), DatabaseError> {
        self.0.ping(USER).await
    }

    /// Begins a transaction on the table alone.
    fn begin(&self, mode: IdbTransactionMode) -> Result<BrowserTransaction, DatabaseError> {
        self.0.begin(&[USER], mode)
    }
}
