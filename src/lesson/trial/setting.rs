//! The worlds in which the claims are tried: a small pool, a list of requests, and nothing left to chance.

use crate::lesson::parts::listed;
use crate::pool::Settings;
use crate::sim::{Latency, ServerSetup, Setup, Work};
use crate::time::Span;

/// A pool of this size and overflow, and SQLAlchemy's defaults for the rest.
pub(super) const fn pool(pool_size: i64, max_overflow: i64) -> Settings {
    Settings { pool_size, max_overflow, ..Settings::DEFAULT }
}

/// Requests at these moments, each of which works for `takes`, all in milliseconds. Opening a connection takes 400 ms, a ping
/// 50 ms.
pub(super) fn world(settings: Settings, arrivals: &[i64], takes: i64) -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings,
        traffic: listed(arrivals),
        work: Work::constant(ms(takes)),
        database: ServerSetup {
            latency: Latency { connect: ms(400), ping: ms(50), reset: ms(10), close: ms(10) },
            outage: ms(1_000),
            ..ServerSetup::default()
        },
        ..Setup::default()
    }
}
