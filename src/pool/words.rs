//! The vocabulary of the pool's two doors: what it is told ([`Input`]) and what it says ([`Output`]).

use super::{Error, Reset};

/// Whoever makes calls: a thread of the application. It is in at most one call and holds at most one connection.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The connection.
    pub connection: ConnectionId,
    /// Its record; `None` once detached.
    pub record: Option<RecordId>,
}

/// Something that happens to the pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    Invalidate(Client, Option<Reason>),
    /// `connection.invalidate(e, soft=True)`: let the next checkout replace it.
    SoftInvalidate(Client, Option<Reason>),
    /// A statement failed because the connection is gone: mark the whole pool, then invalidate.
    Disconnected(Client),
    /// `connection.detach()`: keep the connection, give the record back.
    Detach(Client),
    /// `pool.dispose()`, in this client's thread: close what is idle, forget what is out.
    Dispose(Client),
    /// The driver's answer to the command it had for this client.
    Answer(Client, Answer),
    /// The moment of [`Pool::next_timeout`](super::Pool::next_timeout) has come. Wakes one waiter: ask again for the next.
    Timeout,
}

/// Something the pool says. Read them with [`Pool::poll`](super::Pool::poll) until there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// Work for the driver on behalf of a client. It owes one [`Answer`].
    Do(Client, Command),
    /// News: one of SQLAlchemy's pool events.
    Tell(Client, Event),
    /// The client's call returns: with what it now holds, if anything, or with an error.
    Return(Client, Result<Option<Held>, Error>),
}

/// Work for the driver. The client is blocked until the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Open a connection for this record. Answers: `Opened`, `Failed`.
    Open(RecordId),
    /// Ask the connection whether it lives. Answers: `Done`, `Gone`, `Failed`.
    Ping(ConnectionId),
    /// Roll back or commit. Answers: `Done`, `Gone`, `Failed`.
    Reset(ConnectionId, Reset),
    /// Close politely (DBAPI `close`). Answers: `Done`, `Failed`: both mean closed.
    Close(ConnectionId),
    /// Close at once (the dialect's `do_terminate`). Answers: `Done`, `Failed`: both mean closed.
    Terminate(ConnectionId),
    /// Ask the listeners of the event just told. Answers: `Done`, `Failed`, and for checkout `Gone`, `AllGone`.
    Ask,
    /// The client may run again: it was notified or its time is up. When it really runs is the scheduler's choice,
    /// and somebody may be faster. Answer: `Done`.
    Wake,
}

/// The driver's answer to a [`Command`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A connection was opened and got this number.
    Opened(ConnectionId),
    /// It worked; nobody objected.
    Done,
    /// The connection is gone: the server closed it, or a listener raised `DisconnectionError`.
    Gone,
    /// A listener raised `InvalidatePoolError`: this connection is gone, and so must be all others.
    AllGone,
    /// It failed otherwise.
    Failed,
}

/// One of SQLAlchemy's pool events, with its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The first connection of this pool was opened.
    FirstConnect(ConnectionId, RecordId),
    /// A connection was opened.
    Connect(ConnectionId, RecordId),
    /// A connection is about to be handed out.
    Checkout(ConnectionId, RecordId),
    /// A connection is about to be reset.
    Reset {
        /// The connection.
        connection: ConnectionId,
        /// Its record, unless detached.
        record: Option<RecordId>,
        /// The client just rolled back by itself.
        transaction_was_reset: bool,
        /// The connection will not be pooled again.
        terminate_only: bool,
    },
    /// A record returns to the pool, with its connection if it still has one.
    Checkin(Option<ConnectionId>, RecordId),
    /// A connection is thrown away.
    Invalidate(ConnectionId, RecordId, Option<Reason>),
    /// A connection is to be replaced at its next checkout.
    SoftInvalidate(ConnectionId, RecordId, Option<Reason>),
    /// A connection is about to be closed.
    Close(ConnectionId, RecordId),
    /// A connection has left the pool with its client.
    Detach(ConnectionId, RecordId),
    /// A detached connection is about to be closed.
    CloseDetached(ConnectionId),
}

/// Why a connection is invalidated: the exception's kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The application's own exception.
    Client,
    /// The DBAPI says that the connection is gone.
    Disconnect,
    /// Another DBAPI error.
    Database,
    /// A checkout listener raised `DisconnectionError`.
    DisconnectionError,
    /// Another error of a listener.
    Listener,
    /// The ping found the connection dead, or a checkout listener raised `InvalidatePoolError`.
    InvalidatePoolError,
}
