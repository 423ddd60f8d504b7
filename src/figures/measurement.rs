//! What a stretch of a run came to.

use super::waits::WaitSummary;
use super::watched::{FirstWorker, Watched};
use crate::service::{Tally, TimeIntegrals};
use crate::sim::{Journal, MAX_WORKERS, Sample, Setup, World};
use crate::time::{Instant, Span};

/// What a stretch of a run came to: everything that a [`Figure`](super::Figure) is read from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Measurement {
    /// How long the stretch is.
    pub length: Span,
    /// What was counted in it; of what goes on, how much there is at its end.
    pub tally: Tally,
    /// Sums over the time of the stretch.
    pub integrals: TimeIntegrals,
    /// The waits in it.
    pub waits: WaitSummary,
    /// Requests in line at its end.
    pub waiting: u32,
    /// Connections open at the server at its end.
    pub open: u32,
    /// The connections that the pools of all workers may have together. `None` for pools without a limit.
    pub capacity: Option<i64>,
    /// What only shows to somebody who looks after every event; `None` if nobody did.
    pub watched: Option<Box<Watched>>,
    /// What the first worker is like at the end; `None` where nobody asked.
    pub first_worker: Option<Box<FirstWorker>>,
}

impl Measurement {
    /// Of the stretch between two samples of a world like this, with the waits that belong to it.
    pub fn between(setup: &Setup, from: &Sample, to: &Sample, waits: WaitSummary) -> Measurement {
        let limit = setup.settings.limit().filter(|&limit| limit > 0);
        Measurement {
            length: to.at - from.at,
            tally: to.tally.since(&from.tally),
            integrals: to.areas.since(from.areas),
            waits,
            capacity: limit.map(|limit| limit.saturating_mul(setup.workers.clamp(1, MAX_WORKERS) as i64)),
            ..Measurement::at(to)
        }
    }

    /// Of all that had been counted by a sample, without the waits.
    pub fn at(sample: &Sample) -> Measurement {
        Measurement {
            length: sample.at - Instant::ZERO,
            tally: sample.tally,
            integrals: sample.areas,
            waiting: sample.waiting,
            open: sample.open,
            ..Measurement::default()
        }
    }

    /// Of a run from its beginning to now. Waits that are not over count with their time so far: requests that block each
    /// other for ever would otherwise look like no waiting at all.
    pub fn so_far(world: &World, journal: &Journal) -> Measurement {
        let waits = journal.waits().iter().map(|wait| wait.time()).chain(world.waits_so_far());
        Measurement::between(world.setup(), &Sample::default(), &world.sample(), WaitSummary::of(waits))
    }

    /// Requests that never had a connection: timed out, refused one, or turned away from a crowd.
    pub fn without(&self) -> u64 {
        self.tally.timeouts + self.tally.refused + self.tally.turned_away
    }

    /// Requests served in a thousand seconds.
    pub fn throughput(&self) -> i64 {
        (i128::from(self.tally.served) * 1_000_000_000 / self.micros()) as i64
    }

    /// How much of the time that all connections of the pools could have been in use they were, in thousandths. `None` for
    /// pools without a limit.
    pub fn utilisation(&self) -> Option<i64> {
        let capacity = i128::from(self.capacity?) * self.micros();
        Some((i128::from(self.integrals.holding) * 1_000 / capacity) as i64)
    }

    /// How many connections were in use on average, in thousandths.
    pub fn mean_in_use(&self) -> i64 {
        (i128::from(self.integrals.holding) * 1_000 / self.micros()) as i64
    }

    /// How long a request has held its connection on average, those that hold it still with what they have held so far.
    pub fn mean_held(&self) -> Span {
        let Tally { served, lost, failed, holding, .. } = self.tally;
        let held = served + lost + failed + u64::from(holding);
        Span::from_micros(self.integrals.holding / i64::try_from(held.max(1)).unwrap_or(i64::MAX))
    }

    fn micros(&self) -> i128 {
        i128::from(self.length.as_micros().max(1))
    }
}
