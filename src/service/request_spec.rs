//! What one request is for.

use crate::apps::View;
use crate::time::Span;

/// What one request needs, whatever the pool is. It is drawn when the request first comes, and stays the same for its retries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RequestSpec {
    /// How long its statements take, alone on the server.
    pub takes: Span,
    /// Whether it asks for a second connection halfway, while it holds the first.
    pub nested: bool,
    /// Whether it never gives its connection back.
    pub leaks: bool,
    /// How long it works outside the database after its statements: a call to another service, an email, a template.
    pub outside: Span,
    /// Whether it gives its connection back before it works outside, as a commit does, or the end of the `with` block.
    pub returns_early: bool,
    /// Whether it is a health check, and of which kind.
    pub probe: Option<Probe>,
    /// How many tries were made before this one.
    pub tries: u32,
    /// The view that it calls, if any. Then `takes` is the time of each of the view's statements.
    pub view: Option<View>,
}

impl RequestSpec {
    /// Whether it needs no thread: the event loop runs it.
    #[inline]
    pub fn is_on_loop(&self) -> bool {
        self.probe == Some(Probe::Loop) || self.view.is_some_and(|view| !view.needs_thread())
    }
}

/// A health check: somebody asks every few seconds whether the application lives, and waits for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Probe {
    /// It needs neither a thread nor a connection: an `async def` endpoint without a database.
    Loop,
    /// It needs a thread, but no connection: a `def` endpoint without a database.
    Thread,
    /// It needs what every request needs.
    Database,
}

impl Probe {
    /// Whether it does without a connection.
    pub const fn is_without_database(self) -> bool {
        matches!(self, Probe::Loop | Probe::Thread)
    }
}
