//! The two worlds that are raced, what every contestant must count, and the contestants that run wherever Rust does.
//!
//! Requests come at random (Poisson) to [`SERVERS`] servers, are served in order of arrival for a random (exponential)
//! time, and leave when they have waited as long as their patience lasts, even if a server comes free at that moment.

use crate::{events, loops};
use rand_core::SeedableRng;
use rand_distr::{Distribution as _, Exp1};
use rand_pcg::Pcg64Mcg;
use valet::pool::Settings;
use valet::sim::{Distribution, Journal, Setup, Traffic, Work, World, WorldAct};
use valet::time::Span;

/// A pool of 5 and 10 more.
pub const SERVERS: usize = 15;

/// What differs between the worlds.
#[derive(Debug, Clone, Copy)]
pub struct Workload {
    /// Requests a second, on average.
    pub per_second: f64,
    /// How long a request waits at most, in microseconds.
    pub patience: Option<i64>,
}

impl Workload {
    /// Nine tenths of what the servers can do, and nobody leaves.
    pub const A: Workload = Workload { per_second: 270.0, patience: None };
    /// A tenth more than they can do; who has waited 2 s leaves.
    pub const B: Workload = Workload { per_second: 330.0, patience: Some(2_000_000) };

    /// The time from one arrival to the next.
    pub fn arrivals(&self) -> Pauses {
        Pauses { chance: chance(1), mean: 1e6 / self.per_second }
    }

    /// How long those that are served keep a server, in the order in which they begin: 50 ms on average.
    pub fn work(&self) -> Pauses {
        Pauses { chance: chance(2), mean: 50e3 }
    }
}

/// The stream of this number in a world of seed 1, as Valet has it: arrivals are 1, what requests want 2.
fn chance(stream: u64) -> Pcg64Mcg {
    Pcg64Mcg::seed_from_u64(1 ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Exponential times, drawn as [`Arrivals`](valet::sim::Arrivals) draw them.
#[derive(Debug, Clone)]
pub struct Pauses {
    chance: Pcg64Mcg,
    mean: f64,
}

impl Pauses {
    /// The next, in whole microseconds.
    #[inline]
    pub fn draw(&mut self) -> i64 {
        let pause: f64 = Exp1.sample(&mut self.chance);
        (pause * self.mean + 0.5) as i64
    }
}

/// What came of the requests. Times are microseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many were served.
    pub served: u32,
    /// How many left without.
    pub timed_out: u32,
    /// How long all of them waited, together.
    pub waited: u64,
    /// How long each waited, in order of arrival.
    pub waits: Vec<u32>,
}

impl Outcome {
    /// Of nobody yet, with room for so many.
    pub fn with_capacity(requests: u32) -> Outcome {
        Outcome { waits: Vec::with_capacity(requests as usize), ..Outcome::default() }
    }

    /// The next in order of arrival waited so long and is being served.
    #[inline]
    pub fn serve(&mut self, wait: i64) {
        self.served += 1;
        self.count(wait);
    }

    /// The next in order of arrival waited so long and left.
    #[inline]
    pub fn give_up(&mut self, patience: i64) {
        self.timed_out += 1;
        self.count(patience);
    }

    fn count(&mut self, wait: i64) {
        self.waited += wait as u64;
        self.waits.push(wait as u32);
    }
}

/// Valet's own world, with SQLAlchemy's pool in it. Arrivals stop at the first full second with enough requests. Work is drawn
/// as a request comes, and not as it is served, and waits are written down as they end: where somebody leaves (B) it can
/// only be held against theory, where nobody does (A) it must find what the loops find.
pub fn valet(workload: &Workload, requests: u32) -> Outcome {
    let setup = Setup {
        traffic: Traffic::poisson(workload.per_second),
        work: Work { shape: Distribution::Exponential, ..Work::constant(Span::from_millis(50)) },
        settings: Settings { pool_timeout: workload.patience.map(Span::from_micros), ..Settings::default() },
        ..Setup::default()
    };
    let nobody = Traffic::poisson(0.0);
    let closed = Setup { traffic: nobody, ..setup.clone() };
    let (mut world, mut journal) = (World::unwatched(setup), Journal::of_waits());
    while world.tally().arrived < u64::from(requests) {
        world.run_until(world.now() + Span::from_secs(1), &mut journal);
    }
    world.act(WorldAct::Change(Box::new(closed)), &mut journal);
    while world.step(&mut journal) {}
    let tally = world.tally();
    assert_eq!((tally.turned_away, tally.in_system), (0, 0));
    let mut outcome = Outcome::with_capacity(journal.waits().len() as u32);
    for wait in journal.waits() {
        outcome.count(wait.time().as_micros());
    }
    (outcome.served, outcome.timed_out) = (tally.served as u32, tally.timeouts as u32);
    outcome
}

/// Plays a world until so many requests have come and all of them have left.
pub type Run = fn(&Workload, u32) -> Outcome;

/// Who takes part, natively and in wasm.
pub const CONTESTANTS: &[(&str, Run)] =
    &[("valet", valet), ("loop", loops::line), ("events", events::run), ("recursion", loops::recursion)];

#[cfg(test)]
mod tests {
    use super::*;
    use valet::sim::Arrivals;
    use valet::time::Instant;

    #[test]
    fn arrivals_are_those_of_valet() {
        let mut traffic = Arrivals::new(1, Traffic::poisson(Workload::A.per_second));
        let mut arrivals = Workload::A.arrivals();
        let mut now = 0;
        for _ in 0..1_000_000 {
            now += arrivals.draw();
            assert_eq!(traffic.next_until(Instant::from_micros(i64::MAX)), Some(Instant::from_micros(now)));
        }
    }
}
