//! What can go wrong in a call to the pool, in SQLAlchemy's own words.

use crate::time::Span;
use thiserror::Error;

/// An error that a call raises at its client. `to_string()` is Python's `str(error)`.
///
/// ```
/// use valet::{pool::Error, time::Span};
/// let error = Error::Timeout { size: 5, overflow: 10, timeout: Span::from_secs(30) };
/// assert_eq!(
///     error.message(),
///     "QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00"
/// );
/// assert!(error.to_string().ends_with("(Background on this error at: https://sqlalche.me/e/21/3o7r)"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Error {
    /// Every connection was out for the whole of `pool_timeout`. Class `TimeoutError`, code `3o7r`.
    #[error("{} (Background on this error at: https://sqlalche.me/e/21/3o7r)", self.message())]
    Timeout {
        /// `pool.size()`.
        size: i64,
        /// `pool.overflow()` at that moment.
        overflow: i64,
        /// `pool.timeout()`.
        timeout: Span,
    },
    /// The count is at its limit and `pool_timeout` is negative; also with an idle connection there. Class `ValueError`.
    #[error("'timeout' must be a positive number")]
    NegativeTimeout,
    /// `max_overflow` below -1: the pool calls itself without end once it is reached. Class `RecursionError`; how the
    /// text goes on depends on the Python.
    #[error("maximum recursion depth exceeded")]
    Recursion,
    /// A connection could not be opened. The driver knows why.
    #[error("connect refused")]
    Connect,
    /// A `connect` listener raised.
    #[error("connect listener")]
    Listener,
    /// The ping failed with something other than a disconnect.
    #[error("ping failed, but not a disconnect")]
    Ping,
    /// Two rounds of replacing were not enough. Class `InvalidRequestError`.
    #[error("This connection is closed")]
    Closed,
}

impl Error {
    /// The error's text without the link that `str()` appends: Python's `error.args[0]`.
    pub fn message(&self) -> String {
        match self {
            Error::Timeout { size, overflow, timeout } => format!(
                "QueuePool limit of size {size} overflow {overflow} reached, connection timed out, timeout {}",
                two_places(*timeout)
            ),
            other => other.to_string(),
        }
    }

    /// SQLAlchemy's code for the error, where it has one: the last part of the link.
    pub fn code(&self) -> Option<&'static str> {
        matches!(self, Error::Timeout { .. }).then_some("3o7r")
    }
}

/// Seconds as Python's `"%0.2f"` writes them: from the binary fraction, so 0.125 is `0.12`.
fn two_places(span: Span) -> String {
    format!("{:.2}", span.as_secs_f64())
}

/// A call that the pool cannot take from this client now. Nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Misuse {
    /// The client is in the middle of another call.
    #[error("the client is in the middle of another call")]
    Busy,
    /// A checkout by a client that already holds a connection.
    #[error("the client already holds a connection")]
    Holding,
    /// A release by a client that holds nothing.
    #[error("the client holds no connection")]
    Empty,
    /// An answer to a command that was not given.
    #[error("no such answer is awaited from this client")]
    Unasked,
}
