//! SQLAlchemy's pool events, and which listeners there are for them.

use super::{ConnectionId, Exception, RecordId};
use std::ops::BitOr;

/// The name of a pool event: what a listener is registered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Hook {
    /// `first_connect`: once a pool, until it has run without raising.
    FirstConnect,
    /// `connect`: for each connection opened.
    Connect,
    /// `checkout`: before a connection is handed out.
    Checkout,
    /// `reset`: before a connection is reset.
    Reset,
    /// `checkin`: before a record returns.
    Checkin,
    /// `invalidate`: a connection is thrown away.
    Invalidate,
    /// `soft_invalidate`: a connection is to be replaced later.
    SoftInvalidate,
    /// `close`: before a pooled connection is closed.
    Close,
    /// `detach`: a connection has left the pool.
    Detach,
    /// `close_detached`: before a detached connection is closed.
    CloseDetached,
}

impl Hook {
    /// All ten, in the order of their numbers.
    pub const ALL: [Hook; 10] = [
        Hook::FirstConnect,
        Hook::Connect,
        Hook::Checkout,
        Hook::Reset,
        Hook::Checkin,
        Hook::Invalidate,
        Hook::SoftInvalidate,
        Hook::Close,
        Hook::Detach,
        Hook::CloseDetached,
    ];

    /// SQLAlchemy's name of the event.
    pub const fn name(self) -> &'static str {
        match self {
            Hook::FirstConnect => "first_connect",
            Hook::Connect => "connect",
            Hook::Checkout => "checkout",
            Hook::Reset => "reset",
            Hook::Checkin => "checkin",
            Hook::Invalidate => "invalidate",
            Hook::SoftInvalidate => "soft_invalidate",
            Hook::Close => "close",
            Hook::Detach => "detach",
            Hook::CloseDetached => "close_detached",
        }
    }
}

/// A set of events.
///
/// ```
/// use valet::pool::{Hook, Hooks};
/// let both = Hooks::of(Hook::Connect) | Hooks::of(Hook::Checkout);
/// assert!(both.contains(Hook::Connect) && !both.contains(Hook::Checkin));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hooks(u16);

impl Hooks {
    /// No event.
    pub const NONE: Hooks = Hooks(0);
    /// Every event.
    pub const ALL: Hooks = Hooks((1 << 10) - 1);

    /// Just this one.
    pub const fn of(hook: Hook) -> Hooks {
        Hooks(1 << hook as u16)
    }

    /// Whether the event is in the set.
    pub const fn contains(self, hook: Hook) -> bool {
        self.0 & (1 << hook as u16) != 0
    }
}

impl BitOr for Hooks {
    type Output = Hooks;
    fn bitor(self, other: Hooks) -> Hooks {
        Hooks(self.0 | other.0)
    }
}

/// One of SQLAlchemy's pool events, with its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// The first connection of this pool was opened.
    FirstConnect(ConnectionId, RecordId),
    /// A connection was opened.
    Connect(ConnectionId, RecordId),
    /// A connection is about to be handed out.
    Checkout(ConnectionId, RecordId),
    /// A connection is about to be reset: `PoolResetState`.
    Reset {
        /// The connection.
        connection: ConnectionId,
        /// Its record, unless detached.
        record: Option<RecordId>,
        /// The client just rolled back by itself.
        transaction_was_reset: bool,
        /// The connection will not be pooled again.
        terminate_only: bool,
        /// Statements can be run: not so when an asynchronous connection is garbage-collected.
        asyncio_safe: bool,
    },
    /// A record returns to the pool, with its connection if it still has one.
    Checkin(Option<ConnectionId>, RecordId),
    /// A connection is thrown away.
    Invalidate(ConnectionId, RecordId, Option<Exception>),
    /// A connection is to be replaced at its next checkout.
    SoftInvalidate(ConnectionId, RecordId, Option<Exception>),
    /// A connection is about to be closed. SQLAlchemy does not tell its listeners why; here it is said.
    Close(ConnectionId, RecordId, Cause),
    /// A connection has left the pool with its client.
    Detach(ConnectionId, RecordId),
    /// A detached connection is about to be closed.
    CloseDetached(ConnectionId),
    /// A `finalize_callback` of the record runs, with the number that [`Input::Finalizer`](super::Input::Finalizer)
    /// gave it. No listener is asked.
    Finalizer(ConnectionId, u32),
}

/// Why a pooled connection is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// Older than `pool_recycle`, found at checkout.
    Recycled,
    /// Opened before the pool was marked as a whole, found at checkout.
    PoolInvalidated,
    /// Soft-invalidated, found at checkout.
    SoftInvalidated,
    /// Invalidated now: dead, vetoed, failed or given up by its client.
    Invalidated,
    /// The queue is full; or the pool keeps none at all.
    Surplus,
    /// The pool is disposed of.
    Disposed,
    /// `SingletonThreadPool` has more threads than `pool_size`.
    Crowded,
}
