//! Where a call continues: which function each frame belongs to, and what the driver's answers mean.

use super::call::{ClientCall, ClientState, Flow, Frame, Outcome, RETURN};
use super::{Answer, Client, Exception, Hook, LogLine, MisuseError, Pool, PoolError};

impl Pool {
    /// Passes what was returned or raised to the frame that waits for it.
    #[inline]
    pub(super) fn resume(&mut self, call: &mut ClientCall, frame: Frame, outcome: Outcome) -> Flow {
        match (frame, call.slot) {
            (Frame::CheckedOut, _) => match call.hold {
                Some(hold) if outcome.is_ok() => {
                    self.keep(call.client, Some(hold), Ok(()));
                    Flow::Stop
                }
                _ => self.let_go(call, outcome),
            },
            (Frame::Released, _) => self.let_go(call, outcome),
            (Frame::Kept, _) => {
                self.keep(call.client, call.hold, outcome);
                Flow::Stop
            }
            (Frame::Collected(result), _) => self.collected(call, result, outcome),
            (Frame::Finally(pending), _) => Flow::Back(outcome.and(pending)),

            (Frame::Got, Some(slot)) => self.got(call, slot, outcome),
            (Frame::Ensured, Some(slot)) => self.ensured(call, slot, outcome),
            (Frame::Replaced, Some(slot)) => self.replaced(call, slot, outcome),
            (Frame::Created, _) => self.created_in_queue(outcome),
            (Frame::Memoized { again }, Some(slot)) => self.memoized(call, slot, again, outcome),
            (Frame::CreatedForThread, Some(slot)) => self.created_for_thread(call, slot, outcome),
            (Frame::MadeRoom(own), Some(slot)) => self.made_room(call, own, slot, outcome),
            (Frame::CreatedAlone, Some(slot)) => self.created_alone(slot, outcome),
            (Frame::Opened, Some(slot)) => self.opened(call, slot, outcome),
            (Frame::Locked(hook), Some(slot)) => self.got_mutex(call, slot, hook),
            (Frame::RanFirst(hook), _) => self.ran_first(hook, outcome),
            (Frame::FirstConnected, Some(slot)) => self.first_connected(call, slot, outcome),
            (Frame::Connected, Some(slot)) => match outcome {
                Ok(()) => RETURN,
                Err(exception) => self.discard(call, slot, exception),
            },
            (Frame::Discarded(exception), Some(slot)) => self.discarded(slot, exception, outcome),
            (Frame::Pinged { round }, Some(slot)) => self.pinged(call, slot, round, outcome),
            (Frame::Announced { round }, Some(slot)) => self.announced(call, slot, round, outcome),
            (Frame::Vetoed { round, all }, Some(slot)) => self.vetoed(call, slot, round, all, outcome),
            (Frame::Reconnected { round }, Some(slot)) => self.reconnected(call, slot, round, outcome),

            (Frame::FailedInvalidated { had_proxy }, Some(slot)) => {
                self.failed_invalidated(call, slot, had_proxy, outcome)
            }
            (Frame::ToldInvalidate(reason), Some(slot)) => self.told_invalidate(call, slot, reason, outcome),
            (Frame::Invalidated, Some(slot)) => self.invalidated(slot, outcome),
            (Frame::ToldClose { terminate }, Some(slot)) => self.told_close(call, slot, terminate, outcome),
            (Frame::Closed, Some(slot)) => self.closed(slot, outcome),
            (Frame::Shut { connection, terminate }, _) => self.was_shut(call, connection, terminate, outcome),
            (Frame::ToldCheckin, Some(slot)) => self.told_checkin(call, slot, outcome),
            (Frame::SurplusClosed, _) => self.surplus_closed(outcome),

            (Frame::ToldReset { transaction_was_reset, collecting }, _) => {
                self.told_reset(call, transaction_was_reset, collecting, outcome)
            }
            (Frame::WasReset { collecting }, _) => self.was_reset(call, collecting, outcome),
            (Frame::CollectedDetached, _) => self.collected_detached(call, outcome),
            (Frame::ToldCloseDetached, _) => self.told_close_detached(call, outcome),
            (Frame::DetachedClosed, _) => self.detached_closed(call, outcome),
            (Frame::Finalized { collecting }, _) => self.finalized(call, collecting, outcome),
            (Frame::ProxyInvalidated, _) => self.proxy_invalidated(call, outcome),
            (Frame::ToldSoftInvalidate(reason), Some(slot)) => self.told_soft_invalidate(call, slot, reason, outcome),
            (Frame::DetachedReturned, Some(slot)) => self.detached_returned(call, slot, outcome),

            (Frame::QueueDisposed, Some(slot)) => {
                self.disposed_one(call, slot);
                if outcome.is_err() { Flow::Back(outcome) } else { self.dispose_queue(call) }
            }
            (Frame::AloneDisposed, Some(slot)) => {
                self.disposed_one(call, slot);
                Flow::Back(outcome)
            }
            (Frame::StaticDisposed, Some(slot)) => {
                self.disposed_one(call, slot);
                self.static_disposed(outcome)
            }
            (Frame::ThreadDisposed { number, of }, Some(slot)) => {
                self.disposed_one(call, slot);
                self.thread_disposed(call, number, of, outcome)
            }
            // The other frames have a record whenever they return: what comes here was raised before there was one.
            (_, None) => Flow::Back(outcome),
        }
    }

    /// `dispose()` has closed a record; the call works on its own record again.
    fn disposed_one(&mut self, call: &mut ClientCall, slot: super::record::Slot) {
        call.slot = call.hold.and_then(|hold| hold.slot);
        self.records.let_go(slot);
    }

    /// The client's call ends and it lets go of its proxy. If the call raised, the proxy's finaliser may have to clean up.
    fn let_go(&mut self, call: &mut ClientCall, outcome: Outcome) -> Flow {
        if outcome.is_err() { self.finalize_lost(call, outcome) } else { self.end_with_nothing(call, outcome) }
    }

    /// The proxy dies. Its finaliser acts if the record still counts it, or another dead one, as using it (`needs_gc`).
    pub(super) fn finalize_lost(&mut self, call: &mut ClientCall, result: Outcome) -> Flow {
        let own = call.hold.and_then(|hold| hold.slot);
        let used = own.filter(|&slot| {
            let record = &mut self.records[slot];
            record.orphaned |= record.holder == Some(call.client);
            record.holder.is_some() && record.orphaned
        });
        if used.is_none() {
            return self.end_with_nothing(call, result);
        }
        call.then(Frame::Collected(result));
        self.finalize(call, false, true)
    }

    /// What a finaliser raises cannot be caught. It runs again, because it made a proxy that has a finaliser, too.
    fn collected(&mut self, call: &mut ClientCall, result: Outcome, outcome: Outcome) -> Flow {
        let Err(exception) = outcome else { return self.end_with_nothing(call, result) };
        self.log(call, LogLine::Unraisable(exception));
        self.finalize_lost(call, result)
    }

    /// Ends a call after which the client holds nothing.
    fn end_with_nothing(&mut self, call: &mut ClientCall, result: Outcome) -> Flow {
        if let Some(slot) = call.slot {
            self.records.let_go(slot);
        }
        self.end(call.client, result.map_err(PoolError::Raised));
        Flow::Stop
    }

    /// Continues the call in which `client` was blocked.
    pub(super) fn answer(&mut self, client: Client, answer: Answer) -> Result<(), MisuseError> {
        match self.clients.get(client) {
            ClientState::Resetting(hold) => {
                let frame = Frame::WasReset { collecting: false };
                let outcome = meaning(frame, answer).ok_or(MisuseError::Unasked)?;
                let mut call = ClientCall::new(client, Some(hold), Frame::Released);
                call.then(Frame::Finalized { collecting: false });
                let flow = self.resume(&mut call, frame, outcome);
                self.run(call, flow);
                return Ok(());
            }
            ClientState::Waiting(wait) if wait.awake && answer == Answer::Done => {
                self.woken(client, wait);
                return Ok(());
            }
            _ => {}
        }
        let frame = self.clients.parked(client).and_then(ClientCall::top).ok_or(MisuseError::Unasked)?;
        let outcome = meaning(frame, answer).ok_or(MisuseError::Unasked)?;
        if let Frame::Locked(hook) = frame
            && !self.has_mutex(client, hook)
        {
            return Err(MisuseError::Unasked);
        }
        if let Some(mut call) = self.clients.resume(client) {
            if let (Answer::Opened(connection), Some(slot)) = (answer, call.slot) {
                self.records[slot].connection = Some(connection);
            }
            call.pop();
            let flow = self.resume(&mut call, frame, outcome);
            self.run(call, flow);
        }
        Ok(())
    }
}

/// What an answer means to the frame that waits for it, if it can be one.
fn meaning(frame: Frame, answer: Answer) -> Option<Outcome> {
    let failed = match frame {
        Frame::Opened => Exception::Connect,
        Frame::Pinged { .. } => Exception::Ping,
        Frame::WasReset { .. } => Exception::Reset,
        Frame::Shut { .. } => Exception::Close,
        Frame::Locked(_) => return (answer == Answer::Done).then_some(Ok(())),
        Frame::RanFirst(hook) => Exception::Listener(hook),
        Frame::Connected => Exception::Listener(Hook::Connect),
        Frame::Announced { .. } => Exception::Listener(Hook::Checkout),
        Frame::ToldReset { .. } => Exception::Listener(Hook::Reset),
        Frame::ToldCheckin => Exception::Listener(Hook::Checkin),
        Frame::ToldInvalidate(_) => Exception::Listener(Hook::Invalidate),
        Frame::ToldSoftInvalidate(_) => Exception::Listener(Hook::SoftInvalidate),
        Frame::ToldClose { .. } => Exception::Listener(Hook::Close),
        Frame::ToldCloseDetached => Exception::Listener(Hook::CloseDetached),
        // `detach()` ends with its listeners, so whoever called it waits for them.
        Frame::Kept | Frame::CollectedDetached => Exception::Listener(Hook::Detach),
        _ => return None,
    };
    match (answer, frame) {
        (Answer::Opened(_), Frame::Opened) => Some(Ok(())),
        (Answer::Done, Frame::Opened) => None,
        (Answer::Done, _) => Some(Ok(())),
        (Answer::Failed, _) => Some(Err(failed)),
        (Answer::Interrupted, _) => Some(Err(Exception::Interrupt)),
        (Answer::Cancelled, _) => Some(Err(Exception::Cancelled)),
        (Answer::Gone, Frame::Pinged { .. } | Frame::WasReset { .. }) => Some(Err(Exception::Disconnect)),
        (Answer::Gone, Frame::Announced { .. }) => Some(Err(Exception::DisconnectionError)),
        (Answer::AllGone, Frame::Announced { .. }) => Some(Err(Exception::InvalidatePoolError)),
        _ => None,
    }
}
