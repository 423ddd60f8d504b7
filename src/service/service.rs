//! The application: requests that need a connection, and the engine that holds the pool.

use super::calls::Calls;
use super::failure::Failure;
use super::news::News;
use super::order::Order;
use super::report::Report;
use super::request::{Request, Stage};
use super::request_spec::RequestSpec;
use super::tally::Tally;
use super::time_integrals::TimeIntegrals;
use super::wait::Wait;
use super::woken::Woken;
use crate::apps::CallInput;
use crate::pool::{Answer, Client, ConnectionId, Input, Pool, Settings};
use crate::sql::{Fault, Vendor};
use crate::time::{Instant, Span};
use std::collections::VecDeque;

/// The client in whose name the engine is disposed of.
pub(super) const ENGINE: Client = Client(0);

/// Requests and the engine. Tell it what happens, then read its [orders](Service::poll) and its [news](Service::news).
#[derive(Debug, Clone)]
pub struct Service {
    /// Replaced pools that still have something out or somebody in line, by generation, and last the current one.
    pub(super) pools: Vec<(u32, Pool)>,
    /// The settings of the next pool, while the current one is being disposed of.
    pub(super) next_settings: Option<Settings>,
    pub(super) disposing: bool,
    pub(super) requests: Vec<Option<Request>>,
    pub(super) free: Vec<Client>,
    pub(super) tally: Tally,
    /// Sums over time up to the beginning of the world, so to speak: with the present numbers times the present moment they
    /// are those up to now. So nothing is to be added up while the numbers stay.
    pub(super) areas: TimeIntegrals,
    pub(super) orders: VecDeque<Order>,
    /// Whether somebody reads the news.
    pub(super) watched: bool,
    pub(super) news: VecDeque<News>,
    /// What pools are told next: clients that may run again do so at once, in their order.
    pub(super) pending: VecDeque<(u32, Input)>,
    /// Waits that ended since they were last read, in microseconds.
    pub(super) waits: Vec<Wait>,
    /// Whether somebody reads who left without having been served.
    pub(super) keeps_departures: bool,
    pub(super) departures: Vec<RequestSpec>,
    /// Connections that nobody will close.
    pub(super) collected: Vec<ConnectionId>,
    /// Requests that call a view.
    pub(super) calls: Calls,
    /// Who was woken and does not run yet.
    pub(super) woken: Woken,
    /// How long after its request a forgotten connection is collected, if it ever is.
    pub(super) collected_after: Option<Span>,
    /// Whose words errors have.
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
            collected_after: None,
            vendor: Vendor::default(),
        }
    }

    /// The same, and nobody reads its news.
    pub(crate) fn unwatched(settings: Settings) -> Service {
        Service { watched: false, ..Service::new(settings) }
    }

    /// From now on, whether somebody reads who left without having been served.
    pub(crate) fn keep_departures(&mut self, keep: bool) {
        self.keeps_departures = keep;
    }

    /// The pool that new requests use.
    #[inline]
    pub fn pool(&self) -> &Pool {
        &self.pools[self.pools.len() - 1].1
    }

    /// All pools that matter still, oldest first, with their generation.
    pub fn pools(&self) -> impl Iterator<Item = (u32, &Pool)> {
        self.pools.iter().map(|(generation, pool)| (*generation, pool))
    }

    /// How many stand in line, at all pools that matter still, and were woken.
    #[inline]
    pub fn waiting(&self) -> usize {
        self.woken().count() + self.pools.iter().map(|(_, pool)| pool.waiters()).sum::<usize>()
    }

    /// When each request asked that wants a connection and has none yet.
    pub(crate) fn asking_since(&self) -> impl Iterator<Item = Instant> {
        self.requests.iter().flatten().filter(|request| request.asks()).map(|request| request.asked)
    }

    /// Requests that will never be served: they wait for ever at a replaced pool that has nothing out. SQLAlchemy strands
    /// them just so when `pool_timeout` is `None`: what came free was not returned, and newcomers go to the new pool.
    pub fn stranded(&self) -> usize {
        let replaced = &self.pools[..self.pools.len() - 1];
        let hopeless = replaced.iter().filter(|(_, pool)| pool.timeout().is_none() && pool.has_only_waiters());
        hopeless.map(|(_, pool)| pool.waiters()).sum()
    }

    /// Requests that block each other: every connection that the pool may have is in the hands of one that waits for a
    /// second. Nothing moves until a time-out.
    pub fn deadlocked(&self) -> usize {
        let nesting = self.tally.nesting;
        let all = nesting > 0 && nesting == self.tally.holding && self.waiting() >= nesting as usize;
        if all { nesting as usize } else { 0 }
    }

    /// What has been counted.
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

    /// One more wants a connection, or one fewer.
    #[inline]
    pub(super) fn count_asking(&mut self, now: Instant, more: bool) {
        let (number, moment) = if more { (1, -now.as_micros()) } else { (u32::MAX, now.as_micros()) };
        self.tally.asking = self.tally.asking.wrapping_add(number);
        self.areas.asking += moment;
    }

    /// One more has a connection, or one fewer.
    #[inline]
    pub(super) fn count_holding(&mut self, now: Instant, more: bool) {
        let (number, moment) = if more { (1, -now.as_micros()) } else { (u32::MAX, now.as_micros()) };
        self.tally.holding = self.tally.holding.wrapping_add(number);
        self.areas.holding += moment;
    }

    /// The number of a client's present request.
    pub fn number(&self, client: Client) -> Option<u32> {
        self.request(client).map(|request| request.number)
    }

    pub(super) fn request(&self, client: Client) -> Option<&Request> {
        self.requests.get(client.0 as usize)?.as_ref()
    }

    /// A request comes, with a number of its own.
    pub fn arrive(&mut self, now: Instant, number: u32, spec: RequestSpec) -> Client {
        let client = self.admit(now, number, spec);
        self.ask(now, client);
        client
    }

    /// A request is there, and has not asked yet.
    #[inline(always)]
    pub(crate) fn admit(&mut self, now: Instant, number: u32, spec: RequestSpec) -> Client {
        self.tally.arrived += 1;
        self.tally.in_system += 1;
        self.tally.retried += u64::from(spec.tries > 0);
        let stage = if spec.view.is_some() { Stage::Computing } else { Stage::First };
        self.enter(now, number, spec, stage)
    }

    /// It asks for its connection.
    pub(crate) fn ask(&mut self, now: Instant, client: Client) {
        self.tell(now, self.newest(), Input::Checkout(client));
    }

    #[inline(always)]
    pub(super) fn enter(&mut self, now: Instant, number: u32, spec: RequestSpec, stage: Stage) -> Client {
        let client = self.free.pop().unwrap_or_else(|| {
            self.requests.push(None);
            Client((self.requests.len() - 1) as u32)
        });
        let generation = self.newest();
        let (outcome, refusal) = (Ok(()), Fault::Refused);
        let request =
            Request { generation, number, asked: now, spec, outcome, refusal, stage, has: false, abandoned: false };
        self.requests[client.0 as usize] = Some(request);
        if stage != Stage::Computing {
            self.count_asking(now, true);
        }
        self.tell_news(News::Arrived(client, number));
        client
    }

    /// The visitor of this request goes away, if it is still that one. The request goes on.
    pub(crate) fn give_up(&mut self, client: Client, number: u32) -> Option<RequestSpec> {
        let request = self.requests.get_mut(client.0 as usize)?.as_mut()?;
        if request.number != number || matches!(request.stage, Stage::Leaked | Stage::Forgotten) {
            return None;
        }
        request.abandoned = true;
        let spec = request.spec;
        self.tally.gave_up += 1;
        self.tell_news(News::GaveUp(client));
        Some(spec)
    }

    /// Puts a new engine in place of this one, as `Engine.dispose()` does: idle connections are closed, then a new pool
    /// takes over; connections that are out return to the old pool. Asked again meanwhile, the last settings count.
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

    /// The driver's report on an order.
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
                self.tell(now, generation, Input::Checkin { client, transaction_was_reset: false });
            }
            Report::Lost(fault) => {
                self.tally.disconnected += 1;
                self.fail(client, Failure::Lost(self.statement_error(client, fault)));
                self.lose(now, generation, client);
            }
        }
    }

    /// When to call [`Service::timeout`], if nothing happens before.
    #[inline]
    pub fn next_timeout(&self) -> Option<Instant> {
        match &self.pools[..] {
            [(_, pool)] => pool.next_timeout(),
            pools => pools.iter().filter_map(|(_, pool)| pool.next_timeout()).min(),
        }
    }

    /// Wakes everybody whose time is up.
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

    /// The next piece of news, oldest first.
    #[inline]
    pub fn news(&mut self) -> Option<News> {
        self.news.pop_front()
    }

    /// A spectator of the driver's has news.
    #[inline]
    pub(crate) fn tell_news(&mut self, news: News) {
        if self.watched {
            self.news.push_back(news);
        }
    }

    /// The waits that ended since the last call, in their order.
    #[inline]
    pub fn take_waits(&mut self) -> impl Iterator<Item = Wait> {
        self.waits.drain(..)
    }

    /// The waiters that were woken since the last call and do not run yet: at the pool of which generation, and whose.
    pub fn take_woken(&mut self) -> &[(u32, Client)] {
        self.woken.take_new()
    }

    /// The pauses that began in views since the last call: whose, its request's number, and how long.
    pub fn take_pauses(&mut self) -> Vec<(Client, u32, Span)> {
        self.calls.take_pauses()
    }

    /// From now on, how long after its request a connection that nobody gave back is collected: `None` if never.
    pub fn collect_after(&mut self, after: Option<Span>) {
        self.collected_after = after;
    }

    /// From now on, whether time passes until a waiter runs that was woken. The driver says when.
    pub fn wake_late(&mut self, late: bool) {
        self.woken.late = late;
    }

    /// Who left since the last call without having been served, and was still there to notice.
    pub(crate) fn take_departures(&mut self) -> Vec<RequestSpec> {
        std::mem::take(&mut self.departures)
    }

    /// Connections that nobody will close, since the last call.
    pub(crate) fn take_collected(&mut self) -> Vec<ConnectionId> {
        std::mem::take(&mut self.collected)
    }

    #[inline]
    pub(crate) fn newest(&self) -> u32 {
        self.pools[self.pools.len() - 1].0
    }
}
