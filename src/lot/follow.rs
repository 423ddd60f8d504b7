//! The lot follows the news: what each means for cars and bays.

use super::bay::{Phase, Place, Site};
use super::car::{Goal, Mood, Trip};
use super::geometry::Spot;
use super::motion::Drive;
use super::route::route;
use super::scene::Lot;
use crate::pool::{Client, Command, ConnectionId, Error, Event};
use crate::service::Failure;
use crate::time::Instant;

impl Lot {
    pub(super) fn arrived(&mut self, now: Instant, client: Client, number: u32) {
        let index = client.0 as usize;
        if index >= self.here.len() {
            self.here.resize(index + 1, None);
        }
        self.here[index] = Some(Trip {
            number,
            arrived: now,
            patience: None,
            goal: Goal::Coming,
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
                site.set(Phase::Building, now);
                let spot = site.spot;
                self.head_for(now, client, Goal::Before(spot));
            }
            Command::Ping(connection) => {
                if let Some(spot) = self.set_phase(now, client, connection, Phase::Tapped) {
                    self.head_for(now, client, Goal::Before(spot));
                }
            }
            Command::Reset(connection, _) => {
                self.set_phase(now, client, connection, Phase::Swept);
            }
            Command::Close(_) | Command::Terminate(_) | Command::Ask(_) | Command::Wake => {}
        }
    }

    pub(super) fn event(&mut self, now: Instant, generation: u32, client: Client, event: Event) {
        match event {
            Event::Connect(connection, record) => {
                let site = self.site(now, (generation, record));
                site.connection = Some(connection);
                site.set(Phase::Open, now);
            }
            Event::Checkout(_, record) => {
                let site = self.site(now, (generation, record));
                site.set(Phase::Open, now);
                let spot = site.spot;
                self.head_for(now, client, Goal::Bay(spot));
            }
            Event::Checkin(connection, record) => {
                let phase = if connection.is_some() { Phase::Open } else { Phase::Bare };
                let site = self.site(now, (generation, record));
                site.connection = connection;
                site.cracked &= connection.is_some();
                site.set(phase, now);
            }
            Event::Close(_, record, _) => {
                let site = self.site(now, (generation, record));
                site.set(Phase::Closing, now);
                let spot = site.spot;
                // Replaced at checkout: the car is on its way to it. Closed on return: the car stands in it.
                if self.goal(client).is_some_and(|goal| matches!(goal, Goal::Coming | Goal::Road(_) | Goal::Kerb(_))) {
                    self.head_for(now, client, Goal::Before(spot));
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
        let mood = match outcome {
            Ok(()) => Mood::Served,
            Err(Failure::Pool(Error::Timeout { .. })) => Mood::TimedOut,
            Err(failure) => Mood::Failed(failure),
        };
        let Some(mut trip) = self.here.get_mut(client.0 as usize).and_then(Option::take) else { return };
        self.road.free(client);
        // Who has not stopped yet leaves when it has; and out of the gate one goes after the other.
        let stops = matches!(trip.goal, Goal::Bay(_) | Goal::Road(_));
        let parked = if stops { trip.drive.arrives().max(now) } else { now };
        trip.leaves = Some((parked, mood));
        if let Goal::Bay(_) | Goal::Before(_) = trip.goal {
            let (out, headway) = (self.sent_off(&trip, parked).drive.arrives(), self.headway());
            let pause = self.exit.pass(out, headway) - out;
            trip.leaves = Some((parked + pause, mood));
        }
        let trip = self.sent_off(&trip, now);
        if let Some((begin, _)) = trip.leaves {
            self.next_leaves = Some(self.next_leaves.map_or(begin, |next| next.min(begin)));
        }
        self.gone.push_back(trip);
    }

    /// The trip as it is at `now`: a car whose request is over leaves exactly when it should, whenever one looks.
    pub(super) fn sent_off(&self, trip: &Trip, now: Instant) -> Trip {
        match trip.leaves {
            Some((begin, mood)) if begin <= now => {
                let drive = route(&self.plan, self.pose(trip, begin), trip.goal, Goal::Off(mood), None, begin);
                Trip { leaves: None, drive, goal: Goal::Off(mood), ..*trip }
            }
            _ => *trip,
        }
    }

    /// Sends off who should have left by now, before anything else changes.
    pub(super) fn send_off(&mut self, now: Instant) {
        if self.next_leaves.is_none_or(|next| next > now) {
            return;
        }
        let mut gone = std::mem::take(&mut self.gone);
        for trip in gone.iter_mut().filter(|trip| trip.leaves.is_some()) {
            *trip = self.sent_off(trip, now);
        }
        self.gone = gone;
        self.next_leaves = self.gone.iter().filter_map(|trip| trip.leaves).map(|(begin, _)| begin).min();
    }

    /// The request runs on without a connection: its car stands on the road.
    pub(super) fn computes(&mut self, now: Instant, client: Client) {
        if let Some(goal) = self.goal(client) {
            let after = goal != Goal::Coming;
            let halt = self.road.take(client, after);
            self.head_for(now, client, Goal::Road(halt));
        }
    }

    /// A new pool begins on bare ground; what is still out of the one before it moves over to the old strip.
    pub(super) fn swapped(&mut self, now: Instant, generation: u32) {
        self.send_off(now);
        self.generation = generation;
        let moved = self.sites.move_over();
        for trip in self.here.iter_mut().flatten().chain(&mut self.gone) {
            if let Goal::Bay(spot) | Goal::Before(spot) = &mut trip.goal
                && !spot.old
                && let Some(&Some(new)) = moved.get(spot.place())
            {
                *spot = new;
            }
        }
    }

    /// The site of a record.
    fn site(&mut self, now: Instant, place: Place) -> &mut Site {
        self.sites.of(place, place.0 != self.generation, now)
    }

    fn set_phase(&mut self, now: Instant, client: Client, connection: ConnectionId, phase: Phase) -> Option<Spot> {
        let likely = self.goal(client).and_then(|goal| match goal {
            Goal::Before(spot) | Goal::Bay(spot) => Some(spot),
            Goal::Coming | Goal::Road(_) | Goal::Kerb(_) | Goal::Off(_) => None,
        });
        let site = self.sites.with(connection, likely)?;
        site.set(phase, now);
        Some(site.spot)
    }

    fn goal(&self, client: Client) -> Option<Goal> {
        self.here.get(client.0 as usize)?.map(|trip| trip.goal)
    }

    /// Sends a client's car somewhere, from wherever it is now. Cars come in one after the other.
    pub(super) fn head_for(&mut self, now: Instant, client: Client, goal: Goal) {
        let Some(&Some(mut trip)) = self.here.get(client.0 as usize) else { return };
        if trip.goal == goal {
            return;
        }
        let end = self.stop(goal);
        trip.drive = match end {
            Some(end) if !self.in_sight(goal) => Drive::still(end),
            _ => {
                let drive = route(&self.plan, self.pose(&trip, now), trip.goal, goal, end, now);
                let headway = self.headway();
                if trip.goal == Goal::Coming { drive.delayed(self.entry.pass(now, headway) - now) } else { drive }
            }
        };
        if !matches!(goal, Goal::Road(_)) {
            self.road.free(client);
        }
        trip.goal = goal;
        self.here[client.0 as usize] = Some(trip);
    }
}
