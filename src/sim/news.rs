//! The words between the application, its driver and its spectators.

use crate::flask::{Reply, Statement};
use crate::pool::{Answer, Client, Command, ConnectionId, Error, Output};
use crate::time::Span;

/// Work for the driver, on behalf of a client of one generation of the pool. It owes one [`Report`].
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

/// What came of a [`Job`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Report {
    /// The pool's command was carried out.
    Answered(Answer),
    /// The statements succeeded.
    Worked,
    /// The statements failed, but the connection lives.
    Failed,
    /// The connection turned out to be gone.
    Lost,
    /// The statement was carried out, with this reply.
    Executed(Reply),
}

/// What a spectator may want to know, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum News {
    /// A request came and was given this client and this number (from 1). One that asks for a second connection does so as
    /// a second client, whose number is the same with [`SECOND`] added.
    Arrived(Client, u32),
    /// The pool of this generation said something.
    Pool(u32, Output),
    /// The request is over, well or not.
    Left(Client, Result<(), Failure>),
    /// The request is answered but keeps its connection, for ever.
    Leaked(Client),
    /// The visitor went away, and the request goes on.
    GaveUp(Client),
    /// A pool of the next generation took over.
    Swapped(u32),
    /// A replaced pool has nothing out any more and is forgotten, and so is this connection of it: nobody will close it
    /// but the driver, as a DBAPI does when its connection is garbage collected.
    Collected(ConnectionId),
    /// The server, or something on the way, ended this connection. The pool does not know yet.
    Cut(ConnectionId),
    /// The request is in its view's Python, without a connection.
    Computes(Client),
    /// The request is in its view, and asks for a connection.
    Asks(Client),
}

/// Added to the number of a request whose second connection is meant.
pub const SECOND: u32 = 1 << 31;

/// Why a request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Failure {
    /// It got no connection.
    #[error(transparent)]
    Pool(#[from] Error),
    /// Its statements failed.
    #[error("the statement failed")]
    Statement,
    /// Its connection was gone when it used it.
    #[error("server closed the connection")]
    Lost,
    /// Its view raised something of its own, or what the database would not have.
    #[error("the view raised an exception")]
    Raised,
}
