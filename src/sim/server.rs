//! A database server in virtual time: every job takes its stated time, and connections can be cut.

use super::{Job, News, Order, Report, Service, Traffic};
use crate::pool::{Answer, Client, Command, ConnectionId};
use crate::time::{Instant, Span};
use std::collections::{BTreeMap, BTreeSet};

/// How long each kind of job takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latency {
    /// Opening a connection.
    pub connect: Span,
    /// A request's statements.
    pub work: Span,
    /// Asking a connection whether it lives.
    pub ping: Span,
    /// Rolling back on return.
    pub reset: Span,
    /// Closing.
    pub close: Span,
}

/// The server: knows what is open, and when each job will be done.
#[derive(Debug)]
pub struct Server {
    latency: Latency,
    opened: u32,
    open: BTreeSet<ConnectionId>,
    /// By the time they will be done, then by order of asking.
    jobs: BTreeMap<(Instant, u64), Order>,
    asked: u64,
}

impl Server {
    /// A server that is up and has no connections.
    pub fn new(latency: Latency) -> Server {
        Server { latency, opened: 0, open: BTreeSet::new(), jobs: BTreeMap::new(), asked: 0 }
    }

    /// The connections that are open at the server.
    pub fn open(&self) -> &BTreeSet<ConnectionId> {
        &self.open
    }

    /// Cuts every connection, and takes new ones at once.
    pub fn restart(&mut self) {
        self.open.clear();
    }

    /// Begins a job.
    pub fn begin(&mut self, now: Instant, order: Order) {
        let takes = match order.job {
            Job::Pool(Command::Open(_)) => self.latency.connect,
            Job::Pool(Command::Ping(_)) => self.latency.ping,
            Job::Pool(Command::Reset(..)) => self.latency.reset,
            Job::Pool(Command::Close(_) | Command::Terminate(_)) => self.latency.close,
            Job::Pool(Command::Ask(_) | Command::Wake) => Span::ZERO,
            Job::Work(_) => self.latency.work,
        };
        self.asked += 1;
        self.jobs.insert((now + takes, self.asked), order);
    }

    /// When the next job will be done.
    pub fn next_done(&self) -> Option<Instant> {
        self.jobs.first_key_value().map(|(&(at, _), _)| at)
    }

    /// Ends the next job: the pool's generation, the client, and what came of it.
    pub fn end(&mut self) -> Option<(u32, Client, Report)> {
        let (_, order) = self.jobs.pop_first()?;
        Some((order.generation, order.client, self.carry_out(order.job)))
    }

    fn carry_out(&mut self, job: Job) -> Report {
        let lives = |server: &Server, connection| server.open.contains(&connection);
        Report::Answered(match job {
            Job::Work(connection) => return if lives(self, connection) { Report::Worked } else { Report::Lost },
            Job::Pool(Command::Open(_)) => {
                self.opened += 1;
                self.open.insert(ConnectionId(self.opened));
                Answer::Opened(ConnectionId(self.opened))
            }
            Job::Pool(Command::Ping(connection) | Command::Reset(connection, _)) if !lives(self, connection) => {
                Answer::Gone
            }
            Job::Pool(Command::Close(connection) | Command::Terminate(connection)) => {
                self.open.remove(&connection);
                Answer::Done
            }
            Job::Pool(_) => Answer::Done,
        })
    }
}

/// Runs the world until `end`, telling `watch` each piece of news with its time. At the same moment: jobs that end,
/// then time-outs, then arrivals.
pub fn run(
    service: &mut Service,
    server: &mut Server,
    traffic: &mut Traffic,
    from: Instant,
    end: Instant,
    mut watch: impl FnMut(Instant, &Service, News),
) {
    let mut now = from;
    let mut arrival = traffic.next_until(end);
    loop {
        while let Some(order) = service.poll() {
            server.begin(now, order);
        }
        while let Some(news) = service.news() {
            if let News::Collected(connection) = news {
                server.open.remove(&connection);
            }
            watch(now, service, news);
        }
        let next = [server.next_done(), service.next_timeout(), arrival].into_iter().flatten().min();
        let Some(at) = next.filter(|&at| at <= end) else { return };
        now = at;
        if server.next_done() == Some(now) {
            if let Some((generation, client, report)) = server.end() {
                service.report(now, generation, client, report);
            }
        } else if service.next_timeout() == Some(now) {
            service.timeout(now);
        } else {
            service.arrive(now);
            arrival = traffic.next_until(end);
        }
    }
}
