//! What the application asks of its driver.

use crate::pool::{Client, Command, ConnectionId};
use crate::sql::Statement;
use crate::time::Span;

/// Work for the driver, on behalf of a client of one generation of the pool. It owes one [`Report`](super::Report).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order {
    /// Which pool asks: 0 for the first, one more after each swap.
    pub generation: u32,
    /// In whose name.
    pub client: Client,
    /// What to do.
    pub job: Job,
}

/// What a driver can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Job {
    /// Something the pool needs. Report: `Answered`.
    Pool(Command),
    /// The request's own statements on this connection, which take so long when alone. Report: `Worked`, `Failed` or `Lost`.
    Work(ConnectionId, Span),
    /// One statement of a view on this connection, which takes so long when alone; a commit or rollback only as long as the
    /// network. Report: `Executed`, `Failed` or `Lost`.
    Execute(ConnectionId, Statement, Span),
}
