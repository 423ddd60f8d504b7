//! What a call says, and what it hears.

use crate::sql::{ConnectError, Reply, Rows, Statement, StatementError};
use crate::time::Span;

/// What a call wants next. Whoever gives it that tells it by [`Call::go_on`](super::Call::go_on).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallRequest {
    /// Python, for so long. Then [`CallInput::Time`].
    Pause(Span),
    /// A connection. Then [`CallInput::Connected`] or [`CallInput::Refused`].
    Checkout,
    /// This statement on its connection. Then [`CallInput::Replied`], [`CallInput::Failed`] or [`CallInput::Lost`].
    Execute(Statement),
    /// Its connection back to the pool. Then [`CallInput::Returned`].
    GiveBack {
        /// It has just been rolled back.
        transaction_was_reset: bool,
    },
    /// Its connection is forgotten: Python's garbage collector gives it back when it comes by. Then [`CallInput::Returned`].
    Forget,
    /// Its connection is kept for ever, and the call is over.
    Keep,
    /// Nothing: the call is over.
    Over,
}

/// What a call hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallInput {
    /// The time has passed.
    Time,
    /// It has a connection.
    Connected,
    /// It gets none.
    Refused(ConnectError),
    /// The database's reply, and the rows if there are any.
    Replied(Reply, Rows),
    /// The statement failed, on a connection that lives.
    Failed(StatementError),
    /// The connection is gone, and is the pool's again.
    Lost(StatementError),
    /// The connection is the pool's again.
    Returned,
}
