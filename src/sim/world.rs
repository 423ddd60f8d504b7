//! A world: traffic, workers with their pools, and a server. It moves on from one event to the next.

use super::act::WorldAct;
use super::event_queue::EventQueue;
use super::journal::{Journal, Sample};
use super::rng_stream::RngStream;
use super::server::{NEVER, Server};
use super::setup::Setup;
use super::traffic::Arrivals;
use super::turn::Turn;
use crate::pool::Client;
use crate::service::{News, Order, RequestSpec, Service, Tally, TimeIntegrals};
use crate::time::{Instant, Span};
use std::collections::VecDeque;

/// The most requests in one worker. With this many, new ones are turned away; otherwise a pool that never times out would fill
/// the memory.
pub const MAX_IN_SYSTEM: u32 = 2_000;

/// The last moment at which something can happen.
const LAST: Instant = Instant::from_micros(NEVER.as_micros() - 1);

/// A world at a moment. It depends only on its setup and on its acts with their moments; whether it moves on event by event, or
/// by a minute at once, makes no difference.
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
    /// The simulated server. `None` if an outside driver carries out the orders, and reports by [`WorldAct::Report`].
    pub(super) server: Option<Server>,
    pub(super) arrivals: Arrivals,
    /// The random numbers for what requests need; in `routes`, those for which worker each request gets.
    pub(super) wishes: RngStream,
    pub(super) routes: RngStream,
    pub(super) appointments: EventQueue<Appointment>,
    /// What runs after everything else that is due at this moment, each with its worker.
    pub(super) turns: VecDeque<(usize, Turn)>,
    /// When the server last restarted.
    pub(super) restarted_at: Instant,
    pub(super) now: Instant,
    pub(super) events: u64,
    /// How many requests have been numbered. All workers take the numbers of their requests from here.
    pub(super) numbers: u32,
    pub(super) turned_away: u64,
    pub(super) rows: Option<u32>,
    /// Whether pools report their events, and news is kept.
    pub(super) watched: bool,
}

/// An event that is planned for a request or its user.
#[derive(Debug, Clone, Copy)]
pub(super) enum Appointment {
    GiveUp {
        worker: u32,
        client: Client,
        number: u32,
    },
    ComeAgain(RequestSpec),
    /// The request's task is cancelled.
    Cancel {
        worker: u32,
        client: Client,
        number: u32,
    },
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

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Server,
    Timeout(usize),
    Appointment,
    Arrival,
    Turn,
}

impl World {
    /// A world at its beginning, with a simulated server. Its [news](World::news) must be read.
    pub fn new(setup: Setup) -> World {
        let server = Some(Server::new(setup.database));
        World::build(setup, server, true)
    }

    /// A world like [`World::new`], but without news, so that it runs faster.
    pub fn unwatched(setup: Setup) -> World {
        let server = Some(Server::new(setup.database));
        World::build(setup, server, false)
    }

    /// A world without a server: an outside driver carries out its [orders](World::poll), and reports.
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
            turns: VecDeque::new(),
            restarted_at: NEVER,
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

    /// The world's current setup.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The moment of the last event, act or [`World::run_until`].
    pub fn now(&self) -> Instant {
        self.now
    }

    /// How many events and acts there have been. It is a more exact place in the run than the moment, which several may share.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// The application in each worker.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// How many connections are open at the server; in a world without a server, how many the pools have.
    pub fn open(&self) -> u32 {
        match &self.server {
            Some(server) => server.open(),
            None => self.services.iter().flat_map(Service::connections).count() as u32,
        }
    }

    /// How many statements the server is working on.
    pub fn running(&self) -> usize {
        self.server.as_ref().map_or(0, Server::running)
    }

    /// How many things it holds that there may be any number of: requests, what is planned for them, and sessions at the server.
    pub fn things(&self) -> u64 {
        let inside: u64 = self.services.iter().map(|service| u64::from(service.tally().in_system)).sum();
        let open = self.server.as_ref().map_or(0, Server::open);
        inside + self.appointments.len() as u64 + u64::from(open)
    }

    /// How many rows the `user` table has, as last reported.
    pub fn rows(&self) -> Option<u32> {
        self.rows
    }

    /// The counts of all workers together.
    pub fn tally(&self) -> Tally {
        let all = self.services.iter().fold(Tally::default(), |sum, service| sum.and(service.tally()));
        Tally { turned_away: self.turned_away, ..all }
    }

    /// The sums over time until now.
    pub fn areas(&self) -> TimeIntegrals {
        self.services.iter().fold(TimeIntegrals::default(), |sum, service| sum.and(service.areas(self.now)))
    }

    /// The figures at this moment. Its number of waits is 0, because the world does not know the journal.
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

    /// How many requests wait for a connection.
    pub fn waiting(&self) -> usize {
        self.services.iter().map(Service::waiting).sum()
    }

    /// When the next event is, if nothing is done to the world before.
    pub fn next_at(&self) -> Option<Instant> {
        Some(self.next().0).filter(|&at| at < NEVER)
    }

    /// Moves on by one event. False if there will be none.
    pub fn step(&mut self, journal: &mut Journal) -> bool {
        self.step_until(LAST, journal)
    }

    /// Moves on to `end`, so that everything until then has happened, including what happens at that moment.
    pub fn run_until(&mut self, end: Instant, journal: &mut Journal) {
        while self.step_until(end.min(LAST), journal) {}
        self.pass(end.max(self.now), journal);
    }

    /// Moves on towards `end` as [`World::run_until`] does, but by at most `most` events. Returns whether it arrived.
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

    /// Does an act to the world now, after everything else that has happened at this moment.
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
            WorldAct::Cancel => self.cancel_oldest(journal),
            WorldAct::Restart => {
                self.restarted_at = now;
                self.end_all(|server, connections| server.restart(now, connections));
            }
            WorldAct::Failover => self.end_all(|server, connections| server.fail_over(now, connections)),
            WorldAct::Cut => {
                if let Some(server) = &mut self.server {
                    server.cut(now);
                }
            }
            WorldAct::Kill(connection) => {
                if self.server.as_mut().is_some_and(|server| server.terminate(now, connection)) {
                    self.services[0].tell_news(News::Cut(connection));
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

    /// The next piece of news, with the worker that it is from; oldest first within a worker.
    pub fn news(&mut self) -> Option<(usize, News)> {
        self.services.iter_mut().enumerate().find_map(|(worker, service)| service.news().map(|news| (worker, news)))
    }

    /// The next order, in a world without a server.
    pub fn poll(&mut self) -> Option<Order> {
        self.services[0].poll()
    }
}
