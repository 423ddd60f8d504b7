//! What the application asks of its driver.

use crate::pool::{Client, Command, ConnectionId};
use crate::sql::Statement;
use crate::time::Span;

/// Work for the driver, on behalf of a client of one generation of the pool. The driver owes one [`Report`](super::Report) for
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order {
    /// The generation of the pool that asks: 0 for the first, one more after each swap.
    pub generation: u32,
    /// The client on whose behalf it is.
    pub client: Client,
    /// What to do.
    pub job: Job,
}

/// What a driver can be asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Job {
    /// A command of the pool. Report: `Answered`.
    Pool(Command),
    /// The request's own statements on this connection, which take this long when alone. Report: `Worked`, `Failed` or `Lost`.
    Work(ConnectionId, Span),
    /// The rollback of a transaction that the request left open, before it gives this connection back. Report: `Worked`, `Failed`
    /// or `Lost`.
    Rollback(ConnectionId),
    /// One statement of a view on this connection, which takes this long when alone; a commit or rollback takes only as long as
    /// the network. Report: `Executed`, `Failed` or `Lost`.
    Execute(ConnectionId, Statement, Span),
}
