//! The application: requests that need a connection, and the engine that holds the pool.

use super::borrow::Borrow;
use super::calls::Calls;
use super::failure::Failure;
use super::news::News;
use super::order::Order;
use super::report::Report;
use super::request::{Request, RequestStage};
use super::request_spec::{Probe, RequestSpec};
use super::tally::Tally;
use super::threads::Threads;
use super::time_integrals::TimeIntegrals;
use super::wait::Wait;
use super::woken::Woken;
use crate::apps::CallInput;
use crate::pool::{Answer, Client, ConnectionId, Input, Pool, Settings};
use crate::sql::{Fault, Vendor};
use crate::time::{Instant, Span};
use std::collections::VecDeque;

/// The client on whose behalf the engine is disposed of.
pub(super) const ENGINE: Client = Client(0);

/// The application's requests and its engine. Tell it what happens, then read its [orders](Service::poll) and its
/// [news](Service::news).
#[derive(Debug, Clone)]
pub struct Service {
    /// Replaced pools that still have connections checked out or requests waiting, by generation; the current pool comes last.
    pub(super) pools: Vec<(u32, Pool)>,
    /// The settings of the next pool, while the current one is being disposed of.
    pub(super) next_settings: Option<Settings>,
    pub(super) disposing: bool,
    pub(super) requests: Vec<Option<Request>>,
    pub(super) free: Vec<Client>,
    pub(super) tally: Tally,
    /// Sums over time, without the part that the present numbers contribute: adding the present numbers times the present moment
    /// gives the sums up to now. So nothing needs to be added while the numbers stay the same.
    pub(super) areas: TimeIntegrals,
    pub(super) orders: VecDeque<Order>,
    /// Whether the news is read.
    pub(super) watched: bool,
    pub(super) news: VecDeque<News>,
    /// What pools are told next. Clients that may run again do so at once, in this order.
    pub(super) pending: VecDeque<(u32, Input)>,
    /// Waits that ended since they were last read.
    pub(super) waits: Vec<Wait>,
    /// Whether the requests that left unserved are read.
    pub(super) keeps_departures: bool,
    pub(super) departures: Vec<RequestSpec>,
    /// Connections that the application will never close.
    pub(super) collected: Vec<ConnectionId>,
    /// Requests that call a view.
    pub(super) calls: Calls,
    /// The waiters that were woken and do not run yet.
    pub(super) woken: Woken,
    /// Who waits for a thread.
    pub(super) threads: Threads,
    /// How long after its request a connection that was not returned is garbage-collected; `None` if never.
    pub(super) collected_after: Option<Span>,
    /// What requests borrow.
    pub(super) borrow: Borrow,
    /// The vendor whose wording errors have.
    pub(super) vendor: Vendor,
}

impl Service {
    /// An application whose engine has these settings.
    pub fn new(settings: Settings) -> Service {
        Service {
            pools: vec![(0, Pool::new(settings))],
            next_settings: None,
            disposing: false,
            requests: vec![None],
            free: Vec::new(),
            tally: Tally::default(),
            areas: TimeIntegrals::default(),
            orders: VecDeque::new(),
            watched: true,
            news: VecDeque::new(),
            pending: VecDeque::new(),
            waits: Vec::new(),
            keeps_departures: false,
            departures: Vec::new(),
            collected: Vec::new(),
            calls: Calls::default(),
            woken: Woken::default(),
            threads: Threads::default(),
            collected_after: None,
            borrow: Borrow::default(),
            vendor: Vendor::default(),
        }
    }

    /// An application whose engine has these settings, and whose news nobody reads.
    pub(crate) fn unwatched(settings: Settings) -> Service {
        Service { watched: false, ..Service::new(settings) }
    }

    /// Sets whether the requests that leave unserved are read from now on.
    pub(crate) fn keep_departures(&mut self, keep: bool) {
        self.keeps_departures = keep;
    }

    /// The pool that new requests use.
    #[inline]
    pub fn pool(&self) -> &Pool {
        &self.pools[self.pools.len() - 1].1
    }

    /// All pools that still matter, oldest first, with their generation.
    pub fn pools(&self) -> impl Iterator<Item = (u32, &Pool)> {
        self.pools.iter().map(|(generation, pool)| (*generation, pool))
    }

    /// The open connections of all pools that still matter.
    pub fn connections(&self) -> impl Iterator<Item = ConnectionId> {
        self.pools().flat_map(|(_, pool)| pool.connections())
    }

    /// How many requests wait in the queues of all pools that still matter, including those that were woken and do not run yet.
    #[inline]
    pub fn waiting(&self) -> usize {
        self.woken().count() + self.pools.iter().map(|(_, pool)| pool.waiters()).sum::<usize>()
    }

    /// For each request that wants a connection and has none yet: when it asked.
    pub(crate) fn asking_since(&self) -> impl Iterator<Item = Instant> {
        self.requests.iter().flatten().filter(|request| request.asks()).map(|request| request.asked)
    }

    /// How many requests will never be served, because they wait for ever at a replaced pool that has nothing checked out.
    /// SQLAlchemy strands them in the same way when `pool_timeout` is `None`: the connections that became free were not returned
    /// to that pool, and new requests go to the new pool.
    pub fn stranded(&self) -> usize {
        let replaced = &self.pools[..self.pools.len() - 1];
        let hopeless = replaced.iter().filter(|(_, pool)| pool.timeout().is_none() && pool.has_only_waiters());
        hopeless.map(|(_, pool)| pool.waiters()).sum()
    }

    /// How many requests block each other: every connection that the pool may have is held by a request that waits for a second
    /// one. Nothing moves until a time-out.
    pub fn deadlocked(&self) -> usize {
        let nesting = self.tally.nesting;
        let all = nesting > 0 && nesting == self.tally.holding && self.waiting() >= nesting as usize;
        if all { nesting as usize } else { 0 }
    }

    /// What has been counted so far.
    #[inline]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Sums over time up to now.
    pub(crate) fn areas(&self, now: Instant) -> TimeIntegrals {
        let now = now.as_micros();
        TimeIntegrals {
            asking: self.areas.asking + now * i64::from(self.tally.asking),
            holding: self.areas.holding + now * i64::from(self.tally.holding),
        }
    }

    /// Counts one request more, or one fewer, that wants a connection.
    #[inline]
    pub(super) fn count_asking(&mut self, now: Instant, more: bool) {
        let (number, moment) = if more { (1, -now.as_micros()) } else { (u32::MAX, now.as_micros()) };
        self.tally.asking = self.tally.asking.wrapping_add(number);
        self.areas.asking += moment;
    }

    /// Counts one request more, or one fewer, that has a connection.
    #[inline]
    pub(super) fn count_holding(&mut self, now: Instant, more: bool) {
        let (number, moment) = if more { (1, -now.as_micros()) } else { (u32::MAX, now.as_micros()) };
        self.tally.holding = self.tally.holding.wrapping_add(number);
        self.areas.holding += moment;
    }

    /// The number of a client's current request.
    pub fn number(&self, client: Client) -> Option<u32> {
        self.request(client).map(|request| request.number)
    }

    pub(super) fn request(&self, client: Client) -> Option<&Request> {
        self.requests.get(client.0 as usize)?.as_ref()
    }

    /// A request with this number comes and asks for its connection.
    pub fn arrive(&mut self, now: Instant, number: u32, spec: RequestSpec) -> Client {
        let client = self.admit(now, number, spec);
        self.ask(now, client);
        client
    }

    /// A request comes, and does not ask for its connection yet. It may have to wait for a thread.
    #[inline(always)]
    pub(crate) fn admit(&mut self, now: Instant, number: u32, spec: RequestSpec) -> Client {
        let runs = spec.is_on_loop() || self.has_free_thread();
        self.threads.comes(&spec);
        self.tally.arrived += 1;
        self.tally.in_system += 1;
        self.tally.retried += u64::from(spec.tries > 0);
        let asks = spec.view.is_none() && !spec.probe.is_some_and(Probe::is_without_database);
        let stage = match (runs, asks) {
            (true, true) => RequestStage::First,
            (true, false) => RequestStage::Computing,
            (false, _) => RequestStage::Queued,
        };
        let client = self.enter(now, number, spec, stage);
        if !runs {
            self.wait_for_thread(client);
        }
        client
    }

    /// Whether a request that was just admitted asks for its connection right away.
    #[inline]
    pub(crate) fn asks_at_once(&self, client: Client) -> bool {
        self.request(client).is_some_and(|request| request.stage == RequestStage::First)
    }

    /// Whether the client's request waits for a thread.
    pub(crate) fn is_queued(&self, client: Client) -> bool {
        self.request(client).is_some_and(|request| request.stage == RequestStage::Queued)
    }

    /// A request asks for its connection.
    pub(crate) fn ask(&mut self, now: Instant, client: Client) {
        self.tell(now, self.newest(), Input::Checkout(client));
    }

    #[inline(always)]
    pub(super) fn enter(&mut self, now: Instant, number: u32, spec: RequestSpec, stage: RequestStage) -> Client {
        let client = self.free.pop().unwrap_or_else(|| {
            self.requests.push(None);
            Client((self.requests.len() - 1) as u32)
        });
        let generation = self.newest();
        let (outcome, refusal) = (Ok(()), Fault::Refused);
        let request = Request {
            generation,
            number,
            came: now,
            asked: now,
            spec,
            outcome,
            refusal,
            stage,
            has: false,
            rolls_back: false,
            abandoned: false,
        };
        self.requests[client.0 as usize] = Some(request);
        if !matches!(stage, RequestStage::Computing | RequestStage::Queued) {
            self.count_asking(now, true);
        }
        self.tell_news(News::Arrived(client, number));
        client
    }

    /// The user of this request gives up, unless the client has another request by now. The request itself goes on.
    pub(crate) fn give_up(&mut self, client: Client, number: u32) -> Option<RequestSpec> {
        let request = self.requests.get_mut(client.0 as usize)?.as_mut()?;
        if request.number != number || matches!(request.stage, RequestStage::Leaked | RequestStage::Forgotten) {
            return None;
        }
        request.abandoned = true;
        let spec = request.spec;
        self.tally.gave_up += 1;
        self.tell_news(News::GaveUp(client));
        Some(spec)
    }

    /// Replaces the pool, as `Engine.dispose()` does: idle connections are closed, then a new pool takes over; connections that
    /// are checked out return to the old pool. If this is called again meanwhile, the last settings count.
    pub fn swap(&mut self, now: Instant, settings: Settings) {
        self.next_settings = Some(settings);
        if !self.disposing {
            self.disposing = true;
            self.tell(now, self.newest(), Input::Dispose(ENGINE));
        }
    }

    /// Whether the engine is closing its idle connections before a [swap](Service::swap).
    pub fn is_disposing(&self) -> bool {
        self.disposing
    }

    /// Takes the driver's report on an order.
    #[inline]
    pub fn report(&mut self, now: Instant, generation: u32, client: Client, report: Report) {
        match report {
            Report::Answered(answer) => {
                match answer {
                    Answer::Opened(_) => self.opened(generation),
                    Answer::Gone => self.tally.disconnected += 1,
                    _ => {}
                }
                self.tell(now, generation, Input::Answer(client, answer));
            }
            Report::Worked => self.worked(now, generation, client),
            Report::Executed(reply) => {
                self.executed(now, client, reply);
                self.tell_pending(now);
            }
            Report::Refused(fault) => {
                self.refused(client, fault);
                self.tell(now, generation, Input::Answer(client, Answer::Failed));
            }
            Report::Lost(fault) if self.is_raw(client) => {
                self.go_on(now, client, CallInput::Failed(self.statement_error(client, fault)));
                self.tell_pending(now);
            }
            Report::Failed if self.is_call(client) => {
                self.go_on(now, client, CallInput::Failed(self.statement_error(client, Fault::Locked)));
                self.tell_pending(now);
            }
            Report::Failed => {
                self.fail(client, Failure::Statement(self.statement_error(client, Fault::Locked)));
                self.give_back(client);
                self.tell_pending(now);
            }
            Report::Lost(fault) => {
                self.tally.disconnected += 1;
                self.fail(client, Failure::Lost(self.statement_error(client, fault)));
                if self.borrows_raw(client) {
                    self.give_back(client);
                    self.tell_pending(now);
                } else {
                    self.lose(now, generation, client);
                }
            }
        }
    }

    /// When to call [`Service::timeout`], if nothing happens before that.
    #[inline]
    pub fn next_timeout(&self) -> Option<Instant> {
        match &self.pools[..] {
            [(_, pool)] => pool.next_timeout(),
            pools => pools.iter().filter_map(|(_, pool)| pool.next_timeout()).min(),
        }
    }

    /// Wakes every waiter whose time is up.
    pub fn timeout(&mut self, now: Instant) {
        loop {
            let is_due = |pool: &Pool| pool.next_timeout().is_some_and(|at| at <= now);
            let due = self.pools().find(|(_, pool)| is_due(pool)).map(|(generation, _)| generation);
            let Some(generation) = due else { return };
            self.tell(now, generation, Input::Timeout);
        }
    }

    /// The next order, oldest first.
    #[inline]
    pub fn poll(&mut self) -> Option<Order> {
        self.orders.pop_front()
    }

    /// Whether one of the pools is of a class that may close a connection while somebody uses it.
    pub(crate) fn shares(&self) -> bool {
        self.pools().any(|(_, pool)| !pool.settings().class.has_queue())
    }

    /// Whether somebody else than this client has this connection too: only some classes give it to several at once.
    pub(crate) fn is_shared(&self, connection: ConnectionId, client: Client) -> bool {
        let others = self.pools().filter(|(_, pool)| !pool.settings().class.has_queue());
        others.into_iter().any(|(_, pool)| {
            let has = |other: &Client| pool.holding(*other).is_some_and(|held| held.connection == connection);
            (0..self.requests.len() as u32).map(Client).any(|other| other != client && has(&other))
        })
    }

    /// The next piece of news, oldest first.
    #[inline]
    pub fn news(&mut self) -> Option<News> {
        self.news.pop_front()
    }

    /// Adds a piece of news, if the news is read.
    #[inline]
    pub(crate) fn tell_news(&mut self, news: News) {
        if self.watched {
            self.news.push_back(news);
        }
    }

    /// The waits that ended since the last call, in the order in which they ended.
    #[inline]
    pub fn take_waits(&mut self) -> impl Iterator<Item = Wait> {
        self.waits.drain(..)
    }

    /// The waiters that were woken since the last call and do not run yet: the generation of the pool, and the client.
    pub fn take_woken(&mut self) -> &[(u32, Client)] {
        self.woken.take_new()
    }

    /// The pauses that began in views since the last call: the client, the number of its request, and how long.
    pub fn take_pauses(&mut self) -> Vec<(Client, u32, Span)> {
        self.calls.take_pauses()
    }

    /// Sets how long after its request a connection that was not returned is garbage-collected from now on; `None` means never.
    pub fn collect_after(&mut self, after: Option<Span>) {
        self.collected_after = after;
    }

    /// Sets what requests borrow from now on.
    pub fn borrow(&mut self, borrow: Borrow) {
        self.borrow = borrow;
    }

    /// Sets whether woken waiters run only later from now on. The driver says when.
    pub fn wake_late(&mut self, late: bool) {
        self.woken.late = late;
    }

    /// The requests that left unserved since the last call, and whose users had not given up before.
    pub(crate) fn take_departures(&mut self) -> Vec<RequestSpec> {
        std::mem::take(&mut self.departures)
    }

    /// The connections, since the last call, that the application will never close.
    pub(crate) fn take_collected(&mut self) -> Vec<ConnectionId> {
        std::mem::take(&mut self.collected)
    }

    #[inline]
    pub(crate) fn newest(&self) -> u32 {
        self.pools[self.pools.len() - 1].0
    }
}
