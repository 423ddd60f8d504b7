//! A database server in virtual time: every job takes its stated time, statements slow each other down, and connections die.

use super::agenda::Agenda;
use super::news::{Job, Order, Report};
use super::setup::{Database, Latency};
use crate::pool::{Answer, Client, Command, ConnectionId};
use crate::time::{Instant, Span};
use std::collections::{BTreeMap, VecDeque};

/// How a connection died.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Death {
    /// The other side says so when asked.
    Told,
    /// Nobody answers.
    Silent,
}

/// An order of one of the workers.
#[derive(Debug, Clone, Copy)]
struct Errand {
    worker: u32,
    order: Order,
}

/// A request's statements under way: an [`Errand`] of which the server knows already how long it takes.
#[derive(Debug, Clone, Copy)]
struct Statement {
    worker: u32,
    generation: u32,
    client: Client,
    connection: ConnectionId,
}

impl Statement {
    #[inline]
    fn errand(self) -> Errand {
        let Statement { worker, generation, client, connection } = self;
        Errand { worker, order: Order { generation, client, job: Job::Work(connection, Span::ZERO) } }
    }
}

/// After everything.
pub(super) const NEVER: Instant = Instant::from_micros(i64::MAX);

/// Work is planned in shares of a microsecond, so that slow progress does not get lost in rounding.
const FINE: i64 = 1 << 10;

/// The server: knows which connections are open, and when each job will be done.
#[derive(Debug, Clone)]
pub(super) struct Server {
    setup: Database,
    /// Connections it has open.
    open: u32,
    opened: u32,
    dead: BTreeMap<ConnectionId, Death>,
    /// Everything but statements, by when it will be done.
    errands: Agenda<Errand>,
    /// Statements, by how much work the server will have done for each statement when they are done. All progress alike, so
    /// their order never changes, however fast it goes.
    statements: Agenda<Statement>,
    /// So much work has been done for each statement, in shares of a microsecond, and until when that is known.
    progress: (i64, Instant),
    /// Statements take as long as they take alone, however many there are.
    even: bool,
    /// It refuses connections until then.
    down_until: Instant,
    /// Nothing comes through until then.
    cut_until: Instant,
    idle: Idle,
}

/// When connections were last used, while somebody counts.
#[derive(Debug, Clone, Default)]
struct Idle {
    /// When each use will have been too long ago, oldest first: the connection, and the number of that use.
    watch: [VecDeque<(Instant, ConnectionId, u32)>; 2],
    uses: BTreeMap<ConnectionId, u32>,
    used: u32,
}

impl Idle {
    /// When somebody may have been idle for too long; [`NEVER`] if nobody counts.
    fn next_at(&self) -> Instant {
        let first = self.watch.iter().filter_map(|watch| watch.front().map(|&(at, ..)| at));
        first.min().unwrap_or(NEVER)
    }
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
            errands: Agenda::default(),
            statements: Agenda::default(),
            progress: (0, Instant::ZERO),
            even: is_even(&setup),
            down_until: Instant::ZERO,
            cut_until: Instant::ZERO,
            idle: Idle::default(),
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
            _ => self.begin_otherwise(now, worker, order),
        }
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
        match (self.in_trouble(now, order.job), order.job) {
            (None, Job::Work(connection, takes)) => {
                self.begin_statement(now, worker, order.generation, order.client, connection, takes);
            }
            (Some(takes), _) if takes > Span::ZERO => {
                self.errands.plan((now + takes).as_micros(), Errand { worker: worker as u32, order });
            }
            (_, job) => return Some(self.carry_out(now, job)),
        }
        None
    }

    /// When the server will next do something by itself; [`NEVER`] if it will not.
    #[inline]
    pub fn next_at(&self) -> Instant {
        let errand = Instant::from_micros(self.errands.next_at());
        let next = self.next_statement().min(errand);
        if self.idle.uses.is_empty() { next } else { next.min(self.idle.next_at()) }
    }

    /// Does what is next, at its moment.
    #[inline(always)]
    pub fn proceed(&mut self, now: Instant) -> Done {
        let errand = if self.next_statement() <= now {
            self.catch_up(now);
            let Some(Statement { worker, generation, client, connection }) = self.statements.pop() else {
                return Done::Nothing;
            };
            let order = Order { generation, client, job: Job::Work(connection, Span::ZERO) };
            let report = if self.hears(now, connection) { Report::Worked } else { Report::Lost };
            return Done::Order { worker: worker as usize, order, report };
        } else if self.errands.next_at() <= now.as_micros() {
            self.errands.pop()
        } else {
            return self.end_idle(now);
        };
        let Some(Errand { worker, order }) = errand else { return Done::Nothing };
        Done::Order { worker: worker as usize, order, report: self.carry_out(now, order.job) }
    }

    /// Every one of `connections` ends, and for a while new ones are refused. Who is in the middle of something is told at once.
    pub fn restart(&mut self, now: Instant, connections: &[ConnectionId]) {
        for &connection in connections {
            self.kill(connection, Death::Told);
        }
        self.down_until = now + self.setup.outage;
        self.interrupt(now);
    }

    /// Another server takes over: those connections are dead and nobody says so, and new ones wait for it.
    pub fn fail_over(&mut self, now: Instant, connections: &[ConnectionId]) {
        for &connection in connections {
            self.kill(connection, Death::Silent);
        }
        self.cut_until = now + self.setup.outage;
        self.interrupt(now);
    }

    /// Nothing comes through for a while; what is on its way arrives after it, if anybody waits so long.
    pub fn cut(&mut self, now: Instant) {
        self.cut_until = now + self.setup.outage;
        self.interrupt(now);
    }

    /// A connection that nobody will ever close is garbage-collected.
    pub fn collect(&mut self, connection: ConnectionId) {
        self.close(connection);
    }

    /// Where something is wrong, or the job is rare: how long it takes then; `None` for statements that can begin and for
    /// what takes no time.
    fn in_trouble(&self, now: Instant, job: Job) -> Option<Span> {
        let Latency { connect, ping, reset, close } = self.setup.latency;
        let hidden = (self.cut_until - now).max(Span::ZERO);
        // What is sent into a cut is answered after it, if anybody waits so long.
        let late = |takes: Span| if hidden < self.setup.tcp_timeout { hidden + takes } else { self.setup.tcp_timeout };
        let on = |connection: ConnectionId, takes: Span| match self.dead.get(&connection) {
            Some(Death::Silent) => self.setup.tcp_timeout,
            Some(Death::Told) | None => late(takes),
        };
        match job {
            Job::Pool(Command::Open(_)) => Some(late(connect)),
            Job::Pool(Command::Ping(connection)) => Some(on(connection, ping)),
            Job::Pool(Command::Reset(connection, _)) => Some(on(connection, reset)),
            Job::Pool(Command::Close(_) | Command::Terminate(_)) => Some(close),
            Job::Pool(Command::Ask(_) | Command::Wake) => None,
            Job::Work(connection, takes) => match self.dead.get(&connection) {
                Some(Death::Silent) => Some(self.setup.tcp_timeout),
                Some(Death::Told) => Some(late(ping)),
                None if hidden > Span::ZERO => Some(late(takes)),
                None => None,
            },
        }
    }

    fn carry_out(&mut self, now: Instant, job: Job) -> Report {
        let answer = match job {
            Job::Work(connection, _) => {
                return if self.hears(now, connection) { Report::Worked } else { Report::Lost };
            }
            Job::Pool(Command::Open(_)) => self.connect(now),
            Job::Pool(Command::Ping(connection) | Command::Reset(connection, _)) => {
                if self.hears(now, connection) {
                    Answer::Done
                } else {
                    Answer::Gone
                }
            }
            Job::Pool(Command::Close(connection) | Command::Terminate(connection)) => {
                self.close(connection);
                Answer::Done
            }
            Job::Pool(Command::Ask(_) | Command::Wake) => Answer::Done,
        };
        Report::Answered(answer)
    }

    fn connect(&mut self, now: Instant) -> Answer {
        let full = self.setup.max_connections.is_some_and(|most| self.open >= most);
        if full || now < self.down_until || now < self.cut_until {
            return Answer::Failed;
        }
        self.open += 1;
        self.opened += 1;
        let connection = ConnectionId(self.opened);
        self.used(now, connection);
        Answer::Opened(connection)
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

    fn kill(&mut self, connection: ConnectionId, how: Death) {
        if self.dead.insert(connection, how).is_none() {
            self.open = self.open.saturating_sub(1);
        }
        self.idle.uses.remove(&connection);
    }

    fn close(&mut self, connection: ConnectionId) {
        self.idle.uses.remove(&connection);
        if self.dead.remove(&connection).is_none() {
            self.open = self.open.saturating_sub(1);
        }
    }

    // --- Statements slow each other down.

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
    fn catch_up(&mut self, now: Instant) {
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

    /// Orders under way are looked at anew after something broke.
    fn interrupt(&mut self, now: Instant) {
        self.catch_up(now);
        let begun: Vec<Errand> = self.statements.drain().into_iter().map(|(_, statement)| statement.errand()).collect();
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
                Some(Death::Told) => now.as_micros(),
                Some(Death::Silent) => (now + setup.tcp_timeout).as_micros(),
                None if hidden > Span::ZERO => at.max((now + hidden.min(setup.tcp_timeout)).as_micros()),
                None => at,
            }
        };
        self.errands.replan(|at, errand| again(at, errand.order.job));
        // Statements that go on through a cut are done when it ends; the others never will be.
        for errand in begun {
            let at = again(now.as_micros(), errand.order.job);
            self.errands.plan(at, errand);
        }
    }

    // --- Connections that are not used for long.

    /// The connection carries something.
    #[inline]
    pub fn used(&mut self, now: Instant, connection: ConnectionId) {
        if self.setup.wait_timeout.is_some() || self.setup.firewall.is_some() {
            self.watch(now, connection);
        }
    }

    fn watch(&mut self, now: Instant, connection: ConnectionId) {
        self.idle.used = self.idle.used.wrapping_add(1);
        let number = self.idle.used;
        self.idle.uses.insert(connection, number);
        for (watch, patience) in self.idle.watch.iter_mut().zip([self.setup.wait_timeout, self.setup.firewall]) {
            if let Some(patience) = patience {
                let at = now + patience;
                // Kept in order even if the patience has just been made shorter.
                let place = watch.partition_point(|&(other, ..)| other <= at);
                watch.insert(place, (at, connection, number));
            }
        }
    }

    fn end_idle(&mut self, now: Instant) -> Done {
        for (place, death) in [(0, Death::Told), (1, Death::Silent)] {
            let watch = &mut self.idle.watch[place];
            if let Some(&(at, connection, number)) = watch.front()
                && at <= now
            {
                watch.pop_front();
                if self.idle.uses.get(&connection) != Some(&number) {
                    return Done::Nothing; // used since
                }
                self.kill(connection, death);
                return Done::Cut(connection);
            }
        }
        Done::Nothing
    }
}

fn is_even(setup: &Database) -> bool {
    setup.slowness == 1.0 && setup.contention == 0.0 && setup.coherency == 0.0
}
