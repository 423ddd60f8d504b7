//! What a request does with its connection, and what its visitor does meanwhile.

use super::rng_stream::RngStream;
use crate::service::RequestSpec;
use crate::time::Span;

/// How the time of a request's statements is spread about its mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Always the same.
    Constant,
    /// Exponential: most are short, some long. What queueing theory likes best.
    Exponential,
    /// Lognormal, with a standard deviation of the logarithm of 1: most are short, a few are very long, as in life.
    Lognormal,
}

/// What requests do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Work {
    /// How the time of the statements is spread.
    pub shape: Shape,
    /// The mean time of the statements, alone on the server.
    pub mean: Span,
    /// The share of requests that are slow reports instead, from 0 to 1.
    pub slow_share: f64,
    /// How long such a report takes, and a long transaction.
    pub slow: Span,
    /// The share of requests that ask for a second connection while they hold the first, from 0 to 1.
    pub nested_share: f64,
    /// The share of requests that never give their connection back, from 0 to 1.
    pub leak_share: f64,
}

impl Work {
    /// The same for all.
    pub const fn constant(mean: Span) -> Work {
        Work {
            shape: Shape::Constant,
            mean,
            slow_share: 0.0,
            slow: Span::from_secs(10),
            nested_share: 0.0,
            leak_share: 0.0,
        }
    }

    /// The mean time that a request holds a connection for its statements, slow reports included, in seconds.
    pub fn mean_secs(&self) -> f64 {
        let slow = self.slow_share.clamp(0.0, 1.0);
        self.mean.as_secs_f64() * (1.0 - slow) + self.slow.as_secs_f64() * slow
    }

    /// What the next visitor wants.
    #[inline]
    pub(super) fn draw(&self, chance: &mut RngStream) -> RequestSpec {
        let slow = chance.happens(self.slow_share);
        let takes = match self.shape {
            _ if slow => self.slow,
            Shape::Constant => self.mean,
            Shape::Exponential => chance.exponential_span(self.mean),
            Shape::Lognormal => chance.lognormal_span(self.mean, 1.0),
        };
        let nested = chance.happens(self.nested_share);
        let leaks = chance.happens(self.leak_share);
        RequestSpec { takes, nested, leaks, tries: 0, view: None }
    }
}

/// What visitors do when they are not served. The server does not learn that somebody has gone: the request goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Visitors {
    /// After so long a visitor goes away, if ever.
    pub gives_up: Option<Span>,
    /// So often one that failed, or gave up, comes again.
    pub retries: u32,
    /// So long after.
    pub retry_after: Span,
}
