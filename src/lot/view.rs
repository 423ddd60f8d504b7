//! The lot at a moment.

use super::bay::{Bay, Site};
use super::car::{Car, Goal, Mood, Trip};
use super::geometry::{MOST_BAYS, MOST_KEYS, MOST_WAITING};
use super::motion::{Drive, Pose};
use super::picture::{Key, Picture};
use super::scene::Lot;
use crate::pool::Pool;
use crate::time::{Instant, Span};

impl Lot {
    /// What there is to see at `now`, with the current pool's words. Not before the last news.
    pub fn picture(&self, now: Instant, pool: &Pool, _still: bool) -> Picture {
        let recycle = pool.settings().pool_recycle;
        let cones = if pool.size() > 0 { pool.overflow().max(0) as usize } else { 0 };
        let in_order = self.spots.iter().flatten().flatten().filter_map(|place| self.sites.get(place));
        let mut bays: Vec<Bay> = in_order.map(|site| self.bay(now, site, recycle)).collect();
        // "Overflow" is a count, not a kind: the cones stand on the last bays of the current pool, so many as it is over.
        // A bay that is being torn up counts until it is gone.
        for bay in bays.iter_mut().rev().filter(|bay| !bay.spot.old).take(cones) {
            bay.cones = true;
        }
        bays.extend(self.ruins.iter().map(|site| self.bay(now, site, recycle)));
        let unseen = bays.iter().filter(|bay| bay.spot.index >= MOST_BAYS).count();
        bays.retain(|bay| bay.spot.index < MOST_BAYS);
        let in_sight = self.trips.iter().filter(|(_, trip)| self.in_sight(trip));
        let car =
            |(&number, trip): (&u32, &Trip)| Car { number, pose: self.pose(&trip.drive, now), mood: trip.mood(now) };
        let mut cars: Vec<Car> = in_sight.map(car).collect();
        if self.still {
            let unlucky = cars.iter_mut().filter(|car| matches!(car.mood, Mood::TimedOut | Mood::Failed));
            for (index, car) in unlucky.enumerate() {
                car.pose = self.plan.roadside(index);
            }
        }
        Picture {
            plan: self.plan,
            settings: *pool.settings(),
            places: self.places,
            over: cones,
            bays,
            cars,
            keys: self.keys(now, pool),
            hanging: self.hooks.len(),
            waiting: self.waiting,
            unseen,
        }
    }

    fn pose(&self, drive: &Drive, now: Instant) -> Pose {
        drive.at(if self.still { now.max(drive.arrives()) } else { now })
    }

    fn in_sight(&self, trip: &Trip) -> bool {
        match trip.goal {
            Goal::Kerb(place) => place < MOST_WAITING,
            Goal::Bay(spot) | Goal::Before(spot) => spot.index < MOST_BAYS,
            Goal::Off(_) => true,
        }
    }

    fn bay(&self, now: Instant, site: &Site, recycle: Span) -> Bay {
        let age = (recycle >= Span::ZERO && site.connection.is_some() && !site.spot.old).then(|| {
            let part = (now - site.opened).as_secs_f64() / recycle.as_secs_f64().max(1e-6);
            (part.min(1.0) * 24.0).floor() as f32 / 24.0
        });
        Bay {
            spot: site.spot,
            rect: self.plan.bay(site.spot),
            connection: site.connection,
            phase: site.phase,
            phase_secs: if self.still { 0.0 } else { (now - site.since).as_secs_f64() as f32 },
            cracked: site.cracked,
            cones: false,
            age,
        }
    }

    fn keys(&self, now: Instant, pool: &Pool) -> Vec<Key> {
        let last = self.hooks.len().wrapping_sub(1);
        let next = if pool.settings().pool_use_lifo { last } else { 0 };
        let hanging = self.hooks.iter().take(MOST_KEYS).enumerate().map(|(index, (place, drive))| {
            let pose = self.pose(drive, now);
            let connection = self.sites.get(place).and_then(|site| site.connection);
            Key { at: (pose.x, pose.y), connection, next: index == next }
        });
        let taken = self.taken.iter().map(|(connection, drive)| {
            let pose = self.pose(drive, now);
            Key { at: (pose.x, pose.y), connection: *connection, next: false }
        });
        hanging.chain(taken).collect()
    }
}
