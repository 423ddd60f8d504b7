//! Kept runs and progress: in an IndexedDB database of their own, or in memory if the browser refuses it.
//!
//! One handle stays open, so that progress is written without a wait. It closes by itself when another tab wants a newer version,
//! and the next operation opens another. An operation happens as a whole or not at all. A database that a newer page wrote is left alone. A record that cannot
//! be read goes to quarantine, with the reason, and the operation continues without it.

mod error;
mod indexed;
mod memory;
mod schema;

pub use error::StorageError;
pub use schema::SCHEMA;

use crate::indexeddb::Schema;
use crate::progress::Progress;
use crate::run::{Card, Run};
use indexed::IndexedStorage;
use memory::MemoryStorage;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// The name of the page's database: not the one that the live lot works with. All scenes share it.
pub const NAME: &str = "valet-keep";

/// The place where kept runs and progress are. Cheap to clone: all clones share it.
#[derive(Debug, Clone)]
pub enum Storage {
    /// A database of the browser's; what is stored stays.
    Indexed(IndexedStorage),
    /// Memory; what is stored goes with the page.
    Memory(Rc<MemoryStorage>),
}

/// A kept run in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRun {
    /// Its number in the storage.
    pub id: u32,
    /// Its card.
    pub card: Card,
}

/// A deleted run, which can be put back.
#[derive(Debug, Clone, PartialEq)]
pub struct RemovedRun {
    id: u32,
    run: Run,
}

impl RemovedRun {
    /// The name of the run.
    pub fn name(&self) -> String {
        self.run.card.label.shown()
    }
}

impl Storage {
    /// The storage called `name`; in memory, and why, if the browser refuses it at once, later, or never answers.
    pub async fn open(name: &str) -> (Storage, Option<StorageError>) {
        Storage::open_as(name, &SCHEMA).await
    }

    /// The same, with the schema of another page.
    pub async fn open_as(name: &str, schema: &'static Schema) -> (Storage, Option<StorageError>) {
        match IndexedStorage::open(name, schema).await {
            Ok(indexed) => (Storage::Indexed(indexed), None),
            Err(refusal) => (Storage::in_memory(), Some(refusal.into())),
        }
    }

    /// An empty storage in memory.
    pub fn in_memory() -> Storage {
        Storage::Memory(Rc::default())
    }

    /// All runs, oldest first, and a sentence for each that went to quarantine just now.
    ///
    /// # Errors
    /// The browser's.
    pub async fn list(&self) -> Result<(Vec<StoredRun>, Vec<String>), StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.list()).await,
            Storage::Memory(memory) => Ok((memory.list(), Vec::new())),
        }
    }

    /// Adds a run. Returns its number.
    ///
    /// # Errors
    /// The browser's, for example that it is full. Nothing is changed then.
    pub async fn add(&self, run: &Run) -> Result<u32, StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.put(None, run)).await,
            Storage::Memory(memory) => Ok(memory.add(run.clone())),
        }
    }

    /// The run with this number.
    ///
    /// # Errors
    /// [`StorageError::Gone`], [`StorageError::Damaged`], or the browser's.
    pub async fn run(&self, id: u32) -> Result<Run, StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.run(id)).await,
            Storage::Memory(memory) => memory.run(id).ok_or(StorageError::Gone),
        }
    }

    /// Gives a run another name.
    ///
    /// # Errors
    /// As for [`Storage::run`]. Nothing is changed then.
    pub async fn rename(&self, id: u32, name: &str) -> Result<(), StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.rename(id, name)).await,
            Storage::Memory(memory) => memory.rename(id, name).ok_or(StorageError::Gone),
        }
    }

    /// Deletes a run, and returns it so that it can be put back.
    ///
    /// # Errors
    /// As for [`Storage::run`]. Nothing is changed then.
    pub async fn remove(&self, id: u32) -> Result<RemovedRun, StorageError> {
        let run = self.run(id).await?;
        match self {
            Storage::Indexed(indexed) => boxed(indexed.remove(id)).await?,
            Storage::Memory(memory) => memory.remove(id),
        }
        Ok(RemovedRun { id, run })
    }

    /// Puts a deleted run back where it was; under another number, if another run has that meanwhile. Returns its number.
    ///
    /// # Errors
    /// The browser's.
    pub async fn put_back(&self, removed: &RemovedRun) -> Result<u32, StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.put(Some(removed.id), &removed.run)).await,
            Storage::Memory(memory) => Ok(memory.put_back(removed.id, removed.run.clone())),
        }
    }

    /// What the reader has done.
    ///
    /// # Errors
    /// The browser's.
    pub async fn progress(&self) -> Result<Progress, StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.progress()).await,
            Storage::Memory(memory) => Ok(memory.progress()),
        }
    }

    /// Writes at once what is new of what the reader has done, so that not even leaving the page loses it. Only where the
    /// database was opened before; [`Storage::note`] writes it in any case.
    pub fn note_now(&self, new: &Progress) {
        if let Storage::Indexed(indexed) = self {
            indexed.note_now(new);
        }
    }

    /// Adds to what the reader has done; nothing is ever taken away.
    ///
    /// # Errors
    /// The browser's.
    pub async fn note(&self, progress: &Progress) -> Result<(), StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.note(progress)).await,
            Storage::Memory(memory) => {
                memory.note(progress);
                Ok(())
            }
        }
    }
}

/// A future that is compiled once, however many callers await it.
fn boxed<'a, T>(future: impl Future<Output = T> + 'a) -> Pin<Box<dyn Future<Output = T> + 'a>> {
    Box::pin(future)
}
