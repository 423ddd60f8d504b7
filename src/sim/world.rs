//! A world: traffic, workers with their pools, and a server, moved on from one event to the next.

use super::act::WorldAct;
use super::event_queue::EventQueue;
use super::journal::{Journal, Sample};
use super::rng_stream::RngStream;
use super::server::{NEVER, Server};
use super::setup::Setup;
use super::traffic::Arrivals;
use crate::pool::Client;
use crate::service::{News, Order, RequestSpec, Service, Tally, TimeIntegrals};
use crate::time::{Instant, Span};

/// With so many requests on their way nobody else turns in, or a pool that never times out would fill the memory.
pub const MAX_IN_SYSTEM: u32 = 2_000;

/// The last moment at which something can happen.
const LAST: Instant = Instant::from_micros(NEVER.as_micros() - 1);

/// A world at a moment. Its setup, and the acts done to it with their moments, are all that it depends on; how it is moved
/// on, event by event or a minute at once, makes no difference.
///
/// ```
/// use valet::sim::{Journal, Setup, Traffic, World};
/// use valet::time::{Instant, Span};
///
/// let mut world = World::new(Setup { traffic: Traffic::poisson(20.0), ..Setup::default() });
/// let mut journal = Journal::new();
/// world.run_until(Instant::ZERO + Span::from_secs(60), &mut journal);
/// let tally = world.tally();
/// assert_eq!(tally.arrived, tally.served + tally.errors() + u64::from(tally.in_system));
/// assert!(tally.served > 1_000);
/// ```
#[derive(Debug, Clone)]
pub struct World {
    pub(super) setup: Setup,
    pub(super) services: Vec<Service>,
    /// `None`: somebody else carries the orders out, and reports by [`WorldAct::Report`].
    pub(super) server: Option<Server>,
    pub(super) arrivals: Arrivals,
    /// What visitors want, and which worker each gets.
    pub(super) wishes: RngStream,
    pub(super) routes: RngStream,
    pub(super) appointments: EventQueue<Appointment>,
    pub(super) now: Instant,
    pub(super) events: u64,
    /// Requests that came, the present numbers of all workers being taken from here.
    pub(super) numbers: u32,
    pub(super) turned_away: u64,
    pub(super) rows: Option<u32>,
    /// Whether pools tell their events, and news are kept.
    pub(super) watched: bool,
}

/// What visitors will do.
#[derive(Debug, Clone, Copy)]
pub(super) enum Appointment {
    GiveUp {
        worker: u32,
        client: Client,
        number: u32,
    },
    ComeAgain(RequestSpec),
    Resume {
        worker: u32,
        client: Client,
        number: u32,
    },
    /// A waiter that was woken runs.
    Wake {
        worker: u32,
        generation: u32,
        client: Client,
    },
}

/// Who acts next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Server,
    Timeout(usize),
    Appointment,
    Arrival,
}

impl World {
    /// A world at its beginning, with a simulated server. Its [news](World::news) must be read.
    pub fn new(setup: Setup) -> World {
        let server = Some(Server::new(setup.database));
        World::build(setup, server, true)
    }

    /// The same, and nobody watches: it has no news, and runs faster.
    pub fn unwatched(setup: Setup) -> World {
        let server = Some(Server::new(setup.database));
        World::build(setup, server, false)
    }

    /// A world without a server: somebody else carries out its [orders](World::poll), and reports.
    pub fn driven(setup: Setup) -> World {
        World::build(setup, None, true)
    }

    fn build(setup: Setup, server: Option<Server>, watched: bool) -> World {
        let mut world = World {
            services: Vec::new(),
            server,
            arrivals: Arrivals::new(setup.seed, setup.traffic.clone()),
            wishes: RngStream::new(setup.seed, 2),
            routes: RngStream::new(setup.seed, 3),
            appointments: EventQueue::default(),
            now: Instant::ZERO,
            events: 0,
            numbers: 0,
            turned_away: 0,
            rows: None,
            watched,
            setup,
        };
        world.hire();
        world
    }

    /// What the world is like now.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The moment of the last event, act or [`World::run_until`].
    pub fn now(&self) -> Instant {
        self.now
    }

    /// How many events and acts there have been: a place in the story that a moment alone does not name.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// The application in each worker.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// Connections open at the server; in a world without one, as the pools know them.
    pub fn open(&self) -> u32 {
        match &self.server {
            Some(server) => server.open(),
            None => {
                let pools = self.services.iter().flat_map(Service::pools);
                pools
                    .map(|(_, pool)| pool.records().filter(|(_, connection)| connection.is_some()).count() as u32)
                    .sum()
            }
        }
    }

    /// Statements that the server is working on.
    pub fn running(&self) -> usize {
        self.server.as_ref().map_or(0, Server::running)
    }

    /// Rows of the `user` table, as last reported.
    pub fn rows(&self) -> Option<u32> {
        self.rows
    }

    /// What has been counted, in all workers.
    pub fn tally(&self) -> Tally {
        let all = self.services.iter().fold(Tally::default(), |sum, service| sum.and(service.tally()));
        Tally { turned_away: self.turned_away, ..all }
    }

    /// Sums over time by now.
    pub fn areas(&self) -> TimeIntegrals {
        self.services.iter().fold(TimeIntegrals::default(), |sum, service| sum.and(service.areas(self.now)))
    }

    /// The figures at this moment. It does not say how many waits a journal has.
    pub fn sample(&self) -> Sample {
        Sample {
            at: self.now,
            checked_out: self.services.iter().map(|service| service.pool().checkedout()).sum(),
            waiting: self.waiting() as u32,
            open: self.open(),
            tally: self.tally(),
            areas: self.areas(),
            waits: 0,
        }
    }

    /// How long each request that wants a connection and has none has waited so far.
    pub fn waits_so_far(&self) -> impl Iterator<Item = Span> {
        self.services.iter().flat_map(|service| service.asking_since()).map(|asked| self.now - asked)
    }

    /// Requests in line.
    pub fn waiting(&self) -> usize {
        self.services.iter().map(Service::waiting).sum()
    }

    /// When the next event is, if nobody acts before.
    pub fn next_at(&self) -> Option<Instant> {
        Some(self.next().0).filter(|&at| at < NEVER)
    }

    /// Moves on by one event. False if there will never be one.
    pub fn step(&mut self, journal: &mut Journal) -> bool {
        self.step_until(LAST, journal)
    }

    /// Moves on to `end`: everything until then has happened, that moment included.
    pub fn run_until(&mut self, end: Instant, journal: &mut Journal) {
        while self.step_until(end.min(LAST), journal) {}
        self.pass(end.max(self.now), journal);
    }

    /// Moves on towards `end` as [`World::run_until`] does, but by at most `most` events. Whether it is there.
    pub fn run_some(&mut self, end: Instant, most: u64, journal: &mut Journal) -> bool {
        let last = end.min(LAST);
        for _ in 0..most {
            if !self.step_until(last, journal) {
                break;
            }
        }
        let there = self.next().0 > last;
        if there {
            self.pass(end.max(self.now), journal);
        }
        there
    }

    /// Something is done to the world now, after everything else that happens at this moment.
    pub fn act(&mut self, act: WorldAct, journal: &mut Journal) {
        self.events += 1;
        let now = self.now;
        match act {
            WorldAct::Change(setup) => self.change(*setup),
            WorldAct::Arrive(spec) => self.arrive(spec, journal),
            WorldAct::Send(spec, times, every) => {
                for later in 1..i64::from(times.min(MAX_IN_SYSTEM)) {
                    let at = now + Span::from_micros(every.as_micros() * later);
                    self.appointments.plan(at.as_micros(), Appointment::ComeAgain(spec));
                }
                self.arrive(spec, journal);
            }
            WorldAct::Restart => self.end_all(|server, connections| server.restart(now, connections)),
            WorldAct::Failover => self.end_all(|server, connections| server.fail_over(now, connections)),
            WorldAct::Cut => {
                if let Some(server) = &mut self.server {
                    server.cut(now);
                }
            }
            WorldAct::Ended(connection) => self.services[0].tell_news(News::Cut(connection)),
            WorldAct::Report { generation, client, report, rows, found } => {
                self.rows = rows.or(self.rows);
                self.services[0].bring(client, found);
                self.services[0].report(now, generation, client, report);
            }
        }
        self.settle_all(journal);
    }

    /// The next piece of news, with the worker it is from; oldest first within a worker.
    pub fn news(&mut self) -> Option<(usize, News)> {
        self.services.iter_mut().enumerate().find_map(|(worker, service)| service.news().map(|news| (worker, news)))
    }

    /// The next order, in a world without a server.
    pub fn poll(&mut self) -> Option<Order> {
        self.services[0].poll()
    }
}
