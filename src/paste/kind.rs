//! What can be found in a paste.

use super::limit::{Limit, Status};
use crate::pool::Class;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The pool's own time-out.
    PoolTimeout(Limit),
    /// The pool's own time-out without its numbers: a link to its page, or a traceback that is cut off.
    CutTimeout,
    /// A line of `pool.status()`.
    Status(Status),
    /// The server, or a pooler before it, takes no more connections.
    TooMany(TooMany),
    /// A connection was dead when it was used.
    Gone(Gone),
    /// TLS found records that do not belong together: two processes use one socket.
    BadRecord,
    /// Answers that belong to somebody else: two users of one connection.
    SharedConnection,
    /// No connection could be opened, for a reason other than their number.
    Unreachable(Unreachable),
    /// An object was used after its session: `DetachedInstanceError`.
    Detached,
    /// A session whose transaction failed is used on: `PendingRollbackError`, or its text before there was that class.
    PendingRollback,
    /// The garbage collector found a connection that nobody had returned. Whether the driver could close it at once, if it says.
    NotCheckedIn(Option<bool>),
    /// `create_engine` refused arguments.
    InvalidArguments {
        /// Their names, in the order of the message.
        names: Vec<String>,
        /// The pool's class in the message.
        pool: Option<Class>,
    },
    /// A pool class that does not fit the engine.
    WrongPoolKind,
    /// `poolclass` is a text.
    PoolClassText,
    /// A text where a whole number is wanted.
    NotANumber,
    /// `pool_timeout` is negative.
    NegativeTimeout,
    /// SQLite: another connection writes.
    DatabaseLocked,
    /// SQLite: the file was removed or replaced while a connection was open.
    ReadOnlyDatabase,
    /// SQLite: a connection came to another thread.
    OtherThread,
    /// `AssertionPool`: a second checkout, or a second return.
    Assertion,
    /// A task was cancelled.
    Cancelled,
    /// A wait of asyncio's was too long.
    AsyncTimeout,
    /// I/O was tried outside of SQLAlchemy's greenlet: mostly an attribute that is loaded late.
    GreenletSpawn,
    /// Two tasks use one session at once.
    ConcurrentSession,
    /// Two tasks or threads use one connection at once.
    ConcurrentConnection,
    /// A connection is used in another event loop than it was made in.
    OtherLoop,
    /// A connection or result that is closed is used on.
    ResourceClosed,
    /// The rollback on return failed.
    ResetFailed,
    /// State that an earlier user of the connection left in its session.
    LeftState,
    /// A prepared statement that a pooler's other server connection does not know, or knows already.
    PreparedStatement,
    /// The server cancelled a statement because it took too long.
    StatementTimeout,
    /// A statement waited too long for a lock, or two waited for each other.
    LockWait,
    /// The server's list of sessions shows one that is idle in a transaction.
    IdleInTransaction,
    /// A server process of the application was killed because it did not answer.
    WorkerTimeout,
    /// The ping on checkout raised an error of its own.
    PingRaised,
    /// A line of the pool's log.
    PoolLog(PoolLine),
}

/// Who takes no more connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooMany {
    /// PostgreSQL: "sorry, too many clients already".
    Postgresql,
    /// PostgreSQL: what is left is reserved.
    PostgresqlReserved,
    /// PostgreSQL: the limit of a role or of a database.
    PostgresqlRole,
    /// MySQL or MariaDB: 1040.
    Mysql,
    /// MySQL or MariaDB: the limit of a user, 1203 or 1226.
    MysqlUser,
    /// PgBouncer or a pooler like it.
    Pooler,
    /// Oracle: no more processes or sessions.
    Oracle,
    /// SQL Server: no more sessions or workers.
    Mssql,
}

/// How a connection was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// MySQL or MariaDB: 2006, "server has gone away".
    GoneAway,
    /// MySQL or MariaDB: 2013, "lost connection during query".
    LostInQuery,
    /// PostgreSQL: "server closed the connection unexpectedly".
    ServerClosed,
    /// TLS was closed.
    SslClosed,
    /// "EOF detected".
    EofDetected,
    /// "connection reset by peer", "broken pipe".
    Reset,
    /// The driver knows already that it is closed.
    Closed,
    /// PostgreSQL ended an idle session.
    IdleSession,
    /// PostgreSQL ended a session that was idle in a transaction.
    IdleInTransaction,
    /// "terminating connection due to administrator command": a restart, a failover, or a person.
    Administrator,
    /// The server crashed, or is starting up or shutting down.
    Restarting,
    /// No answer came.
    NoAnswer,
    /// A server or proxy of another kind closed it.
    Other,
}

/// Why no connection could be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// Nobody listens there.
    Refused,
    /// The host's name is not known.
    UnknownHost,
    /// There is no way to it, or no answer from it.
    NoRoute,
    /// It does not let this user in.
    Denied,
}

/// Lines of the pool's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolLine {
    /// "checked out from pool" (DEBUG).
    CheckedOut,
    /// "being returned to pool" (DEBUG).
    Returned,
    /// "rollback-on-return", "commit-on-return", "reset, transaction already reset" (DEBUG).
    Reset,
    /// "Created new connection" (DEBUG).
    Created,
    /// "Closing connection", "Hard-closing connection" (DEBUG).
    Closed,
    /// "Pool pre-ping on connection" (DEBUG).
    Ping,
    /// "Pool pre-ping ... failed".
    PingFailed,
    /// "exceeded timeout; recycling" (INFO).
    Recycled,
    /// "Invalidate connection", "invalidated due to pool invalidation" (INFO).
    Invalidated,
    /// "Exception closing connection", "Exception terminating connection" (ERROR).
    CloseFailed,
    /// "Pool disposed" (INFO).
    Disposed,
    /// "Pool recreating" (INFO).
    Recreated,
    /// "Error on connect()" (DEBUG).
    ConnectFailed,
}

impl Kind {
    /// Its name in fixtures and addresses.
    pub const fn name(&self) -> &'static str {
        match self {
            Kind::PoolTimeout(_) => "pool-timeout",
            Kind::CutTimeout => "cut-timeout",
            Kind::Status(_) => "pool-status",
            Kind::TooMany(_) => "too-many",
            Kind::Gone(_) => "gone",
            Kind::BadRecord => "bad-record",
            Kind::SharedConnection => "shared-connection",
            Kind::Unreachable(_) => "unreachable",
            Kind::Detached => "detached",
            Kind::PendingRollback => "pending-rollback",
            Kind::NotCheckedIn(_) => "not-checked-in",
            Kind::InvalidArguments { .. } => "invalid-arguments",
            Kind::WrongPoolKind => "wrong-pool-kind",
            Kind::PoolClassText => "pool-class-text",
            Kind::NotANumber => "not-a-number",
            Kind::NegativeTimeout => "negative-timeout",
            Kind::DatabaseLocked => "database-locked",
            Kind::ReadOnlyDatabase => "read-only-database",
            Kind::OtherThread => "other-thread",
            Kind::Assertion => "assertion-pool",
            Kind::Cancelled => "cancelled",
            Kind::AsyncTimeout => "async-timeout",
            Kind::GreenletSpawn => "greenlet-spawn",
            Kind::ConcurrentSession => "concurrent-session",
            Kind::ConcurrentConnection => "concurrent-connection",
            Kind::OtherLoop => "other-loop",
            Kind::ResourceClosed => "resource-closed",
            Kind::ResetFailed => "reset-failed",
            Kind::LeftState => "left-state",
            Kind::PreparedStatement => "prepared-statement",
            Kind::StatementTimeout => "statement-timeout",
            Kind::LockWait => "lock-wait",
            Kind::IdleInTransaction => "idle-in-transaction",
            Kind::WorkerTimeout => "worker-timeout",
            Kind::PingRaised => "ping-raised",
            Kind::PoolLog(_) => "pool-log",
        }
    }

    /// What it is called.
    pub const fn title(&self) -> &'static str {
        match self {
            Kind::PoolTimeout(_) => "Pool timeout",
            Kind::CutTimeout => "Pool timeout, without its numbers",
            Kind::Status(_) => "Pool status",
            Kind::TooMany(_) => "Too many connections",
            Kind::Gone(_) => "Connection lost",
            Kind::BadRecord => "Broken encrypted stream",
            Kind::SharedConnection => "Shared connection",
            Kind::Unreachable(_) => "Server not reached",
            Kind::Detached => "Detached object",
            Kind::PendingRollback => "Pending rollback",
            Kind::NotCheckedIn(_) => "Not checked in",
            Kind::InvalidArguments { .. } => "Invalid arguments",
            Kind::WrongPoolKind => "Wrong kind of pool",
            Kind::PoolClassText => "Pool class as text",
            Kind::NotANumber => "Not a number",
            Kind::NegativeTimeout => "Negative timeout",
            Kind::DatabaseLocked => "Database locked",
            Kind::ReadOnlyDatabase => "Read-only database",
            Kind::OtherThread => "Connection in another thread",
            Kind::Assertion => "Second checkout",
            Kind::Cancelled => "Cancelled task",
            Kind::AsyncTimeout => "asyncio timeout",
            Kind::GreenletSpawn => "Load outside of await",
            Kind::ConcurrentSession => "Session used by several at once",
            Kind::ConcurrentConnection => "Connection used by several at once",
            Kind::OtherLoop => "Another event loop",
            Kind::ResourceClosed => "Closed already",
            Kind::ResetFailed => "Reset failed",
            Kind::LeftState => "State left on a connection",
            Kind::PreparedStatement => "Prepared statement",
            Kind::StatementTimeout => "Statement timeout",
            Kind::LockWait => "Lock wait",
            Kind::IdleInTransaction => "Idle in transaction",
            Kind::WorkerTimeout => "Worker timeout",
            Kind::PingRaised => "Ping raised",
            Kind::PoolLog(_) => "Pool log",
        }
    }

    /// How telling it is: what is lower comes first. What only follows from something else is last.
    pub(super) const fn rank(&self) -> u8 {
        match self {
            Kind::PoolTimeout(_) | Kind::CutTimeout => 0,
            Kind::NotCheckedIn(_) | Kind::BadRecord | Kind::InvalidArguments { .. } => 1,
            Kind::TooMany(_) | Kind::SharedConnection | Kind::PingRaised => 2,
            Kind::Gone(_) | Kind::Assertion | Kind::DatabaseLocked | Kind::ReadOnlyDatabase => 3,
            Kind::Status(_) | Kind::IdleInTransaction | Kind::LeftState | Kind::PreparedStatement => 4,
            Kind::PoolLog(_) => 7,
            Kind::Cancelled | Kind::AsyncTimeout | Kind::WorkerTimeout | Kind::ResetFailed => 6,
            _ => 5,
        }
    }
}
