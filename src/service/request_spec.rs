//! What one request is for.

use crate::apps::flask::View;
use crate::time::Span;

/// What one visitor wants, whatever pool there is: drawn as it comes, and the same when it comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RequestSpec {
    /// How long its statements take, alone on the server.
    pub takes: Span,
    /// It asks for a second connection halfway, and holds the first meanwhile.
    pub nested: bool,
    /// It never gives its connection back.
    pub leaks: bool,
    /// How often it has come before.
    pub tries: u32,
    /// It calls this view, whose statements take so long each, instead of making its statements at once.
    pub view: Option<View>,
}
