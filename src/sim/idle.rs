//! Connections that are not used for long: the server closes them, a firewall forgets them.

use super::server::{Death, Done, NEVER, Server};
use crate::pool::ConnectionId;
use crate::time::Instant;
use std::collections::{BTreeMap, VecDeque};

/// When connections were last used, while somebody counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Idle {
    /// When each use will have been too long ago, oldest first: the connection, and the number of that use.
    pub watch: [VecDeque<(Instant, ConnectionId, u32)>; 2],
    pub uses: BTreeMap<ConnectionId, u32>,
    pub used: u32,
}

impl Idle {
    /// When somebody may have been idle for too long; [`NEVER`] if nobody counts.
    pub fn next_at(&self) -> Instant {
        let first = self.watch.iter().filter_map(|watch| watch.front().map(|&(at, ..)| at));
        first.min().unwrap_or(NEVER)
    }
}

impl Server {
    /// The connection carries something.
    #[inline]
    pub fn used(&mut self, now: Instant, connection: ConnectionId) {
        if self.setup.wait_timeout.is_some() || self.setup.firewall.is_some() {
            self.watch(now, connection);
        }
    }

    fn watch(&mut self, now: Instant, connection: ConnectionId) {
        self.idle.used = self.idle.used.wrapping_add(1);
        let number = self.idle.used;
        self.idle.uses.insert(connection, number);
        for (watch, patience) in self.idle.watch.iter_mut().zip([self.setup.wait_timeout, self.setup.firewall]) {
            if let Some(patience) = patience {
                let at = now + patience;
                // Kept in order even if the patience has just been made shorter.
                let place = watch.partition_point(|&(other, ..)| other <= at);
                watch.insert(place, (at, connection, number));
            }
        }
    }

    pub(super) fn end_idle(&mut self, now: Instant) -> Done {
        for (place, death) in [(0, Death::Told), (1, Death::Silent)] {
            let watch = &mut self.idle.watch[place];
            if let Some(&(at, connection, number)) = watch.front()
                && at <= now
            {
                watch.pop_front();
                if self.idle.uses.get(&connection) != Some(&number) {
                    return Done::Nothing; // used since
                }
                self.kill(connection, death);
                return Done::Cut(connection);
            }
        }
        Done::Nothing
    }
}
