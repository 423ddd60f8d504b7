//! Who sets off when. A request's car follows what happens to it, as fast as a car can: it sets off when the way is free, and who
//! would be too late vanishes here and appears there.
//!
//! Nothing here depends on when one looks: whoever can set off does so in the order of time, each at the first moment after it
//! knows where to go, has arrived where it went before, and the way is free.

use super::car::{CarState, CarStatus, Destination, Stand};
use super::geometry::MOST_BAYS;
use super::lot::Lot;
use super::motion::{Drive, FADE, Pose};
use super::route::{Route, route};
use crate::time::{Instant, Span};

/// Who can set off within this time waits for it; others ask again.
const SOON: Span = Span::from_millis(300);
/// How often one asks again, ...
const AGAIN: Span = Span::from_millis(60);
/// ... as long as there are fewer cars than these: among more, in which nobody could follow one, it is less often.
const FEW: usize = 256;
/// Who has not set off for so long fades to where it should be.
const LATE: Span = Span::from_millis(900);
/// So slowly those vanish who leave without having got what they came for.
const SLOWLY: Span = Span::from_millis(600);

/// A car by where the lot keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Here(usize),
    Gone(usize),
}

impl Lot {
    /// The car with another destination. Among crowds it is there at once.
    pub(super) fn sent(&self, now: Instant, car: &CarState, destination: Destination) -> CarState {
        let car = CarState { destination, since: now, retry: now, ..*car };
        if !self.plan.is_crowded() {
            return car;
        }
        let (from, _) = self.pose(&car, now);
        let standing = self.wanted(destination);
        let drive = match self.plan.stop(standing) {
            Some(to) => Drive::fading(from, to, now, FADE),
            None => Drive::vanishing(from, now, FADE),
        };
        CarState { drive, standing, ..car }
    }

    /// Where a car with this destination is to stand.
    pub(super) fn wanted(&self, destination: Destination) -> Stand {
        let in_sight = |standing, is: bool| if is { standing } else { Stand::Outside };
        match destination {
            Destination::Coming => Stand::Outside,
            Destination::Kerb(ticket) => {
                let place = self.place(ticket);
                in_sight(Stand::Line(place), place < self.plan.line_in_sight())
            }
            Destination::Road(halt) => in_sight(Stand::LayBy(halt.index), halt.index < self.plan.lay_by_in_sight()),
            Destination::Before(spot) => in_sight(Stand::Mouth(spot), spot.place() < MOST_BAYS),
            Destination::Bay(spot) => in_sight(Stand::Bay(spot), spot.place() < MOST_BAYS),
            Destination::Off(_) => Stand::Gone,
        }
    }

    /// All that set off before `now` do.
    pub(super) fn set_off_until(&mut self, now: Instant) {
        if now <= self.next_look || self.plan.is_crowded() {
            return;
        }
        self.next_look = Instant::from_micros(i64::MAX);
        while let Some((at, _, who)) = self.next_to_set_off() {
            if at >= now {
                self.next_look = at;
                return;
            }
            let mut car = match who {
                Who::Here(index) => self.here[index],
                Who::Gone(index) => self.gone.get(index).copied(),
            };
            if let Some(car) = &mut car {
                self.set_off(at, car);
            }
            match (who, car) {
                (Who::Here(index), car) => self.here[index] = car,
                (Who::Gone(index), Some(car)) => self.gone[index] = car,
                (Who::Gone(_), None) => {}
            }
        }
    }

    /// The lot after those have set off that do before `now`, if there are any: one may look before it is settled.
    pub(super) fn set_off_since(&self, now: Instant) -> Option<Lot> {
        let is_due =
            now > self.next_look && !self.plan.is_crowded() && self.next_to_set_off().is_some_and(|(at, ..)| at < now);
        is_due.then(|| {
            let mut lot = self.clone();
            lot.set_off_until(now);
            lot
        })
    }

    /// Who can try to set off first, and when.
    fn next_to_set_off(&self) -> Option<(Instant, u32, Who)> {
        let here = self.here.iter().enumerate().filter_map(|(index, car)| Some((Who::Here(index), car.as_ref()?)));
        let gone = self.gone.iter().enumerate().map(|(index, car)| (Who::Gone(index), car));
        here.chain(gone)
            .filter(|(_, car)| self.wanted(car.destination) != car.standing)
            .map(|(who, car)| (car.drive.arrives().max(self.since(car)).max(car.retry), car.number, who))
            .min()
    }

    /// After how long who could not set off asks again. Cars that are gone do not count: how many of them are still
    /// remembered depends on when the lot was settled last.
    fn again(&self) -> Span {
        Span::from_micros(AGAIN.as_micros() * (1 + self.here.len() / FEW) as i64)
    }

    /// Since when a car is to go where it is to go.
    fn since(&self, car: &CarState) -> Instant {
        match car.destination {
            Destination::Kerb(_) => car.since.max(self.line_since),
            _ => car.since,
        }
    }

    /// Where a car is that has arrived: outside, wherever it was seen last.
    fn stands(&self, car: &CarState) -> Pose {
        if car.standing == Stand::Outside { self.plan.entrance() } else { car.drive.end() }
    }

    fn set_off(&mut self, now: Instant, car: &mut CarState) {
        let from = self.stands(car);
        let mut to = self.wanted(car.destination);
        let leaves_bay = car.standing.spot().is_some() && matches!(to, Stand::LayBy(_));
        if !leaves_bay && self.right_of_way.free(&self.plan, to, car.number).is_none() {
            // Somebody stands there.
            car.retry = now + self.again();
            return;
        }
        let is_too_late = now - self.since(car) >= LATE;
        // Who was served in so little time that it never came to its bay is not shown leaving.
        let was_not_seen = car.destination == Destination::Off(CarStatus::Served) && car.standing.spot().is_none();
        match route(&self.plan, car.standing, from, to, now) {
            Route::Within(drive) => (car.drive, car.standing) = (drive, to),
            Route::Drive(drive) if !was_not_seen => {
                if leaves_bay {
                    // Out, and round the block.
                    to = Stand::Outside;
                }
                let ends = (car.standing, to);
                match self.right_of_way.ask(&self.plan, &drive, ends, car.number, now, now + SOON) {
                    Some(way) => {
                        self.right_of_way.take(&way, car.number, now);
                        (car.drive, car.standing) = (drive.at_time(way.begin), to);
                    }
                    None if is_too_late => self.fade(now, car, to),
                    None => car.retry = now + self.again(),
                }
            }
            _ => self.fade(now, car, to),
        }
    }

    /// The car vanishes here and appears there, when that place is free.
    fn fade(&mut self, now: Instant, car: &mut CarState, to: Stand) {
        let from = self.stands(car);
        let Some(end) = self.plan.stop(to) else {
            let is_unlucky = matches!(car.destination, Destination::Off(status) if status.is_unlucky());
            let takes = if is_unlucky { SLOWLY } else { FADE };
            self.right_of_way.release(car.number, now + takes);
            (car.drive, car.standing) = (Drive::vanishing(from, now, takes), to);
            return;
        };
        match self.right_of_way.free(&self.plan, to, car.number) {
            Some(free) if free <= now + SOON => {
                let appears = free.max(now + FADE);
                self.right_of_way.release(car.number, now + FADE);
                self.right_of_way.hold(&self.plan, to, car.number, appears);
                (car.drive, car.standing) = (Drive::fading(from, end, now, appears - now), to);
            }
            _ => car.retry = now + self.again(),
        }
    }
}
