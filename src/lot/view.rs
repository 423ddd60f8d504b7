//! The lot at a moment.

use super::bay::{Bay, BaySite, TEARING};
use super::car::{Car, CarState, CarStatus};
use super::geometry::{MOST_BAYS, MOST_KEYS};
use super::picture::{Picture, PictureKey};
use super::scene::Lot;
use crate::pool::Pool;
use crate::time::{Instant, Span};

/// When everything is where it goes.
const AT_LAST: Instant = Instant::from_micros(i64::MAX);

impl Lot {
    /// What there is to see at `now`, with the current pool's words. Not before the last news. With `still`, for readers
    /// who want no motion, everything is where it goes, and nothing on its way.
    pub fn picture(&self, now: Instant, pool: &Pool, still: bool) -> Picture {
        let recycle = pool.settings().pool_recycle;
        let cones = if pool.size() > 0 { pool.overflow().max(0) as usize } else { 0 };
        let mut bays: Vec<Bay> = self.sites.iter().map(|site| self.bay(now, site, recycle, still)).collect();
        // "Overflow" is a count, not a kind: the cones stand on the last bays of the current pool, so many as it is over.
        // A bay that is being torn up counts until it is gone.
        for bay in bays.iter_mut().rev().filter(|bay| !bay.spot.old).take(cones) {
            bay.cones = true;
        }
        let ruins = self.ruins.iter().filter(|site| site.since + TEARING > now);
        bays.extend(ruins.map(|site| self.bay(now, site, recycle, still)));
        let unseen = bays.iter().filter(|bay| bay.spot.place() >= MOST_BAYS).count();
        bays.retain(|bay| bay.spot.place() < MOST_BAYS);
        Picture {
            plan: self.plan,
            settings: *pool.settings(),
            places: self.places,
            over: cones,
            bays,
            cars: self.cars(now, still),
            keys: self.keys(now, pool, still),
            hanging: self.rack_keys.len(),
            waiting: self.waiting,
            computing: self.road.len(),
            waiting_before: self.waiting_before,
            unseen,
        }
    }

    fn cars(&self, now: Instant, still: bool) -> Vec<Car> {
        let seen_at = if still { AT_LAST } else { now };
        let seen = |car: &CarState| Car { number: car.number, pose: self.pose(car, seen_at), status: car.status(now) };
        let here = self.here.iter().flatten().filter(|car| self.in_sight(car.destination)).map(seen);
        let gone = self.gone.iter().map(|car| self.sent_off(car, now));
        // Without motion nobody is seen driving away: who was served is gone as soon as the key is back.
        let served = |car: &CarState| matches!(car.leaves, Some((_, CarStatus::Served)));
        let leaving =
            gone.filter(|car| self.in_sight(car.destination) && !car.is_over(now, still) && !(still && served(car)));
        let mut cars: Vec<Car> = here.chain(leaving.map(|car| seen(&car))).collect();
        cars.sort_unstable_by_key(|car| car.number);
        if still {
            for (index, car) in cars.iter_mut().filter(|car| car.status.is_unlucky()).enumerate() {
                car.pose = self.plan.roadside(index);
            }
        }
        cars
    }

    fn bay(&self, now: Instant, site: &BaySite, recycle: Span, still: bool) -> Bay {
        let age = (recycle >= Span::ZERO && site.connection.is_some() && !site.spot.old).then(|| {
            let part = (now - site.opened).as_secs_f64() / recycle.as_secs_f64().max(1e-6);
            (part.min(1.0) * 24.0).floor() as f32 / 24.0
        });
        Bay {
            spot: site.spot,
            rect: self.plan.bay(site.spot),
            connection: site.connection,
            phase: site.phase,
            phase_secs: if still { 0.0 } else { (now - site.since).as_secs_f64() as f32 },
            cracked: site.cracked,
            cones: false,
            age,
        }
    }

    fn keys(&self, now: Instant, pool: &Pool, still: bool) -> Vec<PictureKey> {
        let seen_at = if still { AT_LAST } else { now };
        let last = self.rack_keys.len().wrapping_sub(1);
        let next = if pool.settings().pool_use_lifo { last } else { 0 };
        let hanging = self.rack_keys.iter().take(MOST_KEYS).enumerate().map(|(index, key)| {
            let pose = self.key_pose(index, seen_at);
            let connection = self.sites.get(key.place).and_then(|site| site.connection);
            PictureKey { at: (pose.x, pose.y), connection, next: index == next }
        });
        let taken = self.moving_keys.iter().filter(|key| !still && key.drive.arrives() > now).map(|key| {
            let pose = key.drive.at(now);
            PictureKey { at: (pose.x, pose.y), connection: key.connection, next: false }
        });
        hanging.chain(taken).collect()
    }
}
