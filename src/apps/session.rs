//! SQLAlchemy's session, as far as it matters to a pool: autobegin, flush, commit, expiry, rollback, close.

use crate::apps::SessionStep;
use crate::sql::{Column, Statement};
use std::collections::VecDeque;

/// The session of a request.
///
/// It has no connection before its first statement. Then it holds one until its transaction ends. When a line of the view
/// begins, it says which steps to take; the results are reported by [`Session::inserted`] and the like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    column: Column,
    /// The values that were added and are not written yet.
    pending: Vec<&'static str>,
    /// The key of the user that was written last.
    key: u32,
    /// Whether what is known of that user is out of date.
    expired: bool,
    expire_on_commit: bool,
    transaction: Transaction,
}

/// Whether the session has a connection, and in what state its transaction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transaction {
    /// It has no connection.
    None,
    /// It has a connection in a transaction.
    Active,
    /// It has a connection whose transaction was rolled back after a failed flush. The session can only roll back or close.
    RolledBack,
    /// It has a connection whose commit failed.
    CommitFailed,
    /// Its statement was cancelled, and the connection with it. The session can only roll back or close.
    Invalid,
}

impl Session {
    /// A session of an application whose users have this column.
    pub fn new(column: Column) -> Session {
        Session {
            column,
            pending: Vec::new(),
            key: 0,
            expired: false,
            expire_on_commit: true,
            transaction: Transaction::None,
        }
    }

    /// A session with `expire_on_commit=False`: a commit does not expire what it knows.
    pub fn keeping(column: Column) -> Session {
        Session { expire_on_commit: false, ..Session::new(column) }
    }

    /// Whether it has to be rolled back before it does anything else.
    pub fn is_invalid(&self) -> bool {
        self.transaction == Transaction::Invalid
    }

    /// Whether it has a connection.
    pub fn holds(&self) -> bool {
        !matches!(self.transaction, Transaction::None | Transaction::Invalid)
    }

    /// `session.add(user)`: nothing is sent yet.
    pub fn add(&mut self, value: &'static str) {
        self.pending.push(value);
    }

    /// `session.flush()`, which also happens automatically before a query and in a commit.
    pub fn flush(&mut self, todo: &mut VecDeque<SessionStep>) {
        if !self.pending.is_empty() {
            self.begin(todo);
        }
        for value in self.pending.drain(..) {
            todo.push_back(SessionStep::Execute(Statement::Insert(self.column, value)));
        }
    }

    /// `session.commit()`: the connection goes back.
    pub fn commit(&mut self, todo: &mut VecDeque<SessionStep>) {
        self.flush(todo);
        if self.transaction != Transaction::None {
            todo.extend([SessionStep::Execute(Statement::Commit), SessionStep::give_back()]);
            self.transaction = Transaction::None;
            self.expired = self.expire_on_commit;
        }
    }

    /// `session.rollback()`: the connection goes back.
    pub fn rollback(&mut self, todo: &mut VecDeque<SessionStep>) {
        self.end(todo, false);
    }

    /// `session.close()`, which also happens automatically at the end of the request or of a block: the connection goes back.
    /// After a failed commit nothing is rolled back, and yet the pool is told that it was (SQLAlchemy 2.0.58 and 2.1.9:
    /// `Connection.close()` closes its transaction, which is no longer active, and takes it for reset).
    pub fn close(&mut self, todo: &mut VecDeque<SessionStep>) {
        self.end(todo, true);
    }

    fn end(&mut self, todo: &mut VecDeque<SessionStep>, closes: bool) {
        self.pending.clear();
        match self.transaction {
            Transaction::None | Transaction::Invalid => {}
            Transaction::Active => todo.extend([SessionStep::Execute(Statement::Rollback), SessionStep::give_back()]),
            Transaction::RolledBack => todo.push_back(SessionStep::give_back()),
            Transaction::CommitFailed => todo.push_back(SessionStep::GiveBack { transaction_was_reset: closes }),
        }
        self.transaction = Transaction::None;
    }

    /// A query by the view. It flushes first.
    pub fn query(&mut self, statement: Statement, todo: &mut VecDeque<SessionStep>) {
        self.flush(todo);
        self.begin(todo);
        todo.push_back(SessionStep::Execute(statement));
    }

    /// `user.name`: loaded again if a commit has expired it.
    pub fn read(&mut self, todo: &mut VecDeque<SessionStep>) {
        if self.expired {
            self.query(Statement::SelectOne(self.column, self.key), todo);
            self.expired = false;
        }
    }

    /// Reports that a user was written, and that this is its key.
    pub fn inserted(&mut self, key: u32) {
        self.key = key;
    }

    /// The key of the user that was written last.
    pub fn key(&self) -> u32 {
        self.key
    }

    /// Reports that the pool gave no connection, or that the connection is lost.
    pub fn disconnected(&mut self) {
        self.transaction = Transaction::None;
    }

    /// Reports that its statement was cancelled: the connection is gone.
    pub fn cancelled(&mut self) {
        self.transaction = Transaction::Invalid;
    }

    /// Reports that a statement failed while its connection is still alive. A failed flush is rolled back at once; the session
    /// keeps the connection until it is closed or rolled back.
    pub fn failed(&mut self, statement: Statement, todo: &mut VecDeque<SessionStep>) {
        self.pending.clear();
        match statement {
            Statement::Insert(..) => {
                todo.push_back(SessionStep::Execute(Statement::Rollback));
                self.transaction = Transaction::RolledBack;
            }
            // `commit` set the transaction to `None` when it began.
            Statement::Commit => self.transaction = Transaction::CommitFailed,
            _ => self.transaction = Transaction::Active,
        }
    }

    fn begin(&mut self, todo: &mut VecDeque<SessionStep>) {
        if self.transaction == Transaction::None {
            todo.push_back(SessionStep::Checkout);
            self.transaction = Transaction::Active;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Session;
    use crate::apps::SessionStep;
    use crate::sql::{Column, Statement};
    use std::collections::VecDeque;

    /// What a session does at its end after a commit has failed on a connection that is still alive. Both cases were observed
    /// with SQLAlchemy's own Session; its Connection is recorded in
    /// tests/sqlalchemy/traces/engine/commit-fails-then-close.jsonl.
    fn after_a_failed_commit(end: fn(&mut Session, &mut VecDeque<SessionStep>)) -> VecDeque<SessionStep> {
        let (mut session, mut todo) = (Session::new(Column::Name), VecDeque::new());
        session.add("Alice");
        session.commit(&mut todo);
        todo.clear();
        session.failed(Statement::Commit, &mut todo);
        assert!(todo.is_empty(), "{todo:?}");
        end(&mut session, &mut todo);
        todo
    }

    #[test]
    fn closed_after_a_failed_commit_it_says_that_it_was_reset_and_rolls_nothing_back() {
        assert_eq!(after_a_failed_commit(Session::close), [SessionStep::GiveBack { transaction_was_reset: true }]);
    }

    #[test]
    fn rolled_back_after_a_failed_commit_it_leaves_that_to_the_pool() {
        assert_eq!(after_a_failed_commit(Session::rollback), [SessionStep::GiveBack { transaction_was_reset: false }]);
    }
}
