//! Where kept runs and progress stay: an IndexedDB database of their own, or memory where the browser refuses it.
//!
//! The database is opened for each deed and closed after it, so no tab stands in the way of another's newer version, and a
//! deed happens wholly or not at all. A database that a newer page wrote is left alone. A record that cannot be read is
//! set aside, with the reason, and stops nothing.

mod error;
mod indexed;
mod memory;
mod schema;
mod step;

pub use error::StorageError;
pub use schema::{LAYOUT, Layout};

use crate::progress::Progress;
use crate::run::{Card, Run};
use indexed::Indexed;
use memory::Memory;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// The name of the page's database: not the one that the live lot works with. All scenes share it.
pub const NAME: &str = "valet-keep";

/// Where kept runs and progress are. Cheap to clone: all clones are one.
#[derive(Debug, Clone)]
pub enum Storage {
    /// In the browser's database; it stays.
    Indexed(Rc<Indexed>),
    /// In memory; it goes with the page.
    Memory(Rc<Memory>),
}

/// A kept run in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRun {
    /// Its number in the storage.
    pub id: u32,
    /// What is said of it.
    pub card: Card,
}

/// A deleted run, which can be put back.
#[derive(Debug, Clone, PartialEq)]
pub struct RemovedRun {
    id: u32,
    run: Run,
}

impl RemovedRun {
    /// What it is called.
    pub fn name(&self) -> &str {
        &self.run.card.label.name
    }
}

impl Storage {
    /// The storage called `name`; in memory, and why, if the browser refuses it at once, later, or never answers.
    pub async fn open(name: &str) -> (Storage, Option<StorageError>) {
        Storage::open_as(name, &LAYOUT).await
    }

    /// The same, as a page would that has another layout.
    pub async fn open_as(name: &str, layout: &'static Layout) -> (Storage, Option<StorageError>) {
        let indexed = Indexed::new(name, layout);
        match indexed.try_it().await {
            Ok(()) => (Storage::Indexed(Rc::new(indexed)), None),
            Err(refusal) => (Storage::in_memory(), Some(refusal)),
        }
    }

    /// An empty storage in memory.
    pub fn in_memory() -> Storage {
        Storage::Memory(Rc::default())
    }

    /// All runs, oldest first, and a sentence for each that had to be set aside just now.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn list(&self) -> Result<(Vec<StoredRun>, Vec<String>), StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.list()).await,
            Storage::Memory(memory) => Ok((memory.list(), Vec::new())),
        }
    }

    /// One more run. Gives its number.
    ///
    /// # Errors
    /// What the browser says, that it is full for example. Nothing is changed then.
    pub async fn add(&self, run: &Run) -> Result<u32, StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.put(None, run)).await,
            Storage::Memory(memory) => Ok(memory.add(run.clone())),
        }
    }

    /// A run.
    ///
    /// # Errors
    /// [`StorageError::Gone`], [`StorageError::Damaged`], or what the browser says.
    pub async fn run(&self, id: u32) -> Result<Run, StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.run(id)).await,
            Storage::Memory(memory) => memory.run(id).ok_or(StorageError::Gone),
        }
    }

    /// Another name for a run.
    ///
    /// # Errors
    /// As for [`Storage::run`]. Nothing is changed then.
    pub async fn rename(&self, id: u32, name: &str) -> Result<(), StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.rename(id, name)).await,
            Storage::Memory(memory) => memory.rename(id, name).ok_or(StorageError::Gone),
        }
    }

    /// Deletes a run, and gives it for the case that it was not meant.
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

    /// Puts a deleted run back where it was.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn put_back(&self, removed: &RemovedRun) -> Result<(), StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.put(Some(removed.id), &removed.run)).await.map(drop),
            Storage::Memory(memory) => {
                memory.put_back(removed.id, removed.run.clone());
                Ok(())
            }
        }
    }

    /// What the reader has done.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn progress(&self) -> Result<Progress, StorageError> {
        match self {
            Storage::Indexed(indexed) => boxed(indexed.progress()).await,
            Storage::Memory(memory) => Ok(memory.progress()),
        }
    }

    /// Adds to what the reader has done; nothing is ever taken away.
    ///
    /// # Errors
    /// What the browser says.
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

/// A future of which there is one copy in the program, whoever awaits it.
fn boxed<'a, T>(future: impl Future<Output = T> + 'a) -> Pin<Box<dyn Future<Output = T> + 'a>> {
    Box::pin(future)
}
