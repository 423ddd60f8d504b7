//! The application: requests that need a connection, and the engine that holds the pool.

use super::journal::{Areas, Journal};
use super::news::{Failure, Job, News, Order, Report, SECOND};
use super::tally::Tally;
use super::work::Visit;
use crate::pool::{Answer, Cause, Client, Command, ConnectionId, Error, Event, Input, Output, Pool, Settings};
use crate::time::{Instant, Span};
use std::collections::VecDeque;

/// The client in whose name the engine is disposed of.
const ENGINE: Client = Client(0);

#[derive(Debug, Clone, Copy)]
pub(super) struct Request {
    pub generation: u32,
    pub number: u32,
    /// When it asked for its connection.
    asked: Instant,
    pub visit: Visit,
    /// What its statements came to, once it has made them.
    pub outcome: Result<(), Failure>,
    stage: Stage,
    /// It has its connection.
    has: bool,
    /// Its visitor went away.
    pub abandoned: bool,
}

impl Request {
    /// Once its statements are made it gives its connection back, and nobody else's depends on that.
    #[inline]
    pub fn goes_home(&self) -> bool {
        self.stage == Stage::First && !(self.visit.nested || self.visit.leaks)
    }
}

/// How far a request is with its connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It has no second connection, or no need of one.
    First,
    /// It waits for this client, which gets it a second one.
    Halfway,
    /// This is that client, on behalf of that request.
    Second(Client),
    /// It keeps its connection for ever.
    Leaked,
}

/// Requests and the engine. Tell it what happens, then read its [orders](Service::poll) and its [news](Service::news).
#[derive(Debug, Clone)]
pub struct Service {
    /// Replaced pools that still have something out or somebody in line, by generation, and last the current one.
    pub(super) pools: Vec<(u32, Pool)>,
    /// The settings of the next pool, while the current one is being disposed of.
    next_settings: Option<Settings>,
    disposing: bool,
    pub(super) requests: Vec<Option<Request>>,
    free: Vec<Client>,
    pub(super) tally: Tally,
    /// Sums over time up to the beginning of the world, so to speak: with the present numbers times the present moment they
    /// are those up to now. So nothing is to be added up while the numbers stay.
    areas: Areas,
    orders: VecDeque<Order>,
    /// Whether somebody reads the news.
    pub(super) watched: bool,
    news: VecDeque<News>,
    /// What pools are told next: clients that may run again do so at once, in their order.
    pending: VecDeque<(u32, Input)>,
    /// Waits that ended since they were last read, in microseconds.
    waits: Vec<Wait>,
    /// Whether somebody reads who left without having been served.
    keeps_departures: bool,
    departures: Vec<Visit>,
    /// Connections that nobody will close.
    collected: Vec<ConnectionId>,
}

/// A wait for a connection that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wait(u32);

impl Wait {
    const IN_VAIN: u32 = 1 << 31;

    fn new(time: Span, in_vain: bool) -> Wait {
        let micros = time.as_micros().clamp(0, i64::from(Wait::IN_VAIN - 1)) as u32;
        Wait(micros | if in_vain { Wait::IN_VAIN } else { 0 })
    }

    /// From asking to having a connection, or to being told that there is none: whole microseconds, at most half an hour.
    pub fn time(self) -> Span {
        Span::from_micros(i64::from(self.0 & !Wait::IN_VAIN))
    }

    /// It ended without a connection.
    pub fn in_vain(self) -> bool {
        self.0 & Wait::IN_VAIN != 0
    }
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
            areas: Areas::default(),
            orders: VecDeque::new(),
            watched: true,
            news: VecDeque::new(),
            pending: VecDeque::new(),
            waits: Vec::new(),
            keeps_departures: false,
            departures: Vec::new(),
            collected: Vec::new(),
        }
    }

    /// The same, and nobody reads its news.
    pub(super) fn unwatched(settings: Settings) -> Service {
        Service { watched: false, ..Service::new(settings) }
    }

    /// From now on, whether somebody reads who left without having been served.
    pub(super) fn keep_departures(&mut self, keep: bool) {
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

    /// How many stand in line, at all pools that matter still.
    #[inline]
    pub fn waiting(&self) -> usize {
        self.pools.iter().map(|(_, pool)| pool.waiters()).sum()
    }

    /// When each request asked that wants a connection and has none yet.
    pub(super) fn asking_since(&self) -> impl Iterator<Item = Instant> {
        self.requests.iter().flatten().filter(|request| !request.has).map(|request| request.asked)
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
    pub(super) fn areas(&self, now: Instant) -> Areas {
        let now = now.as_micros();
        Areas {
            asking: self.areas.asking + now * i64::from(self.tally.asking),
            holding: self.areas.holding + now * i64::from(self.tally.holding),
        }
    }

    /// One more wants a connection, or one fewer.
    #[inline]
    fn count_asking(&mut self, now: Instant, more: bool) {
        let (number, moment) = if more { (1, -now.as_micros()) } else { (u32::MAX, now.as_micros()) };
        self.tally.asking = self.tally.asking.wrapping_add(number);
        self.areas.asking += moment;
    }

    /// One more has a connection, or one fewer.
    #[inline]
    fn count_holding(&mut self, now: Instant, more: bool) {
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
    pub fn arrive(&mut self, now: Instant, number: u32, visit: Visit) -> Client {
        let client = self.admit(now, number, visit);
        self.ask(now, client);
        client
    }

    /// A request is there, and has not asked yet.
    #[inline(always)]
    pub(super) fn admit(&mut self, now: Instant, number: u32, visit: Visit) -> Client {
        self.tally.arrived += 1;
        self.tally.in_system += 1;
        self.tally.retried += u64::from(visit.tries > 0);
        self.enter(now, number, visit, Stage::First)
    }

    /// It asks for its connection.
    pub(super) fn ask(&mut self, now: Instant, client: Client) {
        self.tell(now, self.newest(), Input::Checkout(client));
    }

    #[inline(always)]
    fn enter(&mut self, now: Instant, number: u32, visit: Visit, stage: Stage) -> Client {
        let client = self.free.pop().unwrap_or_else(|| {
            self.requests.push(None);
            Client((self.requests.len() - 1) as u32)
        });
        let generation = self.newest();
        let request =
            Request { generation, number, asked: now, visit, outcome: Ok(()), stage, has: false, abandoned: false };
        self.requests[client.0 as usize] = Some(request);
        self.count_asking(now, true);
        self.tell_news(News::Arrived(client, number));
        client
    }

    /// The visitor of this request goes away, if it is still that one. The request goes on.
    pub(super) fn give_up(&mut self, client: Client, number: u32) -> Option<Visit> {
        let request = self.requests.get_mut(client.0 as usize)?.as_mut()?;
        if request.number != number || request.stage == Stage::Leaked {
            return None;
        }
        request.abandoned = true;
        let visit = request.visit;
        self.tally.gave_up += 1;
        self.tell_news(News::GaveUp(client));
        Some(visit)
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
            Report::Failed => {
                self.fail(client, Failure::Statement);
                self.tell(now, generation, Input::Checkin { client, transaction_was_reset: false });
            }
            Report::Lost => {
                self.tally.disconnected += 1;
                self.fail(client, Failure::Lost);
                self.tell(now, generation, Input::Disconnected(client));
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
    pub(super) fn tell_news(&mut self, news: News) {
        if self.watched {
            self.news.push_back(news);
        }
    }

    /// Writes the waits down that ended since the last call.
    #[inline]
    pub(super) fn take_waits(&mut self, journal: &mut Journal) {
        for &wait in &self.waits {
            journal.wait(wait);
        }
        self.waits.clear();
    }

    /// Who left since the last call without having been served, and was still there to notice.
    pub(super) fn take_departures(&mut self) -> Vec<Visit> {
        std::mem::take(&mut self.departures)
    }

    /// Connections that nobody will close, since the last call.
    pub(super) fn take_collected(&mut self) -> Vec<ConnectionId> {
        std::mem::take(&mut self.collected)
    }

    #[inline]
    pub(super) fn newest(&self) -> u32 {
        self.pools[self.pools.len() - 1].0
    }

    fn opened(&mut self, generation: u32) {
        self.tally.opened += 1;
        if let Some(place) = self.place(generation) {
            let pool = &self.pools[place].1;
            self.tally.overflowed += u64::from(pool.settings().class.has_queue() && pool.overflow() > 0);
        }
    }

    fn fail(&mut self, client: Client, failure: Failure) {
        if let Some(request) = &mut self.requests[client.0 as usize] {
            request.outcome = Err(failure);
        }
    }

    /// The statements are made: give the connection back, or ask for another first, or forget to.
    #[inline]
    fn worked(&mut self, now: Instant, generation: u32, client: Client) {
        if let Some(request) = &mut self.requests[client.0 as usize]
            && (request.visit.nested || request.visit.leaks)
            && request.stage == Stage::First
        {
            if request.visit.nested {
                request.stage = Stage::Halfway;
                let (number, visit) = (request.number | SECOND, request.visit);
                self.tally.nesting += 1;
                let second = self.enter(now, number, visit, Stage::Second(client));
                self.ask(now, second);
            } else {
                self.leak(client);
            }
            return;
        }
        self.tell(now, generation, Input::Checkin { client, transaction_was_reset: false });
    }

    fn leak(&mut self, client: Client) {
        if let Some(request) = &mut self.requests[client.0 as usize] {
            request.stage = Stage::Leaked;
            self.tally.leaked += 1;
            self.tell_news(News::Leaked(client));
        }
    }

    #[inline]
    fn place(&self, generation: u32) -> Option<usize> {
        let last = self.pools.len() - 1;
        if self.pools[last].0 == generation {
            return Some(last);
        }
        self.pools.iter().position(|(other, _)| *other == generation)
    }

    /// Passes `input` to a pool and acts on what it says. Clients that are woken run at once, in their order.
    #[inline]
    fn tell(&mut self, now: Instant, generation: u32, input: Input) {
        let mut next = Some((generation, input));
        while let Some((generation, input)) = next {
            if let Some(place) = self.place(generation) {
                self.tell_one(now, place, input);
            }
            next = self.pending.pop_front();
        }
        if self.pools.len() > 1 {
            self.forget();
        }
    }

    #[inline]
    fn tell_one(&mut self, now: Instant, place: usize, input: Input) {
        let (generation, pool) = &mut self.pools[place];
        let (generation, waited) = (*generation, pool.waiters());
        if let Err(misuse) = pool.handle(now, input) {
            debug_assert!(false, "{input:?}: {misuse}");
        }
        self.tally.waited += u64::from(pool.waiters() > waited);
        while let Some(output) = self.pools[place].1.poll() {
            self.heed(now, generation, output);
        }
    }

    /// Acts on what a pool says.
    #[inline]
    fn heed(&mut self, now: Instant, generation: u32, output: Output) {
        self.tell_news(News::Pool(generation, output));
        match output {
            Output::Do(client, Command::Wake) => {
                self.pending.push_back((generation, Input::Answer(client, Answer::Done)));
            }
            Output::Do(client, command) => {
                self.tally.closed += u64::from(matches!(command, Command::Close(_) | Command::Terminate(_)));
                self.orders.push_back(Order { generation, client, job: Job::Pool(command) });
            }
            Output::Tell(_, Event::Close(_, _, Cause::Recycled)) => self.tally.recycled += 1,
            Output::Tell(..) | Output::Log(..) => {}
            Output::Return(ENGINE, _) => self.take_over(),
            Output::Return(client, Ok(Some(held))) => {
                let (wait, takes) = self.checked_out(now, client);
                self.waits.push(wait);
                self.orders.push_back(Order { generation, client, job: Job::Work(held.connection, takes) });
            }
            Output::Return(client, result) => self.leave(now, client, result.map(drop)),
        }
    }

    /// A connection in hand: says how long it took, and how long the statements will take.
    #[inline(always)]
    pub(super) fn checked_out(&mut self, now: Instant, client: Client) -> (Wait, Span) {
        self.count_asking(now, false);
        self.count_holding(now, true);
        let Some(request) = &mut self.requests[client.0 as usize] else { return (Wait(0), Span::ZERO) };
        request.has = true;
        let wait = Wait::new(now - request.asked, false);
        let Visit { takes, nested, .. } = request.visit;
        if let Stage::Second(_) = request.stage {
            self.tally.nesting -= 1;
        }
        // One that needs two connections does half of its work with each.
        (wait, if nested { Span::from_micros(takes.as_micros() / 2) } else { takes })
    }

    fn leave(&mut self, now: Instant, client: Client, result: Result<(), Error>) {
        let place = &mut self.requests[client.0 as usize];
        let &mut Some(Request { asked, visit, outcome, stage, has, abandoned, .. }) = place else { return };
        *place = None;
        self.free.push(client);
        if has {
            self.count_holding(now, false);
        } else {
            self.count_asking(now, false);
            self.waits.push(Wait::new(now - asked, true));
        }
        let outcome = result.map_err(Failure::Pool).and(outcome);
        if let Stage::Second(first) = stage {
            self.tally.nesting -= u32::from(!has);
            self.tell_news(News::Left(client, outcome));
            self.go_home(first, outcome);
            return;
        }
        self.tally.in_system -= 1;
        match outcome {
            Ok(()) => self.tally.served += 1,
            Err(Failure::Pool(Error::Timeout { .. })) => self.tally.timeouts += 1,
            Err(Failure::Pool(_)) => self.tally.refused += 1,
            Err(Failure::Lost) => self.tally.lost += 1,
            Err(Failure::Statement) => self.tally.failed += 1,
        }
        self.tally.wasted += u64::from(abandoned && outcome.is_ok());
        self.tell_news(News::Left(client, outcome));
        if self.keeps_departures && !abandoned && outcome.is_err() {
            self.departures.push(visit);
        }
    }

    /// The same for one that had a connection, and no other but that, and ends well; nobody watches.
    #[inline(always)]
    pub(super) fn leave_served(&mut self, now: Instant, client: Client, abandoned: bool) {
        self.requests[client.0 as usize] = None;
        self.free.push(client);
        self.count_holding(now, false);
        self.tally.in_system -= 1;
        self.tally.served += 1;
        self.tally.wasted += u64::from(abandoned);
    }

    /// The second connection is back, or could not be had: the first is given back as well, once what is being said is heard.
    fn go_home(&mut self, first: Client, outcome: Result<(), Failure>) {
        let Some(request) = &mut self.requests[first.0 as usize] else { return };
        request.outcome = outcome;
        request.stage = Stage::First;
        if request.visit.leaks && outcome.is_ok() {
            self.leak(first);
        } else {
            let checkin = Input::Checkin { client: first, transaction_was_reset: false };
            self.pending.push_back((request.generation, checkin));
        }
    }

    fn take_over(&mut self) {
        self.disposing = false;
        let settings = self.next_settings.take().unwrap_or(*self.pool().settings());
        self.pools.push((self.newest() + 1, Pool::new(settings)));
        self.tell_news(News::Swapped(self.newest()));
    }

    /// Replaced pools go once nothing of theirs is out.
    fn forget(&mut self) {
        let newest = self.newest();
        let before = self.collected.len();
        let collected = &mut self.collected;
        self.pools.retain(|(generation, pool)| {
            let keep = *generation == newest || !pool.is_unused();
            if !keep {
                collected.extend(pool.idle().filter_map(|(_, connection)| connection));
            }
            keep
        });
        for index in before..self.collected.len() {
            self.tell_news(News::Collected(self.collected[index]));
        }
    }
}
