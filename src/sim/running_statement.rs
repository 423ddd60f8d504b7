//! Statements that run on the server and share its speed: the more there are, the slower each may be.

use super::server::{NEVER, PendingOrder, Server};
use super::setup::ServerSetup;
use crate::pool::{Client, ConnectionId};
use crate::service::{Job, Order};
use crate::time::{Instant, Span};

/// How many units of work a microsecond has. Work is planned in such fractions, so that slow progress is not lost in rounding.
const FINE: i64 = 1 << 10;

/// A request's running statements: a [`PendingOrder`] for which the server already knows how much work it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunningStatement {
    pub worker: u32,
    pub generation: u32,
    pub client: Client,
    pub connection: ConnectionId,
}

impl RunningStatement {
    #[inline]
    pub fn pending(self) -> PendingOrder {
        let RunningStatement { worker, generation, client, connection } = self;
        PendingOrder { worker, order: Order { generation, client, job: Job::Work(connection, Span::ZERO) } }
    }
}

impl Server {
    #[inline]
    pub(super) fn begin_statement(
        &mut self,
        now: Instant,
        worker: usize,
        generation: u32,
        client: Client,
        connection: ConnectionId,
        takes: Span,
    ) {
        self.catch_up(now);
        if !self.idle.uses.is_empty() {
            self.idle.uses.remove(&connection);
        }
        let progress = self.progress(now);
        let statement = RunningStatement { worker: worker as u32, generation, client, connection };
        self.statements.plan(progress.saturating_add(takes.as_micros().saturating_mul(FINE)), statement);
    }

    /// How many times as long every statement takes at present.
    #[inline]
    fn slowdown(&self) -> f64 {
        self.setup.slowdown(self.statements.len() as u32)
    }

    /// How much work has been done for each statement by `now`.
    #[inline]
    pub(super) fn progress(&self, now: Instant) -> i64 {
        let (done, since) = self.progress;
        let passed = (now - since).as_micros().saturating_mul(FINE);
        // At full speed the sum is exact.
        let more = if self.even { passed } else { (passed as f64 / self.slowdown()) as i64 };
        done.saturating_add(more)
    }

    /// Brings the progress up to date, because the speed is about to change. At full speed it does not change, so an old sum is
    /// just as good.
    #[inline]
    pub(super) fn catch_up(&mut self, now: Instant) {
        if !self.even {
            self.progress = (self.progress(now), now);
        }
    }

    /// Takes all statements off the server, each with the moment when it would be done at the present speed.
    pub(super) fn stop_statements(&mut self, now: Instant) -> Vec<(i64, PendingOrder)> {
        self.progress = (self.progress(now), now);
        let (done, slowdown) = (self.progress.0, if self.even { 1.0 } else { self.slowdown() });
        let ends = |goal: i64| {
            let left = ((goal - done).max(0) as f64 * slowdown).ceil() as i64;
            now.as_micros().saturating_add(left.saturating_add(FINE - 1) >> FINE.ilog2())
        };
        self.statements.drain().into_iter().map(|(goal, statement)| (ends(goal), statement.pending())).collect()
    }

    /// When the next statement will be done at the present speed; [`NEVER`] if there is none.
    #[inline]
    pub(super) fn next_statement(&self) -> Instant {
        let goal = self.statements.next_at();
        if goal == i64::MAX {
            return NEVER;
        }
        let (done, now) = self.progress;
        let left = (goal - done).max(0);
        let slowed = if self.even { left } else { (left as f64 * self.slowdown()).ceil() as i64 };
        now + Span::from_micros(slowed.saturating_add(FINE - 1) >> FINE.ilog2())
    }
}

/// Whether statements run at full speed, however many there are.
pub(super) fn is_even(setup: &ServerSetup) -> bool {
    setup.slowness == 1.0 && setup.contention == 0.0 && setup.coherency == 0.0
}
