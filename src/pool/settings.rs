//! What a pool is made with: SQLAlchemy's names, units and defaults.

use crate::time::Span;

/// The arguments of `QueuePool`, as `create_engine` passes them.
///
/// ```
/// use valet::pool::Settings;
/// let settings = Settings { pool_size: 3, max_overflow: 2, ..Settings::default() };
/// assert_eq!(settings.limit(), Some(5));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Which of SQLAlchemy's pools.
    pub class: Class,
    /// What the pool must know of the dialect.
    pub dialect: Dialect,
    /// The most connections kept idle; nothing is opened in advance. 0 means no limit at all.
    pub pool_size: i64,
    /// How many connections beyond `pool_size` may be open at once; -1 means no limit.
    pub max_overflow: i64,
    /// How long a checkout waits when all are out; `None` waits for ever. Negative is an error, found once the count
    /// is at its limit.
    pub pool_timeout: Option<Span>,
    /// At checkout, a connection older than this is replaced. -1 second and less: never.
    pub pool_recycle: Span,
    /// Ask each connection that was idle whether it is alive before handing it out.
    pub pool_pre_ping: bool,
    /// Hand out the connection returned last instead of the one idle longest.
    pub pool_use_lifo: bool,
    /// What ends a transaction that a client left open.
    pub pool_reset_on_return: Reset,
    /// Which listeners can object, and so must be asked. Those that only watch read the events.
    pub listeners: Listeners,
}

/// SQLAlchemy's pool classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Class {
    /// The usual one.
    #[default]
    QueuePool,
    /// The same for asyncio.
    AsyncAdaptedQueuePool,
    /// Keeps nothing.
    NullPool,
    /// One connection for all.
    StaticPool,
    /// One connection for each thread.
    SingletonThreadPool,
    /// One checkout at a time.
    AssertionPool,
}

impl Class {
    /// The name in Python.
    pub fn name(self) -> &'static str {
        match self {
            Class::QueuePool => "QueuePool",
            Class::AsyncAdaptedQueuePool => "AsyncAdaptedQueuePool",
            Class::NullPool => "NullPool",
            Class::StaticPool => "StaticPool",
            Class::SingletonThreadPool => "SingletonThreadPool",
            Class::AssertionPool => "AssertionPool",
        }
    }
}

/// What the pool must know of the dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dialect {
    /// For asyncio.
    pub is_async: bool,
    /// Can close a connection without waiting.
    pub has_terminate: bool,
}

/// What is done to a connection when it comes back: `pool_reset_on_return`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reset {
    /// Roll back, unless the client just did.
    #[default]
    Rollback,
    /// Commit, whatever the client did.
    Commit,
    /// Nothing.
    None,
}

/// Listeners that may raise, each to be asked by [`Command::Ask`](super::Command::Ask).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Listeners {
    /// A `connect` listener that may raise: the new connection is then thrown away.
    pub connect: bool,
    /// A `checkout` listener that may raise, `DisconnectionError` among others: the connection is then replaced.
    pub checkout: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings::DEFAULT
    }
}

impl Settings {
    /// SQLAlchemy's own: 5 + 10, 30 seconds, no recycling, no ping, oldest first, rollback.
    pub const DEFAULT: Settings = Settings {
        class: Class::QueuePool,
        dialect: Dialect { is_async: false, has_terminate: false },
        pool_size: 5,
        max_overflow: 10,
        pool_timeout: Some(Span::from_secs(30)),
        pool_recycle: Span::from_secs(-1),
        pool_pre_ping: false,
        pool_use_lifo: false,
        pool_reset_on_return: Reset::Rollback,
        listeners: Listeners { connect: false, checkout: false },
    };

    /// The most connections that may be open at once, where there is such a number.
    pub fn limit(&self) -> Option<i64> {
        let limited = self.pool_size != 0 && self.max_overflow != -1;
        limited.then(|| self.pool_size.saturating_add(self.max_overflow).max(0))
    }

    /// `max_overflow` as the pool uses it: a pool without a size has no limit either (`impl.py:137`).
    pub(super) fn effective_overflow(&self) -> i64 {
        if self.pool_size == 0 { -1 } else { self.max_overflow }
    }
}
