//! The lot follows the news: what each means for cars and bays.

use super::bay::{BayPhase, BaySite, PoolRecord};
use super::car::{CarState, CarStatus, Destination, Halt, Stand};
use super::geometry::Spot;
use super::lot::Lot;
use super::motion::Drive;
use crate::pool::{Client, Command, ConnectionId, Event};
use crate::service::Failure;
use crate::time::Instant;

/// The most cars whose request is over. Of more, who left first is not shown leaving: nobody could count them.
const MOST_GONE: usize = 600;

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
            since: now,
            standing: Stand::Outside,
            drive: Drive::still(self.plan.entrance()),
            retry: now,
            leaked: false,
            is_ghost: false,
            idles: false,
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

    /// The request rolls back before it gives its connection back: in the picture that is the same as the pool's own reset.
    pub(super) fn rolls_back(&mut self, now: Instant, client: Client, connection: ConnectionId) {
        self.set_phase(now, client, connection, BayPhase::Swept);
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
            Err(failure) if failure.is_timeout() => CarStatus::TimedOut(failure),
            Err(failure) => CarStatus::Failed(failure),
        };
        let Some(car) = self.here.get_mut(client.0 as usize).and_then(Option::take) else { return };
        self.lay_by.free(client);
        self.for_nobody += u64::from(car.is_ghost && status == CarStatus::Served);
        let car = self.sent(now, &car, Destination::Off(status));
        self.next_look = self.next_look.min(car.drive.arrives().max(now));
        self.gone.push_back(car);
        if self.gone.len() > MOST_GONE
            && let Some(first) = self.gone.pop_front()
        {
            self.right_of_way.release(first.number, now);
        }
    }

    /// The request runs on without a connection: its car stands on the road.
    pub(super) fn computes(&mut self, now: Instant, client: Client) {
        if let Some(destination) = self.destination(client) {
            let after = destination != Destination::Coming;
            let halt = Halt { after, index: self.lay_by.take(client) };
            self.head_for(now, client, Destination::Road(halt));
        }
    }

    /// A new pool begins on bare ground; what is still out of the one before it moves over to the old strip.
    pub(super) fn swapped(&mut self, generation: u32) {
        self.generation = generation;
        let moved = self.sites.move_over();
        for car in self.here.iter_mut().flatten().chain(&mut self.gone) {
            if let Destination::Bay(spot) | Destination::Before(spot) = &mut car.destination
                && !spot.old
                && let Some(&Some(new)) = moved.get(spot.place())
            {
                *spot = new;
            }
            if let Stand::Bay(spot) | Stand::Mouth(spot) = &mut car.standing
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

    /// Sends a client's car somewhere: it sets off as soon as the way is free.
    pub(super) fn head_for(&mut self, now: Instant, client: Client, destination: Destination) {
        let Some(&Some(car)) = self.here.get(client.0 as usize) else { return };
        if car.destination == destination {
            return;
        }
        if !matches!(destination, Destination::Road(_)) {
            self.lay_by.free(client);
        }
        let car = self.sent(now, &car, destination);
        self.next_look = self.next_look.min(car.drive.arrives().max(now));
        self.here[client.0 as usize] = Some(car);
    }
}
