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
    /// Its connection was lost when it used it.
    #[error("{0}")]
    Lost(StatementError),
    /// Its view raised an exception of its own, or the database rejected a value.
    #[error("the view raised an exception")]
    Raised,
    /// Its task was cancelled. As in Python, there are no words for it but the class.
    #[error("")]
    Cancelled,
}

impl Failure {
    /// The Python class with its module, as a traceback names it. For an exception that a view raised, it is the page that the
    /// client gets.
    pub const fn class(&self) -> &'static str {
        match self {
            Failure::Pool(error) => error.class(),
            Failure::Statement(error) | Failure::Lost(error) => error.class(),
            Failure::Cancelled => "asyncio.exceptions.CancelledError",
            Failure::Raised => "Internal Server Error",
        }
    }

    /// What went wrong at the server or on the way to it, if the failure came from there.
    pub const fn fault(&self) -> Option<Fault> {
        match self {
            Failure::Pool(error) => error.fault(),
            Failure::Statement(StatementError { error, .. }) | Failure::Lost(StatementError { error, .. }) => {
                Some(error.fault)
            }
            Failure::Cancelled | Failure::Raised => None,
        }
    }

    /// Whether the wait for a connection was too long.
    pub const fn is_timeout(&self) -> bool {
        match self {
            Failure::Pool(error) => error.is_timeout(),
            Failure::Statement(_) | Failure::Lost(_) | Failure::Cancelled | Failure::Raised => false,
        }
    }
}
