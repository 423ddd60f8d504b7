//! What a request takes from its engine, and so how it gives it back.

/// What a request borrows. All are checked out in the same way; they differ in what happens on return, and in who learns of a
/// connection that is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Borrow {
    /// `with Session(engine)`: `close()` rolls back the transaction that is still open, before the pool sees the connection. If
    /// that fails, it raises, and the pool's other connections are marked as lost too. Then the pool resets the connection,
    /// because the Session does not say that it has rolled back.
    Session,
    /// `with engine.connect()`: the same, but a `Connection` says that it has rolled back, so the pool does not do it again.
    Connection,
    /// `with engine.begin()`, or a `Session` that commits: the commit is part of the statements, and no transaction is left. The
    /// pool resets the connection on return, and keeps it to itself if that fails.
    #[default]
    Begin,
    /// `engine.raw_connection()`: the driver's own connection. The pool resets it, and learns of no lost connection but by that.
    Raw,
}

impl Borrow {
    /// Whether giving back begins with a rollback of the request's own.
    pub const fn rolls_back(self) -> bool {
        matches!(self, Borrow::Session | Borrow::Connection)
    }
}
