//! Cancelled tasks: when they run, and what they no longer wait for.

use super::journal::Journal;
use super::turn::Turn;
use super::world::World;
use crate::pool::Client;

impl World {
    /// The task of the oldest request under way is cancelled, if it is a task.
    pub(super) fn cancel_oldest(&mut self, journal: &mut Journal) {
        let oldest = |(worker, service): (usize, &crate::service::Service)| Some((service.oldest()?, worker));
        let first = self.services.iter().enumerate().filter_map(oldest).min();
        if let Some(((number, client), worker)) = first.filter(|_| self.is_asyncio()) {
            self.cancel(worker, client, number, journal);
        }
    }

    /// A task is cancelled. One that stands in line leaves it at once; what else it does about it, it does in its own turn.
    pub(super) fn cancel(&mut self, worker: usize, client: Client, number: u32, journal: &mut Journal) {
        let service = &mut self.services[worker];
        if !service.is_cancellable(client, number) {
            return;
        }
        if service.is_in_line(client) {
            self.begin_turn(worker);
            self.services[worker].cancel_in_line(self.now, client);
            return self.settle(worker, journal);
        }
        if self.turns.is_empty() && self.next_due().0 > self.now {
            self.begin_turn(worker);
            return self.cancel_task(worker, client, number, journal);
        }
        self.turns.push_back((worker, Turn::Cancelled(client, number)));
    }

    /// A task that was cancelled runs.
    pub(super) fn cancel_task(&mut self, worker: usize, client: Client, number: u32, journal: &mut Journal) {
        let (now, service) = (self.now, &mut self.services[worker]);
        let Some(server) = self.server.as_mut().filter(|_| service.is_cancellable(client, number)) else { return };
        let withdrawn = server.withdraw(now, worker, client, |job| service.gives_way(client, job));
        service.cancel(now, client, withdrawn);
        self.settle(worker, journal);
    }
}
