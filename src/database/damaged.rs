//! Rows that are no users.

/// A row that was met in the table and cannot be one of ours: somebody wrote it by hand. It is in quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// The key it had, as text: it need not be a number.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
}
