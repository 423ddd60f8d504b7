//! The straight way for whoever has no listeners and lets clients run as soon as they are woken.
//!
//! Each call here is a call of [`handle`](Pool::handle) with all the [`poll`](Pool::poll)s and answers after it, where these
//! have only one thing to say: then that is returned, and nothing is written to be read. What is not so simple is left to them.

use super::call::{Hold, State, Wait};
use super::{Client, Command, ConnectionId, Hook, Pool, Reset, Settings, straight};
use crate::time::{Instant, Span};

/// What a silent checkout came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The client has this connection.
    Has(ConnectionId),
    /// It waits in the line.
    Waits,
}

/// What became of a connection that was given back silently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// It is idle.
    Idle,
    /// This client, the first in the line, has it.
    Has(Client, ConnectionId),
}

/// Whether nothing in these settings makes the pool say more than one thing at a time.
pub(super) fn is_silent(settings: &Settings) -> bool {
    let told = |hook: Hook| settings.listeners.told.contains(hook);
    straight::is_plain(settings) && !(told(Hook::Checkout) || told(Hook::Reset) || told(Hook::Checkin))
}

impl Pool {
    /// `pool.connect()`. `None`: it is not so simple, and nothing but the pool's clock has changed.
    #[inline(always)]
    pub fn checkout_silently(&mut self, now: Instant, client: Client) -> Option<Asked> {
        if !self.silent {
            return None;
        }
        self.now = now;
        if !self.idle.is_empty() {
            return self.take_straight(client).map(|(connection, _)| Asked::Has(connection));
        }
        let (most, timeout) = (self.settings.effective_overflow(), self.settings.pool_timeout);
        let must_wait = most > -1 && self.overflow >= most;
        let may_wait = timeout.is_none_or(|timeout| timeout > Span::ZERO);
        if !must_wait || !may_wait || !matches!(self.clients.get(client), State::Empty) {
            return None;
        }
        self.stand_in_line(client, timeout.map(|timeout| now + timeout));
        Some(Asked::Waits)
    }

    /// `connection.close()`, as far as the command to reset it. Answer that by [`Pool::return_silently`], or by an
    /// [`Answer`](super::Input::Answer). `None`: it is not so simple, and nothing but the pool's clock has changed.
    #[inline]
    pub fn checkin_silently(&mut self, now: Instant, client: Client) -> Option<Command> {
        if !self.silent {
            return None;
        }
        self.now = now;
        self.begin_reset(client, false).map(|(connection, _, reset)| Command::Reset(connection, reset))
    }

    /// The rest of `connection.close()`, or all of it where the reset takes no time: this client's connection is reset, and
    /// whoever is woken runs at once. `None`: it is not so simple, and nothing but the pool's clock has changed.
    #[inline(always)]
    pub fn return_silently(&mut self, now: Instant, client: Client) -> Option<Returned> {
        if !self.silent || self.records.has_finalizers() {
            return None;
        }
        self.now = now;
        let slot = match self.clients.get(client) {
            State::Resetting(Hold { slot, .. }) => slot?,
            State::Holding(Hold { slot, .. }) if self.settings.pool_reset_on_return != Reset::None => slot?,
            _ => return None,
        };
        let Some(next) = self.line.first() else {
            if self.is_full() {
                return None;
            }
            self.records[slot].take_back();
            self.records[slot].holder = None;
            self.clients.set(client, State::Empty);
            self.idle.push_back(slot);
            return Some(Returned::Idle);
        };
        // The queue is empty, so what is put there is what whoever is notified finds.
        let State::Waiting(Wait { deadline, awake: false, in_line: true, .. }) = self.clients.get(next) else {
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
        self.clients.set(client, State::Empty);
        self.clients.set(next, State::Holding(Hold { connection, slot: Some(slot), nested: 0 }));
        Some(Returned::Has(next, connection))
    }
}
