//! When requests come.

use crate::time::{Instant, Span};
use rand_core::SeedableRng;
use rand_distr::{Distribution, Exp1};
use rand_pcg::Pcg64Mcg;

/// Arrivals at random, independent of each other (a Poisson process), the same for the same seed on every machine.
///
/// ```
/// use valet::{sim::Traffic, time::{Instant, Span}};
/// let mut traffic = Traffic::new(7, 4.0);
/// let end = Instant::ZERO + Span::from_secs(100);
/// let mut arrivals = 0;
/// while traffic.next_until(end).is_some() {
///     arrivals += 1;
/// }
/// assert!((350..450).contains(&arrivals));
/// ```
#[derive(Debug, Clone)]
pub struct Traffic {
    chance: Pcg64Mcg,
    per_second: f64,
    /// The next arrival, unless nobody comes at all.
    next: Option<Instant>,
}

impl Traffic {
    /// `per_second` requests a second on average, from the beginning of the world. None for 0 and less.
    pub fn new(seed: u64, per_second: f64) -> Traffic {
        let mut traffic = Traffic { chance: Pcg64Mcg::seed_from_u64(seed), per_second, next: None };
        traffic.plan(Instant::ZERO);
        traffic
    }

    /// Changes the rate from `now` on.
    pub fn set_rate(&mut self, now: Instant, per_second: f64) {
        self.per_second = per_second;
        self.plan(now);
    }

    /// When the next request will come, if any.
    pub fn peek(&self) -> Option<Instant> {
        self.next
    }

    /// The next arrival, if there is one until `now`.
    pub fn next_until(&mut self, now: Instant) -> Option<Instant> {
        let arrival = self.next.filter(|&arrival| arrival <= now)?;
        self.plan(arrival);
        Some(arrival)
    }

    fn plan(&mut self, from: Instant) {
        self.next = (self.per_second > 0.0).then(|| {
            let pause: f64 = Exp1.sample(&mut self.chance);
            from + Span::from_secs_f64(pause / self.per_second)
        });
    }
}
