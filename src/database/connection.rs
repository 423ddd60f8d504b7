//! A connection: a handle, and what was written on it and not committed.

use super::handle::Handle;
use super::transaction::{Transaction, Write};
use super::{DatabaseError, Visit};
use crate::pool::Reset;
use crate::sql::{Reply, Rows, Statement};
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use std::cell::RefCell;
use std::pin::pin;

/// How long a closed handle has to bring its work to an end, in milliseconds; at most twice that.
const GRACE: u32 = 1_000;

/// A connection to the database, in a transaction or between two. `READ COMMITTED`: others see what is committed, and each
/// `SELECT` sees what others have committed meanwhile. Dropping it closes it.
#[derive(Debug)]
pub struct Connection {
    handle: Handle,
    transaction: RefCell<Transaction>,
}

impl Connection {
    pub(super) fn new(handle: Handle) -> Connection {
        Connection { handle, transaction: RefCell::default() }
    }

    /// Carries out a statement. Rows come with a `SELECT`; one that asks for a column sees the rows that have it.
    ///
    /// After [`Reply::Conflict`] and after an error the transaction is rolled back, and the connection can be used.
    ///
    /// # Errors
    /// [`DatabaseError::Closed`] if the connection is, or whatever the browser says. Nothing was written then.
    pub async fn execute(&self, statement: Statement) -> Result<(Reply, Option<Rows>), DatabaseError> {
        let result =
            if self.is_open() { self.answered(self.carry_out(statement)).await } else { Err(DatabaseError::Closed) };
        let result = match result {
            // Closed while the browser worked: the answer does not arrive. But what is committed must be owned up to.
            Ok(_) if !self.is_open() && statement != Statement::Commit => Err(DatabaseError::Closed),
            result => self.heard(result),
        };
        if !matches!(&result, Ok((reply, _)) if *reply != Reply::Conflict) {
            self.forget();
        }
        result
    }

    async fn carry_out(&self, statement: Statement) -> Result<(Reply, Option<Rows>), DatabaseError> {
        let rows = match statement {
            Statement::Insert(column, value) => {
                let (key, taken) = self.handle.number(column, value).await?;
                let mut transaction = self.transaction.borrow_mut();
                if taken || transaction.has(column, value) {
                    return Ok((Reply::Conflict, None));
                }
                transaction.insert(Write { key, column, value });
                return Ok((Reply::Inserted(key), None));
            }
            Statement::Commit => return Ok((self.commit().await?, None)),
            Statement::Rollback => {
                self.forget();
                self.handle.ping().await?;
                return Ok((Reply::Done, None));
            }
            Statement::SelectAll(column) => {
                let committed = self.handle.rows(column).await?;
                let seen = self.transaction.borrow().among(column, committed);
                Rows::of(seen.into_iter().map(|(_, value)| value))
            }
            Statement::SelectOne(column, key) => {
                let committed = self.handle.row(column, key).await?;
                Rows::of(committed.or_else(|| self.transaction.borrow().one(column, key)))
            }
            Statement::SelectNumber => {
                self.handle.ping().await?;
                Rows::of(["1"])
            }
        };
        Ok((Reply::Found(rows.len()), Some(rows)))
    }

    /// All of it in one transaction of the store's, or nothing. Without any it is a round trip all the same.
    async fn commit(&self) -> Result<Reply, DatabaseError> {
        let writes = self.transaction.borrow_mut().take();
        if writes.is_empty() {
            self.handle.ping().await?;
            return Ok(Reply::Done);
        }
        self.handle.commit(&writes).await
    }

    /// What `work` comes to. A handle that was closed brings to its end what has begun on it, but not if the database was deleted:
    /// then some browsers tell neither `complete` nor `abort`, and nobody waits for them longer than this.
    async fn answered<T>(&self, work: impl Future<Output = Result<T, DatabaseError>>) -> Result<T, DatabaseError> {
        let gone = pin!(async {
            loop {
                let was_open = self.is_open();
                TimeoutFuture::new(GRACE).await;
                if !was_open {
                    return;
                }
            }
        });
        match select(pin!(work), gone).await {
            Either::Left((done, _)) => done,
            Either::Right(_) => Err(DatabaseError::Closed),
        }
    }

    /// Whatever failed on a handle that was closed meanwhile failed by that.
    fn heard<T>(&self, result: Result<T, DatabaseError>) -> Result<T, DatabaseError> {
        result.map_err(|error| if self.is_open() { error } else { DatabaseError::Closed })
    }

    fn forget(&self) {
        self.transaction.borrow_mut().take();
    }

    /// What the pool does with a connection that comes back. [`Reset::None`] leaves what is not committed to the next
    /// borrower; the others are a round trip, so they find out whether the connection lives.
    ///
    /// # Errors
    /// [`DatabaseError::Closed`] if the connection is, or whatever the browser says. Nothing was written then.
    pub async fn reset(&self, reset: Reset) -> Result<Reply, DatabaseError> {
        let statement = match reset {
            Reset::None => return if self.is_open() { Ok(Reply::Done) } else { Err(DatabaseError::Closed) },
            Reset::Rollback => Statement::Rollback,
            Reset::Commit => Statement::Commit,
        };
        self.execute(statement).await.map(|(reply, _)| reply)
    }

    /// Reads one row: proof that the connection lives.
    ///
    /// # Errors
    /// [`DatabaseError::Closed`] if it does not, or whatever the browser says.
    pub async fn ping(&self) -> Result<(), DatabaseError> {
        self.heard(self.answered(self.handle.ping()).await)
    }

    /// What a request does: inserts a user and counts them, in one transaction. Prunes old rows past a number.
    ///
    /// # Errors
    /// [`DatabaseError::Closed`] if the connection is, or whatever the browser says. Nothing was written then.
    pub async fn visit(&self, name: &str) -> Result<Visit, DatabaseError> {
        self.heard(self.answered(self.handle.visit(name)).await)
    }

    /// How many users there are, for everybody.
    ///
    /// # Errors
    /// [`DatabaseError::Closed`] if the connection is, or whatever the browser says.
    pub async fn count(&self) -> Result<u32, DatabaseError> {
        self.heard(self.handle.count().await)
    }

    /// Closes the handle, for whoever still has this connection too. What is not committed is gone; what is being committed
    /// the browser brings to its end. Closing twice does nothing.
    pub fn close(&self) {
        self.handle.close();
        self.forget();
    }

    /// Whether the handle is open, as far as one can tell without trying.
    pub fn is_open(&self) -> bool {
        self.handle.is_open()
    }
}
