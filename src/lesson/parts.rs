//! The parts that the worlds of many lessons are made of.

use crate::service::RequestSpec;
use crate::sim::{Latency, Pattern, Traffic};
use crate::time::{Instant, Span};

/// Requests at these moments, in milliseconds, and no others.
pub(super) fn listed(arrivals: &[i64]) -> Traffic {
    let list = arrivals.iter().map(|&at| Instant::ZERO + Span::from_millis(at)).collect();
    Traffic { pattern: Pattern::List, list, ..Traffic::poisson(0.0) }
}

/// Opening a connection takes `connect` milliseconds; a ping, a reset and closing take 5 ms each.
pub(super) const fn latency(connect: i64) -> Latency {
    let little = Span::from_millis(5);
    Latency { connect: Span::from_millis(connect), ping: little, reset: little, close: little }
}

/// A request that holds its connection for `takes` milliseconds.
pub(super) const fn visit(takes: i64) -> RequestSpec {
    RequestSpec {
        takes: Span::from_millis(takes),
        nested: false,
        leaks: false,
        outside: Span::ZERO,
        returns_early: false,
        probe: None,
        tries: 0,
        view: None,
    }
}
