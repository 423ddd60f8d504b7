//! A connection, held by somebody.

use crate::time::{Instant, Span};

/// A connection that was out from one moment to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// When it was asked for, if that was recorded: a log says nothing of it.
    pub asked: Option<Instant>,
    /// When it was handed out.
    pub got: Instant,
    /// When it came back, if it did.
    pub back: Option<Instant>,
    /// How it came back.
    pub end: End,
    /// Which connection: a number that the driver or the recorder gave it.
    pub connection: u64,
    /// Which thread or task, by its number in [`Names`](super::Names).
    pub who: Option<u32>,
    /// Which line of code, by its number in [`Names`](super::Names).
    pub place: Option<u32>,
    /// The line of the file that says so, from 1.
    pub line: u64,
}

/// How a connection came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It is out when the log ends.
    Out,
    /// It was returned.
    Returned,
    /// The garbage collector found it.
    Collected,
    /// The log says that it was checked out again, and not that it was returned: that line is missing.
    Unseen,
}

impl Hold {
    /// How long it was out, if it came back.
    pub fn lasted(&self) -> Option<Span> {
        self.back.map(|back| back - self.got)
    }

    /// How long it was waited for, if that was recorded.
    pub fn waited(&self) -> Option<Span> {
        self.asked.map(|asked| self.got - asked)
    }
}
