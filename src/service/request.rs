//! A request on its way.

use super::failure::Failure;
use super::request_spec::RequestSpec;
use crate::pool::Client;
use crate::sql::Fault;
use crate::time::Instant;

/// A request while it is on its way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request {
    pub generation: u32,
    pub number: u32,
    /// When it asked for its connection.
    pub asked: Instant,
    pub spec: RequestSpec,
    /// What its statements came to, once it has made them.
    pub outcome: Result<(), Failure>,
    /// Why no connection could be opened for it, when that was last tried in vain.
    pub refusal: Fault,
    pub stage: Stage,
    /// It has its connection.
    pub has: bool,
    /// Its visitor went away.
    pub abandoned: bool,
}

impl Request {
    /// It wants a connection and has none yet.
    pub fn asks(&self) -> bool {
        !self.has && self.stage != Stage::Computing
    }

    /// Once its statements are made it gives its connection back, and nobody else's depends on that.
    #[inline]
    pub fn goes_home(&self) -> bool {
        self.stage == Stage::First && !(self.spec.nested || self.spec.leaks) && self.spec.view.is_none()
    }
}

/// How far a request is with its connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It has no second connection, or no need of one.
    First,
    /// It is in its view's Python: it has no connection and wants none.
    Computing,
    /// It waits for this client, which gets it a second one.
    Halfway,
    /// This is that client, on behalf of that request.
    Second(Client),
    /// It keeps its connection for ever.
    Leaked,
    /// It is answered and has forgotten its connection, which Python's garbage collector will give back.
    Forgotten,
}
