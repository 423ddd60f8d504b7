//! Waiters that were woken and do not run yet.
//!
//! A thread that is notified runs a moment later, and until then the connection that it was woken for lies in the queue for
//! anybody. Unless [`Service::wake_late`] says so, a waiter that is woken runs at once, and none is ever here.

use super::service::Service;
use crate::pool::{Answer, Client, Input};
use crate::time::Instant;

/// Who was woken and does not run yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Woken {
    /// Whether time passes until somebody runs who was woken.
    pub late: bool,
    /// Whom, and at which pool, first come first.
    sleepers: Vec<(u32, Client)>,
    /// Of how many of them, the last ones, nobody knows yet.
    new: usize,
}

impl Woken {
    /// Somebody is woken at the pool of this generation.
    pub fn add(&mut self, generation: u32, client: Client) {
        self.sleepers.push((generation, client));
        self.new += 1;
    }

    /// Who was woken since the last call.
    pub fn take_new(&mut self) -> &[(u32, Client)] {
        let known = self.sleepers.len() - std::mem::take(&mut self.new);
        &self.sleepers[known..]
    }
}

impl Service {
    /// Somebody runs who was woken a while ago.
    pub(crate) fn wake(&mut self, now: Instant, generation: u32, client: Client) {
        self.woken.sleepers.retain(|&woken| woken != (generation, client));
        self.tell(now, generation, Input::Answer(client, Answer::Done));
    }

    /// Waiters that were woken, do not run yet, and are in no line any more. One whose time was up when it was woken is there still.
    pub fn woken(&self) -> impl Iterator<Item = Client> {
        let stands = |client| self.pools().any(|(_, pool)| pool.line().any(|other| other == client));
        self.woken.sleepers.iter().map(|&(_, client)| client).filter(move |&client| !stands(client))
    }

    /// The numbers of the requests in line, those woken first.
    pub fn in_line(&self) -> impl Iterator<Item = u32> {
        let lines = self.pools().flat_map(|(_, pool)| pool.line());
        self.woken().chain(lines).filter_map(|client| self.number(client))
    }

    /// The numbers of the requests that have a connection.
    pub fn holding(&self) -> impl Iterator<Item = u32> {
        self.requests.iter().flatten().filter(|request| request.has).map(|request| request.number)
    }
}
