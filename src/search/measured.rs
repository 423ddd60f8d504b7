//! What one run of a world came to.

use crate::service::{Tally, TimeIntegrals};
use crate::sim::{Journal, MAX_WORKERS, Setup, World};
use crate::time::{Instant, Span};

/// The figures of one run, of its measured stretch only: what came before was warming up.
///
/// A wait lasts from asking for a connection to having one, or to learning that there is none. Every checkout counts whose
/// wait ended in the stretch, in vain or not, and at its end those still waiting, with their time so far: requests that
/// block each other for ever would otherwise look like no waiting at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// How long it was measured.
    pub length: Span,
    /// How many waits the following figures are of. They are zero if there were none.
    pub checkouts: u64,
    /// Half of the waits are not above this.
    pub p50: Span,
    /// 95 % of the waits are not above this.
    pub p95: Span,
    /// 99 % of the waits are not above this.
    pub p99: Span,
    /// The mean wait.
    pub mean: Span,
    /// The longest wait.
    pub max: Span,
    /// Requests that came.
    pub arrived: u64,
    /// Requests that ended well.
    pub served: u64,
    /// Requests that waited for a connection until their time was up.
    pub timeouts: u64,
    /// Requests for which no connection could be opened.
    pub refused: u64,
    /// Requests whose connection was gone when they used it.
    pub lost: u64,
    /// Requests whose statements failed.
    pub failed: u64,
    /// Requests that ended badly however: those of the four counts before.
    pub errors: u64,
    /// Requests that found so many others that they went by at once.
    pub turned_away: u64,
    /// Requests that never had a connection: timed out, refused one, or turned away from a crowd.
    pub without: u64,
    /// Connections opened.
    pub opened: u64,
    /// Requests served in a thousand seconds.
    pub throughput: i64,
    /// How much of the time that all connections of the pools could have been in use they were, in thousandths. `None` for
    /// pools without a limit.
    pub utilisation: Option<i64>,
}

/// What a world had counted at a moment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    pub tally: Tally,
    pub areas: TimeIntegrals,
}

impl Measured {
    /// Of a run from its beginning to now, warm-up included.
    pub fn so_far(world: &World, journal: &Journal) -> Measured {
        let over = journal.waits().iter().map(|wait| wait.time());
        let waits = over.chain(world.waits_so_far()).map(Span::as_micros).collect();
        let now = Count { tally: world.tally(), areas: world.areas() };
        Measured::new(world.setup(), world.now() - Instant::ZERO, [Count::default(), now], waits)
    }

    /// From what had been counted at both ends of the stretch, and the waits in it in microseconds.
    pub(super) fn new(setup: &Setup, length: Span, [from, to]: [Count; 2], waits: Vec<i64>) -> Measured {
        let checkouts = waits.len() as u64;
        let sum: i128 = waits.iter().map(|&wait| i128::from(wait)).sum();
        let max = waits.iter().copied().max().unwrap_or(0);
        let [p50, p95, p99] = percentiles(waits);
        let micros = i128::from(length.as_micros().max(1));
        let served = to.tally.served - from.tally.served;
        let timeouts = to.tally.timeouts - from.tally.timeouts;
        let refused = to.tally.refused - from.tally.refused;
        let turned_away = to.tally.turned_away - from.tally.turned_away;
        let capacity =
            setup.settings.limit().unwrap_or(0).max(0) as i128 * setup.workers.clamp(1, MAX_WORKERS) as i128 * micros;
        let held = i128::from(to.areas.holding - from.areas.holding);
        Measured {
            length,
            checkouts,
            p50,
            p95,
            p99,
            mean: Span::from_micros((sum / i128::from(checkouts.max(1))) as i64),
            max: Span::from_micros(max),
            arrived: to.tally.arrived - from.tally.arrived,
            served,
            timeouts,
            refused,
            lost: to.tally.lost - from.tally.lost,
            failed: to.tally.failed - from.tally.failed,
            errors: to.tally.errors() - from.tally.errors(),
            turned_away,
            without: timeouts + refused + turned_away,
            opened: to.tally.opened - from.tally.opened,
            throughput: (i128::from(served) * 1_000_000_000 / micros) as i64,
            utilisation: (capacity > 0).then(|| (held * 1_000 / capacity) as i64),
        }
    }
}

/// p50, p95 and p99, exactly: the smallest wait that so many are not above.
fn percentiles(mut waits: Vec<i64>) -> [Span; 3] {
    let count = waits.len();
    let mut rest = &mut waits[..];
    let mut found = [Span::ZERO; 3];
    // From the highest down: each one orders what lies below it.
    for (place, percent) in [(2, 99), (1, 95), (0, 50)] {
        let rank = (count * percent).div_ceil(100);
        if rank > 0 {
            let (_, &mut wait, _) = rest.select_nth_unstable(rank - 1);
            found[place] = Span::from_micros(wait);
            rest = &mut rest[..rank];
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_sorted_waits() {
        for count in 0..=300 {
            let waits: Vec<i64> = (0..count).map(|n| n * 7_919 % 307).collect();
            let mut sorted = waits.clone();
            sorted.sort();
            let expected = [50, 95, 99].map(|percent| {
                let enough =
                    |wait: &&i64| 100 * sorted.iter().filter(|other| other <= wait).count() >= percent * count as usize;
                Span::from_micros(sorted.iter().find(enough).copied().unwrap_or(0))
            });
            assert_eq!(percentiles(waits), expected, "{count} waits");
        }
    }
}
