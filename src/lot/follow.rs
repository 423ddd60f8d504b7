//! The lot follows the news: what each means for cars and bays.

use super::bay::{Phase, Site};
use super::car::{Goal, Mood, Trip};
use super::geometry::Spot;
use super::motion::Drive;
use super::route::route;
use super::scene::{Lot, Place};
use crate::pool::{Client, Command, ConnectionId, Error, Event};
use crate::sim::Failure;
use crate::time::Instant;
use std::collections::BTreeMap;

impl Lot {
    pub(super) fn arrived(&mut self, now: Instant, client: Client, number: u32) {
        let index = client.0 as usize;
        if index >= self.numbers.len() {
            self.numbers.resize(index + 1, 0);
        }
        self.numbers[index] = number;
        let trip = Trip {
            client,
            arrived: now,
            patience: None,
            goal: Goal::Kerb(usize::MAX),
            drive: Drive::still(self.plan.entrance()),
            leaves: None,
        };
        self.trips.insert(number, trip);
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
                if let Some(spot) = self.set_phase(now, connection, Phase::Tapped) {
                    self.head_for(now, client, Goal::Before(spot));
                }
            }
            Command::Reset(connection, _) => {
                self.set_phase(now, connection, Phase::Swept);
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
                if self.goal(client).is_some_and(|goal| matches!(goal, Goal::Kerb(_))) {
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
            Err(_) => Mood::Failed,
        };
        let number = self.numbers.get(client.0 as usize).copied().unwrap_or(0);
        if let Some(trip) = self.trips.get_mut(&number)
            && matches!(trip.goal, Goal::Bay(_))
            && trip.drive.arrives() > now
        {
            trip.leaves = Some(mood);
        } else {
            self.head_for(now, client, Goal::Off(mood));
        }
    }

    /// Cars whose request was over before they had parked leave as soon as they have.
    pub(super) fn send_off(&mut self, now: Instant) {
        let plan = self.plan;
        for trip in self.trips.values_mut() {
            if let Some(mood) = trip.leaves
                && trip.drive.arrives() <= now
            {
                trip.leaves = None;
                trip.drive = route(&plan, trip, Goal::Off(mood), now);
                trip.goal = Goal::Off(mood);
            }
        }
    }

    /// A new pool begins on bare ground; what is still out of the one before it moves over to the old strip.
    pub(super) fn swapped(&mut self, generation: u32) {
        self.generation = generation;
        let mut moved = BTreeMap::new();
        for place in std::mem::take(&mut self.spots[0]).into_iter().flatten() {
            let index = free(&mut self.spots[1], place);
            if let Some(site) = self.sites.get_mut(&place) {
                let spot = Spot { old: true, index };
                moved.insert(site.spot, spot);
                site.spot = spot;
            }
        }
        for trip in self.trips.values_mut() {
            if let Goal::Bay(spot) | Goal::Before(spot) = &mut trip.goal
                && let Some(&new) = moved.get(spot)
            {
                *spot = new;
            }
        }
    }

    /// The site of a record, on the first free place if it is new.
    fn site(&mut self, now: Instant, place: Place) -> &mut Site {
        let old = place.0 != self.generation;
        let spots = &mut self.spots[usize::from(old)];
        self.sites.entry(place).or_insert_with(|| {
            let index = free(spots, place);
            Site {
                spot: Spot { old, index },
                connection: None,
                phase: Phase::Bare,
                since: now,
                opened: now,
                cracked: false,
                alive: false,
            }
        })
    }

    fn set_phase(&mut self, now: Instant, connection: ConnectionId, phase: Phase) -> Option<Spot> {
        let site = self.sites.values_mut().find(|site| site.connection == Some(connection))?;
        site.set(phase, now);
        Some(site.spot)
    }

    fn goal(&self, client: Client) -> Option<Goal> {
        let number = self.numbers.get(client.0 as usize)?;
        self.trips.get(number).filter(|trip| trip.client == client).map(|trip| trip.goal)
    }

    /// Sends a client's car somewhere, from wherever it is now.
    fn head_for(&mut self, now: Instant, client: Client, goal: Goal) {
        let number = self.numbers.get(client.0 as usize).copied().unwrap_or(0);
        let plan = self.plan;
        if let Some(trip) = self.trips.get_mut(&number)
            && trip.client == client
            && trip.goal != goal
        {
            trip.leaves = None;
            trip.drive = route(&plan, trip, goal, now);
            trip.goal = goal;
        }
    }
}

/// Gives `place` the first free spot.
fn free(spots: &mut Vec<Option<Place>>, place: Place) -> usize {
    let index = spots.iter().position(Option::is_none).unwrap_or_else(|| {
        spots.push(None);
        spots.len() - 1
    });
    spots[index] = Some(place);
    index
}
