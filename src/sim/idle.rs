//! Connections that are idle for long: the server closes them, a firewall forgets them.

use super::server::{Death, Done, NEVER, Server};
use super::use_queue::UseQueue;
use crate::pool::ConnectionId;
use crate::time::{Instant, Span};
use std::collections::{BTreeMap, VecDeque};

/// When connections were last used. It is only kept while the server or a firewall has a limit.
#[derive(Debug, Clone, Default)]
pub(super) struct Idle {
    /// When each use will have been too long ago, for the server and for a firewall.
    pub watch: [UseQueue; 2],
    pub uses: BTreeMap<ConnectionId, u32>,
    pub used: u32,
    /// When the server ends each session whose client can no longer be reached, earliest first.
    pub orphans: VecDeque<Instant>,
}

impl Idle {
    /// Whether there is nothing to watch.
    #[inline]
    pub fn is_quiet(&self) -> bool {
        self.uses.is_empty() && self.orphans.is_empty()
    }

    /// The next moment when a connection may have been idle for too long, or a session ends; [`NEVER`] if there is none.
    pub fn next_at(&self) -> Instant {
        let first = self.watch.iter().filter_map(|watch| watch.front().map(|&(at, ..)| at));
        first.chain(self.orphans.front().copied()).min().unwrap_or(NEVER)
    }
}

impl Server {
    /// Notes that the connection is used.
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
        let firewall = self.setup.firewall.filter(|&patience| patience <= self.setup.keepalive);
        for (watch, patience) in self.idle.watch.iter_mut().zip([self.setup.wait_timeout, firewall]) {
            if let Some(patience) = patience {
                watch.insert((now + patience, connection, number));
            }
        }
    }

    /// The firewall forgets the connection. Its session goes on at the server, which is not told.
    fn forget(&mut self, now: Instant, connection: ConnectionId) {
        let idle = self.setup.firewall.unwrap_or(Span::ZERO);
        let patience = self.setup.wait_timeout.map_or(self.setup.keepalive, |wait| wait.min(self.setup.keepalive));
        let ends = now + Span::from_micros((patience.as_micros() - idle.as_micros()).max(0));
        if self.lose(connection, Death::Silent) {
            let place = self.idle.orphans.partition_point(|&other| other <= ends);
            self.idle.orphans.insert(place, ends);
        }
    }

    /// Ends the sessions whose clients cannot be reached, as far as they are due.
    pub(super) fn end_orphans(&mut self, until: Instant) {
        while self.idle.orphans.front().is_some_and(|&ends| ends <= until) {
            self.idle.orphans.pop_front();
            self.open = self.open.saturating_sub(1);
        }
    }

    pub(super) fn end_idle(&mut self, now: Instant) -> Done {
        self.end_orphans(now);
        for (place, death) in [(0, Death::Told), (1, Death::Silent)] {
            let watch = &mut self.idle.watch[place];
            if let Some(&(at, connection, number)) = watch.front()
                && at <= now
            {
                watch.pop_front();
                if self.idle.uses.get(&connection) != Some(&number) {
                    return Done::Nothing; // it was used again since then
                }
                match death {
                    Death::Told | Death::InQuery | Death::Closed => {
                        self.kill(connection, death);
                    }
                    Death::Silent => self.forget(now, connection),
                }
                return Done::Cut(connection);
            }
        }
        Done::Nothing
    }
}
