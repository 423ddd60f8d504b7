//! Random numbers that can be repeated: the same seed gives the same numbers on every machine.

use crate::time::Span;
use rand_core::{Rng, SeedableRng};
use rand_distr::{Distribution, Exp1, LogNormal};
use rand_pcg::Pcg64Mcg;

/// A stream of random numbers. Each purpose has its own stream, so that one more draw for one changes nothing for another: two
/// worlds with different pools get the same arrivals and the same work.
#[derive(Debug, Clone)]
pub(super) struct RngStream(Pcg64Mcg);

impl RngStream {
    /// The stream with this number, from a world's seed.
    pub fn new(seed: u64, stream: u64) -> RngStream {
        RngStream(Pcg64Mcg::seed_from_u64(seed ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    /// A random number, at least 0 and less than 1.
    pub fn part(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True in this share of cases. Draws nothing for a share of 0.
    pub fn happens(&mut self, share: f64) -> bool {
        share > 0.0 && self.part() < share
    }

    /// A random number below `of`, each equally likely. Draws nothing if there is no choice.
    pub fn one_of(&mut self, of: usize) -> usize {
        if of > 1 { ((self.part() * of as f64) as usize).min(of - 1) } else { 0 }
    }

    /// A random number that is exponentially distributed with mean 1.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        Exp1.sample(&mut self.0)
    }

    /// A random span that is exponentially distributed with this mean.
    #[inline]
    pub fn exponential_span(&mut self, mean: Span) -> Span {
        mean.times(self.exponential())
    }

    /// A random span that is lognormally distributed with this mean; `spread` is the standard deviation of its logarithm.
    pub fn lognormal_span(&mut self, mean: Span, spread: f64) -> Span {
        match LogNormal::new(-spread * spread / 2.0, spread) {
            Ok(shape) => mean.times(shape.sample(&mut self.0)),
            Err(_) => mean,
        }
    }
}
