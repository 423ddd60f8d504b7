//! The real store: IndexedDB, and the same in memory where the browser refuses it.
//!
//! A [`Connection`] is a real `IDBDatabase` handle of its own. What it writes it keeps to itself until `COMMIT`, which is one
//! real transaction, all or nothing; a ping is a real read; a killed connection is a closed handle. A restart of the
//! database is a change of its version, at which the browser itself tells every handle, in every tab, to close. Real work
//! here is done in a millisecond or so, too quick to watch, so the [`Driver`] adds a stated network and query time on the
//! [world's clock](Pace).
//!
//! ```no_run
//! # async fn tour() -> Result<(), valet::database::DatabaseError> {
//! use valet::database::Database;
//! use valet::sql::{Column, Reply, Statement};
//!
//! let (database, refusal) = Database::open("valet").await;
//! assert!(refusal.is_none(), "the browser let us");
//! let connection = database.connect().await?;
//! let (reply, _) = connection.execute(Statement::Insert(Column::Name, "Alice")).await?;
//! assert!(matches!(reply, Reply::Inserted(_)), "nobody else sees her yet");
//! assert_eq!(connection.execute(Statement::Commit).await?, (Reply::Done, None));
//! # Ok(())
//! # }
//! ```
//!
//! `connection.rs` and `transaction.rs` are what both stores share, and `handle.rs` what they share it through; `indexed/`
//! is the browser's store and `memory.rs` the other.

mod connection;
mod damaged;
mod deadline;
mod driver;
mod error;
mod handle;
mod indexed;
mod memory;
mod pace;
mod transaction;

pub use connection::Connection;
pub use damaged::Damaged;
pub use driver::{Done, Driver, Network};
pub use error::DatabaseError;
pub use indexed::Store;
pub use memory::Table;
pub use pace::Pace;

use deadline::within;
use handle::Handle;
use std::rc::Rc;

/// So many of the newest rows are kept ...
pub const KEEP: u32 = 1_000;
/// ... once there are more than these; the others go in one step.
pub const PRUNE_AT: u32 = 2_000;
/// How long the browser may take to open the database or to restart it, in milliseconds. Some never answer.
const DEADLINE: u32 = 3_000;

/// What a visit did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// The key of the new row.
    pub id: u32,
    /// How many users there are now.
    pub users: u32,
}

/// Where rows live. Cheap to clone: all clones are one.
#[derive(Debug, Clone)]
pub enum Database {
    /// In the browser's IndexedDB; they stay.
    Indexed(Rc<Store>),
    /// In memory; they go with the page.
    Memory(Rc<Table>),
}

impl Database {
    /// The database called `name`; in memory, and why, if the browser refuses it at once, later, or never answers, or if what
    /// is there is not for us to touch.
    pub async fn open(name: &str) -> (Database, Option<DatabaseError>) {
        let store = Rc::new(Store::new(name));
        // A read as well: what opens need not work.
        let tried = store.clone();
        let trial = within(DEADLINE, async move { tried.connect().await?.ping().await }).await;
        match trial.unwrap_or(Err(DatabaseError::NoAnswer)) {
            Ok(()) => (Database::Indexed(store), None),
            Err(refusal) => (Database::in_memory(), Some(refusal)),
        }
    }

    /// An empty database in memory.
    pub fn in_memory() -> Database {
        Database::Memory(Rc::default())
    }

    /// Opens a connection. Where the database was deleted meanwhile, there is an empty one then.
    ///
    /// # Errors
    /// Whatever the browser says, or that it says nothing in time.
    pub async fn connect(&self) -> Result<Connection, DatabaseError> {
        self.handle().await.map(Connection::new)
    }

    async fn handle(&self) -> Result<Handle, DatabaseError> {
        match self {
            Database::Indexed(store) => {
                let store = store.clone();
                let handle = within(DEADLINE, async move { store.connect().await }).await;
                handle.unwrap_or(Err(DatabaseError::NoAnswer)).map(Handle::Indexed)
            }
            Database::Memory(table) => Ok(Handle::Memory(memory::Handle::open(table.clone()))),
        }
    }

    /// Restarts the database: every connection to it is dead thereafter, those of other tabs too. What they have committed
    /// stays, and what is being committed the browser brings to its end first.
    ///
    /// # Errors
    /// [`DatabaseError::Blocked`] if a handle somewhere does not close in time, or whatever the browser says.
    pub async fn restart(&self) -> Result<(), DatabaseError> {
        match self {
            Database::Indexed(store) => {
                let store = store.clone();
                within(DEADLINE, async move { store.restart().await }).await.unwrap_or(Err(DatabaseError::Blocked))
            }
            Database::Memory(table) => {
                table.restart();
                Ok(())
            }
        }
    }

    /// `DELETE FROM user`. Keys go on where they were.
    ///
    /// # Errors
    /// Whatever the browser says.
    pub async fn empty(&self) -> Result<(), DatabaseError> {
        self.handle().await?.empty().await
    }

    /// How many rows are committed.
    ///
    /// # Errors
    /// Whatever the browser says.
    pub async fn rows(&self) -> Result<u32, DatabaseError> {
        self.handle().await?.count().await
    }

    /// The rows in quarantine, oldest first.
    ///
    /// # Errors
    /// Whatever the browser says.
    pub async fn damaged(&self) -> Result<Vec<Damaged>, DatabaseError> {
        self.handle().await?.damaged().await
    }
}
