//! A database server in virtual time: every job takes its stated time, statements slow each other down, and connections die.

use super::event_queue::EventQueue;
use super::idle::Idle;
use super::running_statement::{RunningStatement, is_even};
use super::setup::ServerSetup;
use crate::pool::{Answer, Client, Command, ConnectionId, Reset};
use crate::service::{Job, Order, Report, Service};
use crate::sql::{self, Fault, Tables};
use crate::time::{Instant, Span};
use std::collections::{BTreeMap, BTreeSet};

/// How a connection died.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Death {
    /// The server side closed it, and says so when it is next used.
    Told,
    /// The server side closed it in the middle of a statement.
    InQuery,
    /// Nothing answers.
    Silent,
    /// It is no longer open: another client, who shared it, closed it.
    Closed,
}

/// An order of one of the workers.
#[derive(Debug, Clone, Copy)]
pub(super) struct PendingOrder {
    pub worker: u32,
    pub order: Order,
}

/// A moment after everything.
pub(super) const NEVER: Instant = Instant::from_micros(i64::MAX);

/// The server: knows which connections are open, and when each job will be done.
#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) setup: ServerSetup,
    /// How many connections it has open.
    pub(super) open: u32,
    pub(super) opened: u32,
    pub(super) dead: BTreeMap<ConnectionId, Death>,
    /// Connections that the application has not closed, dead or not.
    pub(super) kept: BTreeSet<ConnectionId>,
    /// Those of them that are being closed while others use them.
    shared: BTreeSet<ConnectionId>,
    /// All orders except statements, by the moment when they will be done.
    pub(super) pending_orders: EventQueue<PendingOrder>,
    /// Statements, by how much work the server will have done for each statement when they are done. All make the same progress,
    /// so their order never changes, whatever the speed is.
    pub(super) statements: EventQueue<RunningStatement>,
    /// How much work has been done for each statement, in fractions of a microsecond, and the moment until which this is counted.
    pub(super) progress: (i64, Instant),
    /// Whether statements run at full speed, however many there are.
    pub(super) even: bool,
    /// It refuses new connections until this moment.
    pub(super) down_until: Instant,
    /// From `cut_at` until `cut_until`, nothing gets through to it.
    pub(super) cut_at: Instant,
    pub(super) cut_until: Instant,
    /// It is busy with accepting new connections until this moment.
    pub(super) accepting_until: Instant,
    pub(super) idle: Idle,
    /// The tables that views write to.
    tables: Tables,
}

/// The result of something that the server did.
pub(super) enum Done {
    /// It carried out a worker's order.
    Order { worker: usize, order: Order, report: Report },
    /// It ended a connection.
    Cut(ConnectionId),
    /// It did nothing after all.
    Nothing,
}

impl Server {
    /// A server that is up and has no connections.
    pub fn new(setup: ServerSetup) -> Server {
        Server {
            setup,
            open: 0,
            opened: 0,
            dead: BTreeMap::new(),
            kept: BTreeSet::new(),
            shared: BTreeSet::new(),
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

    /// From now on the server has this setup.
    pub fn change(&mut self, now: Instant, setup: ServerSetup) {
        self.progress = (self.progress(now), now);
        self.setup = setup;
        self.even = is_even(&setup);
    }

    /// How many connections it has open.
    pub fn open(&self) -> u32 {
        self.open
    }

    /// The connections that the application has not closed.
    pub fn kept(&self) -> impl Iterator<Item = ConnectionId> {
        self.kept.iter().copied()
    }

    /// Whether the application has not closed this connection.
    pub(super) fn is_kept(&self, connection: ConnectionId) -> bool {
        self.kept.contains(&connection)
    }

    /// How many statements it is working on.
    pub fn running(&self) -> usize {
        self.statements.len()
    }

    /// Begins an order. Returns its report if it takes no time and is done at once.
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

    /// Turns the report on a client's work into the reply to its statement, if a view sent it. Other reports stay as they are.
    pub fn reply(&mut self, service: &mut Service, client: Client, report: Report) -> Report {
        let (Report::Worked, Some((connection, statement))) = (report, service.statement(client)) else {
            return report;
        };
        let (reply, rows) = self.tables.execute(connection, statement);
        service.bring(client, rows);
        Report::Executed(reply)
    }

    /// Like [`Server::begin`], for statements. Returns the order with its report if it is done at once.
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

    /// Withdraws what this client waits for, if that may be withdrawn: its task was cancelled.
    pub fn withdraw(&mut self, now: Instant, worker: usize, client: Client, may: impl Fn(Job) -> bool) -> Option<Job> {
        self.catch_up(now);
        let is_its = |pending: PendingOrder| pending.worker as usize == worker && pending.order.client == client;
        let statement = self.statements.withdraw(|statement| is_its(statement.pending()));
        if let Some(statement) = statement {
            return Some(statement.pending().order.job);
        }
        let job = self.pending_orders.withdraw(|pending| is_its(pending) && may(pending.order.job))?.order.job;
        if let Job::Pool(Command::Close(connection) | Command::Terminate(connection)) = job {
            self.close(connection);
        }
        Some(job)
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
        // A statement is under way on the connection, whether or not it gets through.
        if let Job::Work(connection, _) | Job::Execute(connection, ..) = order.job {
            self.idle.uses.remove(&connection);
        }
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

    /// When the server will next do something; [`NEVER`] if it will not.
    #[inline]
    pub fn next_at(&self) -> Instant {
        let pending = Instant::from_micros(self.pending_orders.next_at());
        let next = self.next_statement().min(pending);
        if self.idle.is_quiet() { next } else { next.min(self.idle.next_at()) }
    }

    /// Does what is due next. `now` must be its moment.
    #[inline(always)]
    pub fn proceed(&mut self, now: Instant) -> Done {
        // What was sent during a cut is planned like a call, and is a statement all the same: it was begun before those that
        // the server works on now, and statements are heard of before calls.
        let late = if self.cut_until > Instant::ZERO {
            self.pending_orders
                .pop_due(now.as_micros(), |pending| matches!(pending.order.job, Job::Work(..) | Job::Execute(..)))
        } else {
            None
        };
        let pending = if late.is_some() {
            late
        } else if self.next_statement() <= now {
            self.catch_up(now);
            let Some(RunningStatement { worker, generation, client, connection }) = self.statements.pop() else {
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

    /// Closes a connection that the application will never close, because it is garbage-collected.
    pub fn collect(&mut self, connection: ConnectionId) {
        self.close(connection);
    }

    fn carry_out(&mut self, now: Instant, job: Job) -> Report {
        let answer = match job {
            Job::Work(connection, _) | Job::Execute(connection, ..) => {
                return if self.hears(now, connection) { Report::Worked } else { self.lost(connection) };
            }
            Job::Rollback(connection) => {
                self.tables.forget(connection);
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

    /// How long it takes to open a connection whose request reaches the server after `arrives`. The server accepts one after the
    /// other; if it is down, it refuses at once.
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
        self.kept.insert(connection);
        self.used(now, connection);
        Report::Answered(Answer::Opened(connection))
    }

    /// The report on a statement that got no answer on this connection.
    #[cold]
    fn lost(&self, connection: ConnectionId) -> Report {
        Report::Lost(match self.dead.get(&connection) {
            Some(Death::Told | Death::Closed) => Fault::GoneAway,
            Some(Death::InQuery) => Fault::LostInQuery,
            Some(Death::Silent) | None => Fault::ReadTimeout,
        })
    }

    /// Whether an answer gets through on this connection.
    #[inline(always)]
    fn hears(&mut self, now: Instant, connection: ConnectionId) -> bool {
        if !self.dead.is_empty() && self.dead.contains_key(&connection) || now < self.cut_until {
            return false;
        }
        self.used(now, connection);
        true
    }

    /// Ends the connection. Returns whether it was alive until now.
    pub(super) fn kill(&mut self, connection: ConnectionId, how: Death) -> bool {
        let was_alive = self.lose(connection, how);
        if was_alive {
            self.open = self.open.saturating_sub(1);
        }
        was_alive
    }

    /// Marks the connection as dead, whether or not the server knows it. Returns whether it was alive until now. A connection that
    /// is dead stays dead in its own way: who is out of reach does not hear of what happens to the server afterwards.
    pub(super) fn lose(&mut self, connection: ConnectionId, how: Death) -> bool {
        self.idle.uses.remove(&connection);
        self.tables.forget(connection);
        let was_alive = !self.dead.contains_key(&connection);
        self.dead.entry(connection).or_insert(how);
        was_alive
    }

    /// The application is about to close a connection that others may use too; if some do, they will find it closed.
    pub fn about_to_close(&mut self, connection: ConnectionId, is_held: bool) {
        if is_held || self.is_used(connection) {
            self.shared.insert(connection);
        }
    }

    /// The application has closed it; whoever began to use it meanwhile will find it closed.
    pub fn closed_by_one(&mut self, connection: ConnectionId, is_held: bool) {
        if is_held || self.is_used(connection) {
            self.dead.entry(connection).or_insert(Death::Closed);
        }
    }

    /// Whether a client waits for an answer on this connection, statements that run on the server apart.
    fn is_used(&self, connection: ConnectionId) -> bool {
        self.pending_orders.any(|pending| match pending.order.job {
            Job::Work(other, _) | Job::Execute(other, ..) | Job::Rollback(other) => other == connection,
            Job::Pool(Command::Ping(other) | Command::Reset(other, _)) => other == connection,
            Job::Pool(_) => false,
        })
    }

    fn close(&mut self, connection: ConnectionId) {
        self.idle.uses.remove(&connection);
        self.tables.forget(connection);
        let shared = self.shared.remove(&connection);
        if !self.kept.remove(&connection) {
            return; // another client, who shared it, was quicker
        }
        if !self.dead.contains_key(&connection) {
            self.open = self.open.saturating_sub(1);
        }
        if shared {
            self.dead.entry(connection).or_insert(Death::Closed);
        } else {
            self.dead.remove(&connection);
        }
    }
}
