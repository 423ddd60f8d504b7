//! Many worlds on a grid.

use super::axis::Range;
use super::cell::Cell;
use super::measured_run::MeasuredRun;
use super::sweep_error::SweepError;
use crate::sim::Setup;
use crate::time::Span;

/// The most cells of a map: more cannot be looked through, and each is a button.
pub const MOST_CELLS: usize = 400;
/// The most runs of one sweep.
pub const MOST_RUNS: usize = 100_000;

/// Each round begins with every eighth cell in both directions, then every fourth, and so on.
const COARSEST: usize = 8;

/// A grid of worlds, each run with a number of seeds. The seeds are the same in every cell, so that cells differ by what is
/// varied and not by which requests happen to come. Every cell gets its first seed before any gets its second, and cells far
/// apart come first, so that there is soon something to see. To stop a sweep, drop it.
///
/// ```
/// use valet::figures::P95;
/// use valet::search::{Axis, Range, Sweep};
/// use valet::{sim::{Setup, Traffic}, time::Span};
///
/// let setup = Setup { traffic: Traffic::poisson(40.0), ..Setup::default() };
/// let (sizes, overflows) = (Range::new(Axis::PoolSize, 3..=6), Range::new(Axis::MaxOverflow, [0, 2]));
/// let mut sweep = Sweep::new(&setup, sizes, overflows, 3, Span::from_secs(5), Span::from_secs(20)).unwrap();
/// while !sweep.is_over() {
///     let progress = sweep.advance(5_000); // some milliseconds
///     assert_eq!(progress.of, 4 * 2 * 3);
/// }
/// let p95 = |column| sweep.cell(column, 0).unwrap().spread(&P95).unwrap().median;
/// assert!(p95(0) > p95(3), "three connections are too few, six are not");
/// ```
#[derive(Debug, Clone)]
pub struct Sweep {
    ranges: [Range; 2],
    /// All cells, row by row.
    cells: Vec<Cell>,
    /// The indices of the cells, in the order in which they are run.
    order: Vec<usize>,
    seeds: u32,
    warm_up: Span,
    length: Span,
    /// How many runs are over.
    done: usize,
    running: Option<MeasuredRun>,
}

/// The progress of a sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SweepProgress {
    /// How many runs are over, one per cell and seed.
    pub done: usize,
    /// How many runs there are in all.
    pub of: usize,
    /// How many cells have all their runs.
    pub cells: usize,
}

impl Sweep {
    /// A sweep of `setup` with every value of `columns` and `rows`, each with `seeds` seeds: that of `setup`, and those after it.
    pub fn new(
        setup: &Setup,
        columns: Range,
        rows: Range,
        seeds: u32,
        warm_up: Span,
        length: Span,
    ) -> Result<Sweep, SweepError> {
        columns.check(setup)?;
        rows.check(setup)?;
        if columns.axis == rows.axis {
            return Err(SweepError::Same(rows.axis));
        }
        if seeds == 0 {
            return Err(SweepError::NoSeeds);
        }
        let cells = columns.values.len().saturating_mul(rows.values.len());
        if cells > MOST_CELLS {
            return Err(SweepError::TooManyCells(cells));
        }
        let runs = cells.saturating_mul(seeds as usize);
        if runs > MOST_RUNS {
            return Err(SweepError::TooMany(runs));
        }
        let mut cells = Vec::new();
        for &row in &rows.values {
            for &column in &columns.values {
                let mut setup = setup.clone();
                columns.axis.set(&mut setup, column);
                rows.axis.set(&mut setup, row);
                cells.push(Cell { setup, runs: Vec::new() });
            }
        }
        let order = coarse_first(columns.values.len(), rows.values.len());
        Ok(Sweep { ranges: [columns, rows], cells, order, seeds, warm_up, length, done: 0, running: None })
    }

    /// Goes on by about this many events, counted over all worlds; each run costs at least one.
    pub fn advance(&mut self, events: u64) -> SweepProgress {
        let mut left = events;
        while left > 0 && !self.is_over() {
            let place = self.order[self.done % self.order.len()];
            let cell = &mut self.cells[place];
            let running = self.running.get_or_insert_with(|| {
                let seed = cell.setup.seed.wrapping_add(cell.runs.len() as u64);
                MeasuredRun::new(Setup { seed, ..cell.setup.clone() }, self.warm_up, self.length)
            });
            let before = running.events();
            let measurement = running.advance(left);
            left = left.saturating_sub((running.events() - before).max(1));
            if let Some(measurement) = measurement {
                cell.runs.push(measurement);
                self.done += 1;
                self.running = None;
            }
        }
        self.progress()
    }

    /// How far the sweep is.
    pub fn progress(&self) -> SweepProgress {
        let before = self.cells.len() * (self.seeds as usize - 1);
        SweepProgress { done: self.done, of: self.cells.len() + before, cells: self.done.saturating_sub(before) }
    }

    /// Whether every run is over.
    pub fn is_over(&self) -> bool {
        let SweepProgress { done, of, .. } = self.progress();
        done == of
    }

    /// The axes: columns, then rows.
    pub fn ranges(&self) -> &[Range; 2] {
        &self.ranges
    }

    /// All cells, row by row.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell at this column and row.
    pub fn cell(&self, column: usize, row: usize) -> Option<&Cell> {
        let columns = self.ranges[0].values.len();
        if column < columns { self.cells.get(row.checked_mul(columns)?.checked_add(column)?) } else { None }
    }

    /// How many seeds each cell is run with.
    pub fn seeds(&self) -> u32 {
        self.seeds
    }

    /// How long each run warms up.
    pub fn warm_up(&self) -> Span {
        self.warm_up
    }

    /// How long each run is measured.
    pub fn length(&self) -> Span {
        self.length
    }
}

/// The indices of a grid's cells, row by row, in an order that puts cells far apart first.
fn coarse_first(columns: usize, rows: usize) -> Vec<usize> {
    // Cells on a coarser grid come first.
    let grid = |at: usize| (1 + at.trailing_zeros()).min(1 + COARSEST.ilog2());
    let mut order: Vec<usize> = (0..columns * rows).collect();
    order.sort_by_key(|place| std::cmp::Reverse(grid(place % columns).min(grid(place / columns))));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_apart_first_and_nobody_twice() {
        let order = coarse_first(10, 3);
        assert_eq!(order[..4], [0, 8, 4, 2], "the corner of each grid, then finer");
        let mut sorted = order.clone();
        sorted.sort();
        assert_eq!(sorted, (0..30).collect::<Vec<_>>());
    }
}
