//! What the application tells its spectators.

use super::failure::Failure;
use crate::pool::{Client, ConnectionId, Output};

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
