//! What a call asks for, and what it is told.

use crate::sql::{ConnectError, Reply, Rows, Statement, StatementError};
use crate::time::Span;

/// What a call wants next. The result is passed to [`Call::go_on`](super::Call::go_on).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallRequest {
    /// To run Python code for this long. Then [`CallInput::Time`].
    Pause(Span),
    /// A connection from the pool. Then [`CallInput::Connected`] or [`CallInput::Refused`].
    Checkout,
    /// To run this statement on its connection. Then [`CallInput::Replied`], [`CallInput::Failed`] or [`CallInput::Lost`].
    Execute(Statement),
    /// To run this statement for so long at most. If it takes longer it is cancelled, with its connection: [`CallInput::Cancelled`].
    ExecuteWithin(Statement, Span),
    /// To give its connection back to the pool. Then [`CallInput::Returned`].
    GiveBack {
        /// Whether its transaction has just been rolled back, so that the pool need not reset it.
        transaction_was_reset: bool,
    },
    /// To drop its connection without closing it: Python's garbage collector gives it back later. Then [`CallInput::Returned`].
    Forget,
    /// To keep its connection for ever. The call is over.
    Keep,
    /// Nothing: the call is over.
    Over,
}

/// The result of what a call asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallInput {
    /// The time has passed.
    Time,
    /// The pool gave it a connection.
    Connected,
    /// The pool gave it no connection.
    Refused(ConnectError),
    /// The database's reply, and the rows if there are any.
    Replied(Reply, Rows),
    /// The statement failed, and the connection is still alive.
    Failed(StatementError),
    /// The connection was lost. The call no longer holds it.
    Lost(StatementError),
    /// The statement was cancelled. The call no longer holds its connection.
    Cancelled,
    /// The pool has the connection back.
    Returned,
}
