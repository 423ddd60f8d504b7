//! Whether what was found holds for others.

use super::objective::{Objective, Smallest, Standing};
use super::pool_name::pool_name;
use super::sweep::{MOST_RUNS, Sweep};
use super::trial::Trial;
use crate::figures::Measurement;
use crate::sim::Setup;
use crate::time::Span;

/// A world run again with fresh seeds, under way. Who picks the best of many is lucky too: the one that was found has to
/// show it once more, to visitors that had no part in the choice.
#[derive(Debug, Clone)]
pub struct Confirmation {
    objective: Objective,
    /// With the first of the fresh seeds.
    setup: Setup,
    seeds: usize,
    warm_up: Span,
    length: Span,
    runs: Vec<Measurement>,
    trial: Option<Trial>,
}

/// What came of a [`Confirmation`].
#[derive(Debug, Clone, PartialEq)]
pub struct Confirmed {
    /// How the fresh runs stand to the objective.
    pub standing: Standing,
    /// Whether it held, in words.
    pub sentence: String,
}

impl Confirmation {
    /// `setup` with `seeds` seeds from its own on; at least two, and no more than a sweep has runs.
    pub fn new(objective: Objective, setup: Setup, seeds: u32, warm_up: Span, length: Span) -> Confirmation {
        let seeds = (seeds as usize).clamp(2, MOST_RUNS);
        Confirmation { objective, setup, seeds, warm_up, length, runs: Vec::new(), trial: None }
    }

    /// Goes on by about so many events: a run costs at least one. What came of it, once it is over.
    pub fn advance(&mut self, events: u64) -> Option<Confirmed> {
        let mut left = events;
        while left > 0 && self.runs.len() < self.seeds {
            let seed = self.setup.seed.wrapping_add(self.runs.len() as u64);
            let trial = self
                .trial
                .get_or_insert_with(|| Trial::new(Setup { seed, ..self.setup.clone() }, self.warm_up, self.length));
            let before = trial.events();
            let measurement = trial.advance(left);
            left = left.saturating_sub((trial.events() - before).max(1));
            if let Some(measurement) = measurement {
                self.runs.push(measurement);
                self.trial = None;
            }
        }
        (self.runs.len() == self.seeds).then(|| self.confirmed())
    }

    fn confirmed(&self) -> Confirmed {
        let standing = self.objective.standing(&self.runs);
        let held = if standing.is_met() { "held" } else { "did not hold" };
        let name = pool_name(&self.setup.settings);
        Confirmed { standing, sentence: format!("With other seeds {name} {held}. {}", standing.sentence()) }
    }
}

/// Runs a pool again with `seeds` seeds that follow those of its sweep.
pub fn confirm(smallest: &Smallest, sweep: &Sweep, seeds: u32) -> Confirmed {
    let mut confirmation = smallest.confirmation(sweep, seeds);
    loop {
        if let Some(confirmed) = confirmation.advance(u64::MAX) {
            return confirmed;
        }
    }
}

impl Smallest {
    /// To run it again with `seeds` seeds that follow those of its sweep.
    pub fn confirmation(&self, sweep: &Sweep, seeds: u32) -> Confirmation {
        let seed = self.setup.seed.wrapping_add(u64::from(sweep.seeds()));
        let setup = Setup { seed, ..self.setup.clone() };
        Confirmation::new(self.standing.objective, setup, seeds, sweep.warm_up(), sweep.length())
    }
}
