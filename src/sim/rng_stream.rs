//! RngStream that can be repeated: the same seed gives the same numbers on every machine.

use crate::time::Span;
use rand_core::{Rng, SeedableRng};
use rand_distr::{Distribution, Exp1, LogNormal};
use rand_pcg::Pcg64Mcg;

/// A stream of chance. Each use has a stream of its own, so that one more draw here changes nothing there: two worlds
/// with different pools get the same arrivals and the same work.
#[derive(Debug, Clone)]
pub(super) struct RngStream(Pcg64Mcg);

impl RngStream {
    /// The stream of this number, from a world's seed.
    pub fn new(seed: u64, stream: u64) -> RngStream {
        RngStream(Pcg64Mcg::seed_from_u64(seed ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    /// A number from 0 to less than 1.
    pub fn part(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Whether something happens that happens in this share of cases. Draws nothing for a share of 0.
    pub fn happens(&mut self, share: f64) -> bool {
        share > 0.0 && self.part() < share
    }

    /// One of `of`, each as likely. Draws nothing when there is no choice.
    pub fn one_of(&mut self, of: usize) -> usize {
        if of > 1 { ((self.part() * of as f64) as usize).min(of - 1) } else { 0 }
    }

    /// Exponentially distributed, with mean 1.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        Exp1.sample(&mut self.0)
    }

    /// A span that is exponentially distributed about `mean`.
    #[inline]
    pub fn exponential_span(&mut self, mean: Span) -> Span {
        mean.times(self.exponential())
    }

    /// A span that is lognormally distributed about `mean`; `spread` is the standard deviation of its logarithm.
    pub fn lognormal_span(&mut self, mean: Span, spread: f64) -> Span {
        match LogNormal::new(-spread * spread / 2.0, spread) {
            Ok(shape) => mean.times(shape.sample(&mut self.0)),
            Err(_) => mean,
        }
    }
}
