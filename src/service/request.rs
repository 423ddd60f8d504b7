//! A request in progress.

use super::failure::Failure;
use super::request_spec::RequestSpec;
use crate::pool::Client;
use crate::sql::Fault;
use crate::time::{Instant, Span};

/// A request in progress.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request {
    pub generation: u32,
    pub number: u32,
    /// When it came.
    pub came: Instant,
    /// When it asked for its connection.
    pub asked: Instant,
    pub spec: RequestSpec,
    /// The outcome of its statements, once they are done.
    pub outcome: Result<(), Failure>,
    /// Why no connection could be opened for it, at the last failed attempt.
    pub refusal: Fault,
    pub stage: RequestStage,
    /// Whether it has its connection.
    pub has: bool,
    /// Whether it rolls back, in order to give its connection back.
    pub rolls_back: bool,
    /// Whether its user has given up waiting.
    pub abandoned: bool,
}

impl Request {
    /// Whether it wants a connection and has none yet.
    pub fn asks(&self) -> bool {
        !self.has && !matches!(self.stage, RequestStage::Computing | RequestStage::Queued)
    }

    /// Whether it simply gives its connection back once its statements are done, and is over then: it has no second connection,
    /// does not leak, does nothing outside the database, is no health check, and calls no view.
    #[inline]
    pub fn goes_home(&self) -> bool {
        let spec = &self.spec;
        let simple = !(spec.nested || spec.leaks) && spec.outside <= Span::ZERO && spec.probe.is_none();
        self.stage == RequestStage::First && simple && spec.view.is_none()
    }
}

/// What a request is doing about its connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RequestStage {
    /// It wants or has its first connection, and is not waiting for a second.
    First,
    /// It waits for a thread, and has not asked for a connection yet.
    Queued,
    /// It runs Python code, or waits for another service: it has no connection and wants none.
    Computing,
    /// It works outside the database, and holds its connection meanwhile: idle in transaction.
    Outside,
    /// It waits for a second client that asks for its second connection.
    Halfway,
    /// It is that second client, on behalf of this first one.
    Second(Client),
    /// It keeps its connection for ever.
    Leaked,
    /// It has its response and did not return its connection, which Python's garbage collector will give back.
    Forgotten,
}
