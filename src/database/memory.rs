//! The same store in memory, for browsers and frames that refuse IndexedDB.

use super::{Error, KEEP, PRUNE_AT, User, Visit};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The `user` table.
#[derive(Debug, Default)]
pub struct Table {
    rows: RefCell<Vec<User>>,
    keys: Cell<u32>,
}

impl Table {
    pub(super) fn visit(&self, name: &str) -> Visit {
        let id = self.keys.get() + 1;
        self.keys.set(id);
        let mut rows = self.rows.borrow_mut();
        rows.push(User { id: Some(id), name: name.to_string() });
        if rows.len() > PRUNE_AT as usize {
            let old = rows.len() - KEEP as usize;
            rows.drain(..old);
        }
        Visit { id, users: rows.len() as u32 }
    }

    pub(super) fn all(&self) -> Vec<User> {
        self.rows.borrow().clone()
    }
}

/// A connection to the table.
#[derive(Debug)]
pub struct Handle {
    table: Rc<Table>,
    open: Cell<bool>,
}

impl Handle {
    pub(super) fn open(table: Rc<Table>) -> Handle {
        Handle { table, open: Cell::new(true) }
    }

    pub(super) fn table(&self) -> Result<&Table, Error> {
        if self.open.get() { Ok(&self.table) } else { Err(Error::Closed) }
    }

    pub(super) fn close(&self) {
        self.open.set(false);
    }
}
