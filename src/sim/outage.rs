//! Outages: restarts, failovers and network cuts, and what happens to orders in progress.

use super::server::{Death, NEVER, Server};
use super::setup::Latency;
use crate::pool::{Command, ConnectionId};
use crate::service::Job;
use crate::time::{Instant, Span};

impl Server {
    /// Ends all `connections`, and refuses new ones for a while. Clients with an order in progress are told at once.
    pub fn restart(&mut self, now: Instant, connections: &[ConnectionId]) {
        let newly = self.kill_all(connections, Death::Told);
        self.end_orphans(NEVER);
        self.accepting_until = now;
        self.down_until = now + self.setup.outage;
        self.interrupt(now, &newly);
    }

    /// Ends one connection; all others go on. Who has an order on it is told at once. Returns whether there was one to end.
    pub fn terminate(&mut self, now: Instant, connection: ConnectionId) -> bool {
        if !self.is_kept(connection) || !self.kill(connection, Death::Told) {
            return false;
        }
        self.catch_up(now);
        let mut in_query = false;
        self.pending_orders.replan(|at, pending| {
            in_query |= at_work(pending.order.job) == Some(connection);
            if on(pending.order.job) == Some(connection) { now.as_micros() } else { at }
        });
        while let Some(statement) = self.statements.withdraw(|statement| statement.connection == connection) {
            in_query = true;
            self.pending_orders.plan(now.as_micros(), statement.pending());
        }
        if in_query && let Some(death) = self.dead.get_mut(&connection) {
            *death = Death::InQuery;
        }
        true
    }

    /// Another server takes over: all `connections` are dead without notice, and new ones wait for the new server.
    pub fn fail_over(&mut self, now: Instant, connections: &[ConnectionId]) {
        let newly = self.kill_all(connections, Death::Silent);
        self.end_orphans(NEVER);
        self.accepting_until = now;
        (self.cut_at, self.cut_until) = (now, now + self.setup.outage);
        self.interrupt(now, &newly);
    }

    /// Nothing gets through for a while. What is on its way arrives afterwards, if the client waits that long.
    pub fn cut(&mut self, now: Instant) {
        (self.cut_at, self.cut_until) = (now, now + self.setup.outage);
        self.interrupt(now, &[]);
    }

    /// Ends these connections in this way. Returns those that lived until now.
    fn kill_all(&mut self, connections: &[ConnectionId], how: Death) -> Vec<ConnectionId> {
        connections.iter().copied().filter(|&connection| self.kill(connection, how)).collect()
    }

    /// How long a job takes when something is wrong, or when it is not a statement. `None` for statements that can begin
    /// normally, and for jobs that take no time.
    pub(super) fn in_trouble(&self, now: Instant, job: Job) -> Option<Span> {
        let Latency { connect, ping, reset, close } = self.setup.latency;
        let hidden = (self.cut_until - now).max(Span::ZERO);
        // What is sent during a cut is answered after it, if the client waits that long.
        let late = |takes: Span| if hidden < self.setup.tcp_timeout { hidden + takes } else { self.setup.tcp_timeout };
        let on = |connection: ConnectionId, takes: Span| match self.dead.get(&connection) {
            Some(Death::Silent) => self.setup.tcp_timeout,
            Some(Death::Told | Death::InQuery | Death::Closed) | None => late(takes),
        };
        match job {
            Job::Pool(Command::Open(_)) => Some(late(connect)),
            Job::Pool(Command::Ping(connection)) => Some(on(connection, ping)),
            Job::Pool(Command::Reset(connection, _)) | Job::Rollback(connection) => Some(on(connection, reset)),
            Job::Pool(Command::Close(_) | Command::Terminate(_)) => Some(close),
            Job::Pool(Command::Ask(_) | Command::Wake) => None,
            Job::Work(connection, takes) | Job::Execute(connection, _, takes) => match self.dead.get(&connection) {
                Some(Death::Silent) => Some(self.setup.tcp_timeout),
                Some(Death::Told | Death::InQuery | Death::Closed) => Some(late(ping)),
                None if hidden > Span::ZERO => Some(late(takes)),
                None => None,
            },
        }
    }

    /// Plans all orders in progress anew after something broke, and these connections with it.
    fn interrupt(&mut self, now: Instant, newly: &[ConnectionId]) {
        let begun = self.stop_statements(now);
        let (dead, kept, setup, cut_until) = (&self.dead, &self.kept, self.setup, self.cut_until);
        let hidden = (cut_until - now).max(Span::ZERO);
        let again = |at: i64, job: Job| {
            // What another client has closed is beyond the server's reach: who still waits there goes on waiting.
            let Some(connection) = on(job).filter(|connection| kept.contains(connection)) else { return at };
            match dead.get(&connection) {
                Some(Death::Told | Death::InQuery) => now.as_micros(),
                Some(Death::Silent) if newly.contains(&connection) => (now + setup.tcp_timeout).as_micros(),
                // Nothing more is lost on a connection that was dead without notice before: who waits there goes on waiting.
                Some(Death::Silent | Death::Closed) => at,
                None if hidden > Span::ZERO => at.max((now + hidden.min(setup.tcp_timeout)).as_micros()),
                None => at,
            }
        };
        let mut in_query = Vec::new();
        self.pending_orders.replan(|at, pending| {
            in_query.extend(at_work(pending.order.job).filter(|connection| kept.contains(connection)));
            again(at, pending.order.job)
        });
        // Statements that go on through a cut are heard of when it ends, or later. The others will never be done.
        for (at, pending) in begun {
            let at = again(at, pending.order.job);
            in_query.extend(at_work(pending.order.job).filter(|connection| kept.contains(connection)));
            self.pending_orders.plan(at, pending);
        }
        for connection in in_query {
            if let Some(death @ Death::Told) = self.dead.get_mut(&connection) {
                *death = Death::InQuery;
            }
        }
    }
}

/// The connection on which a client waits for an answer.
fn on(job: Job) -> Option<ConnectionId> {
    match job {
        Job::Work(connection, _)
        | Job::Rollback(connection)
        | Job::Pool(Command::Ping(connection) | Command::Reset(connection, _)) => Some(connection),
        _ => None,
    }
}

/// The connection that carries a statement.
fn at_work(job: Job) -> Option<ConnectionId> {
    match job {
        Job::Work(connection, _) | Job::Execute(connection, ..) => Some(connection),
        Job::Pool(_) | Job::Rollback(_) => None,
    }
}
