//! What can go wrong, in SQLAlchemy's own words.

use super::Hook;
use crate::time::Span;
use std::cmp::Ordering;

/// Something raised: by the application, the DBAPI, a listener, or SQLAlchemy itself. `to_string()` is Python's
/// `str(error)`, where the text is SQLAlchemy's; a driver knows better words for what its database said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Exception {
    /// The application's own exception.
    #[error("client error")]
    Client,
    /// A connection could not be opened.
    #[error("connect refused")]
    Connect,
    /// The DBAPI says that the connection is gone.
    #[error("server closed the connection")]
    Disconnect,
    /// The ping failed with something other than a disconnect.
    #[error("ping failed, but not a disconnect")]
    Ping,
    /// The rollback or commit failed with something other than a disconnect.
    #[error("reset failed")]
    Reset,
    /// Closing failed.
    #[error("close failed")]
    Close,
    /// A listener of this event raised.
    #[error("{} listener", .0.name())]
    Listener(Hook),
    /// A checkout listener raised `sqlalchemy.exc.DisconnectionError`: this connection is gone.
    #[error("")]
    DisconnectionError,
    /// A checkout listener raised `InvalidatePoolError`: this one is gone and so must be all others.
    #[error("")]
    InvalidatePoolError,
    /// The same, raised by the pool because the ping found the connection dead.
    #[error("()")]
    DeadPing,
    /// A `BaseException` that is no `Exception`, such as `KeyboardInterrupt`.
    #[error("interrupt")]
    Interrupt,
    /// `asyncio.CancelledError`; no `Exception` either.
    #[error("")]
    Cancelled,
    /// Two rounds of replacing were not enough. `InvalidRequestError`.
    #[error("This connection is closed")]
    Closed,
    /// The count is at its limit and `pool_timeout` is negative; also with an idle connection there. `ValueError`.
    #[error("'timeout' must be a positive number")]
    NegativeTimeout,
    /// `max_overflow` below -1: the pool calls itself without end once it is reached. `RecursionError`; how the text
    /// goes on depends on the Python.
    #[error("maximum recursion depth exceeded")]
    Recursion,
    /// `pre_ping` in a pool made without a dialect. `NotImplementedError`.
    #[error("The ping feature requires that a dialect is passed to the connection pool.")]
    NoPing,
    /// `AssertionPool`: a second checkout. `AssertionError`; here stands for the stack of the first checkout, which is the
    /// application's, what it is.
    #[error("connection is already checked out at:\n[the stack of the checkout that is out]")]
    AlreadyCheckedOut,
    /// `AssertionPool`: a second return. `AssertionError`.
    #[error("connection is not checked out")]
    NotCheckedOut,
    /// A bare `assert` of SQLAlchemy's failed: two clients changed one record at once. `AssertionError`.
    #[error("")]
    Assertion,
    /// `SingletonThreadPool` with `pool_size` 0. `KeyError`.
    #[error("'pop from an empty set'")]
    EmptySet,
    /// `SingletonThreadPool`: a thread came while `dispose()` went through the others. `RuntimeError`.
    #[error("Set changed size during iteration")]
    SetChanged,
    /// `StaticPool`: its connection was replaced while `dispose()` closed it. `KeyError`.
    #[error("'connection'")]
    NoConnection,
}

impl Exception {
    /// Whether it is a `BaseException` that `except Exception` lets through.
    pub fn is_base(self) -> bool {
        matches!(self, Exception::Interrupt | Exception::Cancelled)
    }

    /// Its Python class with its module, as a traceback names it (`sqlalchemy.exc.InvalidRequestError`, `KeyError`), where that
    /// is not the driver's, the listener's or the application's to say.
    pub const fn qualified_class(self) -> Option<&'static str> {
        Some(match self {
            Exception::DisconnectionError => "sqlalchemy.exc.DisconnectionError",
            Exception::InvalidatePoolError | Exception::DeadPing => "sqlalchemy.exc.InvalidatePoolError",
            Exception::Cancelled => "asyncio.exceptions.CancelledError",
            Exception::Closed => "sqlalchemy.exc.InvalidRequestError",
            Exception::NegativeTimeout => "ValueError",
            Exception::Recursion => "RecursionError",
            Exception::NoPing => "NotImplementedError",
            Exception::AlreadyCheckedOut | Exception::NotCheckedOut | Exception::Assertion => "AssertionError",
            Exception::EmptySet | Exception::NoConnection => "KeyError",
            Exception::SetChanged => "RuntimeError",
            Exception::Client
            | Exception::Connect
            | Exception::Disconnect
            | Exception::Ping
            | Exception::Reset
            | Exception::Close
            | Exception::Listener(_)
            | Exception::Interrupt => return None,
        })
    }

    /// The same without the module: Python's `type(error).__name__`.
    pub fn class(self) -> Option<&'static str> {
        self.qualified_class().map(without_module)
    }
}

fn without_module(class: &'static str) -> &'static str {
    class.rsplit('.').next().unwrap_or(class)
}

/// An error that a call raises at its client. `to_string()` is Python's `str(error)`.
///
/// ```
/// use valet::{pool::PoolError, time::Span};
/// let error = PoolError::Timeout { size: 5, overflow: 10, timeout: Span::from_secs(30) };
/// assert_eq!(
///     error.message(),
///     "QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00"
/// );
/// assert!(error.to_string().ends_with("(Background on this error at: https://sqlalche.me/e/21/3o7r)"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PoolError {
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
    /// Anything else.
    #[error(transparent)]
    Raised(#[from] Exception),
}

impl PoolError {
    /// The error's text without the link that `str()` appends or the quotes it adds: Python's `error.args[0]`.
    pub fn message(&self) -> String {
        match self {
            // The class is called QueuePool here also when it is AsyncAdaptedQueuePool.
            PoolError::Timeout { size, overflow, timeout } => format!(
                "QueuePool limit of size {size} overflow {overflow} reached, connection timed out, timeout {}",
                two_places(*timeout)
            ),
            // Python's `str()` of a KeyError is the key's repr.
            PoolError::Raised(exception) => exception.to_string().trim_matches('\'').to_owned(),
        }
    }

    /// SQLAlchemy's code for the error, where it has one: the last part of the link.
    pub fn code(&self) -> Option<&'static str> {
        matches!(self, PoolError::Timeout { .. }).then_some("3o7r")
    }

    /// Its Python class with its module, where the pool decides it: see [`Exception::qualified_class`].
    pub const fn qualified_class(&self) -> Option<&'static str> {
        match self {
            PoolError::Timeout { .. } => Some("sqlalchemy.exc.TimeoutError"),
            PoolError::Raised(exception) => exception.qualified_class(),
        }
    }

    /// The same without the module: Python's `type(error).__name__`.
    pub fn class(&self) -> Option<&'static str> {
        self.qualified_class().map(without_module)
    }
}

/// Seconds as Python's `"%0.2f"` writes them, without a float's printing machinery, which the page would have to load.
/// A float that lies just between two texts (0.125 s does, 0.115 s does not quite) goes to the even one.
fn two_places(span: Span) -> String {
    const CENT: u64 = 10_000; // microseconds
    let micros = span.as_micros();
    let (cents, rest) = (micros.unsigned_abs() / CENT, micros.unsigned_abs() % CENT);
    let up = match rest.cmp(&(CENT / 2)) {
        Ordering::Equal => match above_the_middle(span.as_secs_f64().abs(), cents) {
            Ordering::Equal => cents % 2 == 1,
            side => side == Ordering::Greater,
        },
        side => side == Ordering::Greater,
    };
    let cents = cents + u64::from(up);
    let sign = if micros < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

/// On which side of `cents` and a half the float really lies: mantissa / 2^shift against (2 cents + 1) / 200.
fn above_the_middle(seconds: f64, cents: u64) -> Ordering {
    let bits = seconds.to_bits();
    let (mantissa, shift) = (bits & ((1 << 52) - 1) | 1 << 52, 1075u64.saturating_sub(bits >> 52));
    // From half a cent to the longest span, the shift is between 9 and 60.
    (u128::from(mantissa) * 200).cmp(&(u128::from(2 * cents + 1) << shift.min(64)))
}

/// A call that the pool cannot take from this client now. Nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum MisuseError {
    /// The client is in the middle of another call.
    #[error("the client is in the middle of another call")]
    Busy,
    /// A checkout by a client that already holds a connection.
    #[error("the client already holds a connection")]
    Holding,
    /// A release by a client that holds nothing.
    #[error("the client holds no connection")]
    Empty,
    /// Something for a connection of the pool, by a client whose connection is detached.
    #[error("the client's connection is detached")]
    Detached,
    /// An interruption of a client that does not wait.
    #[error("the client does not wait")]
    NotWaiting,
    /// An answer to a command that was not given.
    #[error("no such answer is awaited from this client")]
    Unasked,
}

#[cfg(all(test, not(target_arch = "wasm32")))] // proptest is not for wasm
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What Python writes: Rust's own printing is exact, too.
    fn printed(span: Span) -> String {
        format!("{:.2}", span.as_secs_f64())
    }

    #[test]
    fn two_places_at_the_edges() {
        let edges = [0, 1, 4_999, 5_000, 5_001, 115_000, 125_000, 135_000, 375_000, 995_000, 999_999, 30_000_000];
        for micros in edges.into_iter().chain([i64::MAX, i64::MIN, -125_000]) {
            let span = Span::from_micros(micros);
            assert_eq!(two_places(span), printed(span), "{micros}");
        }
    }

    proptest! {
        #[test]
        fn two_places_are_pythons(micros in prop_oneof![0i64..10_000_000_000, (0i64..1_000_000_000).prop_map(|n| n * 5_000)]) {
            let span = Span::from_micros(micros);
            prop_assert_eq!(two_places(span), printed(span));
        }
    }
}
