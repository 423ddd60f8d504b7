//! Where a call goes on: which function each frame is the rest of, and what the driver's answers mean.

use super::call::{Call, Flow, Frame, Outcome, RETURN, State};
use super::{Answer, Client, Error, Exception, Hook, LogLine, Misuse, Pool};

impl Pool {
    /// Hands what was returned or raised to the frame that waits for it.
    #[inline]
    pub(super) fn resume(&mut self, call: &mut Call, frame: Frame, outcome: Outcome) -> Flow {
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
                Err(exception) => self.strand(call, slot, exception),
            },
            (Frame::Stranded(exception), Some(slot)) => self.stranded(slot, exception, outcome),
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
            (Frame::ToldCloseDetached { collecting }, _) => self.told_close_detached(call, collecting, outcome),
            (Frame::DetachedClosed { collecting }, _) => self.detached_closed(call, collecting, outcome),
            (Frame::ResetInvalidated { collecting }, _) => self.reset_invalidated(call, collecting, outcome),
            (Frame::ProxyInvalidated, _) => self.proxy_invalidated(call, outcome),
            (Frame::ToldSoftInvalidate(reason), Some(slot)) => self.told_soft_invalidate(call, slot, reason, outcome),
            (Frame::DetachedReturned, Some(slot)) => self.detached_returned(call, slot, outcome),

            (Frame::QueueDisposed, Some(slot)) => {
                self.put_away(call, slot);
                if outcome.is_err() { Flow::Back(outcome) } else { self.dispose_queue(call) }
            }
            (Frame::AloneDisposed, Some(slot)) => {
                self.put_away(call, slot);
                Flow::Back(outcome)
            }
            (Frame::StaticDisposed, Some(slot)) => {
                self.put_away(call, slot);
                self.static_disposed(outcome)
            }
            (Frame::ThreadDisposed { index, of }, Some(slot)) => {
                self.put_away(call, slot);
                self.thread_disposed(call, index, of, outcome)
            }
            // The rest have a record in hand whenever they returned: what comes here was raised before there was one.
            (_, None) => Flow::Back(outcome),
        }
    }

    /// `dispose()` is through with a record; the call goes back to its own.
    fn put_away(&mut self, call: &mut Call, slot: super::record::Slot) {
        call.slot = call.hold.and_then(|hold| hold.slot);
        self.records.let_go(slot);
    }

    /// The client's call ends and it lets go of its proxy. If the record still counts that as using it, because
    /// something was raised half-way, the garbage collector finds it.
    fn let_go(&mut self, call: &mut Call, outcome: Outcome) -> Flow {
        if outcome.is_err() && self.is_abandoned(call) {
            call.then(Frame::Collected(outcome));
            return self.finalize(call, false, true);
        }
        if let Some(slot) = call.slot {
            self.records.let_go(slot);
        }
        self.end(call.client, outcome.map_err(Error::Raised));
        Flow::Stop
    }

    /// Nobody can catch what a finaliser raises.
    fn collected(&mut self, call: &mut Call, result: Outcome, outcome: Outcome) -> Flow {
        if let Err(exception) = outcome {
            self.log(call, LogLine::Unraisable(exception));
            if self.is_abandoned(call) {
                call.then(Frame::Collected(result));
                return self.finalize(call, false, true);
            }
        }
        if let Some(slot) = call.slot {
            self.records.let_go(slot);
        }
        self.end(call.client, result.map_err(Error::Raised));
        Flow::Stop
    }

    /// Goes on with the call in which `client` was blocked.
    pub(super) fn answer(&mut self, client: Client, answer: Answer) -> Result<(), Misuse> {
        if let State::Waiting(wait) = self.clients.get(client) {
            if !wait.awake || answer != Answer::Done {
                return Err(Misuse::Unasked);
            }
            self.woken(client, wait);
            return Ok(());
        }
        let frame = self.clients.parked(client).and_then(Call::top).ok_or(Misuse::Unasked)?;
        let outcome = meaning(frame, answer).ok_or(Misuse::Unasked)?;
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
        Frame::FirstConnected => Exception::Listener(Hook::FirstConnect),
        Frame::Connected => Exception::Listener(Hook::Connect),
        Frame::Announced { .. } => Exception::Listener(Hook::Checkout),
        Frame::ToldReset { .. } => Exception::Listener(Hook::Reset),
        Frame::ToldCheckin => Exception::Listener(Hook::Checkin),
        Frame::ToldInvalidate(_) => Exception::Listener(Hook::Invalidate),
        Frame::ToldSoftInvalidate(_) => Exception::Listener(Hook::SoftInvalidate),
        Frame::ToldClose { .. } => Exception::Listener(Hook::Close),
        Frame::ToldCloseDetached { .. } => Exception::Listener(Hook::CloseDetached),
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
