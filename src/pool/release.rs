//! What a client does with its proxy: close, drop, invalidate, detach (`_ConnectionFairy`, `base.py:1265`).

use super::call::{ClientCall, Flow, Frame, Hold, Outcome, RETURN};
use super::record::Slot;
use super::{Command, Event, Exception, Hook, LogLine, Pool, Reset};

impl Pool {
    /// `_finalize_fairy()` (`base.py:1011`): reset, then return. `collecting`: nobody called `close()`, the garbage
    /// collector found the proxy.
    pub(super) fn finalize(&mut self, call: &mut ClientCall, transaction_was_reset: bool, collecting: bool) -> Flow {
        let Some(hold) = call.hold else { return RETURN };
        let connection = match hold.slot {
            Some(slot) if collecting => self.records[slot].connection,
            _ => Some(hold.connection),
        };
        let Some(connection) = connection else { return self.return_record(call) };
        call.then(Frame::Finalized { collecting });
        call.hold = Some(Hold { connection, ..hold });
        if hold.slot.is_some() {
            self.log(call, LogLine::Returned(connection));
        }
        let event = Event::Reset {
            connection,
            record: hold.slot.map(|slot| self.records[slot].id),
            transaction_was_reset,
            terminate_only: self.leaves_pool(hold, collecting),
            asyncio_safe: !self.cannot_wait(collecting),
        };
        if !self.settings.listeners.asked.contains(Hook::Reset) {
            self.tell(call, Hook::Reset, event);
            return self.reset(call, transaction_was_reset, collecting);
        }
        call.then(Frame::ToldReset { transaction_was_reset, collecting });
        self.tell(call, Hook::Reset, event)
    }

    /// The garbage collector found an asynchronous connection: nothing can be awaited there.
    fn cannot_wait(&self, collecting: bool) -> bool {
        collecting && self.settings.dialect.is_async
    }

    fn leaves_pool(&self, hold: Hold, collecting: bool) -> bool {
        hold.slot.is_none() || self.cannot_wait(collecting)
    }

    pub(super) fn told_reset(
        &mut self,
        call: &mut ClientCall,
        transaction_was_reset: bool,
        collecting: bool,
        outcome: Outcome,
    ) -> Flow {
        match outcome {
            Ok(()) => self.reset(call, transaction_was_reset, collecting),
            Err(exception) => self.reset_raised(call, exception),
        }
    }

    /// The end of `_reset()`: the database's own part.
    fn reset(&mut self, call: &mut ClientCall, transaction_was_reset: bool, collecting: bool) -> Flow {
        let Some(Hold { connection, .. }) = call.hold else { return RETURN };
        let (line, command) = match self.settings.pool_reset_on_return {
            _ if self.cannot_wait(collecting) => (None, None),
            Reset::None => (None, None),
            Reset::Rollback if transaction_was_reset => (Some(LogLine::AlreadyReset(connection)), None),
            Reset::Rollback => (Some(LogLine::Rollback(connection)), Some(Reset::Rollback)),
            Reset::Commit => (Some(LogLine::Commit(connection)), Some(Reset::Commit)),
        };
        if let Some(line) = line {
            self.log(call, line);
        }
        match command {
            Some(reset) => {
                call.then(Frame::WasReset { collecting });
                self.command(call, Command::Reset(connection, reset))
            }
            None => self.was_reset(call, collecting, Ok(())),
        }
    }

    pub(super) fn was_reset(&mut self, call: &mut ClientCall, collecting: bool, outcome: Outcome) -> Flow {
        let Some(hold) = call.hold else { return RETURN };
        if let Err(exception) = outcome {
            return self.reset_raised(call, exception);
        }
        if !self.leaves_pool(hold, collecting) {
            return RETURN;
        }
        match hold.slot {
            Some(slot) => {
                call.then(Frame::CollectedDetached);
                self.detach(call, slot)
            }
            None => self.close_detached(call),
        }
    }

    pub(super) fn collected_detached(&mut self, call: &mut ClientCall, outcome: Outcome) -> Flow {
        match outcome {
            Ok(()) => self.close_detached(call),
            Err(exception) => self.reset_raised(call, exception),
        }
    }

    /// An asynchronous driver that cannot terminate does not close what is detached.
    fn close_detached(&mut self, call: &mut ClientCall) -> Flow {
        let Some(Hold { connection, .. }) = call.hold else { return RETURN };
        let dialect = self.settings.dialect;
        if dialect.is_async && !dialect.has_terminate {
            return RETURN;
        }
        call.then(Frame::ToldCloseDetached);
        self.tell(call, Hook::CloseDetached, Event::CloseDetached(connection))
    }

    pub(super) fn told_close_detached(&mut self, call: &mut ClientCall, outcome: Outcome) -> Flow {
        match (outcome, call.hold) {
            (Ok(()), Some(hold)) => {
                call.then(Frame::DetachedClosed);
                self.shut(call, hold.connection, self.settings.dialect.is_async)
            }
            _ => self.reset_raised(call, outcome.err().unwrap_or(Exception::Assertion)),
        }
    }

    pub(super) fn detached_closed(&mut self, call: &mut ClientCall, outcome: Outcome) -> Flow {
        match outcome {
            Ok(()) => RETURN,
            Err(exception) => self.reset_raised(call, exception),
        }
    }

    /// The caller sees no `Exception`: the connection is invalidated, or, if it is detached, never closed.
    fn reset_raised(&mut self, call: &mut ClientCall, exception: Exception) -> Flow {
        self.log(call, LogLine::ResetFailed);
        match call.slot {
            Some(slot) if exception.is_base() => self.checkin_failed(call, slot, exception, true),
            Some(slot) => self.invalidate_record(call, slot, Some(exception)),
            None if exception.is_base() => Flow::Back(Err(exception)),
            None => RETURN,
        }
    }

    /// The record returns to the pool, unless it did so already.
    pub(super) fn finalized(&mut self, call: &mut ClientCall, collecting: bool, outcome: Outcome) -> Flow {
        if let Some(hold) = call.hold
            && self.cannot_wait(collecting)
        {
            let (connection, terminated) = (hold.connection, self.settings.dialect.has_terminate);
            self.log(call, LogLine::Collected { connection, terminated });
            self.log(call, LogLine::CollectedWarning { connection, terminated });
        }
        if outcome.is_err() { Flow::Back(outcome) } else { self.return_record(call) }
    }

    fn return_record(&mut self, call: &mut ClientCall) -> Flow {
        match call.slot {
            Some(slot) if self.records[slot].holder.is_some() => self.checkin_record(call, slot, true),
            _ => RETURN,
        }
    }

    /// `invalidate()`, hard. No reset follows.
    pub(super) fn invalidate_proxy(&mut self, call: &mut ClientCall, reason: Option<Exception>) -> Flow {
        call.then(Frame::ProxyInvalidated);
        match call.slot {
            Some(slot) => self.invalidate_record(call, slot, reason),
            None => RETURN,
        }
    }

    pub(super) fn proxy_invalidated(&mut self, call: &mut ClientCall, outcome: Outcome) -> Flow {
        call.then(Frame::Finally(outcome));
        self.return_record(call)
    }

    /// `invalidate(soft=True)`: the connection stays until the next checkout.
    pub(super) fn soft_invalidate(&mut self, call: &mut ClientCall, reason: Option<Exception>) -> Flow {
        let Some(slot) = call.slot else { return RETURN };
        let record = &self.records[slot];
        let Some(connection) = record.connection else { return RETURN };
        let event = Event::SoftInvalidate(connection, record.id, reason);
        call.then(Frame::ToldSoftInvalidate(reason));
        self.tell(call, Hook::SoftInvalidate, event)
    }

    pub(super) fn told_soft_invalidate(
        &mut self,
        call: &mut ClientCall,
        slot: Slot,
        reason: Option<Exception>,
        outcome: Outcome,
    ) -> Flow {
        if outcome.is_err() {
            return Flow::Back(outcome);
        }
        if let Some(connection) = self.records[slot].connection {
            self.log(call, LogLine::Invalidate { connection, soft: true, reason });
        }
        self.records[slot].soft_marked_at = Some(self.now);
        RETURN
    }

    /// `detach()`: the record goes back at once and empty, with no reset and no checkin event. Limits can now be exceeded.
    pub(super) fn detach(&mut self, call: &mut ClientCall, slot: Slot) -> Flow {
        let record = &mut self.records[slot];
        record.holder = None;
        record.connection = None;
        call.then(Frame::DetachedReturned);
        self.put(call, slot)
    }

    pub(super) fn detached_returned(&mut self, call: &mut ClientCall, slot: Slot, outcome: Outcome) -> Flow {
        let Some(hold) = call.hold.as_mut() else { return RETURN };
        if outcome.is_err() {
            return Flow::Back(outcome);
        }
        hold.slot = None;
        let event = Event::Detach(hold.connection, self.records[slot].id);
        if call.top() != Some(Frame::CollectedDetached) {
            call.slot = None;
            self.records.let_go(slot);
        }
        self.tell(call, Hook::Detach, event)
    }
}
