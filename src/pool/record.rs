//! Records: the places of the pool, each with at most one open connection.

use super::{ConnectionId, RecordId};
use crate::time::Instant;
use std::ops::{Index, IndexMut};

/// Where a record lies in [`Records`]. Used again once the record is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot(u32);

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
    /// Still one of the pool's; a slot that waits for its next record is not.
    pub live: bool,
}

/// All records of a pool.
#[derive(Debug, Clone, Default)]
pub(super) struct Records {
    slots: Vec<Record>,
    free: Vec<Slot>,
    made: u32,
}

impl Records {
    /// A new, empty record, numbered from 1.
    pub fn add(&mut self) -> Slot {
        self.made += 1;
        let record = Record {
            id: RecordId(self.made),
            connection: None,
            opened_at: Instant::ZERO,
            soft_marked_at: None,
            fresh: false,
            live: true,
        };
        if let Some(slot) = self.free.pop() {
            self[slot] = record;
            slot
        } else {
            self.slots.push(record);
            Slot((self.slots.len() - 1) as u32)
        }
    }

    /// Forgets a record.
    pub fn remove(&mut self, slot: Slot) {
        self[slot].live = false;
        self.free.push(slot);
    }

    /// All that there are, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &Record> {
        self.slots.iter().filter(|record| record.live)
    }
}

impl Index<Slot> for Records {
    type Output = Record;
    fn index(&self, slot: Slot) -> &Record {
        &self.slots[slot.0 as usize]
    }
}

impl IndexMut<Slot> for Records {
    fn index_mut(&mut self, slot: Slot) -> &mut Record {
        &mut self.slots[slot.0 as usize]
    }
}
