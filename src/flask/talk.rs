//! What a call says, and what it hears.

use super::rows::Rows;
use super::statement::{Reply, Statement};
use crate::pool;
use crate::time::Span;

/// What a call wants next. Whoever gives it that tells it by [`Call::go_on`](super::Call::go_on).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Python, for so long. Then [`Heard::Time`].
    Pause(Span),
    /// A connection. Then [`Heard::Connected`] or [`Heard::Refused`].
    Checkout,
    /// This statement on its connection. Then [`Heard::Replied`], [`Heard::Failed`] or [`Heard::Lost`].
    Execute(Statement),
    /// Its connection back to the pool. Then [`Heard::Returned`].
    GiveBack {
        /// It has just been rolled back.
        transaction_was_reset: bool,
    },
    /// Its connection is forgotten: Python's garbage collector gives it back when it comes by. Then [`Heard::Returned`].
    Forget,
    /// Its connection is kept for ever, and the call is over.
    Keep,
    /// Nothing: the call is over.
    Over,
}

/// What a call hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// The time has passed.
    Time,
    /// It has a connection.
    Connected,
    /// It gets none.
    Refused(pool::Error),
    /// The database's reply, and the rows if there are any.
    Replied(Reply, Rows),
    /// The statement failed, on a connection that lives.
    Failed,
    /// The connection is gone, and is the pool's again.
    Lost,
    /// The connection is the pool's again.
    Returned,
}
