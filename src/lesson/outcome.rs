//! The outcome of a plan.

use super::plan::Plan;
use crate::figures::{FirstWorker, Measurement, WaitSummary, Watched};
use crate::sim::{Journal, Sample, World};
use crate::time::Instant;

/// Plays a plan to a moment and watches every event of it. Waits that end after the plan's [from](Plan::from) count; waits that
/// are not over count with their time so far.
pub(super) fn outcome(plan: &Plan, at: Instant) -> Measurement {
    let world = World::unwatched(plan.setup.clone());
    let mut watch = Watch { world, journal: Journal::of_waits(), seen: Watched::default(), early: 0, from: plan.from };
    for (when, act) in plan.acts.iter().filter(|(when, _)| *when <= at) {
        watch.run_until(*when);
        let act = act.on(watch.world.setup());
        watch.world.act(act, &mut watch.journal);
        watch.look();
    }
    watch.run_until(at);
    watch.outcome()
}

struct Watch {
    world: World,
    journal: Journal,
    seen: Watched,
    /// How many waits ended before waits count.
    early: usize,
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
        if self.world.now() < self.from {
            self.early = self.journal.waits().len();
        }
        self.seen.look(&self.world);
    }

    fn outcome(self) -> Measurement {
        let Watch { world, journal, seen, early, .. } = self;
        let over = journal.waits()[early..].iter().map(|wait| wait.time());
        let waits = WaitSummary::of(over.chain(world.waits_so_far()));
        Measurement {
            watched: Some(Box::new(seen)),
            first_worker: Some(Box::new(FirstWorker::of(&world))),
            ..Measurement::between(world.setup(), &Sample::default(), &world.sample(), waits)
        }
    }
}
