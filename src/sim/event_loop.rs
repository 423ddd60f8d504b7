//! What happens next in a world, and what follows from it.

use super::journal::{Journal, Sample};
use super::server::{Done, NEVER, Server};
use super::setup::Setup;
use super::turn::Turn;
use super::world::{Appointment, MAX_IN_SYSTEM, Next, World};
use crate::pool::{Answer, Class, Client, Command, ConnectionId, Hook, Hooks, Listeners, Settings};
use crate::service::{Borrow, Job, News, Order, Report, RequestSpec, Service, Step};
use crate::time::{Instant, Span};
use std::collections::BTreeSet;

impl World {
    /// What happens next, and when. At the same moment the server comes first, then time-outs, appointments and arrivals, and last
    /// whoever was woken and gave way to all these.
    #[inline(always)]
    pub(super) fn next(&self) -> (Instant, Next) {
        let first = self.next_due();
        if !self.turns.is_empty() && first.0 > self.now { (self.now, Next::Turn) } else { first }
    }

    #[inline(always)]
    pub(super) fn next_due(&self) -> (Instant, Next) {
        let mut first = match &self.server {
            Some(server) => (server.next_at(), Next::Server),
            None => (NEVER, Next::Server),
        };
        for (worker, service) in self.services.iter().enumerate() {
            if let Some(at) = service.next_timeout()
                && (at < first.0 || at == first.0 && self.is_asyncio())
            {
                first = (at, Next::Timeout(worker));
            }
        }
        let appointment = Instant::from_micros(self.appointments.next_at());
        if appointment < first.0 {
            first = (appointment, Next::Appointment);
        }
        match self.arrivals.peek() {
            Some(at) if at < first.0 => (at, Next::Arrival),
            _ => first,
        }
    }

    /// Whether the workers are event loops. There a time-out takes its waiter out of the queue before anything else that is due at
    /// that moment, and a waiter that is woken runs after all of it, in a later turn of the loop.
    #[inline(always)]
    pub(super) fn is_asyncio(&self) -> bool {
        self.setup.settings.class == Class::AsyncAdaptedQueuePool
    }

    /// Plays the next event, if it comes no later than `last`. False if it does not.
    pub(super) fn step_until(&mut self, last: Instant, journal: &mut Journal) -> bool {
        let (at, next) = self.next();
        if at > last {
            return false;
        }
        self.carry_on(at, next, journal);
        true
    }

    #[inline(always)]
    fn carry_on(&mut self, at: Instant, next: Next, journal: &mut Journal) {
        self.pass(at.max(self.now), journal);
        self.events += 1;
        match next {
            Next::Server => self.serve(at, journal),
            Next::Timeout(worker) => self.time_out(worker, journal),
            Next::Appointment => match self.appointments.pop() {
                Some(Appointment::GiveUp { worker, client, number }) => {
                    let spec = self.services[worker as usize].give_up(client, number);
                    if let Some(spec) = spec {
                        self.come_again(spec);
                    }
                }
                Some(Appointment::ComeAgain(spec)) => self.arrive(spec, journal),
                Some(Appointment::Wake { worker, generation, client }) => {
                    self.services[worker as usize].wake(at, generation, client);
                    self.settle(worker as usize, journal);
                }
                Some(Appointment::Cancel { worker, client, number }) => {
                    self.cancel(worker as usize, client, number, journal);
                }
                Some(Appointment::Resume { worker, client, number }) => {
                    self.begin_turn(worker as usize);
                    self.services[worker as usize].resume(at, client, number);
                    self.settle(worker as usize, journal);
                }
                None => {}
            },
            Next::Turn => self.take_turn(journal),
            Next::Arrival => {
                self.arrivals.next_until(at);
                let mut spec = self.setup.work.draw(&mut self.wishes);
                spec.view = self.setup.site.map(|site| site.view);
                self.receive(spec, journal);
            }
        }
    }

    /// The server does what is due.
    #[inline(always)]
    fn serve(&mut self, at: Instant, journal: &mut Journal) {
        let Some(server) = &mut self.server else { return };
        let (worker, order, report) = match server.proceed(at) {
            Done::Order { worker, order, report } => (worker, order, report),
            Done::Cut(connection) => return self.services[0].tell_news(News::Cut(connection)),
            Done::Nothing => return,
        };
        let service = &self.services[worker];
        if let Job::Pool(Command::Close(connection) | Command::Terminate(connection)) = order.job
            && service.shares()
        {
            server.closed_by_one(connection, service.is_shared(connection, order.client));
        }
        if report == Report::Worked && self.closes_later(worker, order.client) {
            return self.turns.push_back((worker, Turn::Worked(order)));
        }
        self.begin_turn(worker);
        self.report(worker, order, report, journal);
    }

    /// Moves time on to `at`, with no event until then.
    #[inline]
    pub(super) fn pass(&mut self, at: Instant, journal: &mut Journal) {
        while journal.due() <= at {
            self.write_sample(journal);
        }
        self.now = at;
    }

    #[cold]
    fn write_sample(&mut self, journal: &mut Journal) {
        let due = journal.due();
        self.now = due.max(self.now);
        journal.sample(Sample { at: due, ..self.sample() });
    }

    /// Reports that an order has been carried out. Where the fast path is possible, what follows is begun at once.
    #[inline]
    pub(super) fn report(&mut self, worker: usize, order: Order, report: Report, journal: &mut Journal) {
        if let Some((order, report)) = self.report_fast(worker, order, report, journal) {
            let service = &mut self.services[worker];
            let report = match &mut self.server {
                Some(server) => server.reply(service, order.client, report),
                None => report,
            };
            service.report(self.now, order.generation, order.client, report);
            self.settle(worker, journal);
        }
    }

    /// Goes as far as the fast path leads. Returns what is left to be reported in the ordinary way.
    #[inline]
    fn report_fast(
        &mut self,
        worker: usize,
        order: Order,
        report: Report,
        journal: &mut Journal,
    ) -> Option<(Order, Report)> {
        let (now, service) = (self.now, &mut self.services[worker]);
        let Some(server) = &mut self.server else { return Some((order, report)) };
        let Order { generation, client, job } = order;
        let step = match (job, report) {
            (Job::Work(..), Report::Worked) if !server.resets_at_once(now) => {
                return match service.reset_fast(now, order) {
                    Some(next) => server.begin(now, worker, next).map(|report| (next, report)),
                    None => Some((order, report)),
                };
            }
            (Job::Work(connection, _), Report::Worked)
            | (Job::Pool(Command::Reset(connection, _)), Report::Answered(Answer::Done)) => {
                let step = service.return_fast(now, generation, client);
                if step != Step::Closed && report == Report::Worked {
                    server.used(now, connection);
                    if service.resets_twice() {
                        server.used(now, connection);
                    }
                }
                step
            }
            _ => Step::Closed,
        };
        match step {
            Step::Closed => Some((order, report)),
            Step::Done => None,
            Step::Called(wait) => {
                journal.wait(wait);
                self.settle(worker, journal);
                None
            }
            Step::Work(client, connection, takes, wait) => {
                journal.wait(wait);
                server.begin_work(now, worker, generation, client, connection, takes)
            }
        }
    }

    /// Begins the orders of a worker, and finishes those that take no time; writes down its waits; plans its pauses, wake-ups and
    /// retries.
    #[inline]
    pub(super) fn settle(&mut self, worker: usize, journal: &mut Journal) {
        let (now, service) = (self.now, &mut self.services[worker]);
        if let Some(server) = &mut self.server {
            while let Some(order) = service.poll() {
                if let Job::Pool(Command::Close(connection) | Command::Terminate(connection)) = order.job
                    && service.shares()
                {
                    server.about_to_close(connection, service.is_shared(connection, order.client));
                }
                if let Some(report) = server.begin(now, worker, order) {
                    let report = server.reply(service, order.client, report);
                    service.report(now, order.generation, order.client, report);
                }
            }
            for connection in service.take_collected() {
                server.collect(connection);
            }
        }
        for wait in service.take_waits() {
            journal.wait(wait);
        }
        for &(generation, client) in service.take_woken() {
            if self.setup.wake <= Span::ZERO {
                self.turns.push_back((worker, Turn::Woken(generation, client)));
                continue;
            }
            let appointment = Appointment::Wake { worker: worker as u32, generation, client };
            self.appointments.plan((now + self.setup.wake).as_micros(), appointment);
        }
        for client in service.take_late() {
            self.turns.push_back((worker, Turn::Runs(client)));
        }
        for (client, number, takes) in service.take_pauses() {
            let appointment = Appointment::Resume { worker: worker as u32, client, number };
            self.appointments.plan((now + takes).as_micros(), appointment);
        }
        if self.setup.visitors.retries > 0 {
            for spec in self.services[worker].take_departures() {
                self.come_again(spec);
            }
        }
    }

    pub(super) fn settle_all(&mut self, journal: &mut Journal) {
        for worker in 0..self.services.len() {
            self.settle(worker, journal);
        }
    }

    /// A request comes and goes to a random worker, because the operating system and load balancers know no better.
    #[inline(always)]
    fn receive(&mut self, spec: RequestSpec, journal: &mut Journal) {
        let worker = self.routes.one_of(self.workers());
        let service = &mut self.services[worker];
        if service.tally().in_system >= MAX_IN_SYSTEM {
            self.turned_away += 1;
            return;
        }
        self.numbers += 1;
        let number = self.numbers;
        let client = service.admit(self.now, number, spec);
        if let Some(patience) = self.setup.visitors.gives_up {
            let appointment = Appointment::GiveUp { worker: worker as u32, client, number };
            self.appointments.plan((self.now + patience).as_micros(), appointment);
        }
        if let Some(patience) = self.setup.cancel_after
            && self.setup.settings.class == Class::AsyncAdaptedQueuePool
        {
            let appointment = Appointment::Cancel { worker: worker as u32, client, number };
            self.appointments.plan((self.now + patience).as_micros(), appointment);
        }
        if !service.asks_at_once(client) {
            if !service.is_queued(client) {
                service.run(self.now, client);
            }
            return self.settle(worker, journal);
        }
        let Some(server) = self.server.as_mut() else { return self.ask(worker, client, journal) };
        match service.ask_fast(self.now, client) {
            Step::Closed => self.ask(worker, client, journal),
            Step::Done => {}
            Step::Called(wait) => journal.wait(wait),
            Step::Work(client, connection, takes, wait) => {
                journal.wait(wait);
                let generation = service.newest();
                let report = server.begin_work(self.now, worker, generation, client, connection, takes);
                if let Some((order, report)) = report {
                    service.report(self.now, order.generation, order.client, report);
                    self.settle(worker, journal);
                }
            }
        }
    }

    fn ask(&mut self, worker: usize, client: Client, journal: &mut Journal) {
        self.services[worker].ask(self.now, client);
        self.settle(worker, journal);
    }

    pub(super) fn arrive(&mut self, spec: RequestSpec, journal: &mut Journal) {
        self.receive(spec, journal);
    }

    fn come_again(&mut self, spec: RequestSpec) {
        let visitors = self.setup.visitors;
        if spec.tries < visitors.retries {
            let again = RequestSpec { tries: spec.tries + 1, ..spec };
            self.appointments.plan((self.now + visitors.retry_after).as_micros(), Appointment::ComeAgain(again));
        }
    }

    /// How many workers take new requests.
    fn workers(&self) -> usize {
        self.setup.workers.clamp(1, MAX_WORKERS)
    }

    /// The settings of new pools in this world.
    fn settings(&self) -> Settings {
        // Recycled connections are counted even if nobody reads the news, and only this pool event tells of them.
        let counted = Listeners { told: Hooks::of(Hook::Close), asked: Hooks::NONE };
        let listeners = if self.watched { Listeners::WATCHING } else { counted };
        Settings { listeners, ..self.setup.settings }
    }

    /// Starts the workers that are missing, and tells all workers the setup. Surplus workers stay and finish, but get no new
    /// requests.
    pub(super) fn hire(&mut self) {
        let settings = self.settings();
        while self.services.len() < self.workers() {
            let service = if self.watched { Service::new(settings) } else { Service::unwatched(settings) };
            self.services.push(service);
        }
        // Requests that are carried out outside commit what they write: their rows are there afterwards.
        let borrow = if self.server.is_some() { self.setup.borrow } else { Borrow::Begin };
        let threads = self.setup.threads.filter(|_| !self.is_asyncio());
        for service in &mut self.services {
            service.keep_departures(self.setup.visitors.retries > 0);
            service.wake_late(self.setup.wake > Span::ZERO);
            service.borrow(borrow);
            service.collect_after(self.setup.collected_after);
            service.limit_threads(self.now, threads);
            service.speak(self.setup.database.vendor);
        }
    }

    pub(super) fn change(&mut self, setup: Setup) {
        let (before, now) = (std::mem::replace(&mut self.setup, setup), self.now);
        self.setup.seed = before.seed;
        if before.settings != self.setup.settings {
            let settings = self.settings();
            for service in &mut self.services {
                service.swap(now, settings);
            }
        }
        if before.traffic != self.setup.traffic {
            self.arrivals.change(now, self.setup.traffic.clone());
        }
        if let Some(server) = &mut self.server {
            server.change(now, self.setup.database);
        }
        self.hire();
    }

    /// Ends all connections of all pools, in the way that `how` says.
    pub(super) fn end_all(&mut self, how: impl FnOnce(&mut Server, &[ConnectionId])) {
        let mut connections: Vec<_> = self.services.iter().flat_map(Service::connections).collect();
        if let Some(server) = &mut self.server {
            // A shared connection that was replaced is in no record any more, but its users still have it.
            let known: BTreeSet<_> = connections.iter().copied().collect();
            connections.extend(server.kept().filter(|connection| !known.contains(connection)));
            how(server, &connections);
        }
        for connection in connections {
            self.services[0].tell_news(News::Cut(connection));
        }
    }
}

/// The most workers. They are limited because each event looks through all of them for what happens next. Measured natively at
/// 60 requests a second, an event with its picture costs 6 us with 1 worker, 11 us with 64, and 24 us with 256; in wasm it is
/// about three times as much. And nobody can read the status of 256 workers ten times a second.
pub const MAX_WORKERS: usize = 64;
