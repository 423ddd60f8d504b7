//! The engine: SQLAlchemy's connection pools as a state machine that does no input or output.
//!
//! [`Pool::handle`] takes what happens; [`Pool::poll`] returns what is to be done and what has happened.
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
//! Where to look, in the order of SQLAlchemy's own functions: `checkout.rs` ensures and verifies, `connect.rs` opens, `release.rs`
//! is what clients do with their connection, `entry.rs` what happens to a record. Where records come from and return to
//! is `queue.rs` (with `line.rs` for waiters) and `queueless.rs` (the pools without a queue). `call.rs` keeps the call stack
//! of each client, `fast_path.rs` does without one where nothing can come between, `counters.rs` has `status()`, `log.rs` the words of the log. `file.py:line` in comments points into
//! SQLAlchemy 2.1.9.

mod call;
mod checkout;
mod class;
mod connect;
mod counters;
mod entry;
mod event;
mod exception;
mod fast_path;
mod line;
mod log;
mod outbox;
mod protocol;
mod queue;
mod queueless;
mod record;
mod release;
mod resume;
mod settings;

pub use class::Class;
pub use event::{Cause, Event, Hook, Hooks};
pub use exception::{Exception, MisuseError, PoolError};
pub use fast_path::{FastCheckout, FastReturn};
pub use log::{Level, LogLine, Names};
pub use protocol::{Answer, Client, Command, ConnectionId, Held, Input, Output, RecordId};
pub use settings::{Dialect, Echo, Listeners, Reset, Settings};

use crate::time::Instant;
use call::{ClientCall, ClientState, Clients, Flow, Frame, Hold, Outcome, RETURN};
use connect::FirstRun;
use fast_path::FastPath;
use line::Line;
use outbox::Outbox;
use queueless::Threads;
use record::{Records, Slot};
use std::collections::VecDeque;

/// One generation of a pool. See the [module](self) for how to use it.
#[derive(Debug, Clone)]
pub struct Pool {
    settings: Settings,
    fast_path: FastPath,
    /// The moment of the last call of `handle`.
    now: Instant,
    records: Records,
    clients: Clients,
    /// The queue: records that nobody holds, in order of return.
    idle: VecDeque<Slot>,
    line: Line,
    /// Connections beyond `pool_size`, as SQLAlchemy counts them: from `-pool_size` up. Taken before opening.
    overflow: i64,
    /// The one record of a `StaticPool` or an `AssertionPool`.
    one: Option<Slot>,
    /// `AssertionPool`: somebody has it.
    out: bool,
    threads: Threads,
    /// The pool-wide mark: what was opened before is replaced at its next checkout.
    marked_at: Option<Instant>,
    first_connect: FirstRun,
    connect: FirstRun,
    outbox: Outbox,
}

impl Pool {
    /// A new pool. Opens nothing.
    pub fn new(settings: Settings) -> Pool {
        Pool {
            overflow: settings.pool_size.saturating_neg(),
            fast_path: FastPath::of(&settings),
            settings,
            now: Instant::ZERO,
            records: Records::default(),
            clients: Clients::default(),
            idle: VecDeque::new(),
            line: Line::default(),
            one: None,
            out: false,
            threads: Threads::default(),
            marked_at: None,
            first_connect: FirstRun::default(),
            connect: FirstRun::default(),
            outbox: Outbox::default(),
        }
    }

    /// `pool.recreate()`, in this client's thread: a new, empty pool with the same settings and listeners. This one only
    /// logs it.
    pub fn recreate(&mut self, client: Client) -> Pool {
        let call = ClientCall::new(client, None, Frame::Kept);
        self.log(&call, LogLine::Recreating);
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
    /// [`MisuseError`] when this client cannot make that call now; nothing but the pool's clock has changed.
    #[inline(always)]
    pub fn handle(&mut self, now: Instant, input: Input) -> Result<(), MisuseError> {
        self.now = now;
        if self.fast_path > FastPath::Closed && self.take_fast_path(input) { Ok(()) } else { self.handle_any(input) }
    }

    /// Any input, in any settings.
    fn handle_any(&mut self, input: Input) -> Result<(), MisuseError> {
        match input {
            Input::Checkout(client) => match self.clients.get(client) {
                ClientState::Empty => {
                    let mut call = ClientCall::new(client, None, Frame::CheckedOut);
                    let flow = self.get(&mut call);
                    self.run(call, flow);
                }
                ClientState::Holding(hold) if self.is_nesting(hold) => self.nest(client, hold, 1),
                ClientState::Holding(_) => return Err(MisuseError::Holding),
                _ => return Err(MisuseError::Busy),
            },
            Input::Checkin { client, transaction_was_reset } => {
                let hold = self.clients.held(client)?;
                if hold.nested > 0 {
                    self.nest(client, hold, -1);
                } else {
                    let mut call = ClientCall::new(client, Some(hold), Frame::Released);
                    let flow = self.finalize(&mut call, transaction_was_reset, false);
                    self.run(call, flow);
                }
            }
            Input::Drop(client) => {
                let hold = self.clients.held(client)?;
                self.drop_proxy(client, hold);
            }
            Input::Invalidate(client, reason) => {
                let hold = self.clients.held(client)?;
                let mut call = ClientCall::new(client, Some(hold), Frame::Released);
                let flow = self.invalidate_proxy(&mut call, reason);
                self.run(call, flow);
            }
            Input::SoftInvalidate(client, reason) => {
                let hold = self.clients.held(client)?;
                let mut call = ClientCall::new(client, Some(hold), Frame::Kept);
                let flow = self.soft_invalidate(&mut call, reason);
                self.run(call, flow);
            }
            Input::Mark(opened_at) => self.mark(opened_at),
            Input::Detach(client) => {
                let hold = self.clients.held(client)?;
                let mut call = ClientCall::new(client, Some(hold), Frame::Kept);
                let flow = hold.slot.map_or(RETURN, |slot| self.detach(&mut call, slot));
                self.run(call, flow);
            }
            Input::Finalizer(client, number) => {
                let hold = self.clients.held(client)?;
                self.records.add_finalizer(hold.slot.ok_or(MisuseError::Detached)?, number);
                self.keep(client, Some(hold), Ok(()));
            }
            Input::Dispose(client) => {
                let hold = match self.clients.get(client) {
                    ClientState::Empty => None,
                    ClientState::Holding(hold) => Some(hold),
                    _ => return Err(MisuseError::Busy),
                };
                let mut call = ClientCall::new(client, hold, Frame::Kept);
                let flow = self.dispose(&mut call);
                self.run(call, flow);
            }
            Input::Interrupt(client) => match self.clients.get(client) {
                ClientState::Waiting(wait) => self.interrupt_waiting(client, wait),
                _ => return Err(MisuseError::NotWaiting),
            },
            Input::Answer(client, answer) => self.answer(client, answer)?,
            Input::Timeout => self.wake_expired(),
        }
        Ok(())
    }

    /// The next thing that the pool has to say, oldest first. Only `handle` adds to it.
    #[inline]
    pub fn poll(&mut self) -> Option<Output> {
        self.outbox.next()
    }

    /// When to call [`handle`](Pool::handle) with [`Input::Timeout`], if nothing happens before. Changed only by `handle`.
    #[inline]
    pub fn next_timeout(&self) -> Option<Instant> {
        self.line.next_deadline()
    }

    /// `dispose()`, by class.
    fn dispose(&mut self, call: &mut ClientCall) -> Flow {
        match self.settings.class {
            Class::QueuePool | Class::AsyncAdaptedQueuePool => self.dispose_queue(call),
            Class::NullPool => RETURN,
            Class::StaticPool => self.dispose_static(call),
            Class::SingletonThreadPool => self.dispose_threads(call),
            Class::AssertionPool => self.dispose_alone(call),
        }
    }

    /// The last reference is lost. The proxy's finaliser returns what is pooled, unless another proxy has taken the record
    /// over; what is detached is never closed.
    fn drop_proxy(&mut self, client: Client, hold: Hold) {
        let mut call = ClientCall::new(client, Some(hold), Frame::Released);
        let flow = self.finalize_lost(&mut call, Ok(()));
        self.run(call, flow);
    }

    /// In a `SingletonThreadPool` a thread that has its connection gets it again.
    fn is_nesting(&self, hold: Hold) -> bool {
        self.settings.class == Class::SingletonThreadPool && hold.slot.is_some()
    }

    fn nest(&mut self, client: Client, hold: Hold, by: i16) {
        let hold = Hold { nested: hold.nested.saturating_add_signed(by), ..hold };
        self.keep(client, Some(hold), Ok(()));
    }

    /// Hands outcomes to the frames of a call until it stops.
    fn run(&mut self, mut call: ClientCall, mut flow: Flow) {
        while let Flow::Back(outcome) = flow {
            let Some(frame) = call.pop() else { return };
            flow = self.resume(&mut call, frame, outcome);
        }
    }

    /// Suspends the call until the driver has carried out `command`.
    fn command(&mut self, call: &mut ClientCall, command: Command) -> Flow {
        self.clients.park(*call);
        self.outbox.push(Output::Do(call.client, command));
        Flow::Stop
    }

    /// Tells an event, and asks its listeners if one of them may raise.
    #[inline]
    fn tell(&mut self, call: &mut ClientCall, hook: Hook, event: Event) -> Flow {
        let Listeners { told, asked } = self.settings.listeners;
        if told.contains(hook) {
            self.outbox.push(Output::Tell(call.client, event));
        }
        if asked.contains(hook) { self.command(call, Command::Ask(hook)) } else { RETURN }
    }

    #[inline]
    fn log(&mut self, call: &ClientCall, line: LogLine) {
        let wanted = match line.level() {
            Level::Debug => self.settings.echo_pool >= Echo::Debug,
            Level::Info => self.settings.echo_pool >= Echo::Info,
            Level::Warning | Level::Error => true,
        };
        if wanted {
            self.outbox.push(Output::Log(call.client, line));
        }
    }

    /// The client's call ends and it holds nothing.
    fn end(&mut self, client: Client, result: Result<(), PoolError>) {
        self.clients.set(client, ClientState::Empty);
        self.outbox.push(Output::Return(client, result.map(|()| None)));
    }

    /// The client's call ends and it goes on holding what it held.
    fn keep(&mut self, client: Client, hold: Option<Hold>, outcome: Outcome) {
        self.clients.set(client, hold.map_or(ClientState::Empty, ClientState::Holding));
        let result = outcome.map(|()| hold.map(|hold| self.held(hold))).map_err(PoolError::Raised);
        self.outbox.push(Output::Return(client, result));
    }

    /// The pool-wide mark (`base.py:403`), for a connection opened at that moment: it does not move when it is younger than that.
    /// A detached connection always moves it.
    fn mark(&mut self, opened_at: Option<Instant>) {
        if opened_at.is_none_or(|opened_at| self.marked_at < Some(opened_at)) {
            self.marked_at = Some(self.now);
        }
    }
}
