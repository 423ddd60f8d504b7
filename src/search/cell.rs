//! One point of a sweep.

use crate::figures::{Figure, Measurement};
use crate::sim::Setup;

/// One point of a sweep: a world, and its results with each seed so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The world, with the first seed.
    pub setup: Setup,
    /// The results with the first seed, the second, and so on.
    pub runs: Vec<Measurement>,
}

/// How the values of a figure are spread over the seeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The lowest value.
    pub least: i64,
    /// The middle value; for an even number of values, the mean of the middle two.
    pub median: i64,
    /// The highest value.
    pub most: i64,
}

impl Cell {
    /// The spread of a figure over the seeds so far; `None` before the first run is over.
    pub fn spread(&self, figure: &Figure) -> Option<Spread> {
        let mut values: Vec<i64> = self.runs.iter().map(|run| figure.number(run)).collect();
        values.sort_unstable();
        let (&least, &most) = (values.first()?, values.last()?);
        let (low, high) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
        Some(Spread { least, median: low.midpoint(high), most })
    }
}
