//! A database server in virtual time: every job takes its stated time, statements slow each other down, and connections die.

use super::event_queue::EventQueue;
use super::idle::Idle;
use super::setup::Database;
use crate::pool::{Answer, Client, Command, ConnectionId, Reset};
use crate::service::{Job, Order, Report, Service};
use crate::sql::{self, Fault, Tables};
use crate::time::{Instant, Span};
use std::collections::BTreeMap;

/// How a connection died.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Death {
    /// The other side says so when asked.
    Told,
    /// The other side said so in the middle of a statement.
    InQuery,
    /// Nobody answers.
    Silent,
}

/// An order of one of the workers.
#[derive(Debug, Clone, Copy)]
pub(super) struct PendingOrder {
    pub worker: u32,
    pub order: Order,
}

/// A request's statements under way: an [`PendingOrder`] of which the server knows already how long it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement {
    worker: u32,
    generation: u32,
    client: Client,
    connection: ConnectionId,
}

impl Statement {
    #[inline]
    pub fn pending(self) -> PendingOrder {
        let Statement { worker, generation, client, connection } = self;
        PendingOrder { worker, order: Order { generation, client, job: Job::Work(connection, Span::ZERO) } }
    }
}

/// After everything.
pub(super) const NEVER: Instant = Instant::from_micros(i64::MAX);

/// Work is planned in shares of a microsecond, so that slow progress does not get lost in rounding.
const FINE: i64 = 1 << 10;

/// The server: knows which connections are open, and when each job will be done.
#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) setup: Database,
    /// Connections it has open.
    pub(super) open: u32,
    pub(super) opened: u32,
    pub(super) dead: BTreeMap<ConnectionId, Death>,
    /// Everything but statements, by when it will be done.
    pub(super) pending_orders: EventQueue<PendingOrder>,
    /// Statements, by how much work the server will have done for each statement when they are done. All progress alike, so
    /// their order never changes, however fast it goes.
    pub(super) statements: EventQueue<Statement>,
    /// So much work has been done for each statement, in shares of a microsecond, and until when that is known.
    pub(super) progress: (i64, Instant),
    /// Statements take as long as they take alone, however many there are.
    pub(super) even: bool,
    /// It refuses connections until then.
    pub(super) down_until: Instant,
    /// Nothing comes through from then, until then.
    pub(super) cut_at: Instant,
    pub(super) cut_until: Instant,
    /// It is busy with new connections until then.
    pub(super) accepting_until: Instant,
    pub(super) idle: Idle,
    /// What views have written.
    tables: Tables,
}

/// Something that the server did by itself.
pub(super) enum Done {
    /// A worker's order is carried out.
    Order { worker: usize, order: Order, report: Report },
    /// It ended a connection.
    Cut(ConnectionId),
    /// Nothing after all.
    Nothing,
}

impl Server {
    /// A server that is up and has no connections.
    pub fn new(setup: Database) -> Server {
        Server {
            setup,
            open: 0,
            opened: 0,
            dead: BTreeMap::new(),
            pending_orders: EventQueue::default(),
            statements: EventQueue::default(),
            progress: (0, Instant::ZERO),
            even: is_even(&setup),
            down_until: Instant::ZERO,
            cut_at: Instant::ZERO,
            cut_until: Instant::ZERO,
            accepting_until: Instant::ZERO,
            idle: Idle::default(),
            tables: Tables::default(),
        }
    }

    /// From now on it is like this.
    pub fn change(&mut self, now: Instant, setup: Database) {
        self.progress = (self.progress(now), now);
        self.setup = setup;
        self.even = is_even(&setup);
    }

    /// Connections it has open.
    pub fn open(&self) -> u32 {
        self.open
    }

    /// Statements it is working on.
    pub fn running(&self) -> usize {
        self.statements.len()
    }

    /// Begins an order. What takes no time is done at once.
    #[inline]
    pub fn begin(&mut self, now: Instant, worker: usize, order: Order) -> Option<Report> {
        match order.job {
            Job::Work(connection, takes) if self.is_well(now) => {
                self.begin_statement(now, worker, order.generation, order.client, connection, takes);
                None
            }
            Job::Execute(connection, statement, takes) => {
                let ends = matches!(statement, sql::Statement::Commit | sql::Statement::Rollback);
                let takes = if ends { self.setup.latency.reset } else { takes };
                self.begin(now, worker, Order { job: Job::Work(connection, takes), ..order })
            }
            _ => self.begin_otherwise(now, worker, order),
        }
    }

    /// What the statements of a service's client come to, once they have been worked on: a view's reply is made here.
    pub fn reply(&mut self, service: &mut Service, client: Client, report: Report) -> Report {
        let (Report::Worked, Some((connection, statement))) = (report, service.statement(client)) else {
            return report;
        };
        let (reply, rows) = self.tables.execute(connection, statement);
        service.bring(client, rows);
        Report::Executed(reply)
    }

    /// The same for statements. Gives the order back with its report if it is done at once.
    #[inline(always)]
    pub fn begin_work(
        &mut self,
        now: Instant,
        worker: usize,
        generation: u32,
        client: Client,
        connection: ConnectionId,
        takes: Span,
    ) -> Option<(Order, Report)> {
        if self.is_well(now) {
            self.begin_statement(now, worker, generation, client, connection, takes);
            return None;
        }
        let order = Order { generation, client, job: Job::Work(connection, takes) };
        self.begin_otherwise(now, worker, order).map(|report| (order, report))
    }

    /// Whether a reset takes no time now, and succeeds.
    #[inline]
    pub fn resets_at_once(&self, now: Instant) -> bool {
        self.setup.latency.reset <= Span::ZERO && self.is_well(now)
    }

    #[inline]
    fn is_well(&self, now: Instant) -> bool {
        self.dead.is_empty() && now >= self.cut_until
    }

    fn begin_otherwise(&mut self, now: Instant, worker: usize, order: Order) -> Option<Report> {
        let trouble = match (self.in_trouble(now, order.job), order.job) {
            (Some(arrives), Job::Pool(Command::Open(_))) => Some(self.accepted(now, arrives)),
            (trouble, _) => trouble,
        };
        match (trouble, order.job) {
            (None, Job::Work(connection, takes)) => {
                self.begin_statement(now, worker, order.generation, order.client, connection, takes);
            }
            (Some(takes), _) if takes > Span::ZERO => {
                self.pending_orders.plan((now + takes).as_micros(), PendingOrder { worker: worker as u32, order });
            }
            (_, job) => return Some(self.carry_out(now, job)),
        }
        None
    }

    /// When the server will next do something by itself; [`NEVER`] if it will not.
    #[inline]
    pub fn next_at(&self) -> Instant {
        let pending = Instant::from_micros(self.pending_orders.next_at());
        let next = self.next_statement().min(pending);
        if self.idle.is_quiet() { next } else { next.min(self.idle.next_at()) }
    }

    /// Does what is next, at its moment.
    #[inline(always)]
    pub fn proceed(&mut self, now: Instant) -> Done {
        let pending = if self.next_statement() <= now {
            self.catch_up(now);
            let Some(Statement { worker, generation, client, connection }) = self.statements.pop() else {
                return Done::Nothing;
            };
            let order = Order { generation, client, job: Job::Work(connection, Span::ZERO) };
            let report = if self.hears(now, connection) { Report::Worked } else { self.lost(connection) };
            return Done::Order { worker: worker as usize, order, report };
        } else if self.pending_orders.next_at() <= now.as_micros() {
            self.pending_orders.pop()
        } else {
            return self.end_idle(now);
        };
        let Some(PendingOrder { worker, order }) = pending else { return Done::Nothing };
        Done::Order { worker: worker as usize, order, report: self.carry_out(now, order.job) }
    }

    /// A connection that nobody will ever close is garbage-collected.
    pub fn collect(&mut self, connection: ConnectionId) {
        self.close(connection);
    }

    fn carry_out(&mut self, now: Instant, job: Job) -> Report {
        let answer = match job {
            Job::Work(connection, _) | Job::Execute(connection, ..) => {
                return if self.hears(now, connection) { Report::Worked } else { self.lost(connection) };
            }
            Job::Pool(Command::Open(_)) => return self.connect(now),
            Job::Pool(Command::Ping(connection) | Command::Reset(connection, _)) if !self.hears(now, connection) => {
                Answer::Gone
            }
            Job::Pool(Command::Reset(connection, Reset::Rollback)) => {
                self.tables.forget(connection);
                Answer::Done
            }
            Job::Pool(Command::Reset(connection, Reset::Commit)) => {
                self.tables.commit(connection);
                Answer::Done
            }
            Job::Pool(Command::Ping(_) | Command::Reset(_, Reset::None)) => Answer::Done,
            Job::Pool(Command::Close(connection) | Command::Terminate(connection)) => {
                self.close(connection);
                Answer::Done
            }
            Job::Pool(Command::Ask(_) | Command::Wake) => Answer::Done,
        };
        Report::Answered(answer)
    }

    /// How long opening a connection takes that reaches the server after `arrives`: it deals with one after the other. A server
    /// that is down refuses at once.
    fn accepted(&mut self, now: Instant, arrives: Span) -> Span {
        if self.setup.accept <= Span::ZERO || now + arrives < self.down_until {
            return arrives;
        }
        self.accepting_until = self.accepting_until.max(now + arrives) + self.setup.accept;
        self.accepting_until - now
    }

    fn connect(&mut self, now: Instant) -> Report {
        if now < self.cut_until {
            let waited = now - self.cut_at >= self.setup.tcp_timeout;
            return Report::Refused(if waited { Fault::ConnectTimeout } else { Fault::Unreachable });
        }
        if now < self.down_until {
            return Report::Refused(Fault::Refused);
        }
        if self.setup.max_connections.is_some_and(|most| self.open >= most) {
            return Report::Refused(Fault::TooManyConnections);
        }
        self.open += 1;
        self.opened += 1;
        let connection = ConnectionId(self.opened);
        self.used(now, connection);
        Report::Answered(Answer::Opened(connection))
    }

    /// A statement had no answer on this connection.
    #[cold]
    fn lost(&self, connection: ConnectionId) -> Report {
        Report::Lost(match self.dead.get(&connection) {
            Some(Death::Told) => Fault::GoneAway,
            Some(Death::InQuery) => Fault::LostInQuery,
            Some(Death::Silent) | None => Fault::ReadTimeout,
        })
    }

    /// Whether the connection carried an answer.
    #[inline(always)]
    fn hears(&mut self, now: Instant, connection: ConnectionId) -> bool {
        if !self.dead.is_empty() && self.dead.contains_key(&connection) || now < self.cut_until {
            return false;
        }
        self.used(now, connection);
        true
    }

    pub(super) fn kill(&mut self, connection: ConnectionId, how: Death) {
        if self.lose(connection, how) {
            self.open = self.open.saturating_sub(1);
        }
    }

    /// The connection is dead, whether or not the server knows. Whether it lived until now.
    pub(super) fn lose(&mut self, connection: ConnectionId, how: Death) -> bool {
        self.idle.uses.remove(&connection);
        self.tables.forget(connection);
        self.dead.insert(connection, how).is_none()
    }

    fn close(&mut self, connection: ConnectionId) {
        self.idle.uses.remove(&connection);
        self.tables.forget(connection);
        if self.dead.remove(&connection).is_none() {
            self.open = self.open.saturating_sub(1);
        }
    }

    #[inline]
    fn begin_statement(
        &mut self,
        now: Instant,
        worker: usize,
        generation: u32,
        client: Client,
        connection: ConnectionId,
        takes: Span,
    ) {
        self.catch_up(now);
        if !self.idle.uses.is_empty() {
            self.idle.uses.remove(&connection);
        }
        let progress = self.progress(now);
        let statement = Statement { worker: worker as u32, generation, client, connection };
        self.statements.plan(progress.saturating_add(takes.as_micros().saturating_mul(FINE)), statement);
    }

    /// How many times as long everything takes now.
    #[inline]
    fn slowdown(&self) -> f64 {
        self.setup.slowdown(self.statements.len() as u32)
    }

    /// So much will have been done for each statement by `now`.
    #[inline]
    fn progress(&self, now: Instant) -> i64 {
        let (done, since) = self.progress;
        let passed = (now - since).as_micros().saturating_mul(FINE);
        // At full speed the sum is exact.
        let more = if self.even { passed } else { (passed as f64 / self.slowdown()) as i64 };
        done.saturating_add(more)
    }

    /// The pace is about to change. At full speed it does not, and a sum from earlier on is as good.
    #[inline]
    pub(super) fn catch_up(&mut self, now: Instant) {
        if !self.even {
            self.progress = (self.progress(now), now);
        }
    }

    /// When the next statement will be done at the present pace; [`NEVER`] if there is none.
    #[inline]
    fn next_statement(&self) -> Instant {
        let goal = self.statements.next_at();
        if goal == i64::MAX {
            return NEVER;
        }
        let (done, now) = self.progress;
        let left = (goal - done).max(0);
        let slowed = if self.even { left } else { (left as f64 * self.slowdown()).ceil() as i64 };
        now + Span::from_micros(slowed.saturating_add(FINE - 1) >> FINE.ilog2())
    }
}

fn is_even(setup: &Database) -> bool {
    setup.slowness == 1.0 && setup.contention == 0.0 && setup.coherency == 0.0
}
