//! Why a request fails.

use crate::pool::Error;

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
