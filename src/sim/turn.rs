//! Turns: who is woken, cancelled or answered while more is due at that moment runs when all of it has been done, as in the next
//! turn of an event loop.

use super::journal::Journal;
use super::world::World;
use crate::pool::Client;
use crate::service::{Order, Report};
use crate::time::Span;

/// What runs in a later turn of an event loop.
#[derive(Debug, Clone, Copy)]
pub(super) enum Turn {
    /// A waiter that was woken, at the pool of this generation.
    Woken(u32, Client),
    /// The task of this client, with the request of this number, which was cancelled.
    Cancelled(Client, u32),
    /// The task in which the `close()` of a cancelled one runs.
    Closing(Client, u32),
    /// A request that waited for a thread and has one.
    Runs(Client),
    /// The task in which the `close()` of one runs whose statement has been answered.
    Worked(Order),
}

impl World {
    /// Says whether whoever this worker wakes now runs at once, or gives way to what else is due at this moment. Threads give way
    /// only when a server restarts: those who lose their connections all learn it at once, and before anybody whom they wake.
    #[inline(always)]
    pub(super) fn begin_turn(&mut self, worker: usize) {
        let takes_turns = self.is_asyncio() || self.restarted_at == self.now;
        let gives_way = !self.turns.is_empty() || takes_turns && self.next_due().0 <= self.now;
        let service = &mut self.services[worker];
        service.wake_late(gives_way || self.setup.wake > Span::ZERO);
        service.run_late(gives_way);
    }

    /// Whether the client, whose statement has been answered, gives its connection back in a later turn.
    #[inline(always)]
    pub(super) fn closes_later(&self, worker: usize, client: Client) -> bool {
        self.is_asyncio()
            && (!self.turns.is_empty() || self.next_due().0 <= self.now)
            && self.services[worker].closes_in_a_task(client)
    }

    /// Every waiter whose time is up runs, one after the other: what one of them asks for has begun, and has failed if that takes
    /// no time, before the next looks.
    pub(super) fn time_out(&mut self, worker: usize, journal: &mut Journal) {
        let now = self.now;
        self.begin_turn(worker);
        self.services[worker].wake_late(true);
        self.services[worker].timeout(now);
        if self.setup.wake <= Span::ZERO {
            for (generation, client) in self.services[worker].take_woken().to_vec() {
                self.begin_turn(worker);
                self.services[worker].wake(now, generation, client);
                self.settle(worker, journal);
            }
        }
        self.begin_turn(worker);
        self.settle(worker, journal);
    }

    /// Whoever is next runs.
    pub(super) fn take_turn(&mut self, journal: &mut Journal) {
        let Some((worker, turn)) = self.turns.pop_front() else { return };
        let now = self.now;
        if let Turn::Cancelled(client, number) = turn
            && self.services[worker].closes_outside(client)
        {
            return self.turns.push_back((worker, Turn::Closing(client, number)));
        }
        self.begin_turn(worker);
        match turn {
            Turn::Woken(generation, client) => self.services[worker].wake(now, generation, client),
            Turn::Runs(client) => self.services[worker].run_at_last(now, client),
            Turn::Cancelled(client, number) | Turn::Closing(client, number) => {
                return self.cancel_task(worker, client, number, journal);
            }
            Turn::Worked(order) => return self.report(worker, order, Report::Worked, journal),
        }
        self.settle(worker, journal);
    }
}
