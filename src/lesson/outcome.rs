//! What a plan has come to.

use super::plan::Plan;
use crate::service::{Service, Tally, TimeIntegrals};
use crate::sim::{Journal, World};
use crate::time::{Instant, Span};
use crate::travel::Milestone;

/// A run up to a moment, in figures. All of them are the engine's.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What was counted, in all workers.
    pub tally: Tally,
    /// Connections open at the server.
    pub open: u32,
    /// The most that were.
    pub most_open: u32,
    /// Requests in line.
    pub waiting: usize,
    /// The most that were.
    pub most_waiting: usize,
    /// `pool.status()` of the first worker.
    pub status: String,
    /// What the last request was answered that called a view, in the first worker.
    pub answer: String,
    /// `checkedout()`, `checkedin()` and `overflow()` of the first worker's pool.
    pub counters: [i64; 3],
    /// The waits that half and 19 of 20 do not exceed, and the longest: of those that are over and those that are not.
    pub waits: [Span; 3],
    /// Connections in use and requests without one, summed over time.
    pub areas: TimeIntegrals,
    /// The moment.
    pub at: Instant,
    /// When each kind of [`Milestone`] was first seen, in the order of [`Milestone::ALL`].
    pub firsts: [Option<Instant>; Milestone::ALL.len()],
    /// When a request failed or a visitor gave up for the last time; the beginning if that never was.
    pub last_unserved: Option<Instant>,
    /// The numbers of the requests that have a connection, lowest first.
    pub parked: String,
    /// The numbers of the requests in line, first in line first.
    pub line: String,
}

impl Outcome {
    /// Of a plan at a moment.
    pub(super) fn of(plan: &Plan, at: Instant) -> Outcome {
        let world = World::unwatched(plan.setup.clone());
        let mut watch = Watch { world, journal: Journal::of_waits(), seen: Seen::default(), from: plan.from };
        for (when, act) in plan.acts.iter().filter(|(when, _)| *when <= at) {
            watch.run_until(*when);
            let act = act.on(watch.world.setup());
            watch.world.act(act, &mut watch.journal);
            watch.look();
        }
        watch.run_until(at);
        watch.outcome()
    }

    /// How many connections were in use on average, to the tenth.
    pub(super) fn mean_out(&self) -> String {
        let time = (self.at - Instant::ZERO).as_micros().max(1);
        format!("{:.1}", self.areas.holding as f64 / time as f64)
    }

    /// How long a request has held its connection on average, those that hold it still with what they have held so far.
    pub(super) fn mean_held(&self) -> Span {
        let Tally { served, lost, failed, holding, .. } = self.tally;
        let held = served + lost + failed + u64::from(holding);
        Span::from_micros(self.areas.holding / i64::try_from(held.max(1)).unwrap_or(i64::MAX))
    }

    /// When the first request failed, however.
    pub fn first_error(&self) -> Option<Instant> {
        self.first(Milestone::Error)
    }

    /// When this was first seen.
    pub fn first(&self, moment: Milestone) -> Option<Instant> {
        let place = Milestone::ALL.iter().position(|&other| other == moment)?;
        self.firsts[place]
    }
}

/// Numbers as prose lists them.
fn list(numbers: impl Iterator<Item = u32>) -> String {
    numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(" ")
}

/// What does not stand in the world itself.
#[derive(Debug, Default)]
struct Seen {
    most_open: u32,
    most_waiting: usize,
    firsts: [Option<Instant>; Milestone::ALL.len()],
    /// Waits that were over before they counted.
    early: usize,
    /// How many were not served, and when the last of them was seen.
    unserved: (u64, Option<Instant>),
}

struct Watch {
    world: World,
    journal: Journal,
    seen: Seen,
    from: Instant,
}

impl Watch {
    fn run_until(&mut self, end: Instant) {
        while self.world.next_at().is_some_and(|next| next <= end) {
            self.world.step(&mut self.journal);
            self.look();
        }
        self.world.run_until(end, &mut self.journal);
    }

    fn look(&mut self) {
        let Watch { world, journal, seen, from } = self;
        if world.now() < *from {
            seen.early = journal.waits().len();
        }
        let tally = world.tally();
        let unserved = tally.errors() + tally.gave_up;
        if unserved > seen.unserved.0 {
            seen.unserved = (unserved, Some(world.now()));
        }
        seen.most_open = seen.most_open.max(world.open());
        seen.most_waiting = seen.most_waiting.max(world.waiting());
        for (place, moment) in Milestone::ALL.iter().enumerate() {
            if seen.firsts[place].is_none() && moment.count(world) > 0 {
                seen.firsts[place] = Some(world.now());
            }
        }
    }

    fn outcome(self) -> Outcome {
        let Watch { world, journal, seen, .. } = self;
        let mut so_far: Vec<Span> = journal.waits()[seen.early..].iter().map(|wait| wait.time()).collect();
        so_far.extend(world.waits_so_far());
        so_far.sort_unstable();
        let rank = |percent: usize| so_far.get((so_far.len() * percent).div_ceil(100).saturating_sub(1)).copied();
        let mut parked: Vec<u32> = world.services().iter().flat_map(Service::holding).collect();
        parked.sort_unstable();
        let line = world.services().iter().flat_map(Service::in_line);
        let service = &world.services()[0];
        let (pool, last) = (service.pool(), service.finished().next_back());
        Outcome {
            tally: world.tally(),
            open: world.open(),
            most_open: seen.most_open,
            waiting: world.waiting(),
            most_waiting: seen.most_waiting,
            status: pool.status(),
            answer: last.map(|last| last.call.response().body()).unwrap_or_default(),
            counters: [pool.checkedout(), pool.checkedin(), pool.overflow()],
            waits: [50, 95, 100].map(|percent| rank(percent).unwrap_or(Span::ZERO)),
            areas: world.areas(),
            at: world.now(),
            firsts: seen.firsts,
            last_unserved: Some(seen.unserved.1.unwrap_or(Instant::ZERO)),
            parked: list(parked.into_iter()),
            line: list(line),
        }
    }
}
