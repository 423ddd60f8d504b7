//! What the driver reports back.

use crate::pool::Answer;
use crate::sql::{Fault, Reply};

/// The result of a [`Job`](super::Job).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Report {
    /// The pool's command was carried out.
    Answered(Answer),
    /// No connection could be opened, for this reason. The pool gets [`Answer::Failed`].
    Refused(Fault),
    /// The statements succeeded.
    Worked,
    /// The statements failed, but the connection is alive.
    Failed,
    /// The connection turned out to be lost, in this way.
    Lost(Fault),
    /// The statement was carried out, with this reply.
    Executed(Reply),
}
