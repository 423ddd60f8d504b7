//! The advice, played: one process with its part of the traffic, on the engine.

use super::advice::Advice;
use super::fleet::Fleet;
use crate::figures::Measurement;
use crate::lesson::Plan;
use crate::pool::{Class, Settings};
use crate::search::MeasuredRun;
use crate::sim::{Distribution, Setup, Traffic, Work};
use crate::time::{Instant, Span};

/// Requests in one run, about.
const REQUESTS: f64 = 12_000.0;
/// The shortest and the longest run.
const LENGTHS: (f64, f64) = (60.0, 3_600.0);
/// The same load is run with these seeds ...
const SEEDS: u64 = 3;
/// ... and with hold times that are distributed in these ways around the same mean.
const SHAPES: [Distribution; 3] = [Distribution::Constant, Distribution::Exponential, Distribution::Lognormal];
/// How many times the load is played: as it is, and twice as much.
const LOADS: [f64; 2] = [1.0, 2.0];
/// What can be watched shows about so many requests, and lasts about so long.
const WATCHED: f64 = 120.0;
const WATCHED_LENGTHS: (f64, f64) = (10.0, 300.0);

/// What the runs of one load came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The p95 of the waits, in the run in which it was shortest.
    pub least: Span,
    /// In the run in which it was longest.
    pub most: Span,
    /// Requests of all runs.
    pub requests: u64,
    /// How many of them got no connection in time.
    pub timeouts: u64,
}

/// Eighteen runs of an advice, in slices: the load and twice the load, each with three seeds and three kinds of hold times. What
/// they come to does not depend on where the slices end.
pub struct Rehearsal {
    setups: Vec<(usize, Setup, Span)>,
    next: usize,
    running: Option<MeasuredRun>,
    results: [Vec<Measurement>; LOADS.len()],
}

impl Rehearsal {
    /// Of an advice for a fleet.
    pub fn new(fleet: &Fleet, advice: &Advice) -> Rehearsal {
        let mut setups = Vec::new();
        for seed in 1..=SEEDS {
            for shape in SHAPES {
                for (load, times) in LOADS.into_iter().enumerate() {
                    let length = (REQUESTS / fleet.rate_each(times)).clamp(LENGTHS.0, LENGTHS.1);
                    setups.push((load, setup(fleet, advice, times, shape, seed), Span::from_secs_f64(length)));
                }
            }
        }
        Rehearsal { setups, next: 0, running: None, results: [Vec::new(), Vec::new()] }
    }

    /// Goes on by about this many events. Returns whether it is over.
    pub fn advance(&mut self, events: u64) -> bool {
        let Some((load, setup, length)) = self.setups.get(self.next) else { return true };
        let warm_up = Span::from_micros(length.as_micros() / 10);
        let running = self.running.get_or_insert_with(|| MeasuredRun::new(setup.clone(), warm_up, *length));
        if let Some(measurement) = running.advance(events) {
            self.results[*load].push(measurement);
            self.running = None;
            self.next += 1;
        }
        self.next == self.setups.len()
    }

    /// How many runs are over, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.next, self.setups.len())
    }

    /// What the load, and twice the load, came to so far. `None` before a run is over.
    pub fn bands(&self) -> [Option<Band>; LOADS.len()] {
        [0, 1].map(|load| {
            let runs = &self.results[load];
            let p95 = || runs.iter().map(|run| run.waits.p95);
            Some(Band {
                least: p95().min()?,
                most: p95().max()?,
                requests: runs.iter().map(|run| run.tally.arrived).sum(),
                timeouts: runs.iter().map(|run| run.without()).sum(),
            })
        })
    }

    /// One process with the pool that is advised, for the lot, and a moment of it that shows something: nearly at its end.
    pub fn plan(fleet: &Fleet, advice: &Advice) -> (Plan, Instant) {
        let length = (WATCHED / fleet.rate_each(1.0)).clamp(WATCHED_LENGTHS.0, WATCHED_LENGTHS.1).ceil();
        let plan = Plan::new(setup(fleet, advice, 1.0, Distribution::Exponential, 1), Span::from_secs_f64(length));
        (plan, Instant::ZERO + Span::from_secs_f64(length * 0.8))
    }
}

fn setup(fleet: &Fleet, advice: &Advice, times: f64, shape: Distribution, seed: u64) -> Setup {
    Setup {
        seed,
        settings: Settings {
            class: Class::QueuePool,
            pool_size: advice.pool_size.into(),
            max_overflow: advice.max_overflow.into(),
            ..Settings::default()
        },
        traffic: Traffic::poisson(fleet.rate_each(times)),
        work: Work { shape, ..Work::constant(fleet.hold) },
        ..Setup::default()
    }
}
