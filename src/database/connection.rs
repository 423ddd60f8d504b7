//! A connection: a handle, and the rows that were written on it and not committed.

use super::handle::TableHandle;
use super::uncommitted::{UncommittedRow, UncommittedRows};
use super::{DatabaseError, InsertedUser};
use crate::pool::Reset;
use crate::sql::{Reply, Rows, Statement};
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use std::cell::RefCell;
use std::pin::pin;

/// How long a closed handle has to complete its work, in milliseconds; the wait ends after at most twice that.
const GRACE: u32 = 1_000;

/// A connection to the database, in a transaction or between two. It isolates like `READ COMMITTED`: others see
/// what is committed, and each `SELECT` sees what others have committed meanwhile. Dropping the connection closes it.
#[derive(Debug)]
pub struct Connection {
    handle: TableHandle,
    uncommitted: RefCell<UncommittedRows>,
}

impl Connection {
    pub(super) fn new(handle: TableHandle) -> Connection {
        Connection { handle, uncommitted: RefCell::default() }
    }

    /// Carries out a statement. A `SELECT` returns rows; if it asks for a column, those that have it.
    ///
    /// After [`Reply::Conflict`] and after an error the transaction is rolled back, and the connection can be used.
    ///
    /// # Errors
    /// [`DatabaseError::Closed`] if the connection is, or the browser's error. Nothing was written then.
    pub async fn execute(&self, statement: Statement) -> Result<(Reply, Option<Rows>), DatabaseError> {
        let result = if self.is_open() {
            self.unless_closed(self.carry_out(statement)).await
        } else {
            Err(DatabaseError::Closed)
        };
        let result = match result {
            // Closed while the browser worked: the answer does not arrive. A commit that was carried out is reported all the same.
            Ok(_) if !self.is_open() && statement != Statement::Commit => Err(DatabaseError::Closed),
            result => self.closed_or(result),
        };
        if !matches!(&result, Ok((reply, _)) if *reply != Reply::Conflict) {
            self.discard();
        }
        result
    }

    async fn carry_out(&self, statement: Statement) -> Result<(Reply, Option<Rows>), DatabaseError> {
        let rows = match statement {
            Statement::Insert(column, value) => {
                let (key, taken) = self.handle.number(column, value).await?;
                let mut uncommitted = self.uncommitted.borrow_mut();
                if taken || uncommitted.has(column, value) {
                    return Ok((Reply::Conflict, None));
                }
                uncommitted.insert(UncommittedRow { key, column, value });
                return Ok((Reply::Inserted(key), None));
            }
            Statement::Commit => return Ok((self.commit().await?, None)),
            Statement::Rollback => {
                self.discard();
                self.handle.ping().await?;
                return Ok((Reply::Done, None));
            }
            Statement::SelectAll(column) => {
                let committed = self.handle.rows(column).await?;
                let seen = self.uncommitted.borrow().among(column, committed);
                Rows::of(seen.into_iter().map(|(_, value)| value))
            }
            Statement::SelectOne(column, key) => {
                let committed = self.handle.row(column, key).await?;
                Rows::of(committed.or_else(|| self.uncommitted.borrow().one(column, key)))
            }
            Statement::SelectNumber => {
                self.handle.ping().await?;
                Rows::of(["1"])
            }
        };
        Ok((Reply::Found(rows.len()), Some(rows)))
    }

    /// Writes the uncommitted rows in one transaction of the store, all or none. Without any rows it is still a round trip.
    async fn commit(&self) -> Result<Reply, DatabaseError> {
        let rows = self.uncommitted.borrow_mut().take();
        if rows.is_empty() {
            self.handle.ping().await?;
            return Ok(Reply::Done);
        }
        self.handle.commit(&rows).await
    }

    /// The result of `work`. A closed handle completes the work that has begun on it, except if the database was deleted: some
    /// browsers then send neither `complete` nor `abort`, and the wait ends after [`GRACE`].
    async fn unless_closed<T>(&self, work: impl Future<Output = Result<T, DatabaseError>>) -> Result<T, DatabaseError> {
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

    /// The result, or [`DatabaseError::Closed`] for any error on a handle that was closed meanwhile: that is its cause.
    fn closed_or<T>(&self, result: Result<T, DatabaseError>) -> Result<T, DatabaseError> {
        result.map_err(|error| if self.is_open() { error } else { DatabaseError::Closed })
    }

    fn discard(&self) {
        self.uncommitted.borrow_mut().take();
    }

    /// Resets a connection that comes back to the pool. [`Reset::None`] leaves the uncommitted rows to the next borrower; the
    /// others are a round trip, so they find out whether the connection is alive.
    ///
    /// # Errors
    /// [`DatabaseError::Closed`] if the connection is, or the browser's error. Nothing was written then.
    pub async fn reset(&self, reset: Reset) -> Result<Reply, DatabaseError> {
        let statement = match reset {
            Reset::None => return if self.is_open() { Ok(Reply::Done) } else { Err(DatabaseError::Closed) },
            Reset::Rollback => Statement::Rollback,
            Reset::Commit => Statement::Commit,
        };
        self.execute(statement).await.map(|(reply, _)| reply)
    }

    /// Reads one row, which proves that the connection is alive.
    ///
    /// # Errors
    /// [`DatabaseError::Closed`] if it is not, or the browser's error.
    pub async fn ping(&self) -> Result<(), DatabaseError> {
        self.closed_or(self.unless_closed(self.handle.ping()).await)
    }

    /// Inserts a user and counts the users, in one transaction, as a request of the live lot does. Prunes old rows beyond
    /// [`PRUNE_AT`](super::PRUNE_AT).
    ///
    /// # Errors
    /// [`DatabaseError::Closed`] if the connection is, or the browser's error. Nothing was written then.
    pub async fn visit(&self, name: &str) -> Result<InsertedUser, DatabaseError> {
        self.closed_or(self.unless_closed(self.handle.visit(name)).await)
    }

    /// How many users are committed.
    ///
    /// # Errors
    /// [`DatabaseError::Closed`] if the connection is, or the browser's error.
    pub async fn count(&self) -> Result<u32, DatabaseError> {
        self.closed_or(self.handle.count().await)
    }

    /// Closes the handle, and discards the uncommitted rows. The browser completes a commit that is under way. Closing twice
    /// does nothing.
    pub fn close(&self) {
        self.handle.close();
        self.discard();
    }

    /// Whether the handle is open, as far as one can tell without using it.
    pub fn is_open(&self) -> bool {
        self.handle.is_open()
    }
}
