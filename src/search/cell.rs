//! One point of a sweep.

use crate::figures::{Figure, Measurement};
use crate::sim::Setup;

/// One point of a sweep: a world, and what it came to with each seed so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The world, with the first seed.
    pub setup: Setup,
    /// What came of it with the first seed, the second, and so on.
    pub runs: Vec<Measurement>,
}

/// How a figure is spread over seeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The lowest.
    pub least: i64,
    /// The middle one; of an even number, the middle of the middle two.
    pub median: i64,
    /// The highest.
    pub most: i64,
}

impl Cell {
    /// A figure over the seeds so far; `None` before the first.
    pub fn spread(&self, figure: &Figure) -> Option<Spread> {
        let mut values: Vec<i64> = self.runs.iter().map(|run| figure.number(run)).collect();
        values.sort_unstable();
        let (&least, &most) = (values.first()?, values.last()?);
        let (low, high) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
        Some(Spread { least, median: low.midpoint(high), most })
    }
}
