//! The line of waiters: which one is notified next, and whose timeout comes next.
//!
//! Two orders of the same clients. The line is Python's `Condition`: first come, first notified; a waiter that finds the
//! queue empty after its notification joins again at the back, with its original deadline. So deadlines have an order of their own.

use super::Client;
use crate::time::Instant;
use std::collections::VecDeque;

#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    order: VecDeque<Client>,
    /// Those that sleep with a deadline: earliest first, equal ones by when the sleep began.
    deadlines: VecDeque<(Instant, Client)>,
}

impl Line {
    /// `client` joins at the back and sleeps, until `deadline` if there is one.
    #[inline]
    pub fn join(&mut self, client: Client, deadline: Option<Instant>) {
        self.order.push_back(client);
        let Some(deadline) = deadline else { return };
        match self.deadlines.back() {
            Some(&(last, _)) if last > deadline => {
                let place = self.deadlines.partition_point(|&(other, _)| other <= deadline);
                self.deadlines.insert(place, (deadline, client));
            }
            _ => self.deadlines.push_back((deadline, client)),
        }
    }

    /// The client that has waited longest.
    #[inline]
    pub fn first(&self) -> Option<Client> {
        self.order.front().copied()
    }

    /// Takes the client that has waited longest out of the line.
    #[inline]
    pub fn notify(&mut self) -> Option<Client> {
        self.order.pop_front()
    }

    /// `client` no longer sleeps: it was notified before `deadline`. The longest-waiting client is mostly first here too.
    #[inline]
    pub fn cancel(&mut self, client: Client, deadline: Option<Instant>) {
        let Some(deadline) = deadline else { return };
        if self.deadlines.front() == Some(&(deadline, client)) {
            self.deadlines.pop_front();
        } else {
            self.search(client, deadline);
        }
    }

    fn search(&mut self, client: Client, deadline: Instant) {
        let first = self.deadlines.partition_point(|&(other, _)| other < deadline);
        let equal = self.deadlines.iter().skip(first).take_while(|&&(other, _)| other == deadline);
        if let Some(offset) = equal.map(|&(_, other)| other).position(|other| other == client) {
            self.deadlines.remove(first + offset);
        }
    }

    /// `client` leaves the line: it timed out without a notification. It stands near the front, so the search is short.
    pub fn leave(&mut self, client: Client) {
        if let Some(place) = self.order.iter().position(|&other| other == client) {
            self.order.remove(place);
        }
    }

    /// The earliest deadline.
    #[inline]
    pub fn next_deadline(&self) -> Option<Instant> {
        self.deadlines.front().map(|&(deadline, _)| deadline)
    }

    /// The next client whose deadline has come. It stays in the line.
    pub fn next_expired(&mut self, now: Instant) -> Option<Client> {
        let &(deadline, client) = self.deadlines.front()?;
        (deadline <= now).then(|| {
            self.deadlines.pop_front();
            client
        })
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
