//! Why it was not kept, or not found.

/// Why it was not kept, or not found. Each is a sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// A newer page has been here.
    #[error("A newer page than this one keeps its runs here; they are left alone. Reload to get the newer page.")]
    Newer,
    /// No answer in time.
    #[error("IndexedDB did not answer within {0} seconds.")]
    NoAnswer(u32),
    /// There is no room.
    #[error("The browser has no more room for this page, and kept nothing new. What was kept before is still there.")]
    Full,
    /// Another tab was faster.
    #[error("This run is not there any more: it was deleted, perhaps in another tab.")]
    Gone,
    /// It could not be read, and is set aside.
    #[error("This run was damaged, and is set aside. {0}")]
    Damaged(String),
    /// The browser's own words.
    #[error("IndexedDB says: {0}")]
    Browser(String),
}

impl From<rexie::Error> for StorageError {
    fn from(error: rexie::Error) -> StorageError {
        let text = match error {
            rexie::Error::IdbError(source) => source.to_string(),
            // A transaction that ends without one of its requests failing does so because it cannot be written down.
            rexie::Error::TransactioncommitFailed => return StorageError::Full,
            other => other.to_string(),
        };
        if text.contains("VersionError") {
            StorageError::Newer
        } else if text.contains("QuotaExceededError") {
            StorageError::Full
        } else {
            StorageError::Browser(text)
        }
    }
}
