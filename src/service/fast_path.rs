//! The fast path of a request through an application whose news nobody reads.
//!
//! It is separate from the pool's own fast path, because what it skips belongs to the application: orders, news, and the queue
//! of inputs.
//!
//! It does what `service.rs` would do, in the same order, but without a queue between application, pool and driver. A request
//! that needs one connection, gets it or waits for it, works and gives it back can take this path from end to end. Everything
//! else is left to `service.rs`.

use super::borrow::Borrow;
use super::order::{Job, Order};
use super::request::Request;
use super::service::Service;
use super::wait::Wait;
use crate::pool::{Client, ConnectionId, FastCheckout, FastReturn, Pool, Reset};
use crate::time::{Instant, Span};

/// How far the fast path led.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The fast path is not possible here. Nothing has happened.
    Closed,
    /// To the end: there is nothing more to begin.
    Done,
    /// To a waiter that calls a view and got its connection after this wait. What it wants next is among the orders.
    Called(Wait),
    /// To a client that got this connection after this wait. Its statements, which take this long, are to be begun.
    Work(Client, ConnectionId, Span, Wait),
}

impl Service {
    /// The pool, if the fast path is possible: there is only this pool, nobody reads the news, woken waiters run at once, and nobody
    /// waits for a thread.
    #[inline]
    fn only_pool(&mut self, generation: u32) -> Option<&mut Pool> {
        match &mut self.pools[..] {
            [(only, pool)]
                if *only == generation && !self.watched && !self.woken.late && self.threads.is_line_empty() =>
            {
                Some(pool)
            }
            _ => None,
        }
    }

    /// Does what [`Service::ask`] does.
    #[inline(always)]
    pub(crate) fn ask_fast(&mut self, now: Instant, client: Client) -> Step {
        let generation = self.newest();
        let Some(pool) = self.only_pool(generation) else { return Step::Closed };
        match pool.fast_checkout(now, client) {
            None => Step::Closed,
            Some(FastCheckout::Waits) => {
                self.tally.waited += 1;
                Step::Done
            }
            Some(FastCheckout::Has(connection)) => self.work_fast(now, client, connection),
        }
    }

    /// Does what [`Service::report`] does for statements that succeeded, up to the reset. Returns the order for the reset, or
    /// `None` if the fast path is not possible.
    #[inline]
    pub(crate) fn reset_fast(&mut self, now: Instant, Order { generation, client, .. }: Order) -> Option<Order> {
        self.requests[client.0 as usize].filter(Request::goes_home)?;
        if self.borrow.rolls_back() {
            return None;
        }
        let command = self.only_pool(generation)?.fast_checkin(now, client)?;
        Some(Order { generation, client, job: Job::Pool(command) })
    }

    /// Does what [`Service::report`] does for a reset that succeeded, or for statements that succeeded if a reset takes no time.
    #[inline(always)]
    pub(crate) fn return_fast(&mut self, now: Instant, generation: u32, client: Client) -> Step {
        let abandoned = match &self.requests[client.0 as usize] {
            Some(request) if request.goes_home() && request.outcome.is_ok() => request.abandoned,
            _ => return Step::Closed,
        };
        let returned = self.only_pool(generation).and_then(|pool| pool.fast_return(now, client));
        let Some(returned) = returned else { return Step::Closed };
        self.leave_served(now, client, abandoned);
        match returned {
            FastReturn::Idle => Step::Done,
            FastReturn::Has(next, connection) if self.is_call(next) => {
                let (wait, _) = self.checked_out(now, next);
                self.connected(now, next, connection);
                Step::Called(wait)
            }
            FastReturn::Has(next, connection) => self.work_fast(now, next, connection),
        }
    }

    /// Whether a return ends two transactions: the request rolls back, and then the pool ends one that is none any more.
    #[inline]
    pub(crate) fn resets_twice(&self) -> bool {
        match self.borrow {
            Borrow::Session => true,
            Borrow::Connection => self.pool().settings().pool_reset_on_return == Reset::Commit,
            Borrow::Begin | Borrow::Raw => false,
        }
    }

    /// The client has got its connection.
    #[inline(always)]
    fn work_fast(&mut self, now: Instant, client: Client, connection: ConnectionId) -> Step {
        let (wait, takes) = self.checked_out(now, client);
        Step::Work(client, connection, takes, wait)
    }
}
