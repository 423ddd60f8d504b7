//! The ways back: checkin, drop, invalidate, detach, dispose.

use super::client::{Hold, State, Then};
use super::record::Slot;
use super::{Client, Command, Error, Event, Held, Output, Pool, Reason, Reset};
use crate::time::Instant;

impl Pool {
    /// `close()`: reset, tell, put back.
    pub(super) fn checkin(&mut self, client: Client, hold: Hold, transaction_was_reset: bool) {
        self.tell(
            client,
            Event::Reset {
                connection: hold.connection,
                record: hold.slot.map(|slot| self.records[slot].id),
                transaction_was_reset,
                terminate_only: hold.slot.is_none(),
            },
        );
        match self.settings.pool_reset_on_return {
            Reset::None => self.was_reset(client, hold),
            Reset::Rollback if transaction_was_reset => self.was_reset(client, hold),
            reset => self.command(client, State::Resetting(hold), Command::Reset(hold.connection, reset)),
        }
    }

    pub(super) fn was_reset(&mut self, client: Client, hold: Hold) {
        if let Some(slot) = hold.slot {
            self.tell(client, Event::Checkin(Some(hold.connection), self.records[slot].id));
            self.put(client, slot, None);
        } else {
            self.tell(client, Event::CloseDetached(hold.connection));
            self.command(client, State::ClosingDetached, Command::Close(hold.connection));
        }
    }

    /// The caller sees no error; a detached connection is left to itself, never closed.
    pub(super) fn reset_failed(&mut self, client: Client, hold: Hold, reason: Reason) {
        match hold.slot {
            Some(slot) => self.throw_away(client, slot, Some(reason), Then::Return(None)),
            None => self.release(client, None),
        }
    }

    /// Nobody called `close()`: what is pooled comes back all the same, what is detached is never closed.
    pub(super) fn drop_held(&mut self, client: Client, hold: Hold) {
        match hold.slot {
            Some(_) => self.checkin(client, hold, false),
            None => self.release(client, None),
        }
    }

    pub(super) fn invalidate(&mut self, client: Client, hold: Hold, reason: Option<Reason>) {
        match hold.slot {
            Some(slot) => self.throw_away(client, slot, reason, Then::Return(None)),
            None => self.release(client, None),
        }
    }

    pub(super) fn soft_invalidate(&mut self, now: Instant, client: Client, hold: Hold, reason: Option<Reason>) {
        if let Some(slot) = hold.slot {
            self.tell(client, Event::SoftInvalidate(hold.connection, self.records[slot].id, reason));
            self.records[slot].soft_marked_at = Some(now);
        }
        self.keep(client, Some(hold));
    }

    /// The record goes back at once and empty: no reset, no checkin event. Limits can now be exceeded.
    pub(super) fn detach(&mut self, client: Client, hold: Hold) {
        if let Some(slot) = hold.slot {
            let id = self.records[slot].id;
            self.records[slot].connection = None;
            if self.is_full() {
                self.overflow -= 1;
                self.records.remove(slot);
            } else {
                self.enqueue(slot);
            }
            self.tell(client, Event::Detach(hold.connection, id));
        }
        self.keep(client, Some(Hold { slot: None, ..hold }));
    }

    /// Closes what is idle, one by one, then forgets what is out: the count starts anew (`impl.py:218`).
    pub(super) fn dispose(&mut self, client: Client, hold: Option<Hold>) {
        while let Some(slot) = self.take_idle() {
            if let Some(connection) = self.records[slot].connection {
                self.tell(client, Event::Close(connection, self.records[slot].id));
                return self.command(client, State::Disposing { slot, hold }, Command::Close(connection));
            }
            self.records.remove(slot);
        }
        self.overflow = -self.settings.pool_size;
        self.keep(client, hold);
    }

    /// Hard invalidation: `invalidate`, `close`, terminate.
    pub(super) fn throw_away(&mut self, client: Client, slot: Slot, reason: Option<Reason>, then: Then) {
        let record = &self.records[slot];
        let id = record.id;
        if let Some(connection) = record.connection {
            self.tell(client, Event::Invalidate(connection, id, reason));
            self.tell(client, Event::Close(connection, id));
            self.command(client, State::Terminating { slot, then }, Command::Terminate(connection));
        }
    }

    /// An empty record returns, and counts as idle.
    pub(super) fn return_empty(&mut self, client: Client, slot: Slot, error: Option<Error>) {
        self.tell(client, Event::Checkin(None, self.records[slot].id));
        self.put(client, slot, error);
    }

    /// Back into the queue, or closed when it is full (`impl.py:141`). "Overflow" is no kind of connection:
    /// whichever comes back to a full queue is the surplus one.
    fn put(&mut self, client: Client, slot: Slot, error: Option<Error>) {
        if !self.is_full() {
            self.enqueue(slot);
            self.release(client, error);
        } else if let Some(connection) = self.records[slot].connection {
            self.tell(client, Event::Close(connection, self.records[slot].id));
            self.command(client, State::ClosingSurplus { slot, error }, Command::Close(connection));
        } else {
            self.forget_surplus(client, slot, error);
        }
    }

    /// The count is given back, only now and to nobody in particular: no waiter is woken.
    pub(super) fn forget_surplus(&mut self, client: Client, slot: Slot, error: Option<Error>) {
        self.overflow -= 1;
        self.records.remove(slot);
        self.release(client, error);
    }

    fn enqueue(&mut self, slot: Slot) {
        self.idle.push_back(slot);
        self.notify();
    }

    fn is_full(&self) -> bool {
        self.settings.pool_size > 0 && self.idle.len() as i64 >= self.settings.pool_size
    }

    /// The call returns and the client goes on holding what it held.
    fn keep(&mut self, client: Client, hold: Option<Hold>) {
        self.clients.set(client, hold.map_or(State::Empty, State::Holding));
        let held =
            hold.map(|hold| Held { connection: hold.connection, record: hold.slot.map(|slot| self.records[slot].id) });
        self.outbox.push_back(Output::Return(client, Ok(held)));
    }
}
