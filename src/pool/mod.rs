//! The engine: SQLAlchemy's `QueuePool` as a state machine that does no input or output.
//!
//! It is told what happens ([`Pool::handle`]) and says what is to be done and what has happened ([`Pool::poll`]).
//! It has no clock, no thread and no connection of its own: time is an argument, threads are [`Client`] numbers, and
//! a *driver* opens, pings and closes connections and answers when that is done, however long it takes. Two drivers
//! use this one type: a simulated server and the browser's IndexedDB.
//!
//! ```
//! use valet::pool::{Answer, Client, Command, ConnectionId, Held, Input, Output, Pool, Settings};
//! use valet::time::Instant;
//!
//! let mut pool = Pool::new(Settings::default());
//! assert_eq!(
//!     pool.status(), // nothing is opened in advance
//!     "Pool size: 5  Connections in pool: 0 Current Overflow: -5 Current Checked out connections: 0"
//! );
//!
//! let now = Instant::from_micros(1_203_417);
//! pool.handle(now, Input::Checkout(Client(42))).unwrap();
//! let Some(Output::Do(Client(42), Command::Open(record))) = pool.poll() else { panic!() };
//!
//! // ... the driver opens a connection and calls it number 1 ...
//! pool.handle(now, Input::Answer(Client(42), Answer::Opened(ConnectionId(1)))).unwrap();
//! let last = std::iter::from_fn(|| pool.poll()).last();
//! let held = Held { connection: ConnectionId(1), record: Some(record) };
//! assert_eq!(last, Some(Output::Return(Client(42), Ok(Some(held)))));
//! assert_eq!(pool.checkedout(), 1);
//! ```
//!
//! Where to look: [`Settings`] for the knobs, `checkout.rs` for obtain / ensure / verify, `release.rs` for the ways
//! back, `line.rs` for waiting, `counters.rs` for `status()`. `file.py:line` in comments points into SQLAlchemy 2.1.9.

mod checkout;
mod client;
mod counters;
mod error;
mod line;
mod record;
mod release;
mod settings;
mod words;

pub use error::{Error, Misuse};
pub use settings::{Class, Dialect, Listeners, Reset, Settings};
pub use words::{Answer, Client, Command, ConnectionId, Event, Held, Input, Output, Reason, RecordId};

use crate::time::{Instant, Span};
use client::{Clients, State};
use line::Line;
use record::{Records, Slot};
use std::collections::VecDeque;

/// One generation of a pool. See the [module](self) for how to use it.
#[derive(Debug, Clone)]
pub struct Pool {
    settings: Settings,
    records: Records,
    clients: Clients,
    /// The queue: records that nobody holds, in order of return.
    idle: VecDeque<Slot>,
    line: Line,
    /// Connections beyond `pool_size`, as SQLAlchemy counts them: from `-pool_size` up. Taken before opening.
    overflow: i64,
    /// The pool-wide mark: what was opened before is replaced at its next checkout.
    marked_at: Option<Instant>,
    first_connect_done: bool,
    outbox: VecDeque<Output>,
}

impl Pool {
    /// A new pool. Opens nothing.
    pub fn new(settings: Settings) -> Pool {
        Pool {
            overflow: -settings.pool_size,
            settings,
            records: Records::default(),
            clients: Clients::default(),
            idle: VecDeque::new(),
            line: Line::default(),
            marked_at: None,
            first_connect_done: false,
            outbox: VecDeque::new(),
        }
    }

    /// `pool.recreate()`: a new, empty pool with the same settings. This one is not changed.
    pub fn recreate(&self) -> Pool {
        Pool::new(self.settings)
    }

    /// What the pool was made with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Tells the pool that `input` happens at `now`, which must not be before the last call's.
    ///
    /// Afterwards read [`poll`](Pool::poll) until it has nothing more to say.
    ///
    /// # Errors
    /// [`Misuse`] when this client cannot make that call now; the pool is unchanged.
    pub fn handle(&mut self, now: Instant, input: Input) -> Result<(), Misuse> {
        match input {
            Input::Checkout(client) => match self.clients.get(client) {
                State::Empty => self.obtain(now, client),
                State::Holding(_) => return Err(Misuse::Holding),
                _ => return Err(Misuse::Busy),
            },
            Input::Checkin { client, transaction_was_reset } => {
                let hold = self.clients.held(client)?;
                self.checkin(client, hold, transaction_was_reset);
            }
            Input::Drop(client) => {
                let hold = self.clients.held(client)?;
                self.drop_held(client, hold);
            }
            Input::Invalidate(client, reason) => {
                let hold = self.clients.held(client)?;
                self.invalidate(client, hold, reason);
            }
            Input::SoftInvalidate(client, reason) => {
                let hold = self.clients.held(client)?;
                self.soft_invalidate(now, client, hold, reason);
            }
            Input::Disconnected(client) => {
                let hold = self.clients.held(client)?;
                self.mark(now, hold.slot);
                self.invalidate(client, hold, Some(Reason::Disconnect));
            }
            Input::Detach(client) => {
                let hold = self.clients.held(client)?;
                self.detach(client, hold);
            }
            Input::Dispose(client) => match self.clients.get(client) {
                State::Empty => self.dispose(client, None),
                State::Holding(hold) => self.dispose(client, Some(hold)),
                _ => return Err(Misuse::Busy),
            },
            Input::Answer(client, answer) => self.answer(now, client, answer)?,
            Input::Timeout => self.wake_expired(now),
        }
        Ok(())
    }

    /// The next thing that the pool has to say, oldest first. Only `handle` adds to it.
    pub fn poll(&mut self) -> Option<Output> {
        self.outbox.pop_front()
    }

    /// When to call [`handle`](Pool::handle) with [`Input::Timeout`], if nothing happens before. Changed only by `handle`.
    pub fn next_timeout(&self) -> Option<Instant> {
        self.line.next_deadline()
    }

    /// Goes on with the call in which `client` was blocked.
    fn answer(&mut self, now: Instant, client: Client, answer: Answer) -> Result<(), Misuse> {
        match (self.clients.get(client), answer) {
            (State::Waiting(wait), Answer::Done) if wait.awake => self.woken(now, client, wait),
            (State::Opening { slot, step }, Answer::Opened(connection)) => {
                self.opened(now, client, slot, step, connection);
            }
            (State::Opening { slot, step }, Answer::Failed) => self.not_connected(client, slot, step, Error::Connect),
            (State::AskedConnect { slot, step }, Answer::Done) => self.connected(now, client, slot, step),
            (State::AskedConnect { slot, step }, Answer::Failed) => self.throw_away_new(client, slot, step),
            (State::Pinging { slot, round }, Answer::Done) => self.announce(client, slot, round),
            (State::Pinging { slot, round }, Answer::Gone) => {
                self.replace_dead(client, slot, round, Reason::InvalidatePoolError);
            }
            (State::Pinging { slot, .. }, Answer::Failed) => {
                self.give_up(client, slot, Some(Reason::Database), Error::Ping);
            }
            (State::AskedCheckout { slot, .. }, Answer::Done) => self.hand_over(client, slot),
            (State::AskedCheckout { slot, round }, Answer::Gone) => {
                self.replace_dead(client, slot, round, Reason::DisconnectionError);
            }
            (State::AskedCheckout { slot, round }, Answer::AllGone) => {
                self.replace_dead(client, slot, round, Reason::InvalidatePoolError);
            }
            (State::AskedCheckout { slot, .. }, Answer::Failed) => {
                self.give_up(client, slot, Some(Reason::Listener), Error::Listener);
            }
            (State::Terminating { slot, then }, Answer::Done | Answer::Failed) => {
                self.terminated(now, client, slot, then);
            }
            (State::Resetting(hold), Answer::Done) => self.was_reset(client, hold),
            (State::Resetting(hold), Answer::Gone) => self.reset_failed(client, hold, Reason::Disconnect),
            (State::Resetting(hold), Answer::Failed) => self.reset_failed(client, hold, Reason::Database),
            (State::ClosingSurplus { slot, error }, Answer::Done | Answer::Failed) => {
                self.forget_surplus(client, slot, error);
            }
            (State::ClosingDetached, Answer::Done | Answer::Failed) => self.release(client, None),
            (State::Disposing { slot, hold }, Answer::Done | Answer::Failed) => {
                self.records.remove(slot);
                self.dispose(client, hold);
            }
            _ => return Err(Misuse::Unasked),
        }
        Ok(())
    }

    /// Blocks `client` in `state` until the driver has carried out `command`.
    fn command(&mut self, client: Client, state: State, command: Command) {
        self.clients.set(client, state);
        self.outbox.push_back(Output::Do(client, command));
    }

    fn tell(&mut self, client: Client, event: Event) {
        self.outbox.push_back(Output::Tell(client, event));
    }

    /// The client's call ends and it holds nothing: quietly, or with `error`.
    fn release(&mut self, client: Client, error: Option<Error>) {
        self.clients.set(client, State::Empty);
        let result = error.map_or(Ok(None), Err);
        self.outbox.push_back(Output::Return(client, result));
    }

    /// The pool-wide mark (`base.py:403`): moved unless this connection is older than it. A detached one always moves it.
    fn mark(&mut self, now: Instant, slot: Option<Slot>) {
        let older = slot.is_some_and(|slot| self.marked_at >= Some(self.records[slot].opened_at));
        if !older {
            self.marked_at = Some(now);
        }
    }

    /// Whether the record's connection is to be replaced at this checkout (`base.py:861`). Equal stamps mean keep.
    fn is_stale(&self, now: Instant, slot: Slot) -> bool {
        let record = &self.records[slot];
        let recycle = self.settings.pool_recycle;
        (recycle > Span::from_secs(-1) && now - record.opened_at > recycle)
            || self.marked_at > Some(record.opened_at)
            || record.soft_marked_at > Some(record.opened_at)
    }
}
