//! Rows that are no users.

/// A row that was found in the table although the page cannot have written it. It is in quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedRow {
    /// The key it had, as text: it need not be a number.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
}
