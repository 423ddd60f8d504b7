//! What a request does with its connection, and what its user does meanwhile.

use super::rng_stream::RngStream;
use crate::service::RequestSpec;
use crate::time::Span;

/// How the time of a request's statements is distributed around its mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distribution {
    /// Always the same.
    Constant,
    /// Exponential: most are short, some are long. Queueing theory usually assumes it.
    Exponential,
    /// Lognormal, with a standard deviation of the logarithm of 1: most are short, a few are very long, as in real traffic.
    Lognormal,
}

/// What requests do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Work {
    /// How the time of the statements is distributed.
    pub shape: Distribution,
    /// The mean time of the statements, alone on the server.
    pub mean: Span,
    /// The share of requests that are slow reports instead, from 0 to 1.
    pub slow_share: f64,
    /// How long a slow report takes, and a long transaction.
    pub slow: Span,
    /// The share of requests that ask for a second connection while they hold the first, from 0 to 1.
    pub nested_share: f64,
    /// The share of requests that never give their connection back, from 0 to 1.
    pub leak_share: f64,
    /// How long a request works outside the database after its statements.
    pub outside: Span,
    /// Whether it holds its connection meanwhile.
    pub outside_holds: bool,
}

impl Work {
    /// The same time for all requests, with no slow reports, second connections, leaks or work outside the database.
    pub const fn constant(mean: Span) -> Work {
        Work {
            shape: Distribution::Constant,
            mean,
            slow_share: 0.0,
            slow: Span::from_secs(10),
            nested_share: 0.0,
            leak_share: 0.0,
            outside: Span::ZERO,
            outside_holds: true,
        }
    }

    /// The mean time that a request holds a connection for its statements, slow reports included, and for what it does outside the
    /// database meanwhile, in seconds.
    pub fn mean_secs(&self) -> f64 {
        let slow = self.slow_share.clamp(0.0, 1.0);
        let outside = if self.outside_holds { self.outside.as_secs_f64() } else { 0.0 };
        self.mean.as_secs_f64() * (1.0 - slow) + self.slow.as_secs_f64() * slow + outside
    }

    /// Draws what the next request needs.
    #[inline]
    pub(super) fn draw(&self, chance: &mut RngStream) -> RequestSpec {
        let slow = chance.happens(self.slow_share);
        let takes = match self.shape {
            _ if slow => self.slow,
            Distribution::Constant => self.mean,
            Distribution::Exponential => chance.exponential_span(self.mean),
            Distribution::Lognormal => chance.lognormal_span(self.mean, 1.0),
        };
        let nested = chance.happens(self.nested_share);
        let leaks = chance.happens(self.leak_share);
        let (outside, returns_early) = (self.outside, !self.outside_holds);
        RequestSpec { takes, nested, leaks, outside, returns_early, ..RequestSpec::default() }
    }
}

/// What users do when they are not served. The server does not learn that a user has gone: the request goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Visitors {
    /// How long it takes until a user gives up; `None` if never.
    pub gives_up: Option<Span>,
    /// How many times a request is retried that failed or whose user gave up.
    pub retries: u32,
    /// How long after that the retry comes.
    pub retry_after: Span,
}
