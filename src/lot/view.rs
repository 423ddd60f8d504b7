//! The lot at a moment.

use super::bay::{Bay, BaySite, Reserved, TEARING};
use super::car::{Car, CarState, CarStatus, READ, Stand};
use super::geometry::{MOST_BAYS, MOST_KEYS, Spot};
use super::lot::Lot;
use super::motion::Pose;
use super::picture::{Picture, PictureKey};
use crate::pool::Pool;
use crate::time::{Instant, Span};

/// When everything is where it goes.
const AT_LAST: Instant = Instant::from_micros(i64::MAX);

/// Who holds a connection for less is not worth a mark.
const LONG: Span = Span::from_secs(2);

impl Lot {
    /// What there is to see at `now`, with the current pool's words. Not before the last news. With `still`, for readers
    /// who want no motion, everything is where it goes, and nothing on its way.
    pub fn picture(&self, now: Instant, pool: &Pool, still: bool) -> Picture {
        if let Some(lot) = self.set_off_since(now) {
            return lot.picture(now, pool, still);
        }
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
        let cars = self.cars(now, still);
        self.reserve(&mut bays, &cars);
        let here = self.here.iter().flatten().count();
        let shown =
            cars.iter().filter(|car| !matches!(car.status, CarStatus::Served) && !car.status.is_unlucky()).count();
        Picture {
            plan: self.plan,
            settings: *pool.settings(),
            places: self.places,
            over: cones,
            bays,
            cars,
            keys: self.keys(now, pool, still),
            hanging: self.rack_keys.len(),
            waiting: self.waiting,
            computing: self.lay_by.len(),
            idling: self.here.iter().flatten().filter(|car| car.idles && !car.leaked).count(),
            waiting_before: self.waiting_before,
            unseen,
            for_nobody: self.for_nobody,
            outside: here - shown.min(here),
            pointed: None,
        }
    }

    fn cars(&self, now: Instant, still: bool) -> Vec<Car> {
        let holder = self.longest_holder(now);
        let seen = |car: &CarState| -> Option<Car> {
            let (pose, opacity) =
                if still { (self.plan.stop(self.wanted(car.destination))?, 1.0) } else { self.pose(car, now) };
            let half = self.plan.length() / 2.0;
            let is_in_it = pose.x + half > 0.0 && pose.x - half < self.plan.size.0;
            let (number, status, is_ghost) = (car.number, car.status(now), car.is_ghost);
            let holds = holder.filter(|(holder, _)| *holder == number).map(|(_, holds)| holds);
            let has_key = car.bay().is_some_and(|spot| !self.is_in(spot, pose));
            let idles = car.idles && status == CarStatus::Calm && !has_key;
            (opacity > 0.0 && is_in_it).then_some(Car {
                number,
                pose,
                status,
                opacity,
                is_ghost,
                holds,
                has_key,
                idles,
            })
        };
        let mut cars: Vec<Car> = self.here.iter().flatten().filter_map(seen).collect();
        let leaving = self.gone.iter().filter(|car| !car.is_over(now, still));
        if still {
            // Nobody is seen driving away. Who had to leave stands at the roadside for a while.
            let aside = |(index, car): (usize, &CarState)| Car {
                number: car.number,
                pose: self.plan.roadside(index),
                status: car.status(now),
                opacity: 1.0,
                is_ghost: car.is_ghost,
                holds: None,
                has_key: false,
                idles: false,
            };
            cars.extend(leaving.enumerate().map(aside));
        } else {
            cars.extend(leaving.filter_map(seen));
        }
        cars.sort_unstable_by_key(|car| car.number);
        cars
    }

    /// While others wait: who has held a connection for longest, and for how long.
    pub(super) fn longest_holder(&self, now: Instant) -> Option<(u32, Span)> {
        let holders = self.here.iter().flatten().filter_map(|car| Some((car.number, car.holds_since()?)));
        let (number, since) = holders.min_by_key(|&(_, since)| since)?;
        (self.waiting > 0 && now - since >= LONG).then_some((number, now - since))
    }

    fn bay(&self, now: Instant, site: &BaySite, recycle: Span, still: bool) -> Bay {
        let age = (recycle >= Span::ZERO && site.connection.is_some() && !site.spot.old).then(|| {
            let part = (now - site.opened).as_secs_f64() / recycle.as_secs_f64().max(1e-6);
            (part.min(1.0) * 24.0).floor() as f32 / 24.0
        });
        Bay {
            spot: site.spot,
            rect: self.plan.bay(site.spot),
            below: self.plan.is_below(site.spot),
            connection: site.connection,
            phase: site.phase,
            phase_secs: if still { 0.0 } else { (now - site.since).as_secs_f64() as f32 },
            cracked: site.cracked,
            cones: false,
            age,
            reserved: None,
        }
    }

    /// Notes in each bay whose it is, if that car is not to be seen in it.
    fn reserve(&self, bays: &mut [Bay], cars: &[Car]) {
        let is_there = |number: u32| {
            let car = cars.binary_search_by_key(&number, |car| car.number).ok().map(|index| &cars[index]);
            car.is_some_and(|car| !car.has_key && car.opacity >= READ)
        };
        let owners = self.here.iter().flatten().filter_map(|car| Some((car.bay()?, car)));
        for (spot, car) in owners.filter(|(_, car)| !is_there(car.number)) {
            if let (Some(bay), Some(pose)) =
                (bays.iter_mut().find(|bay| bay.spot == spot), self.plan.stop(Stand::Bay(spot)))
            {
                bay.reserved = Some(Reserved { number: car.number, pose, idles: car.idles && !car.leaked });
            }
        }
    }

    /// Whether a car is in a bay, or half in it.
    fn is_in(&self, spot: Spot, pose: Pose) -> bool {
        self.plan
            .stop(Stand::Bay(spot))
            .is_some_and(|stop| (stop.x - pose.x).hypot(stop.y - pose.y) < self.plan.length() / 2.0)
    }

    fn keys(&self, now: Instant, pool: &Pool, still: bool) -> Vec<PictureKey> {
        let seen_at = if still { AT_LAST } else { now };
        let last = self.rack_keys.len().wrapping_sub(1);
        let next = if pool.settings().pool_use_lifo { last } else { 0 };
        let hanging = self.rack_keys.iter().take(MOST_KEYS).enumerate().map(|(index, key)| {
            let at = self.key_at(index, seen_at);
            let connection = self.sites.get(key.place).and_then(|site| site.connection);
            PictureKey { at, connection, next: index == next }
        });
        let taken = self.moving_keys.iter().filter(|key| !still && key.flight.arrives() > now).map(|key| PictureKey {
            at: key.flight.at(now),
            connection: key.connection,
            next: false,
        });
        hanging.chain(taken).collect()
    }
}
