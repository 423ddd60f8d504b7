//! The same store in memory, for browsers and frames that refuse IndexedDB.

use super::uncommitted::UncommittedRow;
use super::{DatabaseError, InsertedUser, KEEP, PRUNE_AT};
use crate::sql::{Column, Reply};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The `user` table, with what is committed. Each row has one column besides its key.
#[derive(Debug, Default)]
pub struct MemoryTable {
    rows: RefCell<BTreeMap<u32, (Column, Box<str>)>>,
    keys: Cell<u32>,
    /// Counts the restarts: a handle that was opened before the last one is dead.
    restarts: Cell<u32>,
}

impl MemoryTable {
    pub(super) fn restart(&self) {
        self.restarts.set(self.restarts.get() + 1);
    }

    pub(super) fn next_key(&self) -> u32 {
        self.keys.set(self.keys.get() + 1);
        self.keys.get()
    }

    /// Whether a unique column has this value.
    pub(super) fn has(&self, column: Column, value: &str) -> bool {
        column == Column::Username && self.rows.borrow().values().any(|row| row.0 == column && *row.1 == *value)
    }

    pub(super) fn rows(&self, column: Column) -> Vec<(u32, String)> {
        let rows = self.rows.borrow();
        rows.iter().filter(|(_, row)| row.0 == column).map(|(&key, row)| (key, row.1.to_string())).collect()
    }

    pub(super) fn row(&self, column: Column, key: u32) -> Option<String> {
        self.rows.borrow().get(&key).filter(|row| row.0 == column).map(|row| row.1.to_string())
    }

    pub(super) fn commit(&self, new: &[UncommittedRow]) -> Reply {
        if new.iter().any(|row| self.has(row.column, row.value)) {
            return Reply::Conflict;
        }
        let added = new.iter().map(|row| (row.key, (row.column, row.value.into())));
        self.rows.borrow_mut().extend(added);
        Reply::Done
    }

    pub(super) fn visit(&self, name: &str) -> InsertedUser {
        let id = self.next_key();
        let mut rows = self.rows.borrow_mut();
        rows.insert(id, (Column::Name, name.into()));
        if rows.len() > PRUNE_AT as usize {
            *rows = rows.split_off(&(id.saturating_sub(KEEP) + 1));
        }
        InsertedUser { id, users: rows.len() as u32 }
    }

    pub(super) fn count(&self) -> u32 {
        self.rows.borrow().len() as u32
    }

    pub(super) fn empty(&self) {
        self.rows.borrow_mut().clear();
    }
}

/// A handle on the table.
#[derive(Debug)]
pub(super) struct MemoryHandle {
    table: Rc<MemoryTable>,
    open: Cell<bool>,
    restarts: u32,
}

impl MemoryHandle {
    pub fn open(table: Rc<MemoryTable>) -> MemoryHandle {
        let restarts = table.restarts.get();
        MemoryHandle { table, open: Cell::new(true), restarts }
    }

    pub fn table(&self) -> Result<&MemoryTable, DatabaseError> {
        let open = self.open.get() && self.restarts == self.table.restarts.get();
        if open { Ok(&self.table) } else { Err(DatabaseError::Closed) }
    }

    pub fn close(&self) {
        self.open.set(false);
    }
}
