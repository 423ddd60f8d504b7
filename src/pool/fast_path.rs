//! The fast path: an idle connection that needs nothing, out and back again.
//!
//! It does what `checkout.rs`, `release.rs` and `queue.rs` would do, in the same order, without a call stack: most
//! checkouts of most programs are such, and it is what the benches measure. Whatever needs more is left to them. The
//! conformance tests run every trace twice, once with this path open and once with it closed.
//!
//! [`handle`](Pool::handle) takes it by itself and says what there is to say. Who reads nothing of that, and lets clients run as
//! soon as they are woken, calls the `fast_` functions instead: each is a call of `handle` with all the
//! [`poll`](Pool::poll)s and answers after it, where these have only one thing to say.

use super::call::{ClientState, Hold, WaitInLine};
use super::record::Slot;
use super::{
    Answer, Client, Command, ConnectionId, Echo, Event, Held, Hook, Hooks, Input, Output, Pool, RecordId, Reset,
    Settings,
};
use crate::time::{Instant, Span};

/// For whom the fast path is open, by the settings of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FastPath {
    /// Something can come between an idle connection and its client.
    Closed,
    /// Nothing can, but there are listeners or a log to tell.
    Telling,
    /// Nothing can, and the pool never has more than one thing to say.
    Silent,
}

/// What a fast checkout came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FastCheckout {
    /// The client has this connection.
    Has(ConnectionId),
    /// It waits in the line.
    Waits,
}

/// What became of a connection that was returned on the fast path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FastReturn {
    /// It is idle.
    Idle,
    /// This client, the first in the line, has it.
    Has(Client, ConnectionId),
}

impl FastPath {
    pub fn of(settings: &Settings) -> FastPath {
        let Settings { class, pool_timeout, pool_pre_ping, echo_pool, listeners, .. } = settings;
        let any = |hooks: Hooks| [Hook::Checkout, Hook::Reset, Hook::Checkin].iter().any(|&hook| hooks.contains(hook));
        let is_open = class.has_queue()
            && pool_timeout.is_none_or(|timeout| timeout >= Span::ZERO)
            && !pool_pre_ping
            && *echo_pool < Echo::Debug
            && !any(listeners.asked);
        match is_open {
            false => FastPath::Closed,
            true if any(listeners.told) => FastPath::Telling,
            true => FastPath::Silent,
        }
    }
}

impl Pool {
    /// Handles this input on the fast path, if it can: else nothing has happened.
    // Always inlined: at the call the kind of input is known, and most of this is gone.
    #[inline(always)]
    pub(super) fn take_fast_path(&mut self, input: Input) -> bool {
        match input {
            Input::Checkout(client) => self.tell_checkout(client),
            Input::Checkin { client, transaction_was_reset } => self.tell_reset(client, transaction_was_reset),
            Input::Answer(client, Answer::Done) => self.tell_checkin(client),
            _ => false,
        }
    }

    #[inline]
    fn tell_checkout(&mut self, client: Client) -> bool {
        let Some((connection, id)) = self.take(client) else { return false };
        if self.settings.listeners.told.contains(Hook::Checkout) {
            self.outbox.push(Output::Tell(client, Event::Checkout(connection, id)));
        }
        self.outbox.push(Output::Return(client, Ok(Some(Held { connection, record: Some(id) }))));
        true
    }

    #[inline]
    fn tell_reset(&mut self, client: Client, transaction_was_reset: bool) -> bool {
        let Some((connection, slot, reset)) = self.begin_reset(client, transaction_was_reset) else { return false };
        if self.settings.listeners.told.contains(Hook::Reset) {
            let event = Event::Reset {
                connection,
                record: Some(self.records[slot].id),
                transaction_was_reset,
                terminate_only: false,
                asyncio_safe: true,
            };
            self.outbox.push(Output::Tell(client, event));
        }
        self.outbox.push(Output::Do(client, Command::Reset(connection, reset)));
        true
    }

    #[inline]
    fn tell_checkin(&mut self, client: Client) -> bool {
        if self.is_full() || self.records.has_finalizers() {
            return false;
        }
        let Some(state) = self.clients.state(client) else { return false };
        let &mut ClientState::Resetting(Hold { slot: Some(slot), .. }) = state else { return false };
        *state = ClientState::Empty;
        if self.settings.listeners.told.contains(Hook::Checkin) {
            let record = &self.records[slot];
            self.outbox.push(Output::Tell(client, Event::Checkin(record.connection, record.id)));
        }
        self.shelve(slot);
        self.notify();
        self.outbox.push(Output::Return(client, Ok(None)));
        true
    }

    /// `pool.connect()`. `None`: it is not so simple, and nothing but the pool's clock has changed.
    #[inline(always)]
    pub fn fast_checkout(&mut self, now: Instant, client: Client) -> Option<FastCheckout> {
        if self.fast_path < FastPath::Silent {
            return None;
        }
        self.now = now;
        if !self.idle.is_empty() {
            return self.take(client).map(|(connection, _)| FastCheckout::Has(connection));
        }
        let (most, timeout) = (self.settings.effective_overflow(), self.settings.pool_timeout);
        let must_wait = most > -1 && self.overflow >= most;
        let may_wait = timeout.is_none_or(|timeout| timeout > Span::ZERO);
        if !must_wait || !may_wait || !matches!(self.clients.get(client), ClientState::Empty) {
            return None;
        }
        self.stand_in_line(client, timeout.map(|timeout| now + timeout));
        Some(FastCheckout::Waits)
    }

    /// `connection.close()`, as far as the command to reset it. Answer that by [`Pool::fast_return`], or by an
    /// [`Answer`](super::Input::Answer). `None`: it is not so simple, and nothing but the pool's clock has changed.
    #[inline]
    pub fn fast_checkin(&mut self, now: Instant, client: Client) -> Option<Command> {
        if self.fast_path < FastPath::Silent {
            return None;
        }
        self.now = now;
        self.begin_reset(client, false).map(|(connection, _, reset)| Command::Reset(connection, reset))
    }

    /// The rest of `connection.close()`, or all of it where the reset takes no time: this client's connection is reset, and
    /// whoever is woken runs at once. `None`: it is not so simple, and nothing but the pool's clock has changed.
    ///
    /// `handle` cannot share this: when a client that is woken runs is its caller's choice, so it hands nothing over.
    #[inline(always)]
    pub fn fast_return(&mut self, now: Instant, client: Client) -> Option<FastReturn> {
        if self.fast_path < FastPath::Silent || self.records.has_finalizers() {
            return None;
        }
        self.now = now;
        let slot = match self.clients.get(client) {
            ClientState::Resetting(Hold { slot, .. }) => slot?,
            ClientState::Holding(Hold { slot, .. }) if self.settings.pool_reset_on_return != Reset::None => slot?,
            _ => return None,
        };
        let Some(next) = self.line.first() else {
            if self.is_full() {
                return None;
            }
            self.clients.set(client, ClientState::Empty);
            self.shelve(slot);
            return Some(FastReturn::Idle);
        };
        // The queue is empty, so what is put there is what whoever is notified finds.
        let ClientState::Waiting(WaitInLine { deadline, awake: false, in_line: true, .. }) = self.clients.get(next)
        else {
            return None;
        };
        let record = &mut self.records[slot];
        let connection = record.connection?;
        let stale = record.staleness(now, self.settings.pool_recycle, self.marked_at).is_some();
        if stale || !self.idle.is_empty() {
            return None;
        }
        record.holder = Some(next);
        record.orphaned = false;
        self.line.notify();
        self.line.cancel(next, deadline);
        self.clients.set(client, ClientState::Empty);
        self.clients.set(next, ClientState::Holding(Hold { connection, slot: Some(slot), nested: 0 }));
        Some(FastReturn::Has(next, connection))
    }

    /// Gives the next idle connection to this client, if that is all there is to do.
    #[inline]
    fn take(&mut self, client: Client) -> Option<(ConnectionId, RecordId)> {
        let Some(state @ ClientState::Empty) = self.clients.state(client) else { return None };
        let next = if self.settings.pool_use_lifo { self.idle.back() } else { self.idle.front() };
        let &slot = next?;
        let record = &mut self.records[slot];
        let connection = record.connection?;
        if record.staleness(self.now, self.settings.pool_recycle, self.marked_at).is_some() {
            return None;
        }
        record.hand();
        record.holder = Some(client);
        record.orphaned = false;
        let id = record.id;
        *state = ClientState::Holding(Hold { connection, slot: Some(slot), nested: 0 });
        if self.settings.pool_use_lifo {
            self.idle.pop_back()
        } else {
            self.idle.pop_front()
        };
        Some((connection, id))
    }

    /// This client's connection goes back once it is reset. Where there is no reset, the general way is as good.
    #[inline]
    fn begin_reset(&mut self, client: Client, transaction_was_reset: bool) -> Option<(ConnectionId, Slot, Reset)> {
        let reset = self.settings.pool_reset_on_return;
        if reset == Reset::None || (reset == Reset::Rollback && transaction_was_reset) {
            return None;
        }
        let state = self.clients.state(client)?;
        let &mut ClientState::Holding(hold @ Hold { connection, slot: Some(slot), .. }) = state else { return None };
        *state = ClientState::Resetting(hold);
        Some((connection, slot, reset))
    }

    /// Into the queue.
    #[inline]
    fn shelve(&mut self, slot: Slot) {
        let record = &mut self.records[slot];
        record.take_back();
        record.holder = None;
        self.idle.push_back(slot);
    }
}
