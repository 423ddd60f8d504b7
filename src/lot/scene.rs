//! The lot over time: watches the news, remembers what is where, and answers with pictures.

use super::bay::{Bay, Phase, Site};
use super::car::{Car, Goal, Mood, Trip};
use super::geometry::{Format, MOST_BAYS, MOST_KEYS, MOST_WAITING, Plan, Spot};
use super::motion::{Drive, Pose};
use super::picture::{Key, Picture};
use crate::pool::{Client, Command, ConnectionId, Error, Event, Output, Pool, RecordId, Settings};
use crate::sim::{Failure, News, Service};
use crate::time::{Instant, Span};
use std::collections::BTreeMap;

/// A record of one generation of the pool.
type Place = (u32, RecordId);

/// How long readers who want no motion see who had to leave.
const LINGER: Span = Span::from_millis(1_500);
/// How long a torn-up bay is still seen.
const TEARING: Span = Span::from_millis(350);

/// The lot. Tell it [news](Lot::watch), then [settle](Lot::settle) it once a step, and ask for a [picture](Lot::picture).
///
/// ```
/// use valet::lot::{Format, Lot};
/// use valet::pool::Settings;
/// use valet::sim::{Latency, Server, Service, Traffic, run};
/// use valet::time::{Instant, Span};
///
/// let ms = Span::from_millis;
/// let latency = Latency { connect: ms(50), work: ms(400), ping: ms(1), reset: ms(1), close: ms(1) };
/// let (mut service, mut lot) = (Service::new(Settings::default()), Lot::new(Format::Wide));
/// let end = Instant::ZERO + Span::from_secs(10);
/// run(&mut service, &mut Server::new(latency), &mut Traffic::new(1, 5.0), Instant::ZERO, end, |now, service, news| {
///     lot.watch(now, news);
///     lot.settle(now, service);
/// });
/// assert!(lot.picture(end, service.pool()).bays.len() > 1);
/// ```
#[derive(Debug, Clone)]
pub struct Lot {
    plan: Plan,
    sites: BTreeMap<Place, Site>,
    /// Torn up a moment ago.
    ruins: Vec<Site>,
    /// Which record has which place: of the current pool, and of those before it.
    spots: [Vec<Option<Place>>; 2],
    /// By the request's number.
    trips: BTreeMap<u32, Trip>,
    /// The number of each client's present request.
    numbers: Vec<u32>,
    /// Keys on the rack.
    hooks: Vec<(Place, Drive)>,
    /// Keys on their way to a bay.
    taken: Vec<(Option<ConnectionId>, Drive)>,
    places: usize,
    waiting: usize,
    generation: u32,
    /// Everything stands where it goes, for readers who want no motion.
    still: bool,
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
            News::Pool(_, Output::Return(..)) | News::Collected(_) => {}
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

    /// What there is to see at `now`, with the current pool's words. Not before the last news.
    pub fn picture(&self, now: Instant, pool: &Pool) -> Picture {
        let recycle = pool.settings().pool_recycle;
        let cones = if pool.size() > 0 { pool.overflow().max(0) as usize } else { 0 };
        let mut bays: Vec<Bay> = self.sites.values().map(|site| self.bay(now, site, recycle)).collect();
        bays.sort_unstable_by_key(|bay| bay.spot);
        // "Overflow" is a count, not a kind: the cones stand on the last bays of the current pool, so many as it is over.
        // A bay that is being torn up counts until it is gone.
        for bay in bays.iter_mut().rev().filter(|bay| !bay.spot.old).take(cones) {
            bay.cones = true;
        }
        bays.extend(self.ruins.iter().map(|site| self.bay(now, site, recycle)));
        let unseen = bays.iter().filter(|bay| bay.spot.index >= MOST_BAYS).count();
        bays.retain(|bay| bay.spot.index < MOST_BAYS);
        let in_sight = self.trips.iter().filter(|(_, trip)| self.in_sight(trip));
        let car =
            |(&number, trip): (&u32, &Trip)| Car { number, pose: self.pose(&trip.drive, now), mood: trip.mood(now) };
        let mut cars: Vec<Car> = in_sight.map(car).collect();
        if self.still {
            let unlucky = cars.iter_mut().filter(|car| matches!(car.mood, Mood::TimedOut | Mood::Failed));
            for (index, car) in unlucky.enumerate() {
                car.pose = self.plan.roadside(index);
            }
        }
        Picture {
            plan: self.plan,
            settings: *pool.settings(),
            places: self.places,
            over: cones,
            bays,
            cars,
            keys: self.keys(now, pool),
            hanging: self.hooks.len(),
            waiting: self.waiting,
            unseen,
        }
    }

    fn pose(&self, drive: &Drive, now: Instant) -> Pose {
        drive.at(if self.still { now.max(drive.arrives()) } else { now })
    }

    fn in_sight(&self, trip: &Trip) -> bool {
        match trip.goal {
            Goal::Kerb(place) => place < MOST_WAITING,
            Goal::Bay(spot) | Goal::Before(spot) => spot.index < MOST_BAYS,
            Goal::Off(_) => true,
        }
    }

    fn bay(&self, now: Instant, site: &Site, recycle: Span) -> Bay {
        let age = (recycle >= Span::ZERO && site.connection.is_some() && !site.spot.old).then(|| {
            let part = (now - site.opened).as_secs_f64() / recycle.as_secs_f64().max(1e-6);
            (part.min(1.0) * 24.0).floor() as f32 / 24.0
        });
        Bay {
            spot: site.spot,
            rect: self.plan.bay(site.spot),
            connection: site.connection,
            phase: site.phase,
            phase_secs: if self.still { 0.0 } else { (now - site.since).as_secs_f64() as f32 },
            cracked: site.cracked,
            cones: false,
            age,
        }
    }

    fn keys(&self, now: Instant, pool: &Pool) -> Vec<Key> {
        let last = self.hooks.len().wrapping_sub(1);
        let next = if pool.settings().pool_use_lifo { last } else { 0 };
        let hanging = self.hooks.iter().take(MOST_KEYS).enumerate().map(|(index, (place, drive))| {
            let pose = self.pose(drive, now);
            let connection = self.sites.get(place).and_then(|site| site.connection);
            Key { at: (pose.x, pose.y), connection, next: index == next }
        });
        let taken = self.taken.iter().map(|(connection, drive)| {
            let pose = self.pose(drive, now);
            Key { at: (pose.x, pose.y), connection: *connection, next: false }
        });
        hanging.chain(taken).collect()
    }

    fn arrived(&mut self, now: Instant, client: Client, number: u32) {
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

    fn command(&mut self, now: Instant, generation: u32, client: Client, command: Command) {
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
            Command::Close(_) | Command::Terminate(_) | Command::Ask | Command::Wake => {}
        }
    }

    fn event(&mut self, now: Instant, generation: u32, client: Client, event: Event) {
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
            Event::Close(_, record) => {
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
            | Event::CloseDetached(_) => {}
        }
    }

    fn left(&mut self, now: Instant, client: Client, outcome: Result<(), Failure>) {
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
    fn send_off(&mut self, now: Instant) {
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
    fn swapped(&mut self, generation: u32) {
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

    /// Bays whose record is gone are bare ground again.
    fn tear_up(&mut self, now: Instant, service: &Service) {
        let mut alive: Vec<Place> = Vec::new();
        for (generation, pool) in service.pools() {
            alive.extend(pool.records().map(|(record, _)| (generation, record)));
        }
        alive.sort_unstable();
        let gone: Vec<Place> = self.sites.keys().filter(|place| alive.binary_search(place).is_err()).copied().collect();
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

    /// The line at the kerb is the pools' line, replaced pools first.
    fn line_up(&mut self, now: Instant, service: &Service) {
        let plan = self.plan;
        let pools = service.pools();
        let line = pools.flat_map(|(_, pool)| pool.line().map(move |client| (client, pool.timeout())));
        for (place, (client, patience)) in line.enumerate() {
            let number = self.numbers.get(client.0 as usize).copied().unwrap_or(0);
            let Some(trip) = self.trips.get_mut(&number) else { continue };
            trip.patience = patience;
            let goal = Goal::Kerb(place);
            if trip.goal != goal {
                trip.drive = route(&plan, trip, goal, now);
                trip.goal = goal;
            }
        }
    }

    /// The rack is the pool's queue: a key a record, in order.
    fn hang(&mut self, now: Instant, pool: &Pool) {
        let queue: Vec<Place> = pool.idle().map(|(record, _)| (self.generation, record)).collect();
        let of = queue.len();
        let before = std::mem::take(&mut self.hooks);
        for (place, drive) in before.iter().filter(|(place, _)| !queue.contains(place)) {
            if let Some(site) = self.sites.get(place) {
                let (x, y) = self.plan.bay(site.spot).center();
                let from = drive.at(now);
                let drive = Drive::along(from, &[(x, y)], Some(0.0), 1.0, now);
                self.taken.push((site.connection, drive));
            }
        }
        for (index, place) in queue.into_iter().enumerate() {
            let hook = self.plan.hook(index, of);
            let mut drive = before.iter().find(|(other, _)| *other == place).map_or_else(
                || Drive::still(self.sites.get(&place).map_or(at(hook), |site| at(self.plan.bay(site.spot).center()))),
                |(_, drive)| *drive,
            );
            slide(&mut drive, hook, now);
            self.hooks.push((place, drive));
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

fn at((x, y): (f32, f32)) -> Pose {
    Pose { x, y, heading: 0.0, scale: 1.0 }
}

/// Sends something on to `to`, unless it is on its way there.
fn slide(drive: &mut Drive, to: (f32, f32), now: Instant) {
    if drive.target() != to {
        *drive = Drive::along(drive.at(now), &[to], Some(0.0), 1.0, now).brisk();
    }
}

/// Where a car stands once it is there.
fn stop(plan: &Plan, goal: Goal) -> Option<Pose> {
    match goal {
        Goal::Kerb(place) => Some(plan.waiting(place)),
        Goal::Before(spot) => Some(plan.before(spot)),
        Goal::Bay(spot) => Some(plan.parked(spot)),
        Goal::Off(_) => None,
    }
}

fn straight(from: Pose, to: Pose, now: Instant) -> Drive {
    Drive::along(from, &[(to.x, to.y)], Some(to.heading), to.scale, now).brisk()
}

/// How a car gets from where it is to its next goal.
fn route(plan: &Plan, trip: &Trip, goal: Goal, now: Instant) -> Drive {
    let from = trip.drive.at(now);
    if let (Goal::Kerb(before), Goal::Kerb(_)) = (trip.goal, goal)
        && before != usize::MAX
        && let Some(end) = stop(plan, goal)
    {
        return straight(from, end, now);
    }
    let mut way = Vec::with_capacity(5);
    match (trip.goal, goal) {
        (Goal::Bay(spot) | Goal::Before(spot), Goal::Off(_)) => {
            return Drive::along(from, &plan.way_out(spot), None, plan.entrance().scale, now).backing_out();
        }
        (_, Goal::Off(_)) => way.extend(plan.way_off(from)),
        (Goal::Kerb(usize::MAX), Goal::Kerb(place)) => way.extend(plan.way_to_kerb(plan.waiting(place))),
        (Goal::Before(one), Goal::Bay(other) | Goal::Before(other)) if one == other => {}
        (_, Goal::Bay(spot) | Goal::Before(spot)) => way.extend(plan.way_in(from, spot)),
        _ => {}
    }
    match stop(plan, goal) {
        Some(end) => {
            way.push((end.x, end.y));
            Drive::along(from, &way, Some(end.heading), end.scale, now)
        }
        None => Drive::along(from, &way, None, plan.entrance().scale, now),
    }
}
