//! What breaks: restarts, failovers, network cuts, and what becomes of orders under way.

use super::server::{Death, NEVER, PendingOrder, Server};
use super::setup::Latency;
use crate::pool::{Command, ConnectionId};
use crate::service::Job;
use crate::time::{Instant, Span};

impl Server {
    /// Every one of `connections` ends, and for a while new ones are refused. Who is in the middle of something is told at once.
    pub fn restart(&mut self, now: Instant, connections: &[ConnectionId]) {
        for &connection in connections {
            self.kill(connection, Death::Told);
        }
        self.end_orphans(NEVER);
        self.accepting_until = now;
        self.down_until = now + self.setup.outage;
        self.interrupt(now);
    }

    /// Another server takes over: those connections are dead and nobody says so, and new ones wait for it.
    pub fn fail_over(&mut self, now: Instant, connections: &[ConnectionId]) {
        for &connection in connections {
            self.kill(connection, Death::Silent);
        }
        self.end_orphans(NEVER);
        self.accepting_until = now;
        (self.cut_at, self.cut_until) = (now, now + self.setup.outage);
        self.interrupt(now);
    }

    /// Nothing comes through for a while; what is on its way arrives after it, if anybody waits so long.
    pub fn cut(&mut self, now: Instant) {
        (self.cut_at, self.cut_until) = (now, now + self.setup.outage);
        self.interrupt(now);
    }

    /// Where something is wrong, or the job is rare: how long it takes then; `None` for statements that can begin and for
    /// what takes no time.
    pub(super) fn in_trouble(&self, now: Instant, job: Job) -> Option<Span> {
        let Latency { connect, ping, reset, close } = self.setup.latency;
        let hidden = (self.cut_until - now).max(Span::ZERO);
        // What is sent into a cut is answered after it, if anybody waits so long.
        let late = |takes: Span| if hidden < self.setup.tcp_timeout { hidden + takes } else { self.setup.tcp_timeout };
        let on = |connection: ConnectionId, takes: Span| match self.dead.get(&connection) {
            Some(Death::Silent) => self.setup.tcp_timeout,
            Some(Death::Told | Death::InQuery) | None => late(takes),
        };
        match job {
            Job::Pool(Command::Open(_)) => Some(late(connect)),
            Job::Pool(Command::Ping(connection)) => Some(on(connection, ping)),
            Job::Pool(Command::Reset(connection, _)) => Some(on(connection, reset)),
            Job::Pool(Command::Close(_) | Command::Terminate(_)) => Some(close),
            Job::Pool(Command::Ask(_) | Command::Wake) => None,
            Job::Work(connection, takes) | Job::Execute(connection, _, takes) => match self.dead.get(&connection) {
                Some(Death::Silent) => Some(self.setup.tcp_timeout),
                Some(Death::Told | Death::InQuery) => Some(late(ping)),
                None if hidden > Span::ZERO => Some(late(takes)),
                None => None,
            },
        }
    }

    /// Orders under way are looked at anew after something broke.
    fn interrupt(&mut self, now: Instant) {
        self.catch_up(now);
        let begun: Vec<PendingOrder> =
            self.statements.drain().into_iter().map(|(_, statement)| statement.pending()).collect();
        let (dead, setup, cut_until) = (&self.dead, self.setup, self.cut_until);
        let hidden = (cut_until - now).max(Span::ZERO);
        let again = |at: i64, job: Job| {
            let connection = match job {
                Job::Work(connection, _) | Job::Pool(Command::Ping(connection) | Command::Reset(connection, _)) => {
                    connection
                }
                _ => return at,
            };
            match dead.get(&connection) {
                Some(Death::Told | Death::InQuery) => now.as_micros(),
                Some(Death::Silent) => (now + setup.tcp_timeout).as_micros(),
                None if hidden > Span::ZERO => at.max((now + hidden.min(setup.tcp_timeout)).as_micros()),
                None => at,
            }
        };
        let mut in_query = Vec::new();
        self.pending_orders.replan(|at, pending| {
            in_query.extend(at_work(pending.order.job));
            again(at, pending.order.job)
        });
        // Statements that go on through a cut are done when it ends; the others never will be.
        for pending in begun {
            let at = again(now.as_micros(), pending.order.job);
            in_query.extend(at_work(pending.order.job));
            self.pending_orders.plan(at, pending);
        }
        for connection in in_query {
            if let Some(death @ Death::Told) = self.dead.get_mut(&connection) {
                *death = Death::InQuery;
            }
        }
    }
}

/// The connection that carries a statement.
fn at_work(job: Job) -> Option<ConnectionId> {
    match job {
        Job::Work(connection, _) | Job::Execute(connection, ..) => Some(connection),
        Job::Pool(_) => None,
    }
}
