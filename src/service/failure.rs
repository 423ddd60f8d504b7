//! Why a request fails.

use crate::pool::Error;
use crate::sql;

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

impl Failure {
    /// The Python class with its module, as a traceback names it; of what a view raised, what the visitor gets instead.
    pub const fn class(&self) -> &'static str {
        match self {
            Failure::Pool(error) => sql::class_of(error),
            Failure::Statement | Failure::Lost => sql::OPERATIONAL_ERROR,
            Failure::Raised => "Internal Server Error",
        }
    }
}
