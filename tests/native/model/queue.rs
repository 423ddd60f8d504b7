//! Where records come from and go to: `impl.py` and `util/queue.py`.

use super::record::Record;
use super::thread::{Outcome, Thread};
use std::rc::Rc;
use valet::pool::{Cause, Exception, LogLine, PoolError};
use valet::time::Span;

impl Thread {
    pub async fn queue_get(&self, wait: bool) -> Outcome<Option<Rc<Record>>> {
        let pool = &self.pool;
        let timeout = pool.settings.pool_timeout;
        if !wait {
            return Ok(pool.take());
        }
        if timeout.is_some_and(|timeout| timeout < Span::ZERO) {
            return Err(Exception::NegativeTimeout);
        }
        let end = timeout.map(|timeout| pool.now.get() + timeout);
        loop {
            if let Some(record) = pool.take() {
                return Ok(Some(record));
            }
            if end.is_some_and(|end| end <= pool.now.get()) {
                return Ok(None);
            }
            pool.line.borrow_mut().push(self.me);
            pool.sleeping.borrow_mut().push((self.me, end));
            pool.waiting.borrow_mut().push(self.me);
            self.answer().await;
            pool.waiting.borrow_mut().retain(|other| *other != self.me);
            pool.line.borrow_mut().retain(|other| *other != self.me);
            if pool.interrupted.borrow_mut().remove(&self.me) {
                return Err(Exception::Interrupt);
            }
        }
    }

    pub async fn do_get(&self) -> Result<Rc<Record>, PoolError> {
        let pool = &self.pool;
        let max_overflow = if pool.settings.pool_size == 0 { -1 } else { pool.settings.max_overflow };
        let full = || max_overflow > -1 && pool.overflow.get() >= max_overflow;
        let wait = full();
        if let Some(record) = self.queue_get(wait).await? {
            return Ok(record);
        }
        if full() {
            let timeout = pool.settings.pool_timeout.expect("who waits for ever is never through");
            return Err(PoolError::Timeout { size: pool.settings.pool_size, overflow: pool.overflow.get(), timeout });
        }
        if max_overflow != -1 && pool.overflow.get() >= max_overflow {
            return Err(Exception::Recursion.into());
        }
        pool.overflow.set(pool.overflow.get() + 1);
        let record = pool.new_record();
        if let Err(exception) = self.connect_record(&record).await {
            pool.overflow.set(pool.overflow.get() - 1);
            return Err(exception.into());
        }
        Ok(record)
    }

    pub async fn do_return_conn(&self, record: &Rc<Record>) -> Outcome {
        let pool = &self.pool;
        let size = pool.settings.pool_size;
        if size > 0 && pool.queue.borrow().len() as i64 == size {
            let closed = self.close_record(record, Cause::Surplus).await;
            pool.overflow.set(pool.overflow.get() - 1);
            return closed;
        }
        pool.queue.borrow_mut().push_back(record.clone());
        pool.notify();
        Ok(())
    }

    pub async fn dispose(&self) -> Outcome {
        while let Some(record) = self.pool.take() {
            self.close_record(&record, Cause::Disposed).await?;
        }
        self.pool.overflow.set(-self.pool.settings.pool_size);
        self.log(LogLine::Disposed(self.pool.settings.pool_size));
        Ok(())
    }
}
