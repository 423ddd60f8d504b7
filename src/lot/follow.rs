//! The lot follows the news: what each means for cars and bays.

use super::bay::{BayPhase, BaySite, PoolRecord};
use super::car::{CarState, CarStatus, Destination};
use super::geometry::Spot;
use super::motion::Drive;
use super::route::route;
use super::scene::Lot;
use crate::pool::{Client, Command, ConnectionId, Event};
use crate::service::Failure;
use crate::time::Instant;

impl Lot {
    pub(super) fn arrived(&mut self, now: Instant, client: Client, number: u32) {
        let index = client.0 as usize;
        if index >= self.here.len() {
            self.here.resize(index + 1, None);
        }
        self.here[index] = Some(CarState {
            number,
            arrived: now,
            patience: None,
            destination: Destination::Coming,
            drive: Drive::still(self.plan.entrance()),
            leaves: None,
            leaked: false,
        });
    }

    pub(super) fn command(&mut self, now: Instant, generation: u32, client: Client, command: Command) {
        match command {
            Command::Open(record) => {
                let site = self.site(now, (generation, record));
                site.connection = None;
                site.cracked = false;
                site.opened = now;
                site.set(BayPhase::Building, now);
                let spot = site.spot;
                self.head_for(now, client, Destination::Before(spot));
            }
            Command::Ping(connection) => {
                if let Some(spot) = self.set_phase(now, client, connection, BayPhase::Tapped) {
                    self.head_for(now, client, Destination::Before(spot));
                }
            }
            Command::Reset(connection, _) => {
                self.set_phase(now, client, connection, BayPhase::Swept);
            }
            Command::Close(_) | Command::Terminate(_) | Command::Ask(_) | Command::Wake => {}
        }
    }

    pub(super) fn event(&mut self, now: Instant, generation: u32, client: Client, event: Event) {
        match event {
            Event::Connect(connection, record) => {
                let site = self.site(now, (generation, record));
                site.connection = Some(connection);
                site.set(BayPhase::Open, now);
            }
            Event::Checkout(_, record) => {
                let site = self.site(now, (generation, record));
                site.set(BayPhase::Open, now);
                let spot = site.spot;
                self.head_for(now, client, Destination::Bay(spot));
            }
            Event::Checkin(connection, record) => {
                let phase = if connection.is_some() { BayPhase::Open } else { BayPhase::Bare };
                let site = self.site(now, (generation, record));
                site.connection = connection;
                site.cracked &= connection.is_some();
                site.set(phase, now);
            }
            Event::Close(_, record, _) => {
                let site = self.site(now, (generation, record));
                site.set(BayPhase::Closing, now);
                let spot = site.spot;
                // Replaced at checkout: the car is on its way to it. Closed on return: the car stands in it.
                if self.destination(client).is_some_and(|destination| {
                    matches!(destination, Destination::Coming | Destination::Road(_) | Destination::Kerb(_))
                }) {
                    self.head_for(now, client, Destination::Before(spot));
                }
            }
            Event::FirstConnect(..)
            | Event::Reset { .. }
            | Event::Invalidate(..)
            | Event::SoftInvalidate(..)
            | Event::Detach(..)
            | Event::CloseDetached(_)
            | Event::Finalizer(..) => {}
        }
    }

    pub(super) fn left(&mut self, now: Instant, client: Client, outcome: Result<(), Failure>) {
        let status = match outcome {
            Ok(()) => CarStatus::Served,
            Err(failure) if failure.is_timeout() => CarStatus::TimedOut,
            Err(failure) => CarStatus::Failed(failure),
        };
        let Some(mut car) = self.here.get_mut(client.0 as usize).and_then(Option::take) else { return };
        self.road.free(client);
        // Who has not stopped yet leaves when it has; and out of the gate one goes after the other.
        let stops = matches!(car.destination, Destination::Bay(_) | Destination::Road(_));
        let parked = if stops { car.drive.arrives().max(now) } else { now };
        car.leaves = Some((parked, status));
        if let Destination::Bay(_) | Destination::Before(_) = car.destination {
            let (out, gap) = (self.sent_off(&car, parked).drive.arrives(), self.gap());
            let pause = self.exit.pass(out, gap) - out;
            car.leaves = Some((parked + pause, status));
        }
        let car = self.sent_off(&car, now);
        if let Some((begin, _)) = car.leaves {
            self.next_leaves = Some(self.next_leaves.map_or(begin, |next| next.min(begin)));
        }
        self.gone.push_back(car);
    }

    /// The trip as it is at `now`: a car whose request is over leaves exactly when it should, whenever one looks.
    pub(super) fn sent_off(&self, car: &CarState, now: Instant) -> CarState {
        match car.leaves {
            Some((begin, status)) if begin <= now => {
                let drive =
                    route(&self.plan, self.pose(car, begin), car.destination, Destination::Off(status), None, begin);
                CarState { leaves: None, drive, destination: Destination::Off(status), ..*car }
            }
            _ => *car,
        }
    }

    /// Sends off who should have left by now, before anything else changes.
    pub(super) fn send_off(&mut self, now: Instant) {
        if self.next_leaves.is_none_or(|next| next > now) {
            return;
        }
        let mut gone = std::mem::take(&mut self.gone);
        for car in gone.iter_mut().filter(|car| car.leaves.is_some()) {
            *car = self.sent_off(car, now);
        }
        self.gone = gone;
        self.next_leaves = self.gone.iter().filter_map(|car| car.leaves).map(|(begin, _)| begin).min();
    }

    /// The request runs on without a connection: its car stands on the road.
    pub(super) fn computes(&mut self, now: Instant, client: Client) {
        if let Some(destination) = self.destination(client) {
            let after = destination != Destination::Coming;
            let halt = self.road.take(client, after);
            self.head_for(now, client, Destination::Road(halt));
        }
    }

    /// A new pool begins on bare ground; what is still out of the one before it moves over to the old strip.
    pub(super) fn swapped(&mut self, now: Instant, generation: u32) {
        self.send_off(now);
        self.generation = generation;
        let moved = self.sites.move_over();
        for car in self.here.iter_mut().flatten().chain(&mut self.gone) {
            if let Destination::Bay(spot) | Destination::Before(spot) = &mut car.destination
                && !spot.old
                && let Some(&Some(new)) = moved.get(spot.place())
            {
                *spot = new;
            }
        }
    }

    /// The site of a record.
    fn site(&mut self, now: Instant, place: PoolRecord) -> &mut BaySite {
        self.sites.of(place, place.0 != self.generation, now)
    }

    fn set_phase(&mut self, now: Instant, client: Client, connection: ConnectionId, phase: BayPhase) -> Option<Spot> {
        let likely = self.destination(client).and_then(|destination| match destination {
            Destination::Before(spot) | Destination::Bay(spot) => Some(spot),
            Destination::Coming | Destination::Road(_) | Destination::Kerb(_) | Destination::Off(_) => None,
        });
        let site = self.sites.with(connection, likely)?;
        site.set(phase, now);
        Some(site.spot)
    }

    fn destination(&self, client: Client) -> Option<Destination> {
        self.here.get(client.0 as usize)?.map(|car| car.destination)
    }

    /// Sends a client's car somewhere, from wherever it is now. Cars come in one after the other.
    pub(super) fn head_for(&mut self, now: Instant, client: Client, destination: Destination) {
        let Some(&Some(mut car)) = self.here.get(client.0 as usize) else { return };
        if car.destination == destination {
            return;
        }
        let end = self.stop(destination);
        car.drive = match end {
            Some(end) if !self.in_sight(destination) => Drive::still(end),
            _ => {
                let drive = route(&self.plan, self.pose(&car, now), car.destination, destination, end, now);
                let gap = self.gap();
                if car.destination == Destination::Coming {
                    drive.delayed(self.entry.pass(now, gap) - now)
                } else {
                    drive
                }
            }
        };
        if !matches!(destination, Destination::Road(_)) {
            self.road.free(client);
        }
        car.destination = destination;
        self.here[client.0 as usize] = Some(car);
    }
}
