//! The lot over time: watches the news, remembers what is where, and answers with pictures.

use super::bay::{Phase, Site};
use super::car::{Goal, Trip};
use super::geometry::{Format, MOST_BAYS, Plan};
use super::motion::Drive;
use super::route::{slide, stop, straight};
use crate::pool::{ConnectionId, Output, RecordId, Settings};
use crate::sim::{News, Service};
use crate::time::{Instant, Span};
use std::collections::BTreeMap;

/// A record of one generation of the pool.
pub(super) type Place = (u32, RecordId);

/// How long readers who want no motion see who had to leave.
const LINGER: Span = Span::from_millis(1_500);
/// How long a torn-up bay is still seen.
const TEARING: Span = Span::from_millis(350);

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
    pub(super) plan: Plan,
    pub(super) sites: BTreeMap<Place, Site>,
    /// Torn up a moment ago.
    pub(super) ruins: Vec<Site>,
    /// Which record has which place: of the current pool, and of those before it.
    pub(super) spots: [Vec<Option<Place>>; 2],
    /// By the request's number.
    pub(super) trips: BTreeMap<u32, Trip>,
    /// The number of each client's present request.
    pub(super) numbers: Vec<u32>,
    /// Keys on the rack.
    pub(super) hooks: Vec<(Place, Drive)>,
    /// Keys on their way to a bay.
    pub(super) taken: Vec<(Option<ConnectionId>, Drive)>,
    pub(super) places: usize,
    pub(super) waiting: usize,
    pub(super) generation: u32,
    /// Everything stands where it goes, for readers who want no motion.
    pub(super) still: bool,
}

impl Lot {
    /// Bare ground.
    pub fn new(format: Format) -> Lot {
        Lot {
            plan: Plan::new(format, 1, 0, 0),
            sites: BTreeMap::new(),
            ruins: Vec::new(),
            spots: [Vec::new(), Vec::new()],
            trips: BTreeMap::new(),
            numbers: Vec::new(),
            hooks: Vec::new(),
            taken: Vec::new(),
            places: 1,
            waiting: 0,
            generation: 0,
            still: false,
        }
    }

    /// With `still`, pictures show everything where it is going, and nothing on its way.
    pub fn set_still(&mut self, still: bool) {
        self.still = still;
    }

    /// Takes note of a piece of news.
    pub fn watch(&mut self, now: Instant, news: News) {
        match news {
            News::Arrived(client, number) => self.arrived(now, client, number),
            News::Pool(generation, Output::Do(client, command)) => self.command(now, generation, client, command),
            News::Pool(generation, Output::Tell(client, event)) => self.event(now, generation, client, event),
            News::Cut(connection) => self.cut(|other| other == connection),
            News::Pool(_, Output::Log(..) | Output::Return(..)) => {}
            News::Collected(_) | News::Leaked(_) | News::GaveUp(_) => {}
            News::Left(client, outcome) => self.left(now, client, outcome),
            News::Swapped(generation) => self.swapped(generation),
        }
    }

    /// The server dropped these connections. They look fine from outside.
    pub fn cut(&mut self, is_cut: impl Fn(ConnectionId) -> bool) {
        for site in self.sites.values_mut() {
            site.cracked |= site.connection.is_some_and(&is_cut);
        }
    }

    /// Another format, from now on.
    pub fn set_format(&mut self, now: Instant, format: Format, service: &Service) {
        if format != self.plan.format {
            self.plan = Plan::new(format, self.places, self.spots[1].len(), self.waiting);
            self.move_all(now);
            self.settle(now, service);
        }
    }

    /// Brings bays, line and rack in step with the pools, whatever the news were.
    pub fn settle(&mut self, now: Instant, service: &Service) {
        self.send_off(now);
        self.tear_up(now, service);
        let waiting = service.pools().map(|(_, pool)| pool.waiters()).sum();
        self.measure(now, service.pool().settings(), waiting);
        self.line_up(now, service);
        self.hang(now, service.pool());
        let linger = if self.still { LINGER } else { Span::ZERO };
        self.trips.retain(|_, trip| !matches!(trip.goal, Goal::Off(_)) || trip.drive.arrives() + linger > now);
        self.taken.retain(|(_, drive)| drive.arrives() > now);
        self.ruins.retain(|site| site.since + TEARING > now);
    }

    /// Bays whose record is gone are bare ground again.
    fn tear_up(&mut self, now: Instant, service: &Service) {
        for (generation, pool) in service.pools() {
            for (record, _) in pool.records() {
                if let Some(site) = self.sites.get_mut(&(generation, record)) {
                    site.alive = true;
                }
            }
        }
        let mut gone: Vec<Place> = Vec::new();
        for (place, site) in &mut self.sites {
            if !std::mem::take(&mut site.alive) {
                gone.push(*place);
            }
        }
        for place in gone {
            if let Some(mut site) = self.sites.remove(&place) {
                self.spots[usize::from(site.spot.old)][site.spot.index] = None;
                site.set(Phase::Gone, now);
                self.ruins.push(site);
            }
        }
        for spots in &mut self.spots {
            while spots.last() == Some(&None) {
                spots.pop();
            }
        }
    }

    /// Draws a new plan when the settings or the crowd ask for one; everything moves to its new place.
    fn measure(&mut self, now: Instant, settings: &Settings, waiting: usize) {
        let (used, old) = (self.spots[0].len(), self.spots[1].len());
        let limit = settings.limit().unwrap_or(settings.pool_size).max(1) as usize;
        self.places = limit.max(used).min(MOST_BAYS);
        self.waiting = waiting;
        let plan = Plan::new(self.plan.format, self.places, old.min(MOST_BAYS), waiting);
        if plan != self.plan {
            self.plan = plan;
            self.move_all(now);
        }
    }

    fn move_all(&mut self, now: Instant) {
        let plan = self.plan;
        for trip in self.trips.values_mut().filter(|trip| !matches!(trip.goal, Goal::Off(_))) {
            if let Some(end) = stop(&plan, trip.goal)
                && trip.drive.target() != (end.x, end.y)
            {
                trip.drive = straight(trip.drive.at(now), end, now);
            }
        }
        let of = self.hooks.len();
        for (index, (_, drive)) in self.hooks.iter_mut().enumerate() {
            slide(drive, plan.hook(index, of), now);
        }
    }
}
