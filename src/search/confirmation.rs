//! Checks whether the result of a search holds for other seeds.

use super::measured_run::MeasuredRun;
use super::objective::{Objective, ObjectiveResult, Smallest};
use super::pool_name::pool_name;
use super::sweep::{MOST_RUNS, Sweep};
use crate::figures::Measurement;
use crate::sim::Setup;
use crate::time::Span;

/// Runs of a world with fresh seeds, in progress. The best of many is partly lucky, so the pool that was found must prove
/// itself again, with requests that had no part in the choice.
#[derive(Debug, Clone)]
pub struct Confirmation {
    objective: Objective,
    /// The world, with the first of the fresh seeds.
    setup: Setup,
    seeds: usize,
    warm_up: Span,
    length: Span,
    runs: Vec<Measurement>,
    running: Option<MeasuredRun>,
}

/// The result of a [`Confirmation`].
#[derive(Debug, Clone, PartialEq)]
pub struct Confirmed {
    /// How the fresh runs compare with the objective.
    pub result: ObjectiveResult,
    /// A sentence that says whether the pool held.
    pub sentence: String,
}

impl Confirmation {
    /// Runs `setup` with `seeds` seeds, counting up from its own; at least two, and at most [`MOST_RUNS`].
    pub fn new(objective: Objective, setup: Setup, seeds: u32, warm_up: Span, length: Span) -> Confirmation {
        let seeds = (seeds as usize).clamp(2, MOST_RUNS);
        Confirmation { objective, setup, seeds, warm_up, length, runs: Vec::new(), running: None }
    }

    /// Goes on by about this many events; each run costs at least one. Returns the result once all runs are over.
    pub fn advance(&mut self, events: u64) -> Option<Confirmed> {
        let mut left = events;
        while left > 0 && self.runs.len() < self.seeds {
            let seed = self.setup.seed.wrapping_add(self.runs.len() as u64);
            let running = self.running.get_or_insert_with(|| {
                MeasuredRun::new(Setup { seed, ..self.setup.clone() }, self.warm_up, self.length)
            });
            let before = running.events();
            let measurement = running.advance(left);
            left = left.saturating_sub((running.events() - before).max(1));
            if let Some(measurement) = measurement {
                self.runs.push(measurement);
                self.running = None;
            }
        }
        (self.runs.len() == self.seeds).then(|| self.confirmed())
    }

    fn confirmed(&self) -> Confirmed {
        let result = self.objective.result(&self.runs);
        let held = if result.is_met() { "held" } else { "did not hold" };
        let name = pool_name(&self.setup.settings);
        Confirmed { result, sentence: format!("With other seeds {name} {held}. {}", result.sentence()) }
    }
}

/// Runs a pool again with the next `seeds` seeds after those of its sweep.
pub fn confirm(smallest: &Smallest, sweep: &Sweep, seeds: u32) -> Confirmed {
    let mut confirmation = smallest.confirmation(sweep, seeds);
    loop {
        if let Some(confirmed) = confirmation.advance(u64::MAX) {
            return confirmed;
        }
    }
}

impl Smallest {
    /// A confirmation of this pool, with the next `seeds` seeds after those of its sweep.
    pub fn confirmation(&self, sweep: &Sweep, seeds: u32) -> Confirmation {
        let seed = self.setup.seed.wrapping_add(u64::from(sweep.seeds()));
        let setup = Setup { seed, ..self.setup.clone() };
        Confirmation::new(self.result.objective, setup, seeds, sweep.warm_up(), sweep.length())
    }
}
