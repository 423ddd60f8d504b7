//! The lot over time: watches the news, remembers what is where, and answers with pictures.

use super::bay::{BaySite, PoolRecord, TEARING};
use super::car::{CarState, Destination};
use super::geometry::{Format, MOST_BAYS, MOST_WAITING};
use super::headway::Headway;
use super::kerb::Kerb;
use super::motion::{Drive, Pose};
use super::order::{MovingKey, RackKey};
use super::plan::LotPlan;
use super::road::Road;
use super::route::straight;
use super::row::{Shift, toward};
use super::sites::BaySites;
use crate::pool::{Client, ConnectionId, Output, Settings};
use crate::service::{News, Service};
use crate::time::{Instant, Span};
use std::collections::VecDeque;

/// The lot. Tell it [news](Lot::watch), then [settle](Lot::settle) it once a step, and ask for a [picture](Lot::picture).
///
/// ```
/// use valet::lot::{Format, Lot};
/// use valet::sim::{Journal, Setup, World};
/// use valet::time::{Instant, Span};
///
/// let (mut world, mut lot, mut journal) = (World::new(Setup::default()), Lot::new(Format::Wide), Journal::new());
/// let end = Instant::ZERO + Span::from_secs(10);
/// while world.now() < end && world.step(&mut journal) {
///     while let Some((_, news)) = world.news() {
///         lot.watch(world.now(), news);
///     }
///     lot.settle(world.now(), &world.services()[0]);
/// }
/// assert!(!lot.picture(world.now(), world.services()[0].pool(), false).bays.is_empty());
/// ```
#[derive(Debug, Clone)]
pub struct Lot {
    pub(super) plan: LotPlan,
    pub(super) sites: BaySites,
    /// The records as they were last seen in the pools.
    seen: Vec<PoolRecord>,
    /// Torn up a moment ago.
    pub(super) ruins: Vec<BaySite>,
    /// By client: the cars whose request is going on.
    pub(super) here: Vec<Option<CarState>>,
    /// Cars whose request is over, and when the next of them leaves that has not yet.
    pub(super) gone: VecDeque<CarState>,
    pub(super) next_leaves: Option<Instant>,
    /// Who stands on the road.
    pub(super) road: Road,
    pub(super) entry: Headway,
    pub(super) exit: Headway,
    /// The line, and the ticket of its front: who joins it is given the next one.
    pub(super) line: Vec<Client>,
    pub(super) first: u32,
    pub(super) line_shift: Shift,
    /// How many stand in line, and how many of them for pools that were replaced.
    pub(super) waiting: usize,
    pub(super) waiting_before: usize,
    /// Keys on the rack, which has so many hooks in sight.
    pub(super) rack_keys: VecDeque<RackKey>,
    pub(super) of: usize,
    pub(super) rack_shift: Shift,
    /// Keys on their way to a bay.
    pub(super) moving_keys: Vec<MovingKey>,
    pub(super) places: usize,
    pub(super) generation: u32,
}

impl Lot {
    /// Bare ground.
    pub fn new(format: Format) -> Lot {
        Lot {
            plan: LotPlan::new(format, 1, 0, Kerb::new(format, 0)),
            sites: BaySites::default(),
            seen: Vec::new(),
            ruins: Vec::new(),
            here: Vec::new(),
            gone: VecDeque::new(),
            next_leaves: None,
            road: Road::default(),
            entry: Headway::default(),
            exit: Headway::default(),
            line: Vec::new(),
            first: 0,
            line_shift: Shift::NONE,
            waiting: 0,
            waiting_before: 0,
            rack_keys: VecDeque::new(),
            of: 0,
            rack_shift: Shift::NONE,
            moving_keys: Vec::new(),
            places: 1,
            generation: 0,
        }
    }

    /// Takes note of a piece of news.
    pub fn watch(&mut self, now: Instant, news: News) {
        match news {
            News::Arrived(client, number) => self.arrived(now, client, number),
            News::Pool(generation, Output::Do(client, command)) => self.command(now, generation, client, command),
            News::Pool(generation, Output::Tell(client, event)) => self.event(now, generation, client, event),
            News::Cut(connection) => self.cut(|other| other == connection),
            News::Pool(_, Output::Log(..) | Output::Return(..)) => {}
            News::Leaked(client) => self.leak(client),
            News::Collected(_) | News::GaveUp(_) | News::Asks(_) => {}
            News::Left(client, outcome) => self.left(now, client, outcome),
            News::Computes(client) => self.computes(now, client),
            News::Swapped(generation) => self.swapped(now, generation),
        }
    }

    /// The server dropped these connections. They look fine from outside.
    pub fn cut(&mut self, is_cut: impl Fn(ConnectionId) -> bool) {
        for site in self.sites.iter_mut() {
            site.cracked |= site.connection.is_some_and(&is_cut);
        }
    }

    /// The client is done, but will never give its connection back: its car stays where it is.
    pub fn leak(&mut self, client: Client) {
        if let Some(Some(car)) = self.here.get_mut(client.0 as usize) {
            car.leaked = true;
        }
    }

    /// Another format, from now on.
    pub fn set_format(&mut self, now: Instant, format: Format, service: &Service) {
        if format != self.plan.format {
            self.send_off(now);
            let kerb = Kerb::new(format, self.waiting);
            self.move_to(now, LotPlan::new(format, self.places, self.sites.length(true).min(MOST_BAYS), kerb));
            self.settle(now, service);
        }
    }

    /// Brings bays, line and rack in step with the pools, whatever the news were. With nothing new nothing changes, so
    /// it does not matter how often it is called in between.
    pub fn settle(&mut self, now: Instant, service: &Service) {
        self.send_off(now);
        self.tear_up(now, service);
        self.waiting = service.waiting();
        let in_lines: usize = service.pools().map(|(_, pool)| pool.waiters()).sum();
        self.waiting_before = in_lines - service.pool().waiters();
        self.measure(now, service.pool().settings());
        self.line_up(now, service);
        self.hang(now, service.pool());
        // Only housekeeping: pictures leave out by themselves what is over.
        while self.gone.front().is_some_and(|car| car.is_done(now)) {
            self.gone.pop_front();
        }
        self.moving_keys.retain(|key| key.drive.arrives() > now);
        self.ruins.retain(|site| site.since + TEARING > now);
    }

    /// Bays whose record is gone are bare ground again.
    fn tear_up(&mut self, now: Instant, service: &Service) {
        let mut before = self.seen.iter();
        let same = service
            .pools()
            .all(|(generation, pool)| pool.records().all(|(record, _)| before.next() == Some(&(generation, record))));
        if same && before.next().is_none() && self.seen.len() == self.sites.len() {
            return;
        }
        self.seen.clear();
        for (generation, pool) in service.pools() {
            self.seen.extend(pool.records().map(|(record, _)| (generation, record)));
        }
        let mut alive = self.seen.clone();
        alive.sort_unstable();
        self.ruins.extend(self.sites.keep_only(&alive, now));
    }

    /// Draws a new plan when the settings or the crowd ask for one; everything moves to its new place.
    fn measure(&mut self, now: Instant, settings: &Settings) {
        let limit = settings.limit().unwrap_or(settings.pool_size).max(1) as usize;
        self.places = limit.max(self.sites.length(false)).min(MOST_BAYS);
        let old = self.sites.length(true).min(MOST_BAYS);
        let kerb = self.plan.kerb.fit(self.waiting);
        if !self.plan.is_for(self.places, old, &kerb) {
            self.move_to(now, LotPlan::new(self.plan.format, self.places, old, kerb));
        }
    }

    fn move_to(&mut self, now: Instant, plan: LotPlan) {
        let move_one = |car: &CarState| {
            let end = match car.destination {
                Destination::Off(_) => return *car,
                Destination::Coming => return CarState { drive: Drive::still(plan.entrance()), ..*car },
                Destination::Kerb(_) if plan.kerb == self.plan.kerb => return *car,
                Destination::Kerb(ticket) => plan.kerb.waiting(self.place(ticket) as f32),
                Destination::Road(halt) => plan.halt(halt),
                Destination::Before(spot) => plan.before(spot),
                Destination::Bay(spot) => plan.parked(spot),
            };
            let moved = car.drive.target() != (end.x, end.y);
            let drive = match self.in_sight(car.destination) {
                true if moved => straight(self.pose(car, now), end, now),
                true => car.drive,
                false => Drive::still(end),
            };
            CarState { drive, ..*car }
        };
        let here = self.here.iter().map(|car| car.as_ref().map(move_one)).collect();
        let gone = self.gone.iter().map(move_one).collect();
        (self.here, self.gone) = (here, gone);
        let other_rack = plan.rack != self.plan.rack;
        self.plan = plan;
        if other_rack {
            self.rehang(now, self.of);
        }
    }

    /// Where a car is that goes on as it does now.
    pub(super) fn pose(&self, car: &CarState, now: Instant) -> Pose {
        match car.destination {
            Destination::Kerb(ticket) => {
                let behind = if (ticket.wrapping_sub(self.first) as i32) < 0 { 0.0 } else { self.line_shift.at(now) };
                let cell = self.plan.kerb.waiting(self.place(ticket) as f32 + behind);
                toward(&car.drive, (cell.x, cell.y), now)
            }
            _ => car.drive.at(now),
        }
    }

    /// Where a car stands once it is there.
    pub(super) fn stop(&self, destination: Destination) -> Option<Pose> {
        match destination {
            Destination::Coming => Some(self.plan.entrance()),
            Destination::Kerb(ticket) => Some(self.plan.kerb.waiting(self.place(ticket) as f32)),
            Destination::Road(halt) => Some(self.plan.halt(halt)),
            Destination::Before(spot) => Some(self.plan.before(spot)),
            Destination::Bay(spot) => Some(self.plan.parked(spot)),
            Destination::Off(_) => None,
        }
    }

    /// Whether there is room to draw a car that goes there.
    pub(super) fn in_sight(&self, destination: Destination) -> bool {
        match destination {
            Destination::Kerb(ticket) => self.place(ticket) < MOST_WAITING,
            Destination::Bay(spot) | Destination::Before(spot) => spot.place() < MOST_BAYS,
            Destination::Road(halt) => self.plan.has_room(halt),
            Destination::Coming | Destination::Off(_) => true,
        }
    }

    /// How long after one car the next can pass the same point at full speed.
    pub(super) fn gap(&self) -> Span {
        Span::from_micros((92_000.0 * self.plan.road_scale()) as i64)
    }
}
