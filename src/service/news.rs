//! What the application tells its observers.

use super::failure::Failure;
use crate::pool::{Client, ConnectionId, Output};

/// What an observer may want to know, in the order in which it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum News {
    /// A request came and was given this client and this number (from 1). If it asks for a second connection, it does so as a
    /// second client, whose number is the same with [`SECOND`] added.
    Arrived(Client, u32),
    /// The pool of this generation said something.
    Pool(u32, Output),
    /// The request is over, successful or not.
    Left(Client, Result<(), Failure>),
    /// The request has its response, but keeps its connection for ever.
    Leaked(Client),
    /// The user gave up waiting, but the request goes on.
    GaveUp(Client),
    /// A pool of the next generation took over.
    Swapped(u32),
    /// A replaced pool with nothing checked out is forgotten, and with it this idle connection: only the driver will close it,
    /// as a DBAPI does when a connection is garbage-collected.
    Collected(ConnectionId),
    /// The server, or something on the way, ended this connection. The pool does not know yet.
    Cut(ConnectionId),
    /// The request runs its view's Python code, without a connection.
    Computes(Client),
    /// The request is in its view and asks for a connection.
    Asks(Client),
    /// The request has a transaction open and runs no statement in it, or does again: idle in transaction, as the server calls it.
    Idles(Client, bool),
    /// The request is about to give this connection back, and rolls back the transaction that it left open.
    RollsBack(Client, ConnectionId),
}

/// Added to the number of a request to mean its second connection.
pub const SECOND: u32 = 1 << 31;
