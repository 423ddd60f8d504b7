//! What a person, or the world outside, does to a world.

use super::setup::Setup;
use crate::pool::{Client, ConnectionId};
use crate::service::{Report, RequestSpec};
use crate::sql::Rows;
use crate::time::Span;

/// Something done to a world at a moment. A world's setup and its acts with their moments are the whole story: done
/// again, they give the same world.
#[derive(Debug, Clone, PartialEq)]
pub enum WorldAct {
    /// From now on the world is as if it had this setup; another pool takes over as `Engine.dispose()` does it. The seed
    /// of a running world stays.
    Change(Box<Setup>),
    /// One more request comes.
    Arrive(RequestSpec),
    /// So many more, alike, one after the other at this distance.
    Send(RequestSpec, u32, Span),
    /// The server restarts: every connection ends at once, and for a while it takes no new ones.
    Restart,
    /// Another server takes over: the connections to the old one are dead and nobody is told; new ones wait until it is there.
    Failover,
    /// For a while the network carries nothing.
    Cut,
    /// A real connection was ended by somebody else, in a world that has no server of its own.
    Ended(ConnectionId),
    /// The real driver's report on an order, in a world that has no server of its own.
    Report {
        /// The pool's generation.
        generation: u32,
        /// In whose name the order was.
        client: Client,
        /// What came of it.
        report: Report,
        /// How many rows the `user` table has now, if that is known.
        rows: Option<u32>,
        /// The rows themselves, if they were asked for.
        found: Rows,
    },
}
