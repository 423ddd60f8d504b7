//! How the application reacts to what its pools and its driver say.

use super::borrow::Borrow;
use super::failure::Failure;
use super::news::{News, SECOND};
use super::order::{Job, Order};
use super::request::{Request, RequestStage};
use super::request_spec::RequestSpec;
use super::service::{ENGINE, Service};
use super::wait::Wait;
use crate::apps::Phase;
use crate::pool::{Answer, Cause, Client, Command, Event, Exception, Input, Output, Pool, PoolError};
use crate::time::{Instant, Span};

impl Service {
    pub(super) fn opened(&mut self, generation: u32) {
        self.tally.opened += 1;
        if let Some(place) = self.place(generation) {
            let pool = &self.pools[place].1;
            // The new connection is not in the pool's records yet, so a full pool means overflow. Others that are being opened do
            // not count yet either.
            self.tally.overflowed += u64::from(is_full(pool));
        }
    }

    pub(super) fn fail(&mut self, client: Client, failure: Failure) {
        if let Some(request) = &mut self.requests[client.0 as usize] {
            request.outcome = Err(failure);
        }
    }

    /// The statements are done: give the connection back, or ask for a second one first, or never give it back.
    #[inline]
    pub(super) fn worked(&mut self, now: Instant, generation: u32, client: Client) {
        if self.request(client).is_some_and(|request| request.rolls_back) {
            let transaction_was_reset = self.borrow == Borrow::Connection;
            return self.tell(now, generation, Input::Checkin { client, transaction_was_reset });
        }
        if let Some(request) = &mut self.requests[client.0 as usize]
            && request.spec.nested
            && request.stage == RequestStage::First
        {
            request.stage = RequestStage::Halfway;
            let (number, spec) = (request.number | SECOND, request.spec);
            self.tally.nesting += 1;
            let second = self.enter(now, number, spec, RequestStage::Second(client));
            return self.ask(now, second);
        }
        self.finish_statements(now, client);
        self.tell_pending(now);
    }

    /// The statements are done: the request works outside the database, or is done with its connection.
    #[inline]
    fn finish_statements(&mut self, now: Instant, client: Client) {
        let Some(request) = &mut self.requests[client.0 as usize] else { return };
        let spec = request.spec;
        if request.stage == RequestStage::First && spec.outside > Span::ZERO && !spec.returns_early {
            request.stage = RequestStage::Outside;
            let number = request.number;
            self.tell_news(News::Idles(client, true));
            return self.calls.pause_request(client, number, spec.outside);
        }
        self.finish_with_connection(now, client);
    }

    /// The request is done with its connection: it gives it back, or never does.
    pub(super) fn finish_with_connection(&mut self, now: Instant, client: Client) {
        self.leave_outside(client);
        if self.request(client).is_some_and(|request| request.spec.leaks && request.stage == RequestStage::First) {
            self.forget_connection(now, client);
        } else {
            self.give_back(client);
        }
    }

    /// The request gives its connection back: what it borrowed may have to be rolled back first.
    pub(super) fn give_back(&mut self, client: Client) {
        let Some(request) = &mut self.requests[client.0 as usize] else { return };
        let generation = request.generation;
        if self.borrow.rolls_back() && !std::mem::replace(&mut request.rolls_back, true) {
            let held = self.place(generation).and_then(|place| self.pools[place].1.holding(client));
            if let Some(held) = held {
                self.tell_news(News::RollsBack(client, held.connection));
                self.orders.push_back(Order { generation, client, job: Job::Rollback(held.connection) });
                return;
            }
        }
        self.pending.push_back((generation, Input::Checkin { client, transaction_was_reset: false }));
    }

    /// The request no longer works outside the database.
    pub(super) fn leave_outside(&mut self, client: Client) {
        if let Some(request) = &mut self.requests[client.0 as usize]
            && request.stage == RequestStage::Outside
        {
            request.stage = RequestStage::First;
            self.tell_news(News::Idles(client, false));
        }
    }

    /// A statement found that its connection is lost. As `Connection` does then, this marks the engine's current pool and
    /// invalidates the connection, which goes back to the pool that it came from. After a restart these are two different pools.
    pub(super) fn lose(&mut self, now: Instant, generation: u32, client: Client) {
        let opened_at = self.place(generation).and_then(|place| self.pools[place].1.opened_at(client));
        self.tell(now, self.newest(), Input::Mark(opened_at));
        self.tell(now, generation, Input::Invalidate(client, Some(Exception::Disconnect)));
    }

    /// The request has its response, and does not give its connection back.
    fn forget_connection(&mut self, now: Instant, client: Client) {
        let Some(after) = self.collected_after else { return self.leak(now, client) };
        if let Some(request) = &mut self.requests[client.0 as usize] {
            request.stage = RequestStage::Forgotten;
            let spec = request.spec;
            self.calls.pause_request(client, request.number, after);
            self.answered_early(now, spec);
        }
    }

    pub(super) fn leak(&mut self, now: Instant, client: Client) {
        if let Some(request) = &mut self.requests[client.0 as usize] {
            request.stage = RequestStage::Leaked;
            let spec = request.spec;
            self.tally.leaked += 1;
            self.tell_news(News::Leaked(client));
            self.answered_early(now, spec);
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

    /// Passes `input` to a pool and acts on what the pool says. Woken clients run at once, in their order, unless they wake late.
    #[inline]
    pub(super) fn tell(&mut self, now: Instant, generation: u32, input: Input) {
        if let Some(place) = self.place(generation) {
            self.tell_one(now, place, input);
        }
        self.tell_pending(now);
    }

    /// Passes the pending inputs to their pools.
    #[inline]
    pub(super) fn tell_pending(&mut self, now: Instant) {
        while let Some((generation, input)) = self.pending.pop_front() {
            if let Some(place) = self.place(generation) {
                self.tell_one(now, place, input);
            }
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
        // A waiter that was woken in vain waits again. That is not another checkout, so it does not count.
        let asks = matches!(input, Input::Checkout(_));
        self.tally.waited += u64::from(asks && pool.waiters() > waited);
        while let Some(output) = self.pools[place].1.poll() {
            self.act_on_output(now, generation, output);
        }
    }

    /// Acts on what a pool says.
    #[inline]
    fn act_on_output(&mut self, now: Instant, generation: u32, output: Output) {
        self.tell_news(News::Pool(generation, output));
        match output {
            Output::Do(client, Command::Wake) if self.woken.late => self.woken.add(generation, client),
            Output::Do(client, Command::Wake) => {
                self.pending.push_back((generation, Input::Answer(client, Answer::Done)));
            }
            Output::Do(client, command) => {
                match command {
                    Command::Open(_) => self.turn(now, client, Phase::Connecting),
                    Command::Ping(_) => self.turn(now, client, Phase::Checking),
                    _ => {}
                }
                self.tally.closed += u64::from(matches!(command, Command::Close(_) | Command::Terminate(_)));
                self.orders.push_back(Order { generation, client, job: Job::Pool(command) });
            }
            Output::Tell(_, Event::Close(_, _, Cause::Recycled)) => self.tally.recycled += 1,
            Output::Tell(..) | Output::Log(..) => {}
            Output::Return(ENGINE, _) => self.take_over(),
            Output::Return(client, Ok(Some(held))) => {
                let (wait, takes) = self.checked_out(now, client);
                self.waits.push(wait);
                if self.is_call(client) {
                    return self.connected(now, client, held.connection);
                }
                self.orders.push_back(Order { generation, client, job: Job::Work(held.connection, takes) });
            }
            Output::Return(client, result) if self.is_call(client) => {
                self.disconnected(now, client, result.map(drop));
            }
            Output::Return(client, result) => self.leave(now, client, result.map(drop)),
        }
    }

    /// A client has got a connection. Returns its wait, and how long its statements will take.
    #[inline(always)]
    pub(super) fn checked_out(&mut self, now: Instant, client: Client) -> (Wait, Span) {
        self.count_asking(now, false);
        self.count_holding(now, true);
        let Some(request) = &mut self.requests[client.0 as usize] else {
            return (Wait::new(Span::ZERO, false), Span::ZERO);
        };
        request.has = true;
        let wait = Wait::new(now - request.asked, false);
        let RequestSpec { takes, nested, .. } = request.spec;
        if let RequestStage::Second(_) = request.stage {
            self.tally.nesting -= 1;
        }
        // A request that needs two connections does half of its work with each.
        (wait, if nested { Span::from_micros(takes.as_micros() / 2) } else { takes })
    }

    fn leave(&mut self, now: Instant, client: Client, result: Result<(), PoolError>) {
        let place = &mut self.requests[client.0 as usize];
        let &mut Some(Request { asked, came, number, spec, outcome, stage, has, abandoned, .. }) = place else {
            return;
        };
        let result = result.map_err(|error| match error {
            PoolError::Raised(Exception::Cancelled) => Failure::Cancelled,
            error => Failure::Pool(self.connect_error(client, error)),
        });
        let goes_on = has && spec.outside > Span::ZERO && spec.returns_early && stage == RequestStage::First;
        if goes_on && result.is_ok() && outcome.is_ok() {
            return self.works_outside(now, client, number, spec.outside);
        }
        self.requests[client.0 as usize] = None;
        self.free.push(client);
        if has {
            self.count_holding(now, false);
        } else {
            self.count_asking(now, false);
            self.waits.push(Wait::new(now - asked, true));
        }
        let outcome = result.and(outcome);
        if let RequestStage::Second(first) = stage {
            self.tally.nesting -= u32::from(!has);
            self.tell_news(News::Left(client, outcome));
            self.go_home(now, first, outcome);
            return;
        }
        if stage == RequestStage::Forgotten {
            self.is_over_at_last(spec);
        }
        if spec.probe.is_some() {
            self.probed(now - came);
        }
        self.end(now, client, spec, abandoned, outcome);
    }

    /// The request has given its connection back, and works outside the database now.
    fn works_outside(&mut self, now: Instant, client: Client, number: u32, takes: Span) {
        if let Some(request) = &mut self.requests[client.0 as usize] {
            (request.has, request.stage) = (false, RequestStage::Computing);
        }
        self.count_holding(now, false);
        self.tell_news(News::Computes(client));
        self.calls.pause_request(client, number, takes);
    }

    /// The request is over, and it has no connection.
    pub(super) fn end_without_connection(&mut self, now: Instant, client: Client, outcome: Result<(), Failure>) {
        if let Some(Request { came, spec, abandoned, .. }) = self.requests[client.0 as usize].take() {
            self.free.push(client);
            if spec.probe.is_some() {
                self.probed(now - came);
            }
            self.end(now, client, spec, abandoned, outcome);
        }
    }

    /// A request is over.
    fn end(&mut self, now: Instant, client: Client, spec: RequestSpec, abandoned: bool, outcome: Result<(), Failure>) {
        self.tally.in_system -= 1;
        self.threads.leaves(&spec);
        match outcome {
            Ok(()) => self.tally.served += 1,
            Err(failure) if failure.is_timeout() => self.tally.timeouts += 1,
            Err(Failure::Pool(_)) => self.tally.refused += 1,
            Err(Failure::Lost(_)) => self.tally.lost += 1,
            Err(Failure::Cancelled) => self.tally.cancelled += 1,
            Err(Failure::Statement(_) | Failure::Raised) => self.tally.failed += 1,
        }
        self.tally.wasted += u64::from(abandoned && outcome.is_ok());
        self.tell_news(News::Left(client, outcome));
        if self.keeps_departures && !abandoned && outcome.is_err() {
            self.departures.push(spec);
        }
        self.start_waiting(now);
    }

    /// Ends a request that had exactly one connection and succeeded, when nobody reads the news.
    #[inline(always)]
    pub(super) fn leave_served(&mut self, now: Instant, client: Client, abandoned: bool) {
        self.requests[client.0 as usize] = None;
        self.free.push(client);
        self.count_holding(now, false);
        self.tally.in_system -= 1;
        self.tally.served += 1;
        self.tally.wasted += u64::from(abandoned);
    }

    /// The second connection is back, or the pool gave none. The first one is given back as well, once the pool's current outputs
    /// are dealt with.
    fn go_home(&mut self, now: Instant, first: Client, outcome: Result<(), Failure>) {
        let Some(request) = &mut self.requests[first.0 as usize] else { return };
        request.outcome = outcome;
        request.stage = RequestStage::First;
        if outcome.is_ok() {
            self.finish_statements(now, first);
        } else {
            self.give_back(first);
        }
    }

    fn take_over(&mut self) {
        self.disposing = false;
        let settings = self.next_settings.take().unwrap_or(*self.pool().settings());
        self.pools.push((self.newest() + 1, Pool::new(settings)));
        self.tell_news(News::Swapped(self.newest()));
    }

    /// Drops replaced pools that have nothing checked out.
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

/// Whether `pool_size` connections are open, so that one more is overflow.
fn is_full(pool: &Pool) -> bool {
    let open = || pool.connections().count() as i64;
    pool.settings().class.has_queue() && pool.size() > 0 && open() >= pool.size()
}
