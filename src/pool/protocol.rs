//! What goes into a pool ([`Input`], [`Answer`]) and what comes out of it ([`Output`], [`Command`]).

use super::{Event, Exception, Hook, LogLine, PoolError, Reset};
use crate::time::Instant;

/// A caller of the pool: a thread of the application. It is in at most one call and holds at most one connection (in a
/// `SingletonThreadPool`: the same one as often as it asks).
///
/// The number is an index into the pool's table, so keep numbers small: give a finished client's number to the
/// next one. A request that wants two connections at once is two clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Client(pub u32);

/// An open DBAPI connection, numbered by the driver as it opens them. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u32);

/// SQLAlchemy's `_ConnectionRecord`: a place in the pool that outlives the connections opened in it. From 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u32);

/// What a client holds between checkout and checkin: SQLAlchemy's `_ConnectionFairy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Held {
    /// The connection.
    pub connection: ConnectionId,
    /// Its record; `None` once detached.
    pub record: Option<RecordId>,
}

/// Something that happens to the pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Input {
    /// `pool.connect()`.
    Checkout(Client),
    /// `connection.close()`; `transaction_was_reset`: the caller just rolled back by itself.
    Checkin {
        /// Whose connection.
        client: Client,
        /// No need to roll back again.
        transaction_was_reset: bool,
    },
    /// The last reference to the connection is lost without `close()`.
    Drop(Client),
    /// `connection.invalidate(e)`: throw the connection away, give the record back.
    Invalidate(Client, Option<Exception>),
    /// `connection.invalidate(e, soft=True)`: let the next checkout replace it.
    SoftInvalidate(Client, Option<Exception>),
    /// The record of this client's connection gets a `finalize_callback`: told by this number when the record is
    /// checked in with a connection, newest first; forgotten when the connection is closed before.
    Finalizer(Client, u32),
    /// A signal (or, with asyncio, a cancellation) ends this client's waiting.
    Interrupt(Client),
    /// A statement found out that its connection, opened at that moment, is gone: what this pool opened before now is replaced
    /// at its next checkout, unless the pool was marked after that moment. `None`: the connection is detached.
    ///
    /// SQLAlchemy marks the pool that its `Engine` has *now*, which after `Engine.dispose()` need not be the connection's own. So
    /// this goes to the current pool, with what the connection's own says is [`opened_at`](super::Pool::opened_at), and then
    /// [`Invalidate`](Input::Invalidate) to its own.
    Mark(Option<Instant>),
    /// `connection.detach()`: keep the connection, give the record back.
    Detach(Client),
    /// `pool.dispose()`, in this client's thread: close what is idle, forget what is out.
    Dispose(Client),
    /// The driver's answer to the command it had for this client.
    Answer(Client, Answer),
    /// The moment of [`Pool::next_timeout`](super::Pool::next_timeout) has come. Wakes one waiter: ask again for the next.
    Timeout,
}

/// An output of the pool. Read them with [`Pool::poll`](super::Pool::poll) until there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Output {
    /// Work for the driver on behalf of a client. It owes one [`Answer`].
    Do(Client, Command),
    /// One of SQLAlchemy's pool events has happened.
    Tell(Client, Event),
    /// A line of the pool's log.
    Log(Client, LogLine),
    /// The client's call returns: with what it now holds, if anything, or with an error. After an error it holds
    /// nothing; only `SoftInvalidate`, `Detach` and `Dispose` leave it what it had.
    Return(Client, Result<Option<Held>, PoolError>),
}

/// Work for the driver. The client is blocked until the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Open a connection for this record. Answers: `Opened`, `Failed`, `Interrupted`.
    Open(RecordId),
    /// Ask the connection whether it lives. Answers: `Done`, `Gone`, `Failed`, `Interrupted`.
    Ping(ConnectionId),
    /// Roll back or commit. Answers: `Done`, `Gone`, `Failed`, `Interrupted`.
    Reset(ConnectionId, Reset),
    /// Close politely (DBAPI `close`). Answers: `Done`, `Failed`, `Interrupted`: all mean closed.
    Close(ConnectionId),
    /// Close at once (the dialect's `do_terminate`). Answers: `Done`, `Failed`, `Interrupted`: all mean closed.
    Terminate(ConnectionId),
    /// Ask the listeners of the event just told. Answers: `Done`, `Failed`, `Interrupted`; for checkout also `Gone`,
    /// `AllGone`.
    Ask(Hook),
    /// The client may run again: it was notified or interrupted, or it timed out. When it runs is the scheduler's choice, and
    /// another client may take the connection first. Answer: `Done`.
    Wake,
}

/// The driver's answer to a [`Command`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// A connection was opened and got this number.
    Opened(ConnectionId),
    /// It succeeded; no listener raised.
    Done,
    /// The connection is gone: the server closed it, or a listener raised `DisconnectionError`.
    Gone,
    /// A listener raised `InvalidatePoolError`: this connection is gone, and so must be all others.
    AllGone,
    /// It failed otherwise.
    Failed,
    /// A `BaseException` came: `KeyboardInterrupt`, or something like it.
    Interrupted,
    /// `asyncio.CancelledError` came.
    Cancelled,
}
