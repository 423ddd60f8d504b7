//! What the application makes of what its pools and its driver say.

use super::failure::Failure;
use super::news::{News, SECOND};
use super::order::{Job, Order};
use super::request::{Request, Stage};
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
            // It has its connection in a moment, and is then one more. Others that are being opened do not count yet.
            self.tally.overflowed += u64::from(is_full(pool));
        }
    }

    pub(super) fn fail(&mut self, client: Client, failure: Failure) {
        if let Some(request) = &mut self.requests[client.0 as usize] {
            request.outcome = Err(failure);
        }
    }

    /// The statements are made: give the connection back, or ask for another first, or forget to.
    #[inline]
    pub(super) fn worked(&mut self, now: Instant, generation: u32, client: Client) {
        if let Some(request) = &mut self.requests[client.0 as usize]
            && (request.spec.nested || request.spec.leaks)
            && request.stage == Stage::First
        {
            if request.spec.nested {
                request.stage = Stage::Halfway;
                let (number, spec) = (request.number | SECOND, request.spec);
                self.tally.nesting += 1;
                let second = self.enter(now, number, spec, Stage::Second(client));
                self.ask(now, second);
            } else {
                self.forget_connection(client);
            }
            return;
        }
        self.tell(now, generation, Input::Checkin { client, transaction_was_reset: false });
    }

    /// A statement found out that its connection is gone. As `Connection` does then, the pool is marked that the engine has now,
    /// and the connection is invalidated, which goes back to the pool it came from: after a restart two different ones.
    pub(super) fn lose(&mut self, now: Instant, generation: u32, client: Client) {
        let opened_at = self.place(generation).and_then(|place| self.pools[place].1.opened_at(client));
        self.tell(now, self.newest(), Input::Mark(opened_at));
        self.tell(now, generation, Input::Invalidate(client, Some(Exception::Disconnect)));
    }

    /// The request is answered, and nobody gives its connection back.
    fn forget_connection(&mut self, client: Client) {
        let Some(after) = self.collected_after else { return self.leak(client) };
        if let Some(request) = &mut self.requests[client.0 as usize] {
            request.stage = Stage::Forgotten;
            self.calls.pause_until_collected(client, request.number, after);
        }
    }

    pub(super) fn leak(&mut self, client: Client) {
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

    /// Passes `input` to a pool and acts on what it says. Clients that are woken run at once, in their order, unless they
    /// wake late.
    #[inline]
    pub(super) fn tell(&mut self, now: Instant, generation: u32, input: Input) {
        if let Some(place) = self.place(generation) {
            self.tell_one(now, place, input);
        }
        self.tell_pending(now);
    }

    /// Passes on what is pending.
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
        // Who was woken in vain waits again, and is no other checkout.
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

    /// A connection in hand: says how long it took, and how long the statements will take.
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
        if let Stage::Second(_) = request.stage {
            self.tally.nesting -= 1;
        }
        // One that needs two connections does half of its work with each.
        (wait, if nested { Span::from_micros(takes.as_micros() / 2) } else { takes })
    }

    fn leave(&mut self, now: Instant, client: Client, result: Result<(), PoolError>) {
        let place = &mut self.requests[client.0 as usize];
        let &mut Some(Request { asked, spec, outcome, stage, has, abandoned, .. }) = place else { return };
        let result = result.map_err(|error| Failure::Pool(self.connect_error(client, error)));
        self.requests[client.0 as usize] = None;
        self.free.push(client);
        if has {
            self.count_holding(now, false);
        } else {
            self.count_asking(now, false);
            self.waits.push(Wait::new(now - asked, true));
        }
        let outcome = result.and(outcome);
        if let Stage::Second(first) = stage {
            self.tally.nesting -= u32::from(!has);
            self.tell_news(News::Left(client, outcome));
            self.go_home(first, outcome);
            return;
        }
        self.end(client, spec, abandoned, outcome);
    }

    /// The call of a view is over; it has no connection.
    pub(super) fn call_is_over(&mut self, client: Client, outcome: Result<(), Failure>) {
        if let Some(Request { spec, abandoned, .. }) = self.requests[client.0 as usize].take() {
            self.free.push(client);
            self.end(client, spec, abandoned, outcome);
        }
    }

    /// A request is over.
    fn end(&mut self, client: Client, spec: RequestSpec, abandoned: bool, outcome: Result<(), Failure>) {
        self.tally.in_system -= 1;
        match outcome {
            Ok(()) => self.tally.served += 1,
            Err(failure) if failure.is_timeout() => self.tally.timeouts += 1,
            Err(Failure::Pool(_)) => self.tally.refused += 1,
            Err(Failure::Lost(_)) => self.tally.lost += 1,
            Err(Failure::Statement(_) | Failure::Raised) => self.tally.failed += 1,
        }
        self.tally.wasted += u64::from(abandoned && outcome.is_ok());
        self.tell_news(News::Left(client, outcome));
        if self.keeps_departures && !abandoned && outcome.is_err() {
            self.departures.push(spec);
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
        if request.spec.leaks && outcome.is_ok() {
            self.forget_connection(first);
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

/// Whether `pool_size` connections are open, so that one more is beyond it.
fn is_full(pool: &Pool) -> bool {
    let open = || pool.records().filter(|(_, connection)| connection.is_some()).count() as i64;
    pool.settings().class.has_queue() && pool.size() > 0 && open() >= pool.size()
}
