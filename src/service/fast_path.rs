//! The fast path of a request through an application that nobody watches.
//!
//! It is no part of the pool's own, because what is left out here is the application's: its orders, its news, its queue of inputs.
//!
//! It does what `service.rs` would do, in the same order, without a queue between application, pool and driver: a request
//! that needs one connection, gets it or waits for it, works and gives it back, takes it from end to end. Whatever else
//! there is to do is left to `service.rs`.

use super::order::{Job, Order};
use super::request::Request;
use super::service::Service;
use super::wait::Wait;
use crate::pool::{Client, ConnectionId, FastCheckout, FastReturn, Pool};
use crate::time::{Instant, Span};

/// How far one got on the fast path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// It is closed here. Nothing has happened.
    Closed,
    /// To the end: nothing is to be begun.
    Done,
    /// To a waiter that calls a view, after this wait: what it wants now is among the orders.
    Called(Wait),
    /// To a client that has this connection after this wait: its statements, which take so long, are to be begun.
    Work(Client, ConnectionId, Span, Wait),
}

impl Service {
    /// The pool, if there is only this one, nobody watches, and who is woken runs at once.
    #[inline]
    fn only_pool(&mut self, generation: u32) -> Option<&mut Pool> {
        match &mut self.pools[..] {
            [(only, pool)] if *only == generation && !self.watched && !self.woken.late => Some(pool),
            _ => None,
        }
    }

    /// [`Service::ask`].
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

    /// [`Service::report`] of statements that succeeded, as far as the reset: the order for that, unless the path is closed.
    #[inline]
    pub(crate) fn reset_fast(&mut self, now: Instant, Order { generation, client, .. }: Order) -> Option<Order> {
        self.requests[client.0 as usize].filter(Request::goes_home)?;
        let command = self.only_pool(generation)?.fast_checkin(now, client)?;
        Some(Order { generation, client, job: Job::Pool(command) })
    }

    /// [`Service::report`] of a reset that succeeded, or of statements that succeeded where the reset takes no time.
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

    /// It has its connection.
    #[inline(always)]
    fn work_fast(&mut self, now: Instant, client: Client, connection: ConnectionId) -> Step {
        let (wait, takes) = self.checked_out(now, client);
        Step::Work(client, connection, takes, wait)
    }
}
