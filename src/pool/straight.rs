//! The straight way: an idle connection that needs nothing, out and back again.
//!
//! It does what `checkout.rs`, `release.rs` and `queue.rs` would do, in the same order, without a call stack: most
//! checkouts of most programs go this way, and it is what the benches measure. Whatever is not plain is left to them.
//! The conformance tests run every trace twice, once with this way open and once with it closed.

use super::call::{Hold, State};
use super::record::Slot;
use super::{
    Answer, Client, Command, ConnectionId, Echo, Event, Held, Hook, Input, Output, Pool, RecordId, Reset, Settings,
};
use crate::time::Span;

/// Whether nothing in these settings can come between an idle connection and its client.
pub(super) fn is_plain(settings: &Settings) -> bool {
    let Settings { class, pool_timeout, pool_pre_ping, echo_pool, listeners, .. } = settings;
    let asked = |hook: Hook| listeners.asked.contains(hook);
    class.has_queue()
        && pool_timeout.is_none_or(|timeout| timeout >= Span::ZERO)
        && !pool_pre_ping
        && *echo_pool < Echo::Debug
        && !(asked(Hook::Checkout) || asked(Hook::Reset) || asked(Hook::Checkin))
}

impl Pool {
    /// Takes the straight way with this input, if it can go it: else nothing has happened.
    // Always inlined: at the call the kind of input is known, and most of this is gone.
    #[inline(always)]
    pub(super) fn go_straight(&mut self, input: Input) -> bool {
        match input {
            Input::Checkout(client) => self.checkout_straight(client),
            Input::Checkin { client, transaction_was_reset } => self.checkin_straight(client, transaction_was_reset),
            Input::Answer(client, Answer::Done) => self.put_straight(client),
            _ => false,
        }
    }

    /// `connect()`, if the next idle connection can just be taken.
    #[inline]
    fn checkout_straight(&mut self, client: Client) -> bool {
        let Some((connection, id)) = self.take_straight(client) else { return false };
        if self.settings.listeners.told.contains(Hook::Checkout) {
            self.outbox.push(Output::Tell(client, Event::Checkout(connection, id)));
        }
        self.outbox.push(Output::Return(client, Ok(Some(Held { connection, record: Some(id) }))));
        true
    }

    /// Gives the next idle connection to this client, if that is all there is to do.
    #[inline]
    pub(super) fn take_straight(&mut self, client: Client) -> Option<(ConnectionId, RecordId)> {
        let Some(state @ State::Empty) = self.clients.state(client) else { return None };
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
        *state = State::Holding(Hold { connection, slot: Some(slot), nested: 0 });
        if self.settings.pool_use_lifo {
            self.idle.pop_back()
        } else {
            self.idle.pop_front()
        };
        Some((connection, id))
    }

    /// `close()`, as far as the rollback. Where there is none, the general way is as good.
    #[inline]
    fn checkin_straight(&mut self, client: Client, transaction_was_reset: bool) -> bool {
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

    /// This client's connection goes back once it is reset.
    #[inline]
    pub(super) fn begin_reset(
        &mut self,
        client: Client,
        transaction_was_reset: bool,
    ) -> Option<(ConnectionId, Slot, Reset)> {
        let reset = self.settings.pool_reset_on_return;
        if reset == Reset::None || (reset == Reset::Rollback && transaction_was_reset) {
            return None;
        }
        let state = self.clients.state(client)?;
        let &mut State::Holding(hold @ Hold { connection, slot: Some(slot), .. }) = state else { return None };
        *state = State::Resetting(hold);
        Some((connection, slot, reset))
    }

    /// The rest of `close()`: into the queue, if it has room.
    #[inline]
    fn put_straight(&mut self, client: Client) -> bool {
        if self.is_full() || self.records.has_finalizers() {
            return false;
        }
        let Some(state) = self.clients.state(client) else { return false };
        let &mut State::Resetting(Hold { slot: Some(slot), .. }) = state else { return false };
        *state = State::Empty;
        let record = &mut self.records[slot];
        record.take_back();
        record.holder = None;
        if self.settings.listeners.told.contains(Hook::Checkin) {
            self.outbox.push(Output::Tell(client, Event::Checkin(record.connection, record.id)));
        }
        self.idle.push_back(slot);
        self.notify();
        self.outbox.push(Output::Return(client, Ok(None)));
        true
    }
}
