//! What can be read off a pool at any time. All of it is derived; only the overflow count is kept.

use super::{Class, Client, ConnectionId, Held, Pool, RecordId};
use crate::time::{Instant, Span};

impl Pool {
    /// `pool.size()`.
    pub fn size(&self) -> i64 {
        self.settings.pool_size
    }

    /// `pool.timeout()`; `None` waits for ever.
    pub fn timeout(&self) -> Option<Span> {
        self.settings.pool_timeout
    }

    /// `pool.checkedin()`: records in the queue, empty ones too.
    pub fn checkedin(&self) -> i64 {
        self.idle.len() as i64
    }

    /// `pool.overflow()`: negative until `pool_size` connections have been opened. 0 in a pool without a size.
    pub fn overflow(&self) -> i64 {
        if self.settings.pool_size == 0 { 0 } else { self.overflow }
    }

    /// `pool._overflow`: the count itself.
    pub fn raw_overflow(&self) -> i64 {
        self.overflow
    }

    /// `pool.checkedout()`, connections being opened included. Drifts after `dispose()`, as SQLAlchemy's does.
    pub fn checkedout(&self) -> i64 {
        self.size().saturating_sub(self.checkedin()).saturating_add(self.overflow)
    }

    /// `pool.status()`, letter for letter. For `SingletonThreadPool` Python shows its memory address; here it is 0.
    pub fn status(&self) -> String {
        match self.settings.class {
            Class::QueuePool | Class::AsyncAdaptedQueuePool => status(self.size(), self.checkedin(), self.overflow),
            Class::SingletonThreadPool => format!("SingletonThreadPool id:0 size: {}", self.threads.len()),
            class => class.name().into(),
        }
    }

    /// How many clients stand in the line.
    pub fn waiters(&self) -> usize {
        self.line.len()
    }

    /// When the pool was last marked as a whole, if ever.
    pub fn invalidated_at(&self) -> Option<Instant> {
        self.marked_at
    }

    /// The queue from left to right: each record, and its connection if it has one.
    pub fn idle(&self) -> impl Iterator<Item = (RecordId, Option<ConnectionId>)> + Clone + '_ {
        self.idle.iter().map(|&slot| (self.records[slot].id, self.records[slot].connection))
    }

    /// What a pool without a queue keeps: the one record of `StaticPool` and `AssertionPool`, those of
    /// `SingletonThreadPool`, oldest first; and the connection of each.
    pub fn kept(&self) -> impl Iterator<Item = (RecordId, Option<ConnectionId>)> + Clone + '_ {
        let slots = self.one.iter().chain(self.threads.iter());
        slots.map(|&slot| (self.records[slot].id, self.records[slot].connection))
    }

    /// Every record of the pool, in the queue or out, and its connection if it has one; in no particular order.
    pub fn records(&self) -> impl Iterator<Item = (RecordId, Option<ConnectionId>)> + '_ {
        self.records.iter().map(|record| (record.id, record.connection))
    }

    /// The pool's open connections, in the queue or out; in no particular order.
    pub fn connections(&self) -> impl Iterator<Item = ConnectionId> + '_ {
        self.records().filter_map(|(_, connection)| connection)
    }

    /// What this client holds, if it is outside with something.
    pub fn holding(&self, client: Client) -> Option<Held> {
        self.clients.held(client).ok().map(|hold| self.held(hold))
    }

    /// When the connection began to be opened that this client holds; `None` if it holds none, or one that is detached.
    pub fn opened_at(&self, client: Client) -> Option<Instant> {
        let slot = self.clients.held(client).ok()?.slot?;
        Some(self.records[slot].opened_at)
    }

    /// The line, longest waiting first.
    pub fn line(&self) -> impl Iterator<Item = Client> + '_ {
        self.line.iter()
    }

    /// Whether nobody holds a connection or is about to: all that is going on is waiting.
    pub fn has_only_waiters(&self) -> bool {
        self.clients.all_empty_or_asleep()
    }

    /// Whether no client is in a call or holds a connection: a pool that was replaced can then be forgotten.
    pub fn is_unused(&self) -> bool {
        self.clients.all_empty()
    }
}

/// The text of a queue's `status()`, from its size, its length and its overflow count.
pub(super) fn status(size: i64, checkedin: i64, overflow: i64) -> String {
    let shown = if size == 0 { 0 } else { overflow };
    let checkedout = size.saturating_sub(checkedin).saturating_add(overflow);
    format!(
        "Pool size: {size}  Connections in pool: {checkedin} Current Overflow: {shown} Current Checked out connections: {checkedout}"
    )
}
