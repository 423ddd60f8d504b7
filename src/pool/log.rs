//! The pool's log: what `echo_pool` shows, word for word.

use super::{ConnectionId, Exception, RecordId};

/// Python's logging levels, as far as the pool uses them. Also a warning, which is no log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// With `echo_pool="debug"`.
    Debug,
    /// With `echo_pool=True`.
    Info,
    /// By `warnings.warn`.
    Warning,
    /// Always.
    Error,
}

impl Level {
    /// `"DEBUG"` and so on.
    pub const fn name(self) -> &'static str {
        match self {
            Level::Debug => "DEBUG",
            Level::Info => "INFO",
            Level::Warning => "WARNING",
            Level::Error => "ERROR",
        }
    }
}

/// One line of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogLine {
    /// The creator returned.
    Created(ConnectionId),
    /// The creator raised.
    ConnectFailed(Exception),
    /// Handed out, before the ping and the listeners.
    CheckedOut(ConnectionId),
    /// Given back, before the reset.
    Returned(ConnectionId),
    /// The pre-ping begins.
    Ping(ConnectionId),
    /// The pre-ping found it dead.
    PingFailed(ConnectionId),
    /// Just opened: no ping.
    Fresh(ConnectionId),
    /// `rollback()` follows.
    Rollback(ConnectionId),
    /// `commit()` follows.
    Commit(ConnectionId),
    /// No rollback: the client just did.
    AlreadyReset(ConnectionId),
    /// `close()` follows.
    Closing(ConnectionId),
    /// The dialect's `do_terminate` follows.
    Terminating(ConnectionId),
    /// An asynchronous terminate was cancelled.
    TerminateCancelled(ConnectionId),
    /// `pool_recycle` is up.
    TooOld(ConnectionId),
    /// Opened before the pool was marked.
    PoolInvalidated(ConnectionId),
    /// Soft-invalidated.
    SoftInvalidated(ConnectionId),
    /// `invalidate()`.
    Invalidate {
        /// The connection.
        connection: ConnectionId,
        /// With `soft=True`.
        soft: bool,
        /// The exception given.
        reason: Option<Exception>,
    },
    /// The whole pool is marked.
    AllDisconnected(Exception),
    /// Only this one is gone.
    OneDisconnected(ConnectionId, Exception),
    /// Two rounds were not enough.
    Exhausted,
    /// `dispose()` is through, in a pool of this size: it ends with `status()`, which is then always that of a new one.
    Disposed(i64),
    /// `recreate()`.
    Recreating,
    /// A reset, a close of a detached connection, or one of their listeners raised.
    ResetFailed,
    /// `close()` raised.
    CloseFailed(ConnectionId),
    /// The dialect's `do_terminate` raised.
    TerminateFailed(ConnectionId),
    /// The garbage collector found an asynchronous connection that was never given back: as a log line ...
    Collected {
        /// The connection.
        connection: ConnectionId,
        /// It could be closed at once.
        terminated: bool,
    },
    /// ... and as a warning.
    CollectedWarning {
        /// The connection.
        connection: ConnectionId,
        /// It could be closed at once.
        terminated: bool,
    },
    /// Warning: a record was given back twice.
    DoubleCheckin(RecordId),
    /// Python's own message: an exception inside a finaliser, where nobody can catch it.
    Unraisable(Exception),
}

/// How a program's connections, records and exceptions print themselves.
pub struct Names<'a> {
    /// Python's `repr(connection)`.
    pub connection: &'a dyn Fn(ConnectionId) -> String,
    /// Python's `repr(record)`.
    pub record: &'a dyn Fn(RecordId) -> String,
    /// An exception's class, and its `str()`.
    pub exception: &'a dyn Fn(Exception) -> (String, String),
}

impl LogLine {
    /// How loud the line is.
    pub const fn level(self) -> Level {
        match self {
            LogLine::Created(_)
            | LogLine::ConnectFailed(_)
            | LogLine::CheckedOut(_)
            | LogLine::Returned(_)
            | LogLine::Ping(_)
            | LogLine::PingFailed(_)
            | LogLine::Fresh(_)
            | LogLine::Rollback(_)
            | LogLine::Commit(_)
            | LogLine::AlreadyReset(_)
            | LogLine::Closing(_)
            | LogLine::Terminating(_)
            | LogLine::TerminateCancelled(_) => Level::Debug,
            LogLine::TooOld(_)
            | LogLine::PoolInvalidated(_)
            | LogLine::SoftInvalidated(_)
            | LogLine::Invalidate { .. }
            | LogLine::AllDisconnected(_)
            | LogLine::OneDisconnected(..)
            | LogLine::Exhausted
            | LogLine::Disposed(_)
            | LogLine::Recreating => Level::Info,
            LogLine::CollectedWarning { .. } | LogLine::DoubleCheckin(_) => Level::Warning,
            LogLine::ResetFailed
            | LogLine::CloseFailed(_)
            | LogLine::TerminateFailed(_)
            | LogLine::Collected { .. }
            | LogLine::Unraisable(_) => Level::Error,
        }
    }

    /// SQLAlchemy's words (`base.py`, `impl.py`).
    pub fn text(self, names: &Names) -> String {
        let name = names.connection;
        match self {
            LogLine::Created(c) => format!("Created new connection {}", name(c)),
            LogLine::ConnectFailed(e) => format!("Error on connect(): {}", (names.exception)(e).1),
            LogLine::CheckedOut(c) => format!("Connection {} checked out from pool", name(c)),
            LogLine::Returned(c) => format!("Connection {} being returned to pool", name(c)),
            LogLine::Ping(c) => format!("Pool pre-ping on connection {}", name(c)),
            LogLine::PingFailed(c) => format!("Pool pre-ping on connection {} failed, will invalidate pool", name(c)),
            LogLine::Fresh(c) => format!("Connection {} is fresh, skipping pre-ping", name(c)),
            LogLine::Rollback(c) => format!("Connection {} rollback-on-return", name(c)),
            LogLine::Commit(c) => format!("Connection {} commit-on-return", name(c)),
            LogLine::AlreadyReset(c) => format!("Connection {} reset, transaction already reset", name(c)),
            LogLine::Closing(c) => format!("Closing connection {}", name(c)),
            LogLine::Terminating(c) => format!("Hard-closing connection {}", name(c)),
            LogLine::TerminateCancelled(c) => {
                format!("Cancellation during terminate of connection {}; connection was force-closed", name(c))
            }
            LogLine::TooOld(c) => format!("Connection {} exceeded timeout; recycling", name(c)),
            LogLine::PoolInvalidated(c) => {
                format!("Connection {} invalidated due to pool invalidation; recycling", name(c))
            }
            LogLine::SoftInvalidated(c) => {
                format!("Connection {} invalidated due to local soft invalidation; recycling", name(c))
            }
            LogLine::Invalidate { connection, soft, reason } => {
                let what = if soft { "Soft Invalidate" } else { "Invalidate" };
                let why = reason.map_or(String::new(), |reason| {
                    let (class, message) = (names.exception)(reason);
                    format!(" (reason: {class}:{message})")
                });
                format!("{what} connection {}{why}", name(connection))
            }
            LogLine::AllDisconnected(e) => format!(
                "Disconnection detected on checkout, invalidating all pooled connections prior to current timestamp (reason: {})",
                repr(names, e)
            ),
            LogLine::OneDisconnected(c, e) => format!(
                "Disconnection detected on checkout, invalidating individual connection {} (reason: {})",
                name(c),
                repr(names, e)
            ),
            LogLine::Exhausted => "Reconnection attempts exhausted on checkout".into(),
            LogLine::Disposed(size) => {
                format!("Pool disposed. {}", super::counters::status(size, 0, size.saturating_neg()))
            }
            LogLine::Recreating => "Pool recreating".into(),
            LogLine::ResetFailed => "Exception during reset or similar".into(),
            LogLine::CloseFailed(c) => format!("Exception closing connection {}", name(c)),
            LogLine::TerminateFailed(c) => format!("Exception terminating connection {}", name(c)),
            LogLine::Collected { connection, terminated } | LogLine::CollectedWarning { connection, terminated } => {
                let fate = if terminated { "terminated" } else { "dropped, as it cannot be safely terminated" };
                format!(
                    "The garbage collector is trying to clean up non-checked-in connection {}, which will be {fate}.  \
                     Please ensure that SQLAlchemy pooled connections are returned to the pool explicitly, either by \
                     calling ``close()`` or by using appropriate context managers to manage their lifecycle.",
                    name(connection)
                )
            }
            LogLine::DoubleCheckin(record) => format!("Double checkin attempted on {}", (names.record)(record)),
            LogLine::Unraisable(e) => (names.exception)(e).0,
        }
    }
}

/// Python's `repr(exception)`. Without arguments SQLAlchemy's errors are `()` as text.
fn repr(names: &Names, exception: Exception) -> String {
    let (class, message) = (names.exception)(exception);
    if message == "()" { format!("{class}()") } else { format!("{class}('{message}')") }
}
