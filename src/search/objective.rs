//! What a pool must achieve, and the smallest pool that does.

use super::cell::Cell;
use super::pool_name::pool_name;
use super::sweep::Sweep;
use crate::figures::{Interval, Measurement};
use crate::format::{Precision, count, many};
use crate::pool::Settings;
use crate::sim::Setup;
use crate::time::Span;

/// What a pool must achieve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Objective {
    /// Whether every request must get a connection, with every seed: none times out, is refused, or is turned away.
    pub no_timeouts: bool,
    /// The p95 wait must be below this, including the upper end of its confidence interval over the seeds.
    pub p95_below: Span,
}

/// How some runs of a world compare with an objective.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ObjectiveResult {
    /// The objective.
    pub objective: Objective,
    /// The p95 wait over the runs, in microseconds; `None` for fewer than two runs.
    pub p95: Option<Interval>,
    /// How many requests got no connection, in all runs together.
    pub without: u64,
    /// How many runs there are.
    pub runs: usize,
}

/// The smallest pool of a sweep that meets an objective.
#[derive(Debug, Clone, PartialEq)]
pub struct Smallest {
    /// Its world. If the sweep varies more than the pool, this is the world in which the pool does worst; it meets the objective
    /// in all of them.
    pub setup: Setup,
    /// How it compares with the objective there.
    pub result: ObjectiveResult,
}

impl Objective {
    /// Compares these runs with the objective.
    pub fn result(self, runs: &[Measurement]) -> ObjectiveResult {
        let waits: Vec<f64> = runs.iter().map(|run| run.waits.p95.as_micros() as f64).collect();
        let without = runs.iter().map(Measurement::without).sum();
        ObjectiveResult { objective: self, p95: Interval::of(&waits), without, runs: runs.len() }
    }

    /// The smallest pool of a sweep that meets the objective: with the fewest connections, then with the smallest `pool_size`.
    /// `None` if no pool does, or if the sweep is not over.
    pub fn smallest(self, sweep: &Sweep) -> Option<Smallest> {
        if !sweep.is_over() {
            return None;
        }
        let mut cells: Vec<&Cell> = sweep.cells().iter().collect();
        cells.sort_by_key(|cell| size(&cell.setup.settings));
        let pools = cells.chunk_by(|one, other| size(&one.setup.settings) == size(&other.setup.settings));
        pools.map(|pool| self.worst(pool)).find(|smallest| smallest.as_ref().is_some_and(Smallest::is_met))?
    }

    /// The cell that is furthest from the objective.
    fn worst(self, cells: &[&Cell]) -> Option<Smallest> {
        let all = cells.iter().map(|cell| Smallest { setup: cell.setup.clone(), result: self.result(&cell.runs) });
        all.max_by_key(|Smallest { result, .. }| (!result.is_met(), result.high()))
    }

    /// The objective as a sentence.
    pub fn sentence(self) -> String {
        let bound = Precision::of(self.p95_below).say(self.p95_below);
        let nobody = if self.no_timeouts { ", and no timeouts" } else { "" };
        format!("A p95 wait below {bound}{nobody}.")
    }
}

/// A sort key: the limit of connections first, then `pool_size`; a pool without a limit comes last.
fn size(settings: &Settings) -> (i64, i64, i64) {
    (settings.limit().unwrap_or(i64::MAX), settings.pool_size, settings.max_overflow)
}

impl ObjectiveResult {
    /// The upper end of the interval. It is rounded up, so that rounding never makes the interval too narrow.
    pub fn high(&self) -> Option<Span> {
        self.p95.map(|p95| Span::from_micros(p95.high().ceil() as i64))
    }

    /// Whether the objective is met.
    pub fn is_met(&self) -> bool {
        let fast = self.high().is_some_and(|high| high < self.objective.p95_below);
        fast && (self.without == 0 || !self.objective.no_timeouts)
    }

    /// A sentence with the p95 wait, its interval, the number of seeds, and how many requests got no connection.
    pub fn sentence(&self) -> String {
        let (Some(p95), Some(high)) = (self.p95, self.high()) else {
            return format!("{} cannot tell. It takes two.", many(self.runs, "seed"));
        };
        let bound = self.objective.p95_below;
        // A wait is never below zero.
        let [mean, low] = [p95.value, p95.low().max(0.0)].map(|micros| Span::from_micros(micros as i64));
        let gap = Span::from_micros(bound.as_micros().abs_diff(high.as_micros()).min(i64::MAX as u64) as i64);
        let precision = Precision::telling(gap.min(high), high.max(bound));
        let side = if high < bound { "below" } else { "not below" };
        let without = match self.without {
            0 => "Nobody went without a connection.".to_owned(),
            some => format!("Without a connection: {}.", count(some as i64)),
        };
        format!(
            "Its p95 wait is {}. Over {} the 95 % interval is {} to {}, {side} {}. {without}",
            precision.say(mean),
            many(self.runs, "seed"),
            precision.say(low),
            precision.say(high),
            precision.say(bound)
        )
    }
}

impl Smallest {
    fn is_met(&self) -> bool {
        self.result.is_met()
    }

    /// A sentence that says which pool it is, and how sure that is.
    pub fn sentence(&self) -> String {
        format!("The smallest pool is {}. {}", pool_name(&self.setup.settings), self.result.sentence())
    }
}
