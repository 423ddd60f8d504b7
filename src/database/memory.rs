//! The same store in memory, for browsers and frames that refuse IndexedDB.

use super::transaction::Write;
use super::{DatabaseError, KEEP, PRUNE_AT, Visit};
use crate::sql::{Column, Reply};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The `user` table, with what is committed. Each row has one column besides its key.
#[derive(Debug, Default)]
pub struct Table {
    rows: RefCell<BTreeMap<u32, (Column, Box<str>)>>,
    keys: Cell<u32>,
    /// A handle from before the last restart is dead.
    restarts: Cell<u32>,
}

impl Table {
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

    pub(super) fn commit(&self, writes: &[Write]) -> Reply {
        if writes.iter().any(|write| self.has(write.column, write.value)) {
            return Reply::Conflict;
        }
        let rows = writes.iter().map(|write| (write.key, (write.column, write.value.into())));
        self.rows.borrow_mut().extend(rows);
        Reply::Done
    }

    pub(super) fn visit(&self, name: &str) -> Visit {
        let id = self.next_key();
        let mut rows = self.rows.borrow_mut();
        rows.insert(id, (Column::Name, name.into()));
        if rows.len() > PRUNE_AT as usize {
            *rows = rows.split_off(&(id.saturating_sub(KEEP) + 1));
        }
        Visit { id, users: rows.len() as u32 }
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
pub(super) struct Handle {
    table: Rc<Table>,
    open: Cell<bool>,
    restarts: u32,
}

impl Handle {
    pub fn open(table: Rc<Table>) -> Handle {
        let restarts = table.restarts.get();
        Handle { table, open: Cell::new(true), restarts }
    }

    pub fn table(&self) -> Result<&Table, DatabaseError> {
        let open = self.open.get() && self.restarts == self.table.restarts.get();
        if open { Ok(&self.table) } else { Err(DatabaseError::Closed) }
    }

    pub fn close(&self) {
        self.open.set(false);
    }
}
