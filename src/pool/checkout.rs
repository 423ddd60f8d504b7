//! Checkout: OBTAIN a record, ENSURE that it has a connection worth having, VERIFY it.

use super::client::{Hold, State, Step, Then, Wait};
use super::record::Slot;
use super::{Client, Command, ConnectionId, Error, Event, Held, Output, Pool, Reason};
use crate::time::{Instant, Span};

/// Rounds of VERIFY before giving up (`base.py:1379`).
const ROUNDS: u8 = 2;

impl Pool {
    /// OBTAIN (`impl.py:150`): an idle record, else a new one, else a place in the line.
    pub(super) fn obtain(&mut self, now: Instant, client: Client) {
        let max_overflow = self.settings.effective_overflow();
        let must_wait = max_overflow > -1 && self.overflow >= max_overflow;
        if must_wait && self.settings.pool_timeout.is_some_and(|timeout| timeout < Span::ZERO) {
            // The queue looks at the timeout before it looks at itself (queue.py:192).
            return self.release(client, Some(Error::NegativeTimeout));
        }
        if let Some(slot) = self.take_idle() {
            return self.ensure(now, client, slot, Step::Obtained);
        }
        if !must_wait {
            return self.grow(now, client);
        }
        match self.settings.pool_timeout {
            Some(timeout) if timeout <= Span::ZERO => self.waited_in_vain(now, client),
            timeout => self.stand_in_line(client, timeout.map(|timeout| now + timeout)),
        }
    }

    /// The next record to hand out: the longest idle, or with LIFO the last returned.
    pub(super) fn take_idle(&mut self) -> Option<Slot> {
        if self.settings.pool_use_lifo { self.idle.pop_back() } else { self.idle.pop_front() }
    }

    fn stand_in_line(&mut self, client: Client, deadline: Option<Instant>) {
        self.line.join(client, deadline);
        self.clients.set(client, State::Waiting(Wait { deadline, awake: false, in_line: true }));
    }

    /// One waiter is told that the queue is no longer empty. The record is not put aside for it.
    pub(super) fn notify(&mut self) {
        let Some(client) = self.line.notify() else { return };
        let State::Waiting(wait) = self.clients.get(client) else { return };
        let notified = Wait { awake: true, in_line: false, ..wait };
        if wait.awake {
            // Its time was up already: the notification is eaten.
            self.clients.set(client, State::Waiting(notified));
        } else {
            self.line.cancel(client, wait.deadline);
            self.command(client, State::Waiting(notified), Command::Wake);
        }
    }

    /// Whoever's time is up first may run. It stays in the line until it does, and can be notified in vain.
    pub(super) fn wake_expired(&mut self, now: Instant) {
        if let Some(client) = self.line.next_expired(now)
            && let State::Waiting(wait) = self.clients.get(client)
        {
            self.command(client, State::Waiting(Wait { awake: true, ..wait }), Command::Wake);
        }
    }

    /// A waiter runs: it looks at the queue first and at its deadline second.
    pub(super) fn woken(&mut self, now: Instant, client: Client, wait: Wait) {
        if wait.in_line {
            self.line.leave(client);
        }
        if let Some(slot) = self.take_idle() {
            self.ensure(now, client, slot, Step::Obtained);
        } else if wait.deadline.is_some_and(|deadline| deadline <= now) {
            self.waited_in_vain(now, client);
        } else {
            self.stand_in_line(client, wait.deadline);
        }
    }

    /// The time is up. Room that came free meanwhile without a return is used only now.
    fn waited_in_vain(&mut self, now: Instant, client: Client) {
        if self.overflow < self.settings.effective_overflow() {
            return self.grow(now, client);
        }
        let error = Error::Timeout {
            size: self.size(),
            overflow: self.overflow(),
            timeout: self.settings.pool_timeout.unwrap_or_default(),
        };
        self.release(client, Some(error));
    }

    /// Takes one of the overflow count, which is the permission to open, and opens.
    fn grow(&mut self, now: Instant, client: Client) {
        let max_overflow = self.settings.effective_overflow();
        if max_overflow != -1 && self.overflow >= max_overflow {
            // Only below -1: SQLAlchemy starts over until Python's stack is full.
            return self.release(client, Some(Error::Recursion));
        }
        self.overflow += 1;
        let slot = self.records.add();
        self.connect(now, client, slot, Step::Creating);
    }

    /// ENSURE (`base.py:861`): keeps the record's connection, or replaces it.
    pub(super) fn ensure(&mut self, now: Instant, client: Client, slot: Slot, step: Step) {
        match self.records[slot].connection {
            None => self.connect(now, client, slot, step),
            Some(connection) if self.is_stale(now, slot) => {
                self.tell(client, Event::Close(connection, self.records[slot].id));
                let state = State::Terminating { slot, then: Then::Connect(step) };
                self.command(client, state, Command::Terminate(connection));
            }
            Some(_) => self.connected(now, client, slot, step),
        }
    }

    /// CONNECT (`base.py:935`). The age counts from before.
    pub(super) fn connect(&mut self, now: Instant, client: Client, slot: Slot, step: Step) {
        let record = &mut self.records[slot];
        record.connection = None;
        record.opened_at = now;
        let command = Command::Open(record.id);
        self.command(client, State::Opening { slot, step }, command);
    }

    pub(super) fn opened(&mut self, now: Instant, client: Client, slot: Slot, step: Step, connection: ConnectionId) {
        let record = &mut self.records[slot];
        record.connection = Some(connection);
        record.fresh = true;
        let id = record.id;
        if !self.first_connect_done {
            self.first_connect_done = true;
            self.tell(client, Event::FirstConnect(connection, id));
        }
        self.tell(client, Event::Connect(connection, id));
        if self.settings.listeners.connect {
            self.command(client, State::AskedConnect { slot, step }, Command::Ask);
        } else {
            self.connected(now, client, slot, step);
        }
    }

    /// A `connect` listener raised: the new connection goes, without a `close` event.
    pub(super) fn throw_away_new(&mut self, client: Client, slot: Slot, step: Step) {
        if let Some(connection) = self.records[slot].connection {
            let state = State::Terminating { slot, then: Then::Refuse(step) };
            self.command(client, state, Command::Terminate(connection));
        }
    }

    pub(super) fn connected(&mut self, now: Instant, client: Client, slot: Slot, step: Step) {
        match step {
            // Also a connection just opened is held against recycle and the mark: it may be too old already.
            Step::Creating => self.ensure(now, client, slot, Step::Obtained),
            Step::Obtained => self.verify(client, slot, 1),
            Step::Again { round } => self.verify(client, slot, round + 1),
        }
    }

    /// A new record's count is given back, and nobody is told; a pooled record returns to the queue.
    pub(super) fn not_connected(&mut self, client: Client, slot: Slot, step: Step, error: Error) {
        self.records[slot].connection = None;
        if matches!(step, Step::Creating) {
            self.forget_surplus(client, slot, Some(error));
        } else {
            self.return_empty(client, slot, Some(error));
        }
    }

    /// VERIFY (`base.py:1367`): ping what was idle, ask the listeners, hand over.
    fn verify(&mut self, client: Client, slot: Slot, round: u8) {
        if round > ROUNDS {
            return self.give_up(client, slot, None, Error::Closed);
        }
        if !self.settings.pool_pre_ping && !self.settings.listeners.checkout {
            return self.announce(client, slot, round);
        }
        let record = &mut self.records[slot];
        let was_fresh = std::mem::take(&mut record.fresh);
        match record.connection {
            Some(connection) if self.settings.pool_pre_ping && !was_fresh => {
                self.command(client, State::Pinging { slot, round }, Command::Ping(connection));
            }
            _ => self.announce(client, slot, round),
        }
    }

    pub(super) fn announce(&mut self, client: Client, slot: Slot, round: u8) {
        if let Some(connection) = self.records[slot].connection {
            self.tell(client, Event::Checkout(connection, self.records[slot].id));
        }
        if self.settings.listeners.checkout {
            self.command(client, State::AskedCheckout { slot, round }, Command::Ask);
        } else {
            self.hand_over(client, slot);
        }
    }

    pub(super) fn hand_over(&mut self, client: Client, slot: Slot) {
        let record = &self.records[slot];
        if let Some(connection) = record.connection {
            let held = Held { connection, record: Some(record.id) };
            self.clients.set(client, State::Holding(Hold { connection, slot: Some(slot) }));
            self.outbox.push_back(Output::Return(client, Ok(Some(held))));
        }
    }

    /// The connection is dead: away with it, and another in its place.
    pub(super) fn replace_dead(&mut self, client: Client, slot: Slot, round: u8, reason: Reason) {
        let mark = reason == Reason::InvalidatePoolError;
        self.throw_away(client, slot, Some(reason), Then::Verify { round, mark });
    }

    /// The checkout fails for good: the connection goes, the record returns empty.
    pub(super) fn give_up(&mut self, client: Client, slot: Slot, reason: Option<Reason>, error: Error) {
        self.throw_away(client, slot, reason, Then::Return(Some(error)));
    }

    pub(super) fn terminated(&mut self, now: Instant, client: Client, slot: Slot, then: Then) {
        self.records[slot].connection = None;
        match then {
            Then::Connect(step) => self.connect(now, client, slot, step),
            Then::Refuse(step) => self.not_connected(client, slot, step, Error::Listener),
            Then::Verify { round, mark } => {
                if mark {
                    self.mark(now, Some(slot));
                }
                self.ensure(now, client, slot, Step::Again { round });
            }
            Then::Return(error) => self.return_empty(client, slot, error),
        }
    }
}
