//! What stands in order: the line at the kerb, and the keys on the rack. Both are read off the pools.

use super::car::Goal;
use super::motion::Drive;
use super::route::{at, route, slide};
use super::scene::{Lot, Place};
use crate::pool::Pool;
use crate::sim::Service;
use crate::time::Instant;

impl Lot {
    /// The line at the kerb is the pools' line, replaced pools first.
    pub(super) fn line_up(&mut self, now: Instant, service: &Service) {
        let plan = self.plan;
        let pools = service.pools();
        let line = pools.flat_map(|(_, pool)| pool.line().map(move |client| (client, pool.timeout())));
        for (place, (client, patience)) in line.enumerate() {
            let number = self.numbers.get(client.0 as usize).copied().unwrap_or(0);
            let Some(trip) = self.trips.get_mut(&number) else { continue };
            trip.patience = patience;
            let goal = Goal::Kerb(place);
            if trip.goal != goal {
                trip.drive = route(&plan, trip, goal, now);
                trip.goal = goal;
            }
        }
    }

    /// The rack is the pool's queue: a key a record, in order.
    pub(super) fn hang(&mut self, now: Instant, pool: &Pool) {
        let generation = self.generation;
        let queue = pool.idle().map(|(record, _)| (generation, record));
        if queue.clone().eq(self.hooks.iter().map(|(place, _)| *place)) {
            return; // as in nearly every frame
        }
        let queue: Vec<Place> = queue.collect();
        let of = queue.len();
        let before = std::mem::take(&mut self.hooks);
        for (place, drive) in before.iter().filter(|(place, _)| !queue.contains(place)) {
            if let Some(site) = self.sites.get(place) {
                let (x, y) = self.plan.bay(site.spot).center();
                let from = drive.at(now);
                let drive = Drive::along(from, &[(x, y)], Some(0.0), 1.0, now);
                self.taken.push((site.connection, drive));
            }
        }
        for (index, place) in queue.into_iter().enumerate() {
            let hook = self.plan.hook(index, of);
            let mut drive = before.iter().find(|(other, _)| *other == place).map_or_else(
                || Drive::still(self.sites.get(&place).map_or(at(hook), |site| at(self.plan.bay(site.spot).center()))),
                |(_, drive)| *drive,
            );
            slide(&mut drive, hook, now);
            self.hooks.push((place, drive));
        }
    }
}
