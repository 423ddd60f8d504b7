//! The lot over time: watches the news, remembers what is where, and answers with pictures.

use super::bay::{BaySite, PoolRecord, TEARING};
use super::car::{CarState, Destination, Stand};
use super::geometry::{Format, MOST_BAYS};
use super::lay_by::LayBy;
use super::motion::{Drive, Pose};
use super::order::{MovingKey, RackKey};
use super::plan::LotPlan;
use super::right_of_way::RightOfWay;
use super::row::Shift;
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
    /// Cars whose request is over.
    pub(super) gone: VecDeque<CarState>,
    /// Who stands in the lay-by.
    pub(super) lay_by: LayBy,
    /// Whose ground is whose.
    pub(super) right_of_way: RightOfWay,
    /// Nobody sets off before this moment, so it is not worth a look.
    pub(super) next_look: Instant,
    /// The line, and the ticket of its front: who joins it is given the next one. Since when its front is this.
    pub(super) line: Vec<Client>,
    pub(super) first: u32,
    pub(super) line_since: Instant,
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
    /// How many were served when whoever had sent them was gone.
    pub(super) for_nobody: u64,
}

impl Lot {
    /// Bare ground.
    pub fn new(format: Format) -> Lot {
        Lot {
            plan: LotPlan::new(format, 1, 0),
            sites: BaySites::default(),
            seen: Vec::new(),
            ruins: Vec::new(),
            here: Vec::new(),
            gone: VecDeque::new(),
            lay_by: LayBy::default(),
            right_of_way: RightOfWay::default(),
            next_look: Instant::ZERO,
            line: Vec::new(),
            first: 0,
            line_since: Instant::ZERO,
            line_shift: Shift::NONE,
            waiting: 0,
            waiting_before: 0,
            rack_keys: VecDeque::new(),
            of: 0,
            rack_shift: Shift::NONE,
            moving_keys: Vec::new(),
            places: 1,
            generation: 0,
            for_nobody: 0,
        }
    }

    /// How many things it remembers that there may be any number of.
    pub fn things(&self) -> u64 {
        let sites = self.sites.length(false) + self.sites.length(true) + self.ruins.len();
        (self.here.len() + self.gone.len() + sites) as u64
    }

    /// Takes note of a piece of news.
    pub fn watch(&mut self, now: Instant, news: News) {
        self.set_off_until(now);
        match news {
            News::Arrived(client, number) => self.arrived(now, client, number),
            News::Pool(generation, Output::Do(client, command)) => self.command(now, generation, client, command),
            News::Pool(generation, Output::Tell(client, event)) => self.event(now, generation, client, event),
            News::Cut(connection) => self.cut(|other| other == connection),
            News::Pool(_, Output::Log(..) | Output::Return(..)) => {}
            News::Leaked(client) => self.leak(client),
            News::GaveUp(client) => {
                if let Some(Some(car)) = self.here.get_mut(client.0 as usize) {
                    car.is_ghost = true;
                }
            }
            News::Collected(_) | News::Asks(_) => {}
            News::Left(client, outcome) => self.left(now, client, outcome),
            News::RollsBack(client, connection) => self.rolls_back(now, client, connection),
            News::Computes(client) => self.computes(now, client),
            News::Idles(client, idles) => {
                if let Some(Some(car)) = self.here.get_mut(client.0 as usize) {
                    car.idles = idles;
                }
            }
            News::Swapped(generation) => self.swapped(generation),
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
            self.move_to(now, self.plan.in_format(format));
            self.settle(now, service);
        }
    }

    /// Brings bays, line and rack in step with the pools, whatever the news were. With nothing new nothing changes, so
    /// it does not matter how often it is called in between.
    pub fn settle(&mut self, now: Instant, service: &Service) {
        self.set_off_until(now);
        self.tear_up(now, service);
        self.waiting = service.waiting();
        let in_lines: usize = service.pools().map(|(_, pool)| pool.waiters()).sum();
        self.waiting_before = in_lines - service.pool().waiters();
        self.measure(now, service.pool().settings());
        self.line_up(now, service);
        self.hang(now, service.pool());
        // Only housekeeping: pictures leave out by themselves what is over.
        self.gone.retain(|car| !car.is_done(now));
        self.moving_keys.retain(|key| key.flight.arrives() > now);
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
        let built = self.sites.length(false);
        // Without a limit there is always room for a few more, so that the ground does not change with every bay.
        let room = if settings.limit().is_none() { built.next_multiple_of(6) } else { built };
        self.places = limit.max(room).min(MOST_BAYS);
        let old = self.sites.length(true).min(MOST_BAYS);
        if !self.plan.is_for(self.places, old) {
            self.move_to(now, LotPlan::new(self.plan.format, self.places, old));
        }
    }

    /// Another plan: everything is where it goes, at once. On the page the picture before dissolves into it; cars that would
    /// drive there would cross bays that move.
    fn move_to(&mut self, now: Instant, plan: LotPlan) {
        self.set_off_until(now);
        let before = std::mem::replace(&mut self.plan, plan);
        self.right_of_way = RightOfWay::default();
        self.next_look = now;
        let mut here = std::mem::take(&mut self.here);
        let mut gone = std::mem::take(&mut self.gone);
        for car in here.iter_mut().flatten().chain(&mut gone) {
            self.move_car(now, car);
        }
        (self.here, self.gone) = (here, gone);
        if plan.rack != before.rack {
            self.rehang(now, self.of);
        }
    }

    fn move_car(&mut self, now: Instant, car: &mut CarState) {
        let standing = self.wanted(car.destination);
        car.drive = match self.plan.stop(standing) {
            Some(to) => Drive::still(to),
            None => Drive::vanishing(car.drive.at(now).0, now, Span::ZERO),
        };
        (car.standing, car.retry) = (standing, now);
        self.right_of_way.hold(&self.plan, standing, car.number, now);
    }

    /// Where a car is, and how much of it is seen.
    pub(super) fn pose(&self, car: &CarState, now: Instant) -> (Pose, f32) {
        match car.destination {
            // Who moves up among crowds does so with all others.
            Destination::Kerb(ticket) if self.plan.is_crowded() => {
                let place = self.place(ticket);
                let opacity = if place < self.plan.line_in_sight() { 1.0 } else { 0.0 };
                (self.plan.line(place as f32 + self.line_shift.at(now)), opacity)
            }
            // Who stands outside is not seen.
            _ if car.standing == Stand::Outside && car.drive.arrives() <= now => (self.plan.entrance(), 0.0),
            _ => car.drive.at(now),
        }
    }
}
