//! What stands in order: the line at the kerb, and the keys on the rack. Both are read off the pools.

use super::bay::PoolRecord;
use super::car::Destination;
use super::flight::Flight;
use super::geometry::MOST_KEYS;
use super::lot::Lot;
use super::motion::Point;
use super::row::RowChange;
use crate::pool::{Client, ConnectionId, Pool};
use crate::service::Service;
use crate::time::Instant;

/// A key on the rack.
#[derive(Debug, Clone, Copy)]
pub(super) struct RackKey {
    pub place: PoolRecord,
    pub flight: Flight,
}

/// A key on its way to a bay.
#[derive(Debug, Clone, Copy)]
pub(super) struct MovingKey {
    pub connection: Option<ConnectionId>,
    pub flight: Flight,
}

impl Lot {
    /// The line at the kerb is the pools' line, replaced pools first; before it who was woken and does not run yet.
    pub(super) fn line_up(&mut self, now: Instant, service: &Service) {
        if self.waiting == 0 && self.line.is_empty() {
            return;
        }
        // This is asked after every piece of news, so the way to "nothing new" is short.
        let mut before = self.line.iter();
        let same = service.woken().all(|client| before.next() == Some(&client))
            && service.pools().all(|(_, pool)| pool.line().all(|client| before.next() == Some(&client)));
        if same && before.next().is_none() {
            return;
        }
        let line: Vec<Client> = service.woken().chain(service.pools().flat_map(|(_, pool)| pool.line())).collect();
        let RowChange { left, stay } = RowChange::between(self.line.iter().copied(), &line);
        self.line.drain(..left);
        self.line.truncate(stay);
        self.first = self.first.wrapping_add(left as u32);
        self.next_look = self.next_look.min(now);
        if left > 0 {
            self.line_shift.by(now, left);
            self.line_since = now;
        }
        let line = service.pools().flat_map(|(_, pool)| pool.line().map(|client| (client, pool.timeout())));
        let woken = service.woken().map(|client| (client, service.pool().timeout()));
        for (client, patience) in woken.chain(line).skip(stay) {
            let ticket = self.first.wrapping_add(self.line.len() as u32);
            self.line.push(client);
            if let Some(Some(car)) = self.here.get_mut(client.0 as usize) {
                car.patience = patience;
            }
            self.head_for(now, client, Destination::Kerb(ticket));
        }
    }

    /// So manieth in line is who has this ticket. Who left the line and has not been told where to go is at its front.
    pub(super) fn place(&self, ticket: u32) -> usize {
        (ticket.wrapping_sub(self.first) as i32).max(0) as usize
    }

    /// The rack is the pool's queue: a key a record, in order.
    pub(super) fn hang(&mut self, now: Instant, pool: &Pool) {
        let generation = self.generation;
        let hooks = pool.size().max(pool.idle().size_hint().0 as i64).max(0) as usize;
        let of = hooks.min(MOST_KEYS);
        if of != self.of {
            self.rehang(now, of);
        }
        let mut before = self.rack_keys.iter();
        let same = pool.idle().all(|(record, _)| before.next().is_some_and(|key| key.place == (generation, record)));
        if same && before.next().is_none() {
            return;
        }
        let queue: Vec<PoolRecord> = pool.idle().map(|(record, _)| (generation, record)).collect();
        let RowChange { left, stay } = RowChange::between(self.rack_keys.iter().map(|key| key.place), &queue);
        // Where the keys are that leave their hooks: for a bay, or for another hook.
        let leaving = (0..self.rack_keys.len()).filter(|&index| index < left || index >= left + stay);
        let off: Vec<(PoolRecord, Point)> =
            leaving.map(|index| (self.rack_keys[index].place, self.key_at(index, now))).collect();
        self.rack_keys.drain(..left);
        self.rack_keys.truncate(stay);
        if left > 0 && stay > 0 {
            self.rack_shift.by(now, left);
        }
        let new = &queue[stay..];
        for &(place, from) in off.iter().filter(|(place, _)| !new.contains(place)) {
            if let Some(site) = self.sites.get(place) {
                let flight = Flight::new(from, self.plan.bay(site.spot).center(), now);
                self.moving_keys.push(MovingKey { connection: site.connection, flight });
            }
        }
        for &place in new {
            let hook = self.plan.hook(self.rack_keys.len() as f32, of);
            let before = off.iter().find(|(other, _)| *other == place).map(|&(_, from)| from);
            let bay = || self.sites.get(place).map_or(hook, |site| self.plan.bay(site.spot).center());
            let flight = to_hook(before.unwrap_or_else(bay), hook, now);
            self.rack_keys.push_back(RackKey { place, flight });
        }
    }

    /// Another number of hooks, or another rack: every key moves to its new one.
    pub(super) fn rehang(&mut self, now: Instant, of: usize) {
        let places: Vec<Point> = (0..self.rack_keys.len()).map(|index| self.key_at(index, now)).collect();
        self.of = of;
        for (index, (key, from)) in self.rack_keys.iter_mut().zip(places).enumerate() {
            key.flight = to_hook(from, self.plan.hook(index as f32, of), now);
        }
    }

    /// Where the `index`th key is.
    pub(super) fn key_at(&self, index: usize, now: Instant) -> Point {
        let hook = self.plan.hook(index as f32 + self.rack_shift.at(now), self.of);
        self.rack_keys[index].flight.toward(hook, now)
    }
}

fn to_hook(from: Point, hook: Point, now: Instant) -> Flight {
    Flight::new(from, hook, now).brisk()
}
