//! The browser's store.
//!
//! rexie makes the schema and migrates it. All else speaks IndexedDB itself, through `web_sys`: rexie gives its handles no
//! `versionchange` and `close` events, its transactions no reason when they are aborted, and its upgrades no way out when
//! a database turns out not to be ours.

mod commit;
mod event;
mod handle;
mod opening;
mod quarantine;
mod row;
mod schema;
mod select;
mod sequence;
mod visit;
mod work;

pub(super) use handle::Handle;

use super::DatabaseError;
use opening::{Opening, open};
use schema::Layout;
use std::cell::Cell;

/// In a world where other tabs delete and restart, how often we look again before we give up.
const ROUNDS: u32 = 8;

/// A database of the browser's, by name.
#[derive(Debug)]
pub struct Store {
    name: Box<str>,
    /// The highest version known. Another tab may have gone on.
    version: Cell<u32>,
}

impl Store {
    pub(super) fn new(name: &str) -> Store {
        Store { name: name.into(), version: Cell::new(schema::FIRST) }
    }

    /// Opens a handle. Makes the database if there is none, and migrates an old one.
    pub(super) async fn connect(&self) -> Result<Handle, DatabaseError> {
        for _ in 0..ROUNDS {
            if let Opening::Opened(database) | Opening::Upgraded(database) = open(&self.name, None).await? {
                match schema::layout(&database) {
                    Layout::Ours(version) => {
                        self.version.set(self.version.get().max(version));
                        return Ok(Handle::new(database));
                    }
                    Layout::Old => database.close(),
                    Layout::Newer => {
                        database.close();
                        return Err(DatabaseError::Newer);
                    }
                    Layout::Foreign => {
                        database.close();
                        return Err(DatabaseError::Browser(
                            "a database of this name is there, and is not this page's".into(),
                        ));
                    }
                }
            }
            schema::make(&self.name, self.version.get()).await?;
        }
        Err(restless())
    }

    /// Opens the database at the next version: the browser tells all handles, waits until they are closed, and lets us in.
    pub(super) async fn restart(&self) -> Result<(), DatabaseError> {
        for _ in 0..ROUNDS {
            let next = self.version.get() + 1;
            if schema::of(next) != schema::SCHEMA {
                return Err(DatabaseError::Browser("this database was restarted too often".into()));
            }
            self.version.set(next);
            match open(&self.name, Some(next)).await {
                Ok(Opening::Upgraded(database)) => {
                    database.close();
                    return Ok(());
                }
                // Another tab had made this version already, so nobody was told now.
                Ok(Opening::Opened(database)) => database.close(),
                // Deleted, or of an older schema: the try has closed all handles, and a look makes it whole.
                Ok(Opening::Incomplete) => return self.connect().await.map(|handle| handle.close()),
                // Other tabs restarted it meanwhile: a look tells how often.
                Err(DatabaseError::Browser(words)) if words.contains(schema::BEHIND) => self.connect().await?.close(),
                Err(error) => return Err(error),
            }
        }
        Err(restless())
    }
}

fn restless() -> DatabaseError {
    DatabaseError::Browser("the database is deleted or restarted all the time".into())
}
