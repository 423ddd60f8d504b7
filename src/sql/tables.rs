//! A database in memory for simulated servers and for tests: the `user` table, and what each connection has not committed.

use crate::pool::ConnectionId;
use crate::sql::{Column, Reply, Rows, Statement};
use std::collections::BTreeMap;

/// The `user` table of one application. Keys are never given twice, not even after a rollback.
///
/// ```
/// use valet::sql::{Column, Reply, Statement, Tables};
/// use valet::pool::ConnectionId;
///
/// let (one, other) = (ConnectionId(1), ConnectionId(2));
/// let mut tables = Tables::default();
/// tables.execute(one, Statement::Insert(Column::Name, "Alice"));
/// let all = Statement::SelectAll(Column::Name);
/// assert_eq!((tables.execute(one, all).0, tables.execute(other, all).0), (Reply::Found(1), Reply::Found(0)));
/// tables.execute(one, Statement::Commit);
/// assert_eq!(tables.execute(other, all).0, Reply::Found(1));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tables {
    committed: BTreeMap<u32, &'static str>,
    pending: BTreeMap<ConnectionId, BTreeMap<u32, &'static str>>,
    last_key: u32,
}

impl Tables {
    /// Carries out a statement on a connection.
    pub fn execute(&mut self, connection: ConnectionId, statement: Statement) -> (Reply, Rows) {
        match statement {
            Statement::Insert(column, value) => (self.insert(connection, column, value), Rows::default()),
            Statement::SelectAll(_) => found(Rows::of(self.seen_by(connection).into_values())),
            Statement::SelectOne(_, key) => found(Rows::of(self.seen_by(connection).remove(&key))),
            Statement::SelectNumber => found(Rows::of(["1"])),
            Statement::Commit => (self.commit(connection), Rows::default()),
            Statement::Rollback => {
                self.forget(connection);
                (Reply::Done, Rows::default())
            }
        }
    }

    /// Makes the connection's writes everybody's.
    pub fn commit(&mut self, connection: ConnectionId) -> Reply {
        self.committed.extend(self.pending.remove(&connection).unwrap_or_default());
        Reply::Done
    }

    /// The connection's writes were never made: it was rolled back, or died.
    pub fn forget(&mut self, connection: ConnectionId) {
        self.pending.remove(&connection);
    }

    /// How many rows are everybody's.
    pub fn len(&self) -> usize {
        self.committed.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.committed.is_empty()
    }

    fn insert(&mut self, connection: ConnectionId, column: Column, value: &'static str) -> Reply {
        // A value that another connection has not committed yet counts too: a real server would make this one wait for it.
        let pending = self.pending.values().flat_map(BTreeMap::values);
        if column == Column::Username && self.committed.values().chain(pending).any(|other| *other == value) {
            return Reply::Conflict;
        }
        self.last_key += 1;
        self.pending.entry(connection).or_default().insert(self.last_key, value);
        Reply::Inserted(self.last_key)
    }

    fn seen_by(&self, connection: ConnectionId) -> BTreeMap<u32, &'static str> {
        let mut seen = self.committed.clone();
        seen.extend(self.pending.get(&connection).into_iter().flatten());
        seen
    }
}

fn found(rows: Rows) -> (Reply, Rows) {
    (Reply::Found(rows.len()), rows)
}
