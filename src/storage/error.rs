//! Why something was not stored, or not found.

use crate::indexeddb::DatabaseError;

/// Why something was not stored, or not found. Each is a sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// A newer page has migrated the database.
    #[error("A newer page than this one keeps its runs here; they are left alone. Reload to get the newer page.")]
    Newer,
    /// The browser did not answer in time.
    #[error("{}.", DatabaseError::NoAnswer)]
    NoAnswer,
    /// There is no room.
    #[error("The browser has no more room for this page, and kept nothing new. What was kept before is still there.")]
    Full,
    /// The run is not there, perhaps because another tab has deleted it.
    #[error("This run is not there any more: it was deleted, perhaps in another tab.")]
    Gone,
    /// The run could not be read, and is in quarantine.
    #[error("This run was damaged, and is set aside. {0}")]
    Damaged(String),
    /// An error of the browser's own, in its words.
    #[error("IndexedDB says: {0}")]
    Browser(String),
}

impl From<DatabaseError> for StorageError {
    fn from(error: DatabaseError) -> StorageError {
        match error {
            DatabaseError::Newer => StorageError::Newer,
            DatabaseError::NoAnswer => StorageError::NoAnswer,
            // A browser aborts a transaction of which no request has failed because it cannot write it to the disk.
            DatabaseError::Full | DatabaseError::Aborted(_) => StorageError::Full,
            DatabaseError::Browser(text) => StorageError::Browser(text),
            DatabaseError::Closed | DatabaseError::Blocked => StorageError::Browser(error.to_string()),
        }
    }
}
