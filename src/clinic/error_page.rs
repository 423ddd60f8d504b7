//! The named errors: what each says, what it does not say, and what it comes from.

use super::cause::Cause;
use crate::paste::{Gone, Kind};

/// An error that people look up.
#[derive(Debug)]
pub struct ErrorPage {
    /// Its name in addresses.
    pub name: &'static str,
    /// The text that people see.
    pub text: &'static str,
    /// What it says.
    pub says: &'static str,
    /// What it does not say.
    pub says_not: &'static str,
    /// What to do first.
    pub first: &'static str,
    /// The causes, likeliest first.
    pub causes: &'static [Cause],
    about: fn(&Kind) -> bool,
}

impl PartialEq for ErrorPage {
    fn eq(&self, other: &ErrorPage) -> bool {
        self.name == other.name
    }
}

impl ErrorPage {
    /// Whether a finding is this error.
    pub fn is_about(&self, kind: &Kind) -> bool {
        (self.about)(kind)
    }
}

/// Finds an error by its name.
pub fn error_page(name: &str) -> Option<&'static ErrorPage> {
    ERRORS.iter().find(|page| page.name == name)
}

/// The named errors.
pub static ERRORS: &[ErrorPage] = &[
    ErrorPage {
        name: "queuepool-limit",
        text: "QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00",
        says: "Every connection that this pool may open was out, and none came back for the whole of pool_timeout. The numbers are pool_size, the overflow at that moment, and pool_timeout in seconds.",
        says_not: "It does not say who holds the connections: the traceback is that of a request that waited. It does not say that the database is slow or down, and not that the pool is too small. The class is called QueuePool in asyncio, too.",
        first: "Look at the server while it happens. Sessions that are “idle in transaction” are held by your program across something else.",
        causes: &[
            Cause::HeldAcrossSlowWork,
            Cause::Leak,
            Cause::TooSmall,
            Cause::ServerSlow,
            Cause::NestedCheckout,
            Cause::ThreadDeadlock,
            Cause::RetryStorm,
            Cause::PoolSurprise,
            Cause::CancelledTasks,
        ],
        about: |kind| matches!(kind, Kind::PoolTimeout(_) | Kind::CutTimeout),
    },
    ErrorPage {
        name: "too-many-clients",
        text: "FATAL: sorry, too many clients already · (1040, 'Too many connections')",
        says: "The server has as many connections as it takes. It refused this one at once: the request did not wait in the pool.",
        says_not: "It does not say whose connections they are. Yours may be few beside those of other programs, replicas and consoles.",
        first: "Count the sessions at the server by program: SELECT application_name, client_addr, count(*) FROM pg_stat_activity GROUP BY 1, 2.",
        causes: &[Cause::TooManyWorkers, Cause::EnginePerRequest, Cause::Leak],
        about: |kind| matches!(kind, Kind::TooMany(_)),
    },
    ErrorPage {
        name: "gone-away",
        text: "(2006, 'MySQL server has gone away') · server closed the connection unexpectedly",
        says: "The connection was dead when a statement was sent on it. SQLAlchemy then marks the whole pool, and the next checkouts open new connections.",
        says_not: "It does not say who closed it, or when: the server, a proxy, a firewall or a restart. It is not a matter of the pool’s size.",
        first: "Ask whether it was idle in the pool or out with a request. pool_pre_ping and pool_recycle help the first only.",
        causes: &[Cause::IdleLimit, Cause::Restart, Cause::TransactionLeftOpen, Cause::Firewall, Cause::Failover],
        about: |kind| matches!(kind, Kind::Gone(gone) if !matches!(gone, Gone::SslClosed | Gone::EofDetected | Gone::NoAnswer)),
    },
    ErrorPage {
        name: "ssl-closed",
        text: "SSL connection has been closed unexpectedly · SSL SYSCALL error: EOF detected · decryption failed or bad record mac",
        says: "The encrypted connection ended, or holds records that do not belong together.",
        says_not: "It is not about certificates. “Closed” and “EOF” are a connection that was ended; “bad record mac” is a socket that two processes use.",
        first: "If “bad record mac” is among them, look for a fork after connecting. Otherwise treat it as “gone away”.",
        causes: &[Cause::Fork, Cause::Restart, Cause::IdleLimit, Cause::Firewall],
        about: |kind| matches!(kind, Kind::BadRecord | Kind::Gone(Gone::SslClosed | Gone::EofDetected)),
    },
    ErrorPage {
        name: "no-answer",
        text: "could not receive data from server: Connection timed out",
        says: "Something was sent on a connection and no answer came until TCP gave up.",
        says_not: "It does not say that the server is slow: most often it never got what was sent.",
        first: "Look at how long the request hung. Minutes speak for a load balancer or firewall that forgot the connection.",
        causes: &[Cause::Firewall, Cause::Failover],
        about: |kind| matches!(kind, Kind::Gone(Gone::NoAnswer)),
    },
    ErrorPage {
        name: "not-checked-in",
        text: "The garbage collector is trying to clean up non-checked-in connection",
        says: "A connection was lost by your code, and the garbage collector found it. “Will be terminated”: the driver closes it at once. “Will be dropped”: the driver cannot, and the server keeps its side for a while.",
        says_not: "It does not say who lost it. The place in the log is where the collector ran. Until then the connection counted as out, so time-outs can come first.",
        first: "Look for sessions that are opened without async with, and for generators that are left before their end.",
        causes: &[Cause::Leak, Cause::CancelledTasks],
        about: |kind| matches!(kind, Kind::NotCheckedIn(_)),
    },
    ErrorPage {
        name: "pending-rollback",
        text: "Can't reconnect until invalid transaction is rolled back",
        says: "A statement of this session failed before, and the session was used on without rollback().",
        says_not: "It is not the first error. That one stands above it, and is what has to be understood.",
        first: "Find the first error of the session, and call rollback() where it is caught.",
        causes: &[Cause::SessionMisuse, Cause::TransactionLeftOpen, Cause::Restart],
        about: |kind| matches!(kind, Kind::PendingRollback),
    },
    ErrorPage {
        name: "invalid-arguments",
        text: "Invalid argument(s) 'pool_size','max_overflow' sent to create_engine()",
        says: "The pool’s class does not take the arguments that are named. The class is the middle one of the three names in the message; it depends on the address and on poolclass.",
        says_not: "Arguments that are not named are right: pool_pre_ping, pool_recycle and pool_reset_on_return are taken by every class. pool_size is for the queue pools and SingletonThreadPool; max_overflow, pool_timeout and pool_use_lifo are for the queue pools only.",
        first: "Remove the named arguments where poolclass is NullPool or StaticPool, or where the address is SQLite in memory.",
        causes: &[Cause::PoolSurprise],
        about: |kind| matches!(kind, Kind::InvalidArguments { .. }),
    },
    ErrorPage {
        name: "database-is-locked",
        text: "(sqlite3.OperationalError) database is locked",
        says: "Another connection was writing, for longer than SQLite’s timeout of 5 s.",
        says_not: "It is not the pool’s time-out, and a larger pool makes it more frequent: more connections want to write.",
        first: "Keep transactions that write short, and nothing slow inside them. WAL mode lets readers go on.",
        causes: &[Cause::WriterLock],
        about: |kind| matches!(kind, Kind::DatabaseLocked),
    },
    ErrorPage {
        name: "readonly-database",
        text: "attempt to write a readonly database",
        says: "The connection leads to a file that cannot be written. If the file was removed or replaced, the pool still has a connection to the old one.",
        says_not: "It does not say that the new file is wrong: reads are answered from the old one.",
        first: "Call engine.dispose() before the file is removed. Since SQLAlchemy 2.0 SQLite files have a QueuePool.",
        causes: &[Cause::FileReplaced],
        about: |kind| matches!(kind, Kind::ReadOnlyDatabase),
    },
    ErrorPage {
        name: "detached-instance",
        text: "DetachedInstanceError: Instance is not bound to a Session",
        says: "An object was asked for something that must be loaded, after its session was closed.",
        says_not: "It is not about connections: the pool has its connection back.",
        first: "Load what is needed before the session is closed, or set expire_on_commit=False.",
        causes: &[Cause::SessionMisuse],
        about: |kind| matches!(kind, Kind::Detached),
    },
    ErrorPage {
        name: "greenlet-spawn",
        text: "greenlet_spawn has not been called; can't call await_only() here",
        says: "Something was loaded outside of an await: mostly an attribute that was not loaded or has expired.",
        says_not: "It is not about the pool.",
        first: "Load relationships with the query, or use expire_on_commit=False.",
        causes: &[Cause::SessionMisuse],
        about: |kind| matches!(kind, Kind::GreenletSpawn),
    },
    ErrorPage {
        name: "concurrent-session",
        text: "This session is provisioning a new connection; concurrent operations are not permitted",
        says: "Two tasks used one session at the same time.",
        says_not: "That it works if the session has its connection already does not make it right: the statements then run one after the other.",
        first: "Give each task a session of its own.",
        causes: &[Cause::SessionMisuse],
        about: |kind| matches!(kind, Kind::ConcurrentSession | Kind::ConcurrentConnection),
    },
    ErrorPage {
        name: "already-checked-out",
        text: "AssertionError: connection is already checked out at",
        says: "AssertionPool lends one connection, and it was asked for a second one. The stack in the message is that of the first checkout.",
        says_not: "It is no fault of the database. AssertionPool is there to find exactly this.",
        first: "Look at both stacks: one request takes two connections, or two run at once.",
        causes: &[Cause::PoolSurprise, Cause::NestedCheckout],
        about: |kind| matches!(kind, Kind::Assertion),
    },
    ErrorPage {
        name: "connection-refused",
        text: "connection to server failed: Connection refused",
        says: "No connection could be opened: nothing listens at that address.",
        says_not: "It is not the pool. Connections that are open go on.",
        first: "Try the same address from the same machine with psql or mysql.",
        causes: &[Cause::ServerUnreachable, Cause::Restart],
        about: |kind| matches!(kind, Kind::Unreachable(_)),
    },
    ErrorPage {
        name: "mixed-up-answers",
        text: "This result object does not return rows · PGRES_TUPLES_OK · Commands out of sync",
        says: "The answer does not belong to the statement: two users share one connection.",
        says_not: "Answers that looked right may have been somebody else’s, too. Do not trust what was written meanwhile.",
        first: "Look for a fork after connecting, then for threads or tasks that share a session.",
        causes: &[Cause::Fork, Cause::SessionMisuse],
        about: |kind| matches!(kind, Kind::SharedConnection),
    },
    ErrorPage {
        name: "left-over-state",
        text: "There is already an object named '#stage' · prepared statement \"__asyncpg_stmt_1__\" already exists",
        says: "Something that an earlier user of the connection made is still there. On return the pool rolls back, and that does not remove it.",
        says_not: "The rollback is not missing. “reset, transaction already reset” in the log means that close() had done it.",
        first: "Use NullPool, or a reset listener that clears the state. Behind a pooler in transaction mode, switch prepared statements off.",
        causes: &[Cause::SessionState],
        about: |kind| matches!(kind, Kind::LeftState | Kind::PreparedStatement),
    },
];
