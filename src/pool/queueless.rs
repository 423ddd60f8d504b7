//! The pools without a queue: `NullPool`, `StaticPool`, `SingletonThreadPool` and `AssertionPool` (`impl.py`).

use super::call::{ClientCall, Flow, Frame, Outcome, RETURN};
use super::record::Slot;
use super::{Cause, Client, Exception, Pool, RecordId};
use crate::time::Span;
use std::collections::VecDeque;

/// What `SingletonThreadPool` remembers.
#[derive(Debug, Clone, Default)]
pub(super) struct Threads {
    /// `_all_conns`. Python's is a set and gives up any of its members; this one gives up the oldest.
    all: VecDeque<(u32, Slot)>,
    /// How many were ever added: the number that each has in `all`.
    added: u32,
    /// `_conn.current` of each thread: which record it had last. A weak reference.
    current: Vec<Option<(Slot, RecordId)>>,
}

impl Threads {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The records, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Slot> + Clone {
        self.all.iter().map(|(_, slot)| slot)
    }

    fn add(&mut self, slot: Slot) {
        self.added += 1;
        self.all.push_back((self.added, slot));
    }

    fn pop(&mut self) -> Option<Slot> {
        self.all.pop_front().map(|(_, slot)| slot)
    }

    /// The first that was added after that one.
    fn next(&self, after: u32) -> Option<(u32, Slot)> {
        self.all.iter().find(|(number, _)| *number > after).copied()
    }

    fn remember(&mut self, client: Client, slot: Slot, id: RecordId) {
        let index = client.0 as usize;
        if index >= self.current.len() {
            self.current.resize(index + 1, None);
        }
        self.current[index] = Some((slot, id));
    }
}

impl Pool {
    /// `StaticPool._do_get`: the one record, or a new one if that is empty or marked. The old one's connection is
    /// then not closed.
    pub(super) fn get_static(&mut self, call: &mut ClientCall) -> Flow {
        match self.one {
            None => self.memoize(call, false),
            Some(slot) => self.check_static(call, slot),
        }
    }

    fn check_static(&mut self, call: &mut ClientCall, slot: Slot) -> Flow {
        let record = &self.records[slot];
        // Its age alone is no reason here.
        let marked = record.staleness(self.now, Span::from_secs(-1), self.marked_at).is_some();
        if record.connection.is_none() || marked {
            self.one = None;
            self.records.forget(slot);
            return self.memoize(call, true);
        }
        self.records.refer(slot);
        call.slot = Some(slot);
        RETURN
    }

    fn memoize(&mut self, call: &mut ClientCall, again: bool) -> Flow {
        call.then(Frame::Memoized { again });
        self.create(call)
    }

    /// Two clients can create a record at the same time: the pool keeps the last.
    pub(super) fn memoized(&mut self, call: &mut ClientCall, slot: Slot, again: bool, outcome: Outcome) -> Flow {
        if outcome.is_err() {
            return Flow::Back(outcome);
        }
        self.remember_one(slot);
        if again {
            return RETURN;
        }
        call.slot = None;
        let flow = self.check_static(call, slot);
        self.records.let_go(slot);
        flow
    }

    fn remember_one(&mut self, slot: Slot) {
        self.records.keep(slot);
        if let Some(former) = self.one.replace(slot)
            && former != slot
        {
            self.records.forget(former);
        }
    }

    /// Closes the one connection and forgets it, even if it is in use.
    pub(super) fn dispose_static(&mut self, call: &mut ClientCall) -> Flow {
        match self.one {
            Some(slot) if self.records[slot].connection.is_some() => {
                self.records.refer(slot);
                call.slot = Some(slot);
                call.then(Frame::StaticDisposed);
                self.close_if_open(call, slot, Cause::Disposed)
            }
            _ => RETURN,
        }
    }

    pub(super) fn static_disposed(&mut self, outcome: Outcome) -> Flow {
        if outcome.is_err() {
            return Flow::Back(outcome);
        }
        match self.one.take() {
            Some(slot) => {
                self.records.forget(slot);
                RETURN
            }
            None => Flow::Back(Err(Exception::NoConnection)),
        }
    }

    /// `SingletonThreadPool._do_get`: the thread's own record, or a new one.
    pub(super) fn get_for_thread(&mut self, call: &mut ClientCall) -> Flow {
        let own = self.threads.current.get(call.client.0 as usize).copied().flatten();
        if let Some((slot, id)) = own
            && self.records.find(slot, id)
        {
            self.records.refer(slot);
            call.slot = Some(slot);
            return RETURN;
        }
        call.then(Frame::CreatedForThread);
        self.create(call)
    }

    pub(super) fn created_for_thread(&mut self, call: &mut ClientCall, slot: Slot, outcome: Outcome) -> Flow {
        if outcome.is_err() {
            return Flow::Back(outcome);
        }
        self.threads.remember(call.client, slot, self.records[slot].id);
        self.make_room(call, slot)
    }

    /// `_cleanup`: closes records above `pool_size`, in use or not.
    fn make_room(&mut self, call: &mut ClientCall, slot: Slot) -> Flow {
        if (self.threads.len() as i64) < self.settings.pool_size {
            self.records.keep(slot);
            self.threads.add(slot);
            return RETURN;
        }
        let Some(victim) = self.threads.pop() else { return Flow::Back(Err(Exception::EmptySet)) };
        self.records[victim].hand();
        call.slot = Some(victim);
        call.then(Frame::MadeRoom(slot));
        self.close_if_open(call, victim, Cause::Crowded)
    }

    pub(super) fn made_room(&mut self, call: &mut ClientCall, own: Slot, victim: Slot, outcome: Outcome) -> Flow {
        self.records.let_go(victim);
        call.slot = Some(own);
        if outcome.is_err() { Flow::Back(outcome) } else { self.make_room(call, own) }
    }

    /// Closes every thread's connection, even if some fail to close.
    pub(super) fn dispose_threads(&mut self, call: &mut ClientCall) -> Flow {
        self.dispose_next_thread(call, 0, self.threads.len() as u16)
    }

    fn dispose_next_thread(&mut self, call: &mut ClientCall, after: u32, of: u16) -> Flow {
        if self.threads.len() as u16 != of {
            return Flow::Back(Err(Exception::SetChanged));
        }
        match self.threads.next(after) {
            Some((number, slot)) => {
                self.records.refer(slot);
                call.slot = Some(slot);
                call.then(Frame::ThreadDisposed { number, of });
                self.close_if_open(call, slot, Cause::Disposed)
            }
            None => {
                while let Some(slot) = self.threads.pop() {
                    self.records.forget(slot);
                }
                RETURN
            }
        }
    }

    pub(super) fn thread_disposed(&mut self, call: &mut ClientCall, number: u32, of: u16, outcome: Outcome) -> Flow {
        match outcome {
            Err(exception) if exception.is_base() => Flow::Back(outcome),
            _ => self.dispose_next_thread(call, number, of),
        }
    }

    /// `AssertionPool._do_get`: the one record, if nobody has it.
    pub(super) fn get_alone(&mut self, call: &mut ClientCall) -> Flow {
        if self.out {
            return Flow::Back(Err(Exception::AlreadyCheckedOut));
        }
        match self.one {
            Some(slot) => {
                self.out = true;
                self.records.refer(slot);
                call.slot = Some(slot);
                RETURN
            }
            None => {
                call.then(Frame::CreatedAlone);
                self.create(call)
            }
        }
    }

    pub(super) fn created_alone(&mut self, slot: Slot, outcome: Outcome) -> Flow {
        if outcome.is_ok() {
            self.remember_one(slot);
            self.out = true;
        }
        Flow::Back(outcome)
    }

    pub(super) fn put_alone(&mut self, slot: Slot) -> Flow {
        if !std::mem::take(&mut self.out) {
            return Flow::Back(Err(Exception::NotCheckedOut));
        }
        Flow::Back(if self.one == Some(slot) { Ok(()) } else { Err(Exception::Assertion) })
    }

    /// Closes the connection, even if it is out: returning it then raises.
    pub(super) fn dispose_alone(&mut self, call: &mut ClientCall) -> Flow {
        self.out = false;
        let Some(slot) = self.one else { return RETURN };
        self.records.refer(slot);
        call.slot = Some(slot);
        call.then(Frame::AloneDisposed);
        self.close_if_open(call, slot, Cause::Disposed)
    }
}
