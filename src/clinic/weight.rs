//! The one table of what speaks for which cause, and against which, and how much.
//!
//! Weights were chosen from what public threads came to: a pool's time-out alone is most often a connection held across an outside
//! call, then a leak, then a pool that is too small. They order the causes; they are no probabilities.

use super::cause::Cause;
use super::sign::Sign;

/// A row: a sign, what it speaks for or against, how much, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// What was seen.
    pub sign: Sign,
    /// The cause.
    pub cause: Cause,
    /// How much it speaks for it; below 0: against it.
    pub weight: i32,
    /// Why, in a sentence.
    pub says: &'static str,
}

macro_rules! weights {
    ($($sign:ident $($cause:ident $weight:literal $says:literal),+;)*) => {
        /// Every row.
        pub static WEIGHTS: &[Weight] = &[$($(
            Weight { sign: Sign::$sign, cause: Cause::$cause, weight: $weight, says: $says },
        )+)*];
    };
}

weights! {
    PoolTimeout
        HeldAcrossSlowWork 30 "All connections were out for the whole timeout. Most often they are held across something slow.",
        Leak 25 "All connections were out for the whole timeout. Connections that never come back look the same.",
        TooSmall 22 "All connections were out for the whole timeout. A pool that is too small looks the same.",
        ServerSlow 12 "All connections were out for the whole timeout. Slow statements look the same.",
        NestedCheckout 10 "All connections were out for the whole timeout. Requests that wait for each other look the same.",
        RetryStorm 6 "Time-outs are often answered with retries.",
        ThreadDeadlock 4 "Threads that wait for connections can block those that return them.",
        PoolSurprise 4 "The numbers in the error are those of the pool that is really there.";
    LongTrouble
        Leak 20 "The time-outs go on for ten minutes or longer: connections do not come back.",
        HeldAcrossSlowWork 5 "The time-outs go on for ten minutes or longer.",
        TooSmall -5 "A rush would be over by then.";
    Together
        TooSmall 10 "Several requests failed within two seconds, as after a rush.",
        NestedCheckout 9 "Several requests failed within two seconds: they had waited for each other.",
        Leak -8 "A leak fails one request after the other, not several at once.";
    StatusFull
        Leak 25 "Every status line shows all connections out.",
        HeldAcrossSlowWork 20 "Every status line shows all connections out.",
        TooSmall 10 "Every status line shows all connections out.";
    StatusGrowing
        Leak 40 "From status line to status line more connections are out.",
        HeldAcrossSlowWork 8 "From status line to status line more connections are out.";
    StatusRelaxed
        Leak -20 "After all were out, connections came back.",
        TooSmall 8 "After all were out, connections came back.";
    NotCheckedIn
        Leak 45 "The garbage collector found a connection that nobody had returned.",
        CancelledTasks 30 "The garbage collector found a connection; a cancelled task leaves one like that.",
        TooSmall -10 "A connection that is not returned is missing in a pool of any size.";
    MoreOutThanBack
        Leak 30 "The log has more checkouts than returns.",
        HeldAcrossSlowWork 12 "The log has more checkouts than returns.";
    AllBack
        Leak -25 "In this log every connection that was checked out was returned.";
    Cancelled
        CancelledTasks 25 "A task was cancelled, or timed out in asyncio.";
    Cancelling
        CancelledTasks 12 "Something in the program cancels tasks.";
    Async
        HeldAcrossSlowWork 4 "An asynchronous program has many requests in flight, and each may hold a connection while it awaits something else.",
        ThreadDeadlock -30 "The engine is asynchronous: no thread waits for a connection.";
    Sync
        CancelledTasks -25 "The driver is synchronous: no task is cancelled in it.";
    Fastapi
        HeldAcrossSlowWork 4 "A session from a dependency with yield is held until the response is sent.";
    Dependency
        HeldAcrossSlowWork 6 "A dependency opens the session: it holds its connection from the first statement on until the response is sent.";
    OutsideCall
        HeldAcrossSlowWork 18 "A call to another service stands beside the session.";
    Streaming
        HeldAcrossSlowWork 12 "A streaming response or a background task keeps the session until it ends.";
    IdleInTransaction
        HeldAcrossSlowWork 25 "The server shows sessions that are idle in a transaction: the program holds connections and does something else.",
        TransactionLeftOpen 20 "The server shows sessions that are idle in a transaction.",
        ServerSlow -15 "The server waits for the program, not the program for the server.",
        TooSmall -8 "Connections are held without work for them.";
    TooMany
        TooManyWorkers 30 "The server refused a connection because it has as many as it takes.",
        EnginePerRequest 12 "The server has as many connections as it takes; engines that nobody disposes of keep theirs.",
        Leak 4 "The server has as many connections as it takes.",
        TooSmall -10 "The pool wanted to open more than the server allows: a larger one would ask for even more.";
    Processes
        TooManyWorkers 12 "Several processes wrote this, and each has a pool of its own.";
    EngineInFunction
        EnginePerRequest 40 "create_engine is called inside a function.";
    NullPool
        EnginePerRequest 4 "NullPool opens a connection for each checkout.",
        SessionState -5 "NullPool keeps no connection, so none can remember anything.";
    Gone
        IdleLimit 30 "A connection that lay in the pool was dead when it was used.",
        Restart 20 "A restart of the server looks the same.",
        TransactionLeftOpen 10 "A transaction that was silent for too long looks the same.",
        Firewall 8 "A load balancer that closes silent connections looks the same.",
        Failover 5 "A failover looks the same.";
    LostInQuery
        Restart 25 "The connection was lost in the middle of a statement.",
        ServerSlow 10 "The statement may have been ended because it took too long.",
        Firewall 10 "Something on the way may have dropped the connection.",
        IdleLimit 6 "The connection may have been closed before the statement.";
    IdleSession
        IdleLimit 40 "The server says that it ended the session because it was idle.";
    IdleTransaction
        TransactionLeftOpen 50 "The server says that it ended a transaction in which nothing happened.",
        HeldAcrossSlowWork 20 "A transaction in which nothing happens is a connection that is held for nothing.",
        IdleLimit -10 "The connection was out, not idle in the pool.";
    Administrator
        Restart 40 "The server says that an administrator’s command ended the session.",
        Failover 20 "A failover ends sessions with the same words.";
    Restarting
        Restart 30 "The server says that it is starting up or shutting down.";
    NoAnswer
        Firewall 35 "No answer came: what was sent was lost on the way.",
        Failover 20 "No answer came: the old server may be gone.";
    Proxy
        Firewall 10 "Something stands between the program and the server.",
        IdleLimit 10 "A proxy has a limit of its own for idle connections.";
    Failover
        Failover 35 "The paste speaks of a failover, or of a server that only reads.";
    PendingRollback
        SessionMisuse 20 "The session was used on after an error, without rollback().",
        TransactionLeftOpen 10 "The connection was lost inside a transaction.";
    PrePing
        IdleLimit -40 "pool_pre_ping is on: an idle connection is tested before it is handed out.",
        Restart -15 "pool_pre_ping is on: it finds dead connections at checkout.",
        TransactionLeftOpen 25 "pool_pre_ping is on, and cannot help a connection that is already out.",
        PingRaised 3 "pool_pre_ping is on.";
    Recycle
        IdleLimit -10 "pool_recycle is on: connections older than that are replaced at checkout.";
    BadRecord
        Fork 50 "TLS found records out of order: two processes use one socket.",
        IdleLimit -25 "An idle connection that was closed does not mix up records.",
        Restart -15 "A restart does not mix up records.";
    SharedConnection
        Fork 35 "Answers do not belong to the statements: two users share one connection.",
        SessionMisuse 15 "Threads or tasks that share one connection look the same.";
    Fork
        Fork 15 "Processes are forked, perhaps after a connection was opened.";
    Retries
        RetryStorm 32 "Failed requests are sent again.";
    SlowStatements
        ServerSlow 30 "Statements were cancelled or waited for locks.";
    Refused
        PoolSurprise 60 "The settings and the pool’s class do not fit.";
    RemovedFlaskKeys
        PoolSurprise 45 "Flask-SQLAlchemy has not read SQLALCHEMY_POOL_SIZE and the like since 3.0, and says nothing.";
    OtherNumbers
        PoolSurprise 50 "The error has other numbers than your configuration.";
    PingRaised
        PingRaised 50 "The error was raised by the ping.";
    TwoCheckouts
        NestedCheckout 40 "Two lines of one traceback open a connection, one inside the other.";
    ThreadPool
        ThreadDeadlock 45 "Endpoints or dependencies run in a pool of threads.";
    Unreachable
        ServerUnreachable 50 "The error says that no connection could be opened.";
    Misuse
        SessionMisuse 40 "The error is about how a session or connection is used.";
    ReadOnlyDatabase
        FileReplaced 50 "The connection leads to a file that was removed or cannot be written.";
    DatabaseLocked
        WriterLock 50 "SQLite says that another connection is writing.";
    LeftState
        SessionState 50 "Something that an earlier user of the connection made is still there.";
}
