//! `_ConnectionFairy`: what clients hold.

use super::record::Record;
use super::thread::{Outcome, Thread, raised};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use valet::pool::{Command, ConnectionId, Event, Exception, Held, Hook, LogLine, PoolError, Reset};

/// The proxy. Its finaliser keeps the record, until it is called off.
pub struct Fairy {
    connection: Cell<Option<ConnectionId>>,
    pub record: RefCell<Option<Rc<Record>>>,
    finalizer: RefCell<Option<Rc<Record>>>,
}

impl Fairy {
    fn new(connection: ConnectionId, record: &Rc<Record>) -> Rc<Fairy> {
        Rc::new(Fairy {
            connection: Cell::new(Some(connection)),
            record: RefCell::new(Some(record.clone())),
            finalizer: RefCell::new(Some(record.clone())),
        })
    }

    fn record(&self) -> Option<Rc<Record>> {
        self.record.borrow().clone()
    }

    pub fn held(&self) -> Held {
        Held { connection: self.connection.get().expect("a live proxy"), record: self.record().map(|r| r.id) }
    }
}

impl Thread {
    /// `pool.connect()`.
    pub async fn connect(&self) -> Result<Rc<Fairy>, PoolError> {
        let record = self.do_get().await?;
        if let Err(exception) = self.get_connection(&record).await {
            self.checkin_failed(&record, exception, false).await?;
            return Err(exception.into());
        }
        let connection = record.connection.get().expect("it was ensured");
        let fairy = Fairy::new(connection, &record);
        record.fairy_ref.replace(Some(Rc::downgrade(&fairy)));
        self.log(LogLine::CheckedOut(connection));
        if let Err(exception) = self.verify(&fairy, &record).await {
            self.lose(fairy).await;
            return Err(exception.into());
        }
        Ok(fairy)
    }

    async fn verify(&self, fairy: &Fairy, record: &Rc<Record>) -> Outcome {
        let settings = &self.pool.settings;
        if !settings.pool_pre_ping && !(settings.listeners.told | settings.listeners.asked).contains(Hook::Checkout) {
            return Ok(());
        }
        for _ in 0..2 {
            let connection = record.connection.get().expect("it was ensured");
            let was_fresh = record.fresh.replace(false);
            let veto = match self.try_out(connection, record, was_fresh).await {
                Ok(()) => return Ok(()),
                Err(veto) => veto,
            };
            match veto {
                Exception::DisconnectionError => self.log(LogLine::OneDisconnected(connection, veto)),
                Exception::InvalidatePoolError | Exception::DeadPing => self.log(LogLine::AllDisconnected(veto)),
                other => {
                    self.checkin_failed(record, other, true).await?;
                    return Err(other);
                }
            }
            self.invalidate_record(record, Some(veto)).await?;
            if veto != Exception::DisconnectionError {
                self.pool.mark(Some(record.starttime.get()));
            }
            if let Err(exception) = self.get_connection(record).await {
                self.checkin_failed(record, exception, true).await?;
                return Err(exception);
            }
            fairy.connection.set(record.connection.get());
        }
        self.log(LogLine::Exhausted);
        self.invalidate(fairy, None).await?;
        Err(Exception::Closed)
    }

    /// The ping and the listeners.
    async fn try_out(&self, connection: ConnectionId, record: &Record, was_fresh: bool) -> Outcome {
        let settings = &self.pool.settings;
        if settings.pool_pre_ping && was_fresh {
            self.log(LogLine::Fresh(connection));
        } else if settings.pool_pre_ping {
            self.log(LogLine::Ping(connection));
            if !settings.dialect.has_ping {
                return Err(Exception::NoPing);
            }
            match raised(self.ask(Command::Ping(connection)).await, Exception::Ping) {
                Err(Exception::Disconnect) => {
                    self.log(LogLine::PingFailed(connection));
                    return Err(Exception::DeadPing);
                }
                pinged => pinged?,
            }
        }
        self.fire(Hook::Checkout, Event::Checkout(connection, record.id)).await
    }

    pub async fn close(&self, fairy: &Fairy, transaction_was_reset: bool) -> Outcome {
        self.finalize_fairy(fairy.connection.get(), fairy.record(), Some(fairy), transaction_was_reset).await
    }

    pub async fn invalidate(&self, fairy: &Fairy, reason: Option<Exception>) -> Outcome {
        let invalidated = match fairy.record() {
            Some(record) => self.invalidate_record(&record, reason).await,
            None => Ok(()),
        };
        fairy.connection.set(None);
        self.finalize_fairy(None, fairy.record(), Some(fairy), false).await?;
        invalidated
    }

    pub async fn soft_invalidate(&self, fairy: &Fairy, reason: Option<Exception>) -> Outcome {
        let Some(record) = fairy.record() else { return Ok(()) };
        let Some(connection) = record.connection.get() else { return Ok(()) };
        self.fire(Hook::SoftInvalidate, Event::SoftInvalidate(connection, record.id, reason)).await?;
        self.log(LogLine::Invalidate { connection, soft: true, reason });
        record.soft_invalidate_time.set(Some(self.pool.now.get()));
        Ok(())
    }

    pub async fn detach(&self, fairy: &Fairy) -> Outcome {
        let Some(record) = fairy.record() else { return Ok(()) };
        record.fairy_ref.take();
        fairy.finalizer.take();
        record.connection.set(None);
        self.do_return_conn(&record).await?;
        fairy.record.take();
        let id = record.id;
        drop(record);
        self.fire(Hook::Detach, Event::Detach(fairy.held().connection, id)).await
    }

    async fn finalize_fairy(
        &self,
        connection: Option<ConnectionId>,
        record: Option<Rc<Record>>,
        fairy: Option<&Fairy>,
        transaction_was_reset: bool,
    ) -> Outcome {
        let call_off = || fairy.map(|fairy| fairy.finalizer.take());
        if let Some(connection) = connection {
            if record.is_some() {
                self.log(LogLine::Returned(connection));
            }
            if let Err(exception) = self.reset(connection, record.as_deref(), transaction_was_reset).await {
                self.log(LogLine::ResetFailed);
                if exception.is_base() {
                    call_off();
                    if let Some(record) = record {
                        self.checkin_failed(&record, exception, true).await?;
                    }
                    return Err(exception);
                }
                if let Some(record) = &record {
                    self.invalidate_record(record, Some(exception)).await?;
                }
            }
        }
        if let Some(record) = record.filter(|record| record.fairy_ref.borrow().is_some()) {
            self.checkin(&record, true).await?;
        }
        call_off();
        Ok(())
    }

    /// Rolls back or commits; then closes what is detached.
    async fn reset(&self, connection: ConnectionId, record: Option<&Record>, transaction_was_reset: bool) -> Outcome {
        let event = Event::Reset {
            connection,
            record: record.map(|record| record.id),
            transaction_was_reset,
            terminate_only: record.is_none(),
            asyncio_safe: true,
        };
        self.fire(Hook::Reset, event).await?;
        let style = self.pool.settings.pool_reset_on_return;
        match style {
            Reset::None => {}
            Reset::Rollback if transaction_was_reset => self.log(LogLine::AlreadyReset(connection)),
            Reset::Rollback | Reset::Commit => {
                self.log(match style {
                    Reset::Commit => LogLine::Commit(connection),
                    _ => LogLine::Rollback(connection),
                });
                raised(self.ask(Command::Reset(connection, style)).await, Exception::Reset)?;
            }
        }
        if record.is_none() {
            self.fire(Hook::CloseDetached, Event::CloseDetached(connection)).await?;
            self.close_connection(connection, false).await?;
        }
        Ok(())
    }

    /// The last reference to the proxy goes. The collector's own proxy dies as well, if it could not finish.
    pub async fn lose(&self, fairy: Rc<Fairy>) {
        let mut finalizer = fairy.finalizer.take();
        drop(fairy);
        while let Some(record) = finalizer {
            let needs_gc = record.fairy_ref.borrow().as_ref().is_some_and(|fairy| fairy.strong_count() == 0);
            if !needs_gc {
                return;
            }
            let connection = record.connection.get();
            let fairy = connection.map(|connection| Fairy::new(connection, &record));
            if let Err(exception) = self.finalize_fairy(connection, Some(record), fairy.as_deref(), false).await {
                self.log(LogLine::Unraisable(exception));
            }
            finalizer = fairy.and_then(|fairy| fairy.finalizer.take());
        }
    }
}
