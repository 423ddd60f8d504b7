//! Checkout: get a record, ENSURE that it has a connection worth having, VERIFY it.

use super::call::{ClientCall, Flow, Frame, Hold, Outcome, RETURN};
use super::record::Slot;
use super::{Cause, Class, Command, Event, Exception, Held, Hook, LogLine, Pool};

/// Rounds of VERIFY before giving up (`base.py:1379`).
const ROUNDS: u8 = 2;

impl Pool {
    /// `_do_get()`, by class.
    #[inline]
    pub(super) fn get(&mut self, call: &mut ClientCall) -> Flow {
        call.then(Frame::Got);
        match self.settings.class {
            Class::QueuePool | Class::AsyncAdaptedQueuePool => self.get_from_queue(call),
            Class::NullPool => self.create(call),
            Class::StaticPool => self.get_static(call),
            Class::SingletonThreadPool => self.get_for_thread(call),
            Class::AssertionPool => self.get_alone(call),
        }
    }

    pub(super) fn got(&mut self, call: &mut ClientCall, slot: Slot, outcome: Outcome) -> Flow {
        if outcome.is_err() {
            return Flow::Back(outcome);
        }
        call.then(Frame::Ensured);
        self.ensure(call, slot)
    }

    /// ENSURE, `get_connection()` (`base.py:861`): keeps the record's connection, or replaces it. Recycle and the mark
    /// also apply to a connection that was just opened: it may be too old already.
    pub(super) fn ensure(&mut self, call: &mut ClientCall, slot: Slot) -> Flow {
        let Some(connection) = self.records[slot].connection else { return self.connect(call, slot) };
        let cause = self.records[slot].staleness(self.now, self.settings.pool_recycle, self.marked_at);
        let Some(cause) = cause else { return RETURN };
        let line = match cause {
            Cause::Recycled => LogLine::TooOld(connection),
            Cause::PoolInvalidated => LogLine::PoolInvalidated(connection),
            _ => LogLine::SoftInvalidated(connection),
        };
        self.log(call, line);
        call.then(Frame::Replaced);
        self.close(call, slot, cause, true)
    }

    pub(super) fn replaced(&mut self, call: &mut ClientCall, slot: Slot, outcome: Outcome) -> Flow {
        if outcome.is_err() { Flow::Back(outcome) } else { self.connect(call, slot) }
    }

    /// If the record has a connection, the client gets a proxy; otherwise the record returns to the pool.
    pub(super) fn ensured(&mut self, call: &mut ClientCall, slot: Slot, outcome: Outcome) -> Flow {
        let connection = match (outcome, self.records[slot].connection) {
            (Ok(()), Some(connection)) => connection,
            _ => {
                let exception = outcome.err().unwrap_or(Exception::Assertion);
                return self.checkin_failed(call, slot, exception, false);
            }
        };
        let record = &mut self.records[slot];
        record.holder = Some(call.client);
        record.orphaned = false;
        call.hold = Some(Hold { connection, slot: Some(slot), nested: 0 });
        self.log(call, LogLine::CheckedOut(connection));
        self.verify(call, slot, 1)
    }

    /// VERIFY (`base.py:1367`): ping an idle connection, ask the listeners, return it.
    fn verify(&mut self, call: &mut ClientCall, slot: Slot, round: u8) -> Flow {
        let listeners = self.settings.listeners;
        if !self.settings.pool_pre_ping && !(listeners.told | listeners.asked).contains(Hook::Checkout) {
            return RETURN;
        }
        if round > ROUNDS {
            self.log(call, LogLine::Exhausted);
            call.then(Frame::Finally(Err(Exception::Closed)));
            return self.invalidate_proxy(call, None);
        }
        let was_fresh = std::mem::take(&mut self.records[slot].fresh);
        let Some(Hold { connection, .. }) = call.hold else { return RETURN };
        if !self.settings.pool_pre_ping {
            return self.announce(call, slot, round);
        }
        if was_fresh {
            self.log(call, LogLine::Fresh(connection));
            return self.announce(call, slot, round);
        }
        self.log(call, LogLine::Ping(connection));
        call.then(Frame::Pinged { round });
        if self.settings.dialect.has_ping {
            self.command(call, Command::Ping(connection))
        } else {
            Flow::Back(Err(Exception::NoPing))
        }
    }

    pub(super) fn pinged(&mut self, call: &mut ClientCall, slot: Slot, round: u8, outcome: Outcome) -> Flow {
        match outcome {
            Ok(()) => self.announce(call, slot, round),
            Err(Exception::Disconnect) => {
                if let Some(hold) = call.hold {
                    self.log(call, LogLine::PingFailed(hold.connection));
                }
                self.vetoed_by(call, slot, round, Exception::DeadPing)
            }
            Err(exception) => self.checkin_failed(call, slot, exception, true),
        }
    }

    fn announce(&mut self, call: &mut ClientCall, slot: Slot, round: u8) -> Flow {
        let Some(Hold { connection, .. }) = call.hold else { return RETURN };
        let event = Event::Checkout(connection, self.records[slot].id);
        if !self.settings.listeners.asked.contains(Hook::Checkout) {
            return self.tell(call, Hook::Checkout, event);
        }
        call.then(Frame::Announced { round });
        self.tell(call, Hook::Checkout, event)
    }

    pub(super) fn announced(&mut self, call: &mut ClientCall, slot: Slot, round: u8, outcome: Outcome) -> Flow {
        match outcome {
            Ok(()) => RETURN,
            Err(exception @ (Exception::DisconnectionError | Exception::InvalidatePoolError)) => {
                self.vetoed_by(call, slot, round, exception)
            }
            Err(exception) => self.checkin_failed(call, slot, exception, true),
        }
    }

    /// The connection is dead: it is invalidated, and another is opened in its record.
    fn vetoed_by(&mut self, call: &mut ClientCall, slot: Slot, round: u8, exception: Exception) -> Flow {
        let all = exception != Exception::DisconnectionError;
        if all {
            self.log(call, LogLine::AllDisconnected(exception));
        } else if let Some(hold) = call.hold {
            self.log(call, LogLine::OneDisconnected(hold.connection, exception));
        }
        call.then(Frame::Vetoed { round, all });
        self.invalidate_record(call, slot, Some(exception))
    }

    /// An exception here leaves the record checked out until the proxy is garbage-collected.
    pub(super) fn vetoed(&mut self, call: &mut ClientCall, slot: Slot, round: u8, all: bool, outcome: Outcome) -> Flow {
        if outcome.is_err() {
            return Flow::Back(outcome);
        }
        if all {
            self.mark(Some(self.records[slot].opened_at));
        }
        call.then(Frame::Reconnected { round });
        self.ensure(call, slot)
    }

    pub(super) fn reconnected(&mut self, call: &mut ClientCall, slot: Slot, round: u8, outcome: Outcome) -> Flow {
        match (outcome, self.records[slot].connection, &mut call.hold) {
            (Ok(()), Some(connection), Some(hold)) => {
                hold.connection = connection;
                self.verify(call, slot, round + 1)
            }
            _ => self.checkin_failed(call, slot, outcome.err().unwrap_or(Exception::Assertion), true),
        }
    }

    /// What the client holds, as the public type.
    #[inline]
    pub(super) fn held(&self, hold: Hold) -> Held {
        Held { connection: hold.connection, record: hold.slot.map(|slot| self.records[slot].id) }
    }
}
