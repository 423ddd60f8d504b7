//! The real store: IndexedDB through rexie, and the same in memory where the browser refuses it.
//!
//! A [`Connection`] is a real `IDBDatabase` handle of its own; a query is a real transaction on the `user` table; a ping
//! is a real read; a killed connection is a closed handle. Real work here is done in a millisecond or so, too quick to
//! watch, so the [`Driver`] adds a stated network and query time on the [world's clock](Pace).
//!
//! ```no_run
//! # async fn tour() -> Result<(), valet::database::Error> {
//! use valet::database::Database;
//! let (database, refusal) = Database::open("valet").await;
//! assert!(refusal.is_none(), "the browser let us");
//! let connection = database.connect().await?;
//! let visit = connection.visit("Alice").await?;
//! assert!(visit.users > 0);
//! connection.close();
//! # Ok(())
//! # }
//! ```

mod driver;
mod indexed;
mod memory;
mod pace;

pub use driver::{Done, Driver, Network};
pub use pace::Pace;

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use indexed::Handle;
use memory::Table;
use serde::{Deserialize, Serialize};
use std::pin::pin;
use std::rc::Rc;

/// The table.
const USER: &str = "user";
/// So many of the newest rows are kept ...
pub const KEEP: u32 = 1_000;
/// ... once there are more than these; the others go in one step.
pub const PRUNE_AT: u32 = 2_000;
/// How long the browser may take to open the database at first, in milliseconds. Some never answer.
const DEADLINE: u32 = 3_000;

/// A row of the `user` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The primary key, given by the database. From 1, never used twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// The name.
    pub name: String,
}

/// What a visit did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// The key of the new row.
    pub id: u32,
    /// How many users there are now.
    pub users: u32,
}

/// Why the database did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The handle was closed under our feet.
    #[error("the connection is closed")]
    Closed,
    /// The browser's own words.
    #[error("IndexedDB: {0}")]
    Browser(String),
    /// No answer in time.
    #[error("IndexedDB did not answer within {} seconds", DEADLINE / 1000)]
    NoAnswer,
}

/// Where rows live.
#[derive(Debug, Clone)]
pub enum Database {
    /// In the browser's IndexedDB database of this name; they stay.
    Indexed(Rc<str>),
    /// In memory; they go with the page.
    Memory(Rc<Table>),
}

/// A connection. Closing is up to you: dropping it closes nothing.
#[derive(Debug)]
pub enum Connection {
    /// A handle of the browser's.
    Indexed(Handle),
    /// A handle in memory.
    Memory(memory::Handle),
}

impl Database {
    /// The database called `name`; in memory, and why, if the browser refuses it at once, later, or never answers.
    pub async fn open(name: &str) -> (Database, Option<Error>) {
        // A read as well: a database of this name that has no `user` table opens, but is of no use.
        let trial = pin!(async {
            let handle = Handle::open(name).await?;
            let read = handle.ping().await;
            handle.close();
            read
        });
        let refusal = match select(trial, TimeoutFuture::new(DEADLINE)).await {
            Either::Left((Ok(()), _)) => return (Database::Indexed(name.into()), None),
            Either::Left((Err(error), _)) => error,
            Either::Right(_) => Error::NoAnswer,
        };
        (Database::in_memory(), Some(refusal))
    }

    /// An empty database in memory.
    pub fn in_memory() -> Database {
        Database::Memory(Rc::default())
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// Whatever the browser says.
    pub async fn connect(&self) -> Result<Connection, Error> {
        match self {
            Database::Indexed(name) => Handle::open(name).await.map(Connection::Indexed),
            Database::Memory(table) => Ok(Connection::Memory(memory::Handle::open(table.clone()))),
        }
    }
}

impl Connection {
    /// Reads one row: proof that the connection lives.
    ///
    /// # Errors
    /// [`Error::Closed`] if it does not, or whatever the browser says.
    pub async fn ping(&self) -> Result<(), Error> {
        match self {
            Connection::Indexed(handle) => handle.ping().await,
            Connection::Memory(handle) => handle.table().map(drop),
        }
    }

    /// What a request does: inserts a user and counts them, in one transaction. Prunes old rows past a number.
    ///
    /// # Errors
    /// [`Error::Closed`] if the connection is, or whatever the browser says. Nothing was written then.
    pub async fn visit(&self, name: &str) -> Result<Visit, Error> {
        match self {
            Connection::Indexed(handle) => handle.visit(name).await,
            Connection::Memory(handle) => handle.table().map(|table| table.visit(name)),
        }
    }

    /// How many users there are.
    ///
    /// # Errors
    /// [`Error::Closed`] if the connection is, or whatever the browser says.
    pub async fn count(&self) -> Result<u32, Error> {
        match self {
            Connection::Indexed(handle) => handle.count().await,
            Connection::Memory(handle) => handle.table().map(|table| table.all().len() as u32),
        }
    }

    /// All users, by key.
    ///
    /// # Errors
    /// [`Error::Closed`] if the connection is, or whatever the browser says.
    pub async fn all(&self) -> Result<Vec<User>, Error> {
        match self {
            Connection::Indexed(handle) => handle.all().await,
            Connection::Memory(handle) => handle.table().map(Table::all),
        }
    }

    /// Closes the handle, for whoever still has this connection too. Closing twice does nothing.
    pub fn close(&self) {
        match self {
            Connection::Indexed(handle) => handle.close(),
            Connection::Memory(handle) => handle.close(),
        }
    }

    /// Whether the handle is open, as far as one can tell without trying.
    pub fn is_open(&self) -> bool {
        match self {
            Connection::Indexed(handle) => handle.is_open(),
            Connection::Memory(handle) => handle.table().is_ok(),
        }
    }
}
