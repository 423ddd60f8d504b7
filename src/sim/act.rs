//! What a person or an outside event does to a world.

use super::setup::Setup;
use crate::pool::{Client, ConnectionId};
use crate::service::{Report, RequestSpec};
use crate::sql::Rows;
use crate::time::Span;

/// Something that is done to a world at a moment. A world's setup and its acts with their moments determine everything:
/// repeated, they give the same world.
#[derive(Debug, Clone, PartialEq)]
pub enum WorldAct {
    /// From now on the world has this setup. If the pool's settings change, a new pool takes over as with `Engine.dispose()`.
    /// The seed of a running world stays.
    Change(Box<Setup>),
    /// One more request comes.
    Arrive(RequestSpec),
    /// This many more requests come, all alike, at this interval.
    Send(RequestSpec, u32, Span),
    /// The task of the oldest request that is under way is cancelled. Threads cannot be cancelled.
    Cancel,
    /// The server restarts: every connection ends at once, and for a while the server takes no new ones.
    Restart,
    /// Another server takes over: the connections to the old one are dead without notice; new ones wait until the new server is
    /// there.
    Failover,
    /// For a while the network carries nothing.
    Cut,
    /// An administrator ends this one connection, as with `pg_terminate_backend()` or `KILL`. One that is not open is none to end.
    Kill(ConnectionId),
    /// A real connection was ended from outside, in a world that has no server of its own.
    Ended(ConnectionId),
    /// The real driver's report on an order, in a world that has no server of its own.
    Report {
        /// The pool's generation.
        generation: u32,
        /// The client of the order.
        client: Client,
        /// The result.
        report: Report,
        /// How many rows the `user` table has now, if that is known.
        rows: Option<u32>,
        /// The rows themselves, if the statement selected rows.
        found: Rows,
    },
}
