//! Waiters that were woken and do not run yet.
//!
//! A notified thread runs a moment later, and until then any request can take the connection that it was woken for. Unless
//! [`Service::wake_late`] is set, a woken waiter runs at once, and there is never one here.

use super::service::Service;
use crate::pool::{Answer, Client, Input};
use crate::time::Instant;

/// The waiters that were woken and do not run yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Woken {
    /// Whether woken waiters run only later.
    pub late: bool,
    /// The generation of the pool and the client, in the order in which they were woken.
    sleepers: Vec<(u32, Client)>,
    /// How many of them, at the end, have not been read yet.
    new: usize,
}

impl Woken {
    /// A client is woken at the pool of this generation.
    pub fn add(&mut self, generation: u32, client: Client) {
        self.sleepers.push((generation, client));
        self.new += 1;
    }

    /// The waiters that were woken since the last call.
    pub fn take_new(&mut self) -> &[(u32, Client)] {
        let known = self.sleepers.len() - std::mem::take(&mut self.new);
        &self.sleepers[known..]
    }
}

impl Service {
    /// A waiter that was woken a while ago runs now.
    pub(crate) fn wake(&mut self, now: Instant, generation: u32, client: Client) {
        self.woken.sleepers.retain(|&woken| woken != (generation, client));
        self.tell(now, generation, Input::Answer(client, Answer::Done));
    }

    /// Waiters that were woken, do not run yet, and are no longer in a queue. A waiter that was woken because its time was up is
    /// still in its queue, and not among these.
    pub fn woken(&self) -> impl Iterator<Item = Client> {
        let stands = |client| self.pools().any(|(_, pool)| pool.line().any(|other| other == client));
        self.woken.sleepers.iter().map(|&(_, client)| client).filter(move |&client| !stands(client))
    }

    /// The numbers of the waiting requests: woken ones first, then those in the queues.
    pub fn in_line(&self) -> impl Iterator<Item = u32> {
        let lines = self.pools().flat_map(|(_, pool)| pool.line());
        self.woken().chain(lines).filter_map(|client| self.number(client))
    }

    /// The numbers of the requests that have a connection.
    pub fn holding(&self) -> impl Iterator<Item = u32> {
        self.requests.iter().flatten().filter(|request| request.has).map(|request| request.number)
    }
}
