//! `_ConnectionRecord`.

use super::proxy::Fairy;
use super::thread::{Outcome, Thread, raised};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use valet::pool::{Answer, Cause, Command, ConnectionId, Event, Exception, Hook, LogLine, Output, RecordId};
use valet::time::{Instant, Span};

/// A place of the pool.
pub struct Record {
    pub id: RecordId,
    pub connection: Cell<Option<ConnectionId>>,
    pub starttime: Cell<Instant>,
    pub soft_invalidate_time: Cell<Option<Instant>>,
    pub fresh: Cell<bool>,
    pub fairy_ref: RefCell<Option<Weak<Fairy>>>,
    pub finalize_callback: RefCell<Vec<u32>>,
}

impl Record {
    pub fn new(id: RecordId) -> Rc<Record> {
        Rc::new(Record {
            id,
            connection: Cell::default(),
            starttime: Cell::default(),
            soft_invalidate_time: Cell::default(),
            fresh: Cell::default(),
            fairy_ref: RefCell::default(),
            finalize_callback: RefCell::default(),
        })
    }
}

impl Thread {
    pub async fn connect_record(&self, record: &Record) -> Outcome {
        record.connection.set(None);
        record.starttime.set(self.pool.now.get());
        let connection = match self.ask(Command::Open(record.id)).await {
            Answer::Opened(connection) => connection,
            answer => {
                let refused = raised(answer, Exception::Connect);
                self.log(LogLine::ConnectFailed(refused.expect_err("it was not opened")));
                return refused;
            }
        };
        record.connection.set(Some(connection));
        self.log(LogLine::Created(connection));
        record.fresh.set(true);
        if let Err(exception) = self.connect_events(connection, record.id).await {
            let closed = self.close_connection(connection, true).await;
            record.connection.set(None);
            closed?;
            return Err(exception);
        }
        Ok(())
    }

    pub async fn connect_events(&self, connection: ConnectionId, record: RecordId) -> Outcome {
        let first = &self.pool.first_connect;
        if !first.done.get() {
            self.lock(Hook::FirstConnect).await;
            let ran = match first.done.get() {
                true => Ok(()),
                false => self.fire(Hook::FirstConnect, Event::FirstConnect(connection, record)).await,
            };
            first.done.set(ran.is_ok());
            self.pool.unlock(Hook::FirstConnect);
            ran?;
        }
        let event = Event::Connect(connection, record);
        let each = &self.pool.connect;
        if each.done.get() {
            return self.fire(Hook::Connect, event).await;
        }
        self.lock(Hook::Connect).await;
        let ran = self.fire(Hook::Connect, event).await;
        each.done.set(each.done.get() || ran.is_ok());
        self.pool.unlock(Hook::Connect);
        ran
    }

    pub async fn get_connection(&self, record: &Record) -> Outcome {
        if let Some(connection) = record.connection.get() {
            let start = record.starttime.get();
            let recycle = self.pool.settings.pool_recycle;
            let (cause, line) = if recycle > Span::from_secs(-1) && self.pool.now.get() - start > recycle {
                (Cause::Recycled, LogLine::TooOld(connection))
            } else if self.pool.invalidate_time.get().is_some_and(|mark| mark > start) {
                (Cause::PoolInvalidated, LogLine::PoolInvalidated(connection))
            } else if record.soft_invalidate_time.get().is_some_and(|mark| mark > start) {
                (Cause::SoftInvalidated, LogLine::SoftInvalidated(connection))
            } else {
                return Ok(());
            };
            self.log(line);
            self.close_inner(record, connection, cause, true).await?;
        }
        self.connect_record(record).await
    }

    pub async fn close_record(&self, record: &Record, cause: Cause) -> Outcome {
        match record.connection.get() {
            Some(connection) => self.close_inner(record, connection, cause, false).await,
            None => Ok(()),
        }
    }

    pub async fn close_inner(
        &self,
        record: &Record,
        connection: ConnectionId,
        cause: Cause,
        terminate: bool,
    ) -> Outcome {
        record.finalize_callback.borrow_mut().clear();
        self.fire(Hook::Close, Event::Close(connection, record.id, cause)).await?;
        let closed = self.close_connection(connection, terminate).await;
        record.connection.set(None);
        closed
    }

    pub async fn close_connection(&self, connection: ConnectionId, terminate: bool) -> Outcome {
        let (line, command) = match terminate {
            true => (LogLine::Terminating(connection), Command::Terminate(connection)),
            false => (LogLine::Closing(connection), Command::Close(connection)),
        };
        self.log(line);
        let Err(exception) = raised(self.ask(command).await, Exception::Close) else { return Ok(()) };
        let has_terminate = self.pool.settings.dialect.has_terminate;
        self.log(match terminate {
            true if has_terminate && exception == Exception::Cancelled => LogLine::TerminateCancelled(connection),
            true => LogLine::TerminateFailed(connection),
            false => LogLine::CloseFailed(connection),
        });
        if exception.is_base() { Err(exception) } else { Ok(()) }
    }

    pub async fn invalidate_record(&self, record: &Record, reason: Option<Exception>) -> Outcome {
        let Some(connection) = record.connection.get() else { return Ok(()) };
        let done = async {
            self.fire(Hook::Invalidate, Event::Invalidate(connection, record.id, reason)).await?;
            self.log(LogLine::Invalidate { connection, soft: false, reason });
            self.close_inner(record, connection, Cause::Invalidated, true).await
        };
        let done = done.await;
        if record.connection.get().is_some() {
            record.soft_invalidate_time.set(Some(self.pool.now.get()));
        }
        done
    }

    pub async fn checkin_failed(&self, record: &Rc<Record>, reason: Exception, had_fairy: bool) -> Outcome {
        let invalidated = self.invalidate_record(record, Some(reason)).await;
        self.checkin(record, had_fairy).await?;
        invalidated
    }

    pub async fn checkin(&self, record: &Rc<Record>, had_fairy: bool) -> Outcome {
        if record.fairy_ref.borrow().is_none() && had_fairy {
            self.log(LogLine::DoubleCheckin(record.id));
            return Ok(());
        }
        record.fairy_ref.take();
        let connection = record.connection.get();
        while let Some(number) = record.finalize_callback.borrow_mut().pop() {
            if let Some(connection) = connection {
                self.pool.say(Output::Tell(self.me, Event::Finalizer(connection, number)));
            }
        }
        self.fire(Hook::Checkin, Event::Checkin(connection, record.id)).await?;
        self.do_return_conn(record).await
    }
}
