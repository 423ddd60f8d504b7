//! `QueuePool` and `AsyncAdaptedQueuePool`: where a record comes from and returns to (`impl.py`, `util/queue.py`).

use super::call::{ClientCall, ClientState, Flow, Frame, RETURN, WaitInLine};
use super::record::Slot;
use super::{Class, Client, Command, Exception, LogLine, Output, Pool, PoolError};
use crate::time::{Instant, Span};

impl Pool {
    /// OBTAIN (`impl.py:150`): an idle record, else a new one, else a place in the line.
    #[inline]
    pub(super) fn get_from_queue(&mut self, call: &mut ClientCall) -> Flow {
        let max_overflow = self.settings.effective_overflow();
        let must_wait = max_overflow > -1 && self.overflow >= max_overflow;
        if must_wait && self.is_negative_timeout() {
            // The queue looks at the timeout before it looks at itself (queue.py:192); asyncio's does not.
            return Flow::Back(Err(Exception::NegativeTimeout));
        }
        if let Some(slot) = self.take_idle() {
            call.slot = Some(slot);
            return RETURN;
        }
        if !must_wait {
            return self.grow(call);
        }
        match self.settings.pool_timeout {
            Some(timeout) if timeout <= Span::ZERO && !self.is_asyncio() => self.timed_out(call),
            timeout => {
                // asyncio lets others run even if there is no time to wait.
                let deadline = timeout.map(|timeout| self.now + timeout.max(Span::ZERO));
                self.stand_in_line(call.client, deadline);
                Flow::Stop
            }
        }
    }

    fn is_asyncio(&self) -> bool {
        self.settings.class == Class::AsyncAdaptedQueuePool
    }

    fn is_negative_timeout(&self) -> bool {
        !self.is_asyncio() && self.settings.pool_timeout.is_some_and(|timeout| timeout < Span::ZERO)
    }

    /// The next record to hand out: the longest idle, or with LIFO the last returned.
    #[inline]
    fn take_idle(&mut self) -> Option<Slot> {
        let slot = if self.settings.pool_use_lifo { self.idle.pop_back() } else { self.idle.pop_front() }?;
        self.records[slot].hand();
        Some(slot)
    }

    #[inline]
    pub(super) fn stand_in_line(&mut self, client: Client, deadline: Option<Instant>) {
        self.line.join(client, deadline);
        let wait = WaitInLine { deadline, awake: false, in_line: true, expired: false, interrupted: false };
        self.clients.set(client, ClientState::Waiting(wait));
    }

    /// One waiter is told that the queue is no longer empty. The record is not put aside for it.
    #[inline]
    pub(super) fn notify(&mut self) {
        if let Some(client) = self.line.notify() {
            self.notified(client);
        }
    }

    fn notified(&mut self, client: Client) {
        let ClientState::Waiting(wait) = self.clients.get(client) else { return };
        let notified = WaitInLine { awake: true, in_line: false, ..wait };
        self.clients.set(client, ClientState::Waiting(notified));
        if wait.awake {
            return; // Its time was up already: the notification is eaten.
        }
        if !self.is_asyncio() {
            self.line.cancel(client, wait.deadline);
        }
        self.outbox.push(Output::Do(client, Command::Wake));
    }

    /// The waiter whose timeout is the earliest may run. A thread stays in the line until it runs, and can take a
    /// notification that it does not need; a task leaves the line at once.
    pub(super) fn wake_expired(&mut self) {
        let Some(client) = self.line.next_expired(self.now) else { return };
        let ClientState::Waiting(wait) = self.clients.get(client) else { return };
        self.wake(client, WaitInLine { expired: true, ..wait });
    }

    /// A signal, or a cancellation: the client runs, and raises.
    pub(super) fn interrupt_waiting(&mut self, client: Client, wait: WaitInLine) {
        if !wait.expired {
            self.line.cancel(client, wait.deadline);
        }
        self.wake(client, WaitInLine { interrupted: true, ..wait });
    }

    fn wake(&mut self, client: Client, wait: WaitInLine) {
        if self.is_asyncio() && wait.in_line && !wait.awake {
            self.line.leave(client);
        }
        if !wait.awake {
            self.outbox.push(Output::Do(client, Command::Wake));
        }
        self.clients.set(client, ClientState::Waiting(WaitInLine { awake: true, ..wait }));
    }

    /// A waiter runs.
    pub(super) fn woken(&mut self, client: Client, wait: WaitInLine) {
        let mut call = ClientCall::new(client, None, Frame::CheckedOut);
        call.then(Frame::Got);
        let flow =
            if self.is_asyncio() { self.task_woken(&mut call, wait) } else { self.thread_woken(&mut call, wait) };
        self.run(call, flow);
    }

    /// A thread looks at the queue first and at its deadline second.
    fn thread_woken(&mut self, call: &mut ClientCall, wait: WaitInLine) -> Flow {
        if wait.in_line {
            self.line.leave(call.client);
        }
        if wait.interrupted {
            return Flow::Back(Err(Exception::Interrupt));
        }
        if let Some(slot) = self.take_idle() {
            call.slot = Some(slot);
            RETURN
        } else if wait.deadline.is_some_and(|deadline| deadline <= self.now) {
            self.timed_out(call)
        } else {
            self.stand_in_line(call.client, wait.deadline);
            Flow::Stop
        }
    }

    /// A task whose time is up does not look at the queue; it wakes the next one if it was notified as well.
    fn task_woken(&mut self, call: &mut ClientCall, wait: WaitInLine) -> Flow {
        if wait.interrupted || wait.expired {
            let was_notified = !wait.in_line;
            if was_notified && !self.idle.is_empty() {
                self.notify();
            }
            return match wait.interrupted {
                true => Flow::Back(Err(Exception::Cancelled)),
                false => self.timed_out(call),
            };
        }
        self.line.cancel(call.client, wait.deadline);
        match self.take_idle() {
            Some(slot) => {
                call.slot = Some(slot);
                RETURN
            }
            None => {
                self.stand_in_line(call.client, wait.deadline);
                Flow::Stop
            }
        }
    }

    /// The timeout has passed. Capacity that was freed without a return is used only now.
    fn timed_out(&mut self, call: &mut ClientCall) -> Flow {
        if self.overflow < self.settings.effective_overflow() {
            return self.grow(call);
        }
        let error = PoolError::Timeout {
            size: self.size(),
            overflow: self.overflow(),
            timeout: self.settings.pool_timeout.unwrap_or_default(),
        };
        self.end(call.client, Err(error));
        Flow::Stop
    }

    /// Raises the overflow count, which permits opening a connection, and opens one.
    fn grow(&mut self, call: &mut ClientCall) -> Flow {
        let max_overflow = self.settings.effective_overflow();
        if max_overflow != -1 && self.overflow >= max_overflow {
            // Only below -1: SQLAlchemy starts over until Python's stack is full.
            return Flow::Back(Err(Exception::Recursion));
        }
        self.overflow = self.overflow.saturating_add(1);
        call.then(Frame::Created);
        self.create(call)
    }

    /// Opening failed: the overflow count is lowered again, and no waiter is notified.
    pub(super) fn created_in_queue(&mut self, outcome: super::call::Outcome) -> Flow {
        if outcome.is_err() {
            self.overflow = self.overflow.saturating_sub(1);
        }
        Flow::Back(outcome)
    }

    /// Back into the queue, or closed when it is full (`impl.py:141`). "Overflow" is no kind of connection: whichever
    /// comes back to a full queue is the surplus one.
    #[inline]
    pub(super) fn put_in_queue(&mut self, call: &mut ClientCall, slot: Slot) -> Flow {
        if self.is_full() {
            call.then(Frame::SurplusClosed);
            return self.close_if_open(call, slot, super::Cause::Surplus);
        }
        self.records.keep(slot);
        self.idle.push_back(slot);
        self.notify();
        RETURN
    }

    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.settings.pool_size > 0 && self.idle.len() as i64 >= self.settings.pool_size
    }

    /// The overflow count is lowered only after the close, and no waiter is notified.
    pub(super) fn surplus_closed(&mut self, outcome: super::call::Outcome) -> Flow {
        self.overflow = self.overflow.saturating_sub(1);
        Flow::Back(outcome)
    }

    /// Closes the idle connections one by one, then forgets those that are out: the overflow count starts anew (`impl.py:218`).
    pub(super) fn dispose_queue(&mut self, call: &mut ClientCall) -> Flow {
        match self.take_idle() {
            Some(slot) => {
                call.slot = Some(slot);
                call.then(Frame::QueueDisposed);
                self.close_if_open(call, slot, super::Cause::Disposed)
            }
            None => {
                self.overflow = self.settings.pool_size.saturating_neg();
                self.log(call, LogLine::Disposed(self.settings.pool_size));
                RETURN
            }
        }
    }
}
