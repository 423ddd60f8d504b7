//! What happens next in a world, and what comes of it.

use super::journal::{Journal, Sample};
use super::server::{Done, NEVER, Server};
use super::setup::Setup;
use super::world::{Appointment, MAX_IN_SYSTEM, Next, World};
use crate::pool::{Answer, Client, Command, ConnectionId, Hook, Hooks, Listeners, Settings};
use crate::service::{Job, News, Order, Report, RequestSpec, Service, Step};
use crate::time::{Instant, Span};

impl World {
    /// Who acts next, and when. At the same moment the server comes first, then time-outs, appointments and arrivals.
    #[inline(always)]
    pub(super) fn next(&self) -> (Instant, Next) {
        let mut first = match &self.server {
            Some(server) => (server.next_at(), Next::Server),
            None => (NEVER, Next::Server),
        };
        for (worker, service) in self.services.iter().enumerate() {
            if let Some(at) = service.next_timeout()
                && at < first.0
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

    /// The next event happens, if there is one until then.
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
            Next::Server => {
                let Some(server) = &mut self.server else { return };
                match server.proceed(at) {
                    Done::Order { worker, order, report } => self.report(worker, order, report, journal),
                    Done::Cut(connection) => self.services[0].tell_news(News::Cut(connection)),
                    Done::Nothing => {}
                }
            }
            Next::Timeout(worker) => {
                self.services[worker].timeout(at);
                self.settle(worker, journal);
            }
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
                Some(Appointment::Resume { worker, client, number }) => {
                    self.services[worker as usize].resume(at, client, number);
                    self.settle(worker as usize, journal);
                }
                None => {}
            },
            Next::Arrival => {
                self.arrivals.next_until(at);
                let mut spec = self.setup.work.draw(&mut self.wishes);
                spec.view = self.setup.site.map(|site| site.view);
                self.receive(spec, journal);
            }
        }
    }

    /// Time goes on to `at`, and nothing happens before.
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

    /// An order is carried out. As long as the fast path is open, what follows from it is begun at once.
    #[inline]
    fn report(&mut self, worker: usize, order: Order, report: Report, journal: &mut Journal) {
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

    /// Goes as far as the fast path leads; what is left is to be reported otherwise.
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

    /// Orders are begun, and what takes no time is done; waits are written down; who was not served may come again.
    #[inline]
    fn settle(&mut self, worker: usize, journal: &mut Journal) {
        let (now, service) = (self.now, &mut self.services[worker]);
        if let Some(server) = &mut self.server {
            while let Some(order) = service.poll() {
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
            let appointment = Appointment::Wake { worker: worker as u32, generation, client };
            self.appointments.plan((now + self.setup.wake).as_micros(), appointment);
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

    /// A visitor comes, and gets a worker as chance has it: the operating system and load balancers know no better.
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
        if let Some(view) = spec.view {
            service.begin_call(self.now, client, view);
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

    /// The workers that take new requests.
    fn workers(&self) -> usize {
        self.setup.workers.clamp(1, MAX_WORKERS)
    }

    /// What the pools in this world are made with.
    fn settings(&self) -> Settings {
        // What was recycled is counted, whoever watches, and only this event says so.
        let counted = Listeners { told: Hooks::of(Hook::Close), asked: Hooks::NONE };
        let listeners = if self.watched { Listeners::WATCHING } else { counted };
        Settings { listeners, ..self.setup.settings }
    }

    /// Workers that are not there yet begin. Those that are too many stay and finish, but nobody new is sent to them.
    pub(super) fn hire(&mut self) {
        let settings = self.settings();
        while self.services.len() < self.workers() {
            let service = if self.watched { Service::new(settings) } else { Service::unwatched(settings) };
            self.services.push(service);
        }
        for service in &mut self.services {
            service.keep_departures(self.setup.visitors.retries > 0);
            service.wake_late(self.setup.wake > Span::ZERO);
            service.collect_after(self.setup.collected_after);
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

    /// All connections of all pools end.
    pub(super) fn end_all(&mut self, how: impl FnOnce(&mut Server, &[ConnectionId])) {
        let pools = self.services.iter().flat_map(Service::pools);
        let connections: Vec<_> = pools.flat_map(|(_, pool)| pool.records().filter_map(|(_, open)| open)).collect();
        if let Some(server) = &mut self.server {
            how(server, &connections);
        }
        for connection in connections {
            self.services[0].tell_news(News::Cut(connection));
        }
    }
}

/// More workers are not played: whoever acts next is looked for among all of them at each event. Measured natively, an event of 60
/// requests a second with its picture costs 6 us with 1 worker, 11 us with 64, and 24 us with 256, in wasm some three times as much;
/// and a page that shows the status of 256 workers ten times a second shows none of them.
pub const MAX_WORKERS: usize = 64;
