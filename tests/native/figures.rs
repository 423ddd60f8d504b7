//! What a run shows: against theory, against laws that hold for every run, and as files.

mod assumptions;
mod files;
mod laws;
mod steady;
mod table;

use valet::pool::Settings;
use valet::sim::{Distribution, Journal, Setup, Traffic, Work, World};
use valet::time::{Instant, Span};

fn at(millis: i64) -> Instant {
    Instant::ZERO + Span::from_millis(millis)
}

/// A pool of `pool_size` + `max_overflow`, requests at random, and exponential work of so many milliseconds on average.
fn erlang(pool: (i64, i64), timeout: Option<Span>, rate: f64, mean: i64) -> Setup {
    let (pool_size, max_overflow) = pool;
    Setup {
        settings: Settings { pool_size, max_overflow, pool_timeout: timeout, ..Settings::default() },
        traffic: Traffic::poisson(rate),
        work: Work { shape: Distribution::Exponential, ..Work::constant(Span::from_millis(mean)) },
        ..Setup::default()
    }
}

/// A run of `setup`.
fn run(setup: &Setup, until: Instant) -> (World, Journal) {
    let (mut world, mut journal) = (World::unwatched(setup.clone()), Journal::new());
    world.run_until(until, &mut journal);
    (world, journal)
}
