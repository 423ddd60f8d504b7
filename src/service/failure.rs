//! Why a request fails.

use crate::sql::{ConnectError, Fault, StatementError};

/// Why a request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Failure {
    /// It got no connection.
    #[error("{0}")]
    Pool(ConnectError),
    /// Its statements failed.
    #[error("{0}")]
    Statement(StatementError),
    /// Its connection was gone when it used it.
    #[error("{0}")]
    Lost(StatementError),
    /// Its view raised something of its own, or what the database would not have.
    #[error("the view raised an exception")]
    Raised,
}

impl Failure {
    /// The Python class with its module, as a traceback names it; of what a view raised, what the visitor gets instead.
    pub const fn class(&self) -> &'static str {
        match self {
            Failure::Pool(error) => error.class(),
            Failure::Statement(error) | Failure::Lost(error) => error.class(),
            Failure::Raised => "Internal Server Error",
        }
    }

    /// What went wrong at the server or on the way to it, if that is what went wrong.
    pub const fn fault(&self) -> Option<Fault> {
        match self {
            Failure::Pool(error) => error.fault(),
            Failure::Statement(StatementError { error, .. }) | Failure::Lost(StatementError { error, .. }) => {
                Some(error.fault)
            }
            Failure::Raised => None,
        }
    }

    /// Whether the wait for a connection was too long.
    pub const fn is_timeout(&self) -> bool {
        match self {
            Failure::Pool(error) => error.is_timeout(),
            Failure::Statement(_) | Failure::Lost(_) | Failure::Raised => false,
        }
    }
}
