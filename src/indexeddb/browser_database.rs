//! A database of the browser's, by name: opened, made, migrated, restarted.

use super::deadline::within_deadline;
use super::opening::{Opening, open};
use super::schema::{SchemaMatch, VERSION_ERROR};
use super::{BrowserHandle, DatabaseError, Schema};
use std::cell::Cell;
use std::rc::Rc;

/// How often the page tries again, while other tabs delete and restart the database, before it gives up.
const ROUNDS: u32 = 8;

/// A database of the browser's, by name.
#[derive(Debug)]
pub struct BrowserDatabase {
    name: Box<str>,
    schema: &'static Schema,
    /// The highest version known. Another tab may have made a later one.
    version: Cell<u32>,
}

impl BrowserDatabase {
    /// The database called `name`, after a handle was opened and something was read: a database that opens need not work.
    ///
    /// # Errors
    /// As for [`connect`](BrowserDatabase::connect).
    pub async fn open(name: &str, schema: &'static Schema) -> Result<Rc<BrowserDatabase>, DatabaseError> {
        let version = Cell::new(schema.first_version());
        let database = Rc::new(BrowserDatabase { name: name.into(), schema, version });
        let tried = database.clone();
        within_deadline(Box::pin(async move {
            let handle = tried.handle().await?;
            if let Some(store) = schema.stores.first() {
                handle.ping(store.name).await?;
            }
            Ok(database)
        }))
        .await
    }

    /// Opens a handle. Makes the database if there is none, and migrates an earlier schema.
    ///
    /// # Errors
    /// [`DatabaseError::Newer`] if the database has a later schema, [`DatabaseError::NoAnswer`] after three seconds, or the
    /// browser's own error.
    pub async fn connect(self: &Rc<Self>) -> Result<BrowserHandle, DatabaseError> {
        let database = self.clone();
        within_deadline(Box::pin(async move { database.handle().await })).await
    }

    /// Opens the database at the next version: the browser asks all handles to close, waits for them, and upgrades.
    ///
    /// # Errors
    /// [`DatabaseError::Blocked`] if a handle somewhere does not close within three seconds, [`DatabaseError::Newer`] if
    /// another tab has migrated the database to a later schema, or the browser's own error.
    pub async fn restart(self: &Rc<Self>) -> Result<(), DatabaseError> {
        let database = self.clone();
        within_deadline(Box::pin(async move { database.raise_version().await })).await.map_err(|error| match error {
            DatabaseError::NoAnswer => DatabaseError::Blocked,
            other => other,
        })
    }

    async fn handle(&self) -> Result<BrowserHandle, DatabaseError> {
        for _ in 0..ROUNDS {
            if let Opening::Opened(database) | Opening::Upgraded(database) = self.ask(None).await? {
                match self.schema.compare(&database) {
                    SchemaMatch::Current(version) => {
                        self.version.set(self.version.get().max(version));
                        return Ok(BrowserHandle::new(database));
                    }
                    SchemaMatch::Earlier => database.close(),
                    SchemaMatch::Newer => {
                        database.close();
                        return Err(DatabaseError::Newer);
                    }
                    SchemaMatch::Foreign => {
                        database.close();
                        return Err(DatabaseError::Browser(
                            "a database of this name is there, and is not this page's".into(),
                        ));
                    }
                }
            }
            self.schema.make(&self.name, self.version.get()).await?;
        }
        Err(restless())
    }

    async fn raise_version(&self) -> Result<(), DatabaseError> {
        for _ in 0..ROUNDS {
            let next = self.version.get() + 1;
            if self.schema.number_of(next) != self.schema.number {
                return Err(DatabaseError::Browser("this database was restarted too often".into()));
            }
            self.version.set(next);
            match self.ask(Some(next)).await {
                Ok(Opening::Upgraded(database)) => {
                    database.close();
                    return Ok(());
                }
                // Another tab had made this version already, so no handle was asked to close now.
                Ok(Opening::Opened(database)) => database.close(),
                // Deleted, or of an earlier schema: the attempt has closed all handles, and connecting makes it complete.
                Ok(Opening::Incomplete) => return self.handle().await.map(drop),
                // Other tabs restarted it meanwhile: connecting finds out how often.
                Err(DatabaseError::Browser(text)) if text.contains(VERSION_ERROR) => drop(self.handle().await?),
                Err(error) => return Err(error),
            }
        }
        Err(restless())
    }

    async fn ask(&self, version: Option<u32>) -> Result<Opening, DatabaseError> {
        open(&self.name, version, self.schema).await
    }
}

fn restless() -> DatabaseError {
    DatabaseError::Browser("the database is deleted or restarted all the time".into())
}
