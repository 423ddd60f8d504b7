//! Records: the places of the pool, each with at most one open connection.

use super::{Cause, Client, ConnectionId, RecordId};
use crate::time::{Instant, Span};
use std::num::NonZeroU32;
use std::ops::{Index, IndexMut};

/// Where a record lies in [`Records`], counted from 1. Used again once the record is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot(NonZeroU32);

impl Slot {
    #[inline]
    fn index(self) -> usize {
        (self.0.get() - 1) as usize
    }
}

/// SQLAlchemy's `_ConnectionRecord` (`base.py:648`).
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub id: RecordId,
    pub connection: Option<ConnectionId>,
    /// When connecting began: SQLAlchemy's `starttime`. The age for `pool_recycle` counts from here.
    pub opened_at: Instant,
    /// When somebody called `invalidate(soft=True)`. Survives reconnects.
    pub soft_marked_at: Option<Instant>,
    /// Just opened, so the ping can be spared.
    pub fresh: bool,
    /// Whose proxy the record knows: `fairy_ref`. In a `StaticPool` the latest of several.
    pub holder: Option<Client>,
    /// That proxy is dead and its finaliser has not ended: any proxy that dies may clean up now.
    pub orphaned: bool,
    /// The pool itself keeps it: in its queue, or as the one it has.
    kept: bool,
    /// How many calls and proxies refer to it.
    references: u32,
}

impl Record {
    /// Why its connection is to be replaced at this checkout, if it is (`base.py:861`). The first reason counts, and all
    /// compare strictly: equal stamps mean keep.
    #[inline]
    pub fn staleness(&self, now: Instant, recycle: Span, marked_at: Option<Instant>) -> Option<Cause> {
        if recycle > Span::from_secs(-1) && now - self.opened_at > recycle {
            Some(Cause::Recycled)
        } else if marked_at > Some(self.opened_at) {
            Some(Cause::PoolInvalidated)
        } else if self.soft_marked_at > Some(self.opened_at) {
            Some(Cause::SoftInvalidated)
        } else {
            None
        }
    }

    /// A call takes over the record that the pool kept.
    #[inline]
    pub fn hand(&mut self) {
        self.kept = false;
        self.references += 1;
    }

    /// The pool keeps it again, and the call refers to it no more.
    #[inline]
    pub fn take_back(&mut self) {
        self.kept = true;
        self.references -= 1;
    }
}

/// All records of a pool. Like Python's, a record lives as long as somebody refers to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Records {
    slots: Vec<Record>,
    free: Vec<Slot>,
    made: u32,
    /// `finalize_callback`s, oldest first. They are rare, so all records share one list.
    finalizers: Vec<(Slot, u32)>,
}

impl Records {
    /// A new, empty record, numbered from 1. One reference to it is the caller's.
    pub fn add(&mut self) -> Slot {
        self.made += 1;
        let record = Record {
            id: RecordId(self.made),
            connection: None,
            opened_at: Instant::ZERO,
            soft_marked_at: None,
            fresh: false,
            holder: None,
            orphaned: false,
            kept: false,
            references: 1,
        };
        if let Some(slot) = self.free.pop() {
            self[slot] = record;
            slot
        } else {
            self.slots.push(record);
            Slot(NonZeroU32::MIN.saturating_add((self.slots.len() - 1) as u32))
        }
    }

    /// Adds a reference.
    #[inline]
    pub fn refer(&mut self, slot: Slot) {
        self[slot].references += 1;
    }

    /// Removes a reference. A record without references that the pool does not keep is gone, and with it its connection, open or
    /// not.
    #[inline]
    pub fn let_go(&mut self, slot: Slot) {
        self[slot].references -= 1;
        self.reap(slot);
    }

    /// The pool keeps the record.
    #[inline]
    pub fn keep(&mut self, slot: Slot) {
        self[slot].kept = true;
    }

    /// The pool does not keep the record any more.
    #[inline]
    pub fn forget(&mut self, slot: Slot) {
        self[slot].kept = false;
        self.reap(slot);
    }

    /// Whether any record has a `finalize_callback`.
    #[inline]
    pub fn has_finalizers(&self) -> bool {
        !self.finalizers.is_empty()
    }

    #[inline]
    fn reap(&mut self, slot: Slot) {
        let record = &self[slot];
        if !record.kept && record.references == 0 {
            self.clear_finalizers(slot);
            self.free.push(slot);
        }
    }

    /// Registers a `finalize_callback`.
    pub fn add_finalizer(&mut self, slot: Slot, number: u32) {
        self.finalizers.push((slot, number));
    }

    /// Takes the newest of the record's `finalize_callback`s.
    pub fn pop_finalizer(&mut self, slot: Slot) -> Option<u32> {
        let place = self.finalizers.iter().rposition(|&(other, _)| other == slot)?;
        Some(self.finalizers.remove(place).1)
    }

    /// Removes all `finalize_callback`s of the record.
    pub fn clear_finalizers(&mut self, slot: Slot) {
        self.finalizers.retain(|&(other, _)| other != slot);
    }

    /// The record at this place if it is still that one.
    pub fn find(&self, slot: Slot, id: RecordId) -> bool {
        let record = &self[slot];
        record.id == id && (record.kept || record.references > 0)
    }

    /// All live records, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &Record> {
        self.slots.iter().filter(|record| record.kept || record.references > 0)
    }
}

impl Index<Slot> for Records {
    type Output = Record;
    #[inline]
    fn index(&self, slot: Slot) -> &Record {
        &self.slots[slot.index()]
    }
}

impl IndexMut<Slot> for Records {
    #[inline]
    fn index_mut(&mut self, slot: Slot) -> &mut Record {
        &mut self.slots[slot.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_used_again_once_nobody_refers_to_its_record() {
        let mut records = Records::default();
        let (first, second) = (records.add(), records.add());
        records.keep(first);
        records.let_go(first);
        records.let_go(second);
        assert_eq!(records.iter().map(|record| record.id).collect::<Vec<_>>(), [RecordId(1)], "the pool keeps it");
        assert_eq!(records.add(), second);
        records.forget(first);
        assert!(!records.find(first, RecordId(1)));
        assert_eq!(records.add(), first);
        assert_eq!(records.slots.len(), 2);
        assert!(records.find(first, RecordId(4)) && !records.find(first, RecordId(1)));
    }
}
