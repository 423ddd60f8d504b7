//! What a pool is made with: SQLAlchemy's names, units and defaults.

use super::{Class, Hooks};
use crate::time::Span;

/// The arguments of a pool, as `create_engine` passes them. Each class reads those it knows.
///
/// ```
/// use valet::pool::Settings;
/// let settings = Settings { pool_size: 3, max_overflow: 2, ..Settings::default() };
/// assert_eq!(settings.limit(), Some(5));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Which kind of pool.
    pub class: Class,
    /// The most connections kept idle; nothing is opened in advance. 0 means no limit at all. For
    /// `SingletonThreadPool`: of how many threads.
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
    /// How much is logged.
    pub echo_pool: Echo,
    /// What the pool must know of its dialect.
    pub dialect: Dialect,
    /// Which events have listeners.
    pub listeners: Listeners,
}

/// What is done to a connection when it comes back: `pool_reset_on_return`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Reset {
    /// Roll back, unless the client just did.
    #[default]
    Rollback,
    /// Commit, whatever the client did.
    Commit,
    /// Nothing.
    None,
}

/// How much of the pool's log is wanted: `echo_pool`. Errors are logged always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Echo {
    /// `None` or `False`, as long as the program sets no level of its own.
    #[default]
    Off,
    /// `True`: what is unusual.
    Info,
    /// `"debug"`: checkouts and checkins too.
    Debug,
}

/// What the pool must know of its dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The driver is asynchronous: what is garbage-collected cannot be rolled back.
    pub is_async: bool,
    /// An asynchronous driver that can close without waiting.
    pub has_terminate: bool,
    /// There is a dialect at all. A pool made by hand without one cannot ping.
    pub has_ping: bool,
}

/// Listeners: which events are told, and which are asked because a listener may raise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listeners {
    /// Each of these events is told ([`Output::Tell`](super::Output::Tell)).
    pub told: Hooks,
    /// After each of these the listeners are asked ([`Command::Ask`](super::Command::Ask)), and may raise.
    pub asked: Hooks,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings::DEFAULT
    }
}

impl Default for Dialect {
    fn default() -> Dialect {
        Dialect::DEFAULT
    }
}

impl Default for Listeners {
    fn default() -> Listeners {
        Listeners::WATCHING
    }
}

impl Dialect {
    /// A synchronous driver, as most are.
    pub const DEFAULT: Dialect = Dialect { is_async: false, has_terminate: false, has_ping: true };
}

impl Listeners {
    /// All events are told and nobody objects.
    pub const WATCHING: Listeners = Listeners { told: Hooks::ALL, asked: Hooks::NONE };
    /// No listeners at all.
    pub const NONE: Listeners = Listeners { told: Hooks::NONE, asked: Hooks::NONE };
    /// All events are told, and any listener may raise.
    pub const ASKED: Listeners = Listeners { told: Hooks::ALL, asked: Hooks::ALL };
}

impl Settings {
    /// SQLAlchemy's own: 5 + 10, 30 seconds, no recycling, no ping, oldest first, rollback.
    pub const DEFAULT: Settings = Settings {
        class: Class::QueuePool,
        pool_size: 5,
        max_overflow: 10,
        pool_timeout: Some(Span::from_secs(30)),
        pool_recycle: Span::from_secs(-1),
        pool_pre_ping: false,
        pool_use_lifo: false,
        pool_reset_on_return: Reset::Rollback,
        echo_pool: Echo::Off,
        dialect: Dialect::DEFAULT,
        listeners: Listeners::WATCHING,
    };

    /// The most connections that may be open at once, where there is such a number.
    pub fn limit(&self) -> Option<i64> {
        let limited = self.class.has_queue() && self.pool_size != 0 && self.max_overflow != -1;
        limited.then(|| self.pool_size.saturating_add(self.max_overflow).max(0))
    }

    /// `max_overflow` as the pool uses it: a pool without a size has no limit either (`impl.py:137`).
    pub(super) fn effective_overflow(&self) -> i64 {
        if self.pool_size == 0 { -1 } else { self.max_overflow }
    }
}
