//! What goes wrong between a driver and its server.

/// What went wrong, at the server or on the way to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Opening a connection: the server has as many as it takes.
    TooManyConnections,
    /// Opening: nobody listens, for the server is stopped.
    Refused,
    /// Opening: the network is cut meanwhile.
    Unreachable,
    /// Opening: no answer in time.
    ConnectTimeout,
    /// A connection was found dead: the server had closed it while it was idle.
    GoneAway,
    /// A connection was closed by the server in the middle of a statement.
    LostInQuery,
    /// No answer to a statement in time.
    ReadTimeout,
    /// The statement failed on a connection that lives: it waited for a lock for too long.
    Locked,
}

impl Fault {
    /// All eight.
    pub const ALL: [Fault; 8] = [
        Fault::TooManyConnections,
        Fault::Refused,
        Fault::Unreachable,
        Fault::ConnectTimeout,
        Fault::GoneAway,
        Fault::LostInQuery,
        Fault::ReadTimeout,
        Fault::Locked,
    ];

    /// Whether it ends a connection that was open.
    pub const fn is_disconnect(self) -> bool {
        matches!(self, Fault::GoneAway | Fault::LostInQuery | Fault::ReadTimeout)
    }

    /// What happened, in a few words for everybody.
    pub const fn words(self) -> &'static str {
        match self {
            Fault::TooManyConnections => "the server takes no more",
            Fault::Refused => "it was refused",
            Fault::Unreachable => "the network was cut",
            Fault::ConnectTimeout | Fault::ReadTimeout => "no answer came in time",
            Fault::GoneAway => "its connection was dead",
            Fault::LostInQuery => "its connection was lost in the middle of a statement",
            Fault::Locked => "its statement failed",
        }
    }
}
