//! SQLAlchemy's session, as far as it asks for connections: autobegin, flush, commit, expiry, rollback, close.

use crate::apps::SessionStep;
use crate::sql::{Column, Statement};
use std::collections::VecDeque;

/// A session in a request.
///
/// It has no connection before the first statement. Then it holds one until its transaction ends. It says what is to be done
/// as a line of the view begins; what really came of it is told by [`Session::inserted`] and its like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    column: Column,
    /// Added, and not written yet.
    pending: Vec<&'static str>,
    /// The key of the user that was written last.
    key: u32,
    /// What is known of that user is out of date.
    expired: bool,
    expire_on_commit: bool,
    transaction: Transaction,
}

/// How the session stands to its connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transaction {
    /// It has none.
    None,
    /// It has one, in a transaction.
    Active,
    /// It has one whose transaction is over by a failure: nothing but a rollback is of use.
    Inactive,
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

    /// One that does not expire what it knows at a commit.
    pub fn keeping(column: Column) -> Session {
        Session { expire_on_commit: false, ..Session::new(column) }
    }

    /// `session.add(user)`: nothing is done yet.
    pub fn add(&mut self, value: &'static str) {
        self.pending.push(value);
    }

    /// `session.flush()`, or the same by itself before a query and in a commit.
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

    /// `session.rollback()`, or the same by itself at the end: the connection goes back.
    pub fn close(&mut self, todo: &mut VecDeque<SessionStep>) {
        self.pending.clear();
        match self.transaction {
            Transaction::None => return,
            Transaction::Active => todo.extend([SessionStep::Execute(Statement::Rollback), SessionStep::give_back()]),
            Transaction::Inactive => todo.push_back(SessionStep::give_back()),
        }
        self.transaction = Transaction::None;
    }

    /// A statement of the view's own.
    pub fn query(&mut self, statement: Statement, todo: &mut VecDeque<SessionStep>) {
        self.flush(todo);
        self.begin(todo);
        todo.push_back(SessionStep::Execute(statement));
    }

    /// `user.name`: loaded again if a commit made it out of date.
    pub fn read(&mut self, todo: &mut VecDeque<SessionStep>) {
        if self.expired {
            self.query(Statement::SelectOne(self.column, self.key), todo);
            self.expired = false;
        }
    }

    /// A user was written and has this key.
    pub fn inserted(&mut self, key: u32) {
        self.key = key;
    }

    /// The key of the user that was written last.
    pub fn key(&self) -> u32 {
        self.key
    }

    /// There was no connection to be had, or it is lost.
    pub fn disconnected(&mut self) {
        self.transaction = Transaction::None;
    }

    /// A statement failed on a connection that lives. A failed flush is rolled back at once; the connection stays until
    /// somebody closes or rolls back.
    pub fn failed(&mut self, statement: Statement, todo: &mut VecDeque<SessionStep>) {
        self.pending.clear();
        match statement {
            Statement::Insert(..) => {
                todo.push_back(SessionStep::Execute(Statement::Rollback));
                self.transaction = Transaction::Inactive;
            }
            // It was counted as over when the commit began.
            Statement::Commit => self.transaction = Transaction::Inactive,
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
