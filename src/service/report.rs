//! What the driver reports back.

use crate::pool::Answer;
use crate::sql::Reply;

/// What came of a [`Job`](super::Job).
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
