//! The real store: IndexedDB, and the same in memory where the browser refuses it.
//!
//! Each [`Connection`] is a real `IDBDatabase` handle. The rows that it inserts stay its own until `COMMIT`, which is one real
//! transaction, all or nothing; a ping is a real read; a killed connection is a closed handle. A restart of the database is
//! a change of its version, for which the browser asks every handle, in every tab, to close. The browser answers in about a
//! millisecond, too quick to watch, so the [`Driver`] adds a stated network and query time on the [world's
//! clock](WorldClock).
//!
//! ```no_run
//! # async fn tour() -> Result<(), valet::database::DatabaseError> {
//! use valet::database::Database;
//! use valet::sql::{Column, Reply, Statement};
//!
//! let (database, refusal) = Database::open("valet").await;
//! assert!(refusal.is_none(), "this browser has IndexedDB");
//! let connection = database.connect().await?;
//! let (reply, _) = connection.execute(Statement::Insert(Column::Name, "Alice")).await?;
//! assert!(matches!(reply, Reply::Inserted(_)), "no other connection sees her yet");
//! assert_eq!(connection.execute(Statement::Commit).await?, (Reply::Done, None));
//! # Ok(())
//! # }
//! ```
//!
//! Both stores share `connection.rs` and `uncommitted.rs`, which reach them through `handle.rs`; `indexed/` is the store in
//! the browser, on [`indexeddb`](crate::indexeddb), and `memory.rs` the store in memory.

mod connection;
mod damaged;
mod driver;
mod handle;
mod indexed;
mod memory;
mod uncommitted;
mod world_clock;

pub use crate::indexeddb::DatabaseError;
pub use connection::Connection;
pub use damaged::DamagedRow;
pub use driver::{Driver, JobResult, Network};
pub use memory::MemoryTable;
pub use world_clock::WorldClock;

use crate::indexeddb::BrowserDatabase;
use handle::TableHandle;
use indexed::IndexedTable;
use std::rc::Rc;

/// A prune keeps this many rows, the newest.
pub const KEEP: u32 = 1_000;
/// A prune happens when there are more rows than this.
pub const PRUNE_AT: u32 = 2_000;

/// The result of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsertedUser {
    /// The key of the new row.
    pub id: u32,
    /// How many users there are now.
    pub users: u32,
}

/// The place where rows live. Cheap to clone: all clones share it.
#[derive(Debug, Clone)]
pub enum Database {
    /// The browser's IndexedDB; the rows stay.
    Indexed(Rc<BrowserDatabase>),
    /// Memory; the rows go with the page.
    Memory(Rc<MemoryTable>),
}

impl Database {
    /// The database called `name`. If the browser refuses it at once, later, or never answers, or if the database there is not
    /// this page's, then one in memory, and the reason.
    pub async fn open(name: &str) -> (Database, Option<DatabaseError>) {
        match BrowserDatabase::open(name, &indexed::SCHEMA).await {
            Ok(database) => (Database::Indexed(database), None),
            Err(refusal) => (Database::in_memory(), Some(refusal)),
        }
    }

    /// An empty database in memory.
    pub fn in_memory() -> Database {
        Database::Memory(Rc::default())
    }

    /// Opens a connection. If the database was deleted meanwhile, it is made again, empty.
    ///
    /// # Errors
    /// The browser's own, or that it did not answer in time.
    pub async fn connect(&self) -> Result<Connection, DatabaseError> {
        self.handle().await.map(Connection::new)
    }

    async fn handle(&self) -> Result<TableHandle, DatabaseError> {
        match self {
            Database::Indexed(database) => Ok(TableHandle::Indexed(IndexedTable::new(database.connect().await?))),
            Database::Memory(table) => Ok(TableHandle::Memory(memory::MemoryHandle::open(table.clone()))),
        }
    }

    /// Restarts the database: every connection to it is dead thereafter, in other tabs too. The rows that they have committed
    /// stay, and the browser completes the commits that are under way first.
    ///
    /// # Errors
    /// [`DatabaseError::Blocked`] if a handle somewhere does not close in time, or the browser's own error.
    pub async fn restart(&self) -> Result<(), DatabaseError> {
        match self {
            Database::Indexed(database) => database.restart().await,
            Database::Memory(table) => {
                table.restart();
                Ok(())
            }
        }
    }

    /// `DELETE FROM user`. Keys go on where they were.
    ///
    /// # Errors
    /// The browser's own.
    pub async fn empty(&self) -> Result<(), DatabaseError> {
        self.handle().await?.empty().await
    }

    /// How many rows are committed.
    ///
    /// # Errors
    /// The browser's own.
    pub async fn rows(&self) -> Result<u32, DatabaseError> {
        self.handle().await?.count().await
    }

    /// The rows in quarantine, oldest first.
    ///
    /// # Errors
    /// The browser's own.
    pub async fn damaged(&self) -> Result<Vec<DamagedRow>, DatabaseError> {
        self.handle().await?.damaged().await
    }
}
