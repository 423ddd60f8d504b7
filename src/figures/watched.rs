//! What stands in no sample of a run: what happened between two of them, and what the first worker is like.

use super::milestone::Milestone;
use crate::service::Service;
use crate::sim::World;
use crate::time::{Instant, Span};

/// What only shows to somebody who looks after every event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Watched {
    /// The most connections that were open at once.
    pub most_open: u32,
    /// The most requests that were in line at once.
    pub most_waiting: usize,
    /// When each [`Milestone`] was first seen, in the order of [`Milestone::ALL`].
    pub firsts: [Option<Instant>; Milestone::ALL.len()],
    /// How many requests failed and how many visitors gave up.
    unserved: u64,
    /// When that last happened; the beginning if it never did.
    pub last_unserved: Instant,
}

impl Watched {
    /// Takes in what the world is like after an event.
    pub fn look(&mut self, world: &World) {
        let tally = world.tally();
        let unserved = tally.errors() + tally.gave_up;
        if unserved > self.unserved {
            (self.unserved, self.last_unserved) = (unserved, world.now());
        }
        self.most_open = self.most_open.max(world.open());
        self.most_waiting = self.most_waiting.max(world.waiting());
        for (first, milestone) in self.firsts.iter_mut().zip(Milestone::ALL) {
            if first.is_none() && milestone.count(&tally) > 0 {
                *first = Some(world.now());
            }
        }
    }

    /// When this was first seen.
    pub fn first(&self, milestone: Milestone) -> Option<Instant> {
        self.firsts[milestone as usize]
    }
}

/// The first worker of a world, in words and numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FirstWorker {
    /// `pool.status()`.
    pub status: String,
    /// `pool.checkedout()`.
    pub checked_out: i64,
    /// `pool.checkedin()`.
    pub checked_in: i64,
    /// `pool.overflow()`.
    pub overflow: i64,
    /// How many requests wait for a thread, in all workers.
    pub without_thread: usize,
    /// The longest that a health check took, in all workers.
    pub slowest_probe: Span,
    /// What the last request was answered that called a view.
    pub answer: String,
    /// The numbers of the requests that have a connection, in all workers, lowest first.
    pub served: String,
    /// The numbers of the requests in line, in all workers, first in line first.
    pub line: String,
}

impl FirstWorker {
    /// Of a world as it is now.
    pub fn of(world: &World) -> FirstWorker {
        let services = world.services();
        let mut served: Vec<u32> = services.iter().flat_map(Service::holding).collect();
        served.sort_unstable();
        let (pool, last) = (services[0].pool(), services[0].finished().next_back());
        FirstWorker {
            status: pool.status(),
            checked_out: pool.checkedout(),
            checked_in: pool.checkedin(),
            overflow: pool.overflow(),
            without_thread: services.iter().map(Service::without_thread).sum(),
            slowest_probe: services.iter().map(|service| service.slowest_probe(world.now())).max().unwrap_or_default(),
            answer: last.map(|last| last.call.response().body()).unwrap_or_default(),
            served: list(served.into_iter()),
            line: list(services.iter().flat_map(Service::in_line)),
        }
    }
}

/// Numbers as prose lists them.
fn list(numbers: impl Iterator<Item = u32>) -> String {
    numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(" ")
}
