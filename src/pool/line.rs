//! The line of waiters: who is notified next, and whose time is up next.
//!
//! Two orders of the same clients. The line is Python's `Condition`: first come, first notified, and whoever was
//! notified in vain joins again at the back. Deadlines do not follow it then, because the first one is kept; so they
//! have an order of their own, in which the next is always at the front.

use super::Client;
use super::client::{Clients, State, Wait};
use crate::time::Instant;
use std::collections::VecDeque;

#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    order: VecDeque<Client>,
    /// By deadline, equal ones by when the wait began. May hold waits that are over, but not at the front.
    deadlines: VecDeque<(Instant, Client, u32)>,
    tickets: u32,
}

impl Line {
    /// `client` joins at the back.
    pub fn join(&mut self, client: Client, deadline: Option<Instant>) -> Wait {
        self.tickets = self.tickets.wrapping_add(1);
        let ticket = self.tickets;
        self.order.push_back(client);
        if let Some(deadline) = deadline {
            let place = match self.deadlines.back() {
                Some(&(last, ..)) if last > deadline => {
                    self.deadlines.partition_point(|&(other, ..)| other <= deadline)
                }
                _ => self.deadlines.len(),
            };
            self.deadlines.insert(place, (deadline, client, ticket));
        }
        Wait { deadline, ticket, awake: false }
    }

    /// Takes the client that has waited longest out of the line.
    pub fn notify(&mut self) -> Option<Client> {
        self.order.pop_front()
    }

    /// `client` leaves: its time was up. It stands near the front, so the search is short.
    pub fn leave(&mut self, client: Client) {
        if let Some(place) = self.order.iter().position(|&other| other == client) {
            self.order.remove(place);
        }
    }

    /// The earliest deadline.
    pub fn next_deadline(&self) -> Option<Instant> {
        self.deadlines.front().map(|&(deadline, ..)| deadline)
    }

    /// Takes out the next client whose deadline has come, if it still waits for that.
    pub fn next_expired(&mut self, now: Instant, clients: &Clients) -> Option<Client> {
        while let Some(&(deadline, client, ticket)) = self.deadlines.front()
            && deadline <= now
        {
            self.deadlines.pop_front();
            if still_waits(clients, client, ticket) {
                return Some(client);
            }
        }
        None
    }

    /// Drops deadlines of waits that are over from the front.
    pub fn forget_stale(&mut self, clients: &Clients) {
        while let Some(&(_, client, ticket)) = self.deadlines.front()
            && !still_waits(clients, client, ticket)
        {
            self.deadlines.pop_front();
        }
    }

    /// The line, longest waiting first.
    pub fn iter(&self) -> impl Iterator<Item = Client> + '_ {
        self.order.iter().copied()
    }

    /// How many stand in the line.
    pub fn len(&self) -> usize {
        self.order.len()
    }
}

fn still_waits(clients: &Clients, client: Client, ticket: u32) -> bool {
    matches!(clients.get(client), State::Waiting(wait) if wait.ticket == ticket && !wait.awake)
}
