//! What happens to a record: close, invalidate, checkin (`_ConnectionRecord`, `base.py:648`).

use super::call::{ClientCall, Flow, Frame, Outcome, RETURN};
use super::record::Slot;
use super::{Cause, Class, Command, ConnectionId, Event, Exception, Hook, LogLine, Output, Pool};

impl Pool {
    /// `close()`.
    pub(super) fn close_if_open(&mut self, call: &mut ClientCall, slot: Slot, cause: Cause) -> Flow {
        if self.records[slot].connection.is_some() { self.close(call, slot, cause, false) } else { RETURN }
    }

    /// `__close()`.
    pub(super) fn close(&mut self, call: &mut ClientCall, slot: Slot, cause: Cause, terminate: bool) -> Flow {
        self.records.clear_finalizers(slot);
        call.then(Frame::ToldClose { terminate });
        let record = &self.records[slot];
        match record.connection {
            Some(connection) => self.tell(call, Hook::Close, Event::Close(connection, record.id, cause)),
            None => RETURN,
        }
    }

    pub(super) fn told_close(&mut self, call: &mut ClientCall, slot: Slot, terminate: bool, outcome: Outcome) -> Flow {
        match (outcome, self.records[slot].connection) {
            (Err(_), _) => Flow::Back(outcome),
            (Ok(()), None) => Flow::Back(Err(Exception::Assertion)),
            (Ok(()), Some(connection)) => {
                call.then(Frame::Closed);
                self.shut(call, connection, terminate)
            }
        }
    }

    /// Whether or not closing raised, the connection is not used again.
    pub(super) fn closed(&mut self, slot: Slot, outcome: Outcome) -> Flow {
        self.records[slot].connection = None;
        Flow::Back(outcome)
    }

    /// `_close_connection()`: an `Exception` is logged and swallowed.
    pub(super) fn shut(&mut self, call: &mut ClientCall, connection: ConnectionId, terminate: bool) -> Flow {
        let (line, command) = match terminate {
            true => (LogLine::Terminating(connection), Command::Terminate(connection)),
            false => (LogLine::Closing(connection), Command::Close(connection)),
        };
        self.log(call, line);
        call.then(Frame::Shut { connection, terminate });
        self.command(call, command)
    }

    pub(super) fn was_shut(
        &mut self,
        call: &mut ClientCall,
        connection: ConnectionId,
        terminate: bool,
        outcome: Outcome,
    ) -> Flow {
        let Err(exception) = outcome else { return RETURN };
        let line = match terminate {
            true if self.settings.dialect.has_terminate && exception == Exception::Cancelled => {
                LogLine::TerminateCancelled(connection)
            }
            true => LogLine::TerminateFailed(connection),
            false => LogLine::CloseFailed(connection),
        };
        self.log(call, line);
        if exception.is_base() { Flow::Back(outcome) } else { RETURN }
    }

    /// `invalidate()`, hard.
    pub(super) fn invalidate_record(&mut self, call: &mut ClientCall, slot: Slot, reason: Option<Exception>) -> Flow {
        let record = &self.records[slot];
        let Some(connection) = record.connection else { return RETURN };
        let event = Event::Invalidate(connection, record.id, reason);
        call.then(Frame::ToldInvalidate(reason));
        self.tell(call, Hook::Invalidate, event)
    }

    pub(super) fn told_invalidate(
        &mut self,
        call: &mut ClientCall,
        slot: Slot,
        reason: Option<Exception>,
        outcome: Outcome,
    ) -> Flow {
        if outcome.is_err() {
            return self.invalidated(slot, outcome);
        }
        if let Some(connection) = self.records[slot].connection {
            self.log(call, LogLine::Invalidate { connection, soft: false, reason });
        }
        call.then(Frame::Invalidated);
        self.close(call, slot, Cause::Invalidated, true)
    }

    /// If a listener raised before the connection was closed, the next checkout replaces it.
    pub(super) fn invalidated(&mut self, slot: Slot, outcome: Outcome) -> Flow {
        let record = &mut self.records[slot];
        if record.connection.is_none() {
            return Flow::Back(outcome);
        }
        record.soft_marked_at = Some(self.now);
        Flow::Back(outcome.and(Err(Exception::Assertion)))
    }

    /// `_checkin_failed()`, which raises the exception again: the record returns to the pool in any case.
    pub(super) fn checkin_failed(
        &mut self,
        call: &mut ClientCall,
        slot: Slot,
        exception: Exception,
        had_proxy: bool,
    ) -> Flow {
        call.then(Frame::Finally(Err(exception)));
        call.then(Frame::FailedInvalidated { had_proxy });
        self.invalidate_record(call, slot, Some(exception))
    }

    pub(super) fn failed_invalidated(
        &mut self,
        call: &mut ClientCall,
        slot: Slot,
        had_proxy: bool,
        outcome: Outcome,
    ) -> Flow {
        call.then(Frame::Finally(outcome));
        self.checkin_record(call, slot, had_proxy)
    }

    /// `checkin()`.
    pub(super) fn checkin_record(&mut self, call: &mut ClientCall, slot: Slot, had_proxy: bool) -> Flow {
        let record = &mut self.records[slot];
        let (connection, id) = (record.connection, record.id);
        if record.holder.take().is_none() && had_proxy {
            self.log(call, LogLine::DoubleCheckin(id));
            return RETURN;
        }
        while let Some(number) = self.records.pop_finalizer(slot) {
            if let Some(connection) = connection {
                self.outbox.push(Output::Tell(call.client, Event::Finalizer(connection, number)));
            }
        }
        let event = Event::Checkin(connection, id);
        if !self.settings.listeners.asked.contains(Hook::Checkin) {
            self.tell(call, Hook::Checkin, event);
            return self.put(call, slot);
        }
        call.then(Frame::ToldCheckin);
        self.tell(call, Hook::Checkin, event)
    }

    /// If a listener raises here, the record is lost: nothing returns it to the pool any more.
    pub(super) fn told_checkin(&mut self, call: &mut ClientCall, slot: Slot, outcome: Outcome) -> Flow {
        if outcome.is_err() { Flow::Back(outcome) } else { self.put(call, slot) }
    }

    /// `_do_return_conn()`, by class.
    #[inline]
    pub(super) fn put(&mut self, call: &mut ClientCall, slot: Slot) -> Flow {
        match self.settings.class {
            Class::QueuePool | Class::AsyncAdaptedQueuePool => self.put_in_queue(call, slot),
            Class::NullPool => self.close_if_open(call, slot, Cause::Surplus),
            Class::StaticPool | Class::SingletonThreadPool => RETURN,
            Class::AssertionPool => self.put_alone(slot),
        }
    }
}
