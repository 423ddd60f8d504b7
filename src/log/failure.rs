//! A checkout that came to nothing.

use crate::time::Instant;

/// A checkout that came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// When it was asked for, if that was recorded.
    pub asked: Option<Instant>,
    /// When it failed.
    pub at: Instant,
    /// Whether it was the pool's time-out.
    pub is_timeout: bool,
    /// Which thread or task, by its number in [`Names`](super::Names).
    pub who: Option<u32>,
    /// Which line of code, by its number in [`Names`](super::Names).
    pub place: Option<u32>,
    /// The line of the file that says so, from 1.
    pub line: u64,
}
