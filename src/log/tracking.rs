//! Follows one pool through its log.

use super::failure::Failure;
use super::hold::{End, Hold};
use super::pool_log::{Count, PoolLog, Waited};
use crate::time::{Instant, Span};
use std::collections::HashMap;

/// The most holds and failures that are kept of a pool.
const MOST: usize = 200_000;
/// The most of the longest holds.
const LONGEST: usize = 12;
/// A checkout so soon after a return was waiting for it.
const AT_ONCE: Span = Span::from_millis(2);
/// The most kinds of reasons that are told apart.
const REASONS: usize = 20;

/// A pool that is followed.
#[derive(Debug, Clone)]
pub(super) struct Tracking {
    pub log: PoolLog,
    /// What is out: for each connection its hold, and its place in `log.holds` if it is kept.
    out: HashMap<u64, (Hold, Option<usize>)>,
    /// Since when so many were out, for each number.
    since: Vec<Instant>,
    /// The last return, and how many were out before it.
    returned: Option<(Instant, usize)>,
    /// Waits that can be inferred, if the pool's limit was so many connections.
    waited: HashMap<usize, Waited>,
}

impl Tracking {
    pub(super) fn new(log: PoolLog) -> Tracking {
        Tracking { log, out: HashMap::new(), since: Vec::new(), returned: None, waited: HashMap::new() }
    }

    pub(super) fn count(&mut self, what: Count) {
        match self.log.counts.iter_mut().find(|(count, _)| *count == what) {
            Some((_, times)) => *times += 1,
            None => self.log.counts.push((what, 1)),
        }
    }

    pub(super) fn invalidated(&mut self, reason: &str) {
        self.count(Count::Invalidated);
        let reasons = &mut self.log.reasons;
        match reasons.iter().position(|(known, _)| known == reason) {
            Some(place) => reasons[place].1 += 1,
            None if reasons.len() < REASONS => reasons.push((reason.to_owned(), 1)),
            None => {}
        }
    }

    /// A connection was handed out.
    pub(super) fn got(&mut self, hold: Hold) {
        if self.out.contains_key(&hold.connection) {
            // The line of its return is missing.
            self.count(Count::Unseen);
            self.back(hold.connection, hold.got, End::Unseen);
        }
        let before = self.out.len();
        if hold.asked.is_none()
            && let Some((at, out)) = self.returned.filter(|&(at, out)| hold.got - at <= AT_ONCE && out == before + 1)
        {
            let full = self.since.get(out).copied().unwrap_or(at);
            let waited = self.waited.entry(out).or_default();
            *waited = Waited { count: waited.count + 1, longest: waited.longest.max(hold.got - full) };
        }
        self.log.checkouts += 1;
        let place = (self.log.holds.len() < MOST).then_some(self.log.holds.len());
        if place.is_some() {
            self.log.holds.push(hold);
        }
        self.out.insert(hold.connection, (hold, place));
        let out = before + 1;
        if self.since.len() <= out {
            self.since.resize(out + 1, hold.got);
        }
        // A connection that goes from one hand to the next leaves the pool as full as it was.
        let is_handed_on = self.returned.is_some_and(|(at, before)| before == out && hold.got - at <= AT_ONCE);
        if !is_handed_on {
            self.since[out] = hold.got;
        }
        if out > self.log.most_out.0 {
            self.log.most_out = (out, hold.got);
        }
    }

    /// A connection came back. Returns whether it was known to be out.
    pub(super) fn back(&mut self, connection: u64, at: Instant, end: End) -> bool {
        let before = self.out.len();
        let Some((mut hold, place)) = self.out.remove(&connection) else { return false };
        (hold.back, hold.end) = (Some(at), end);
        if let Some(kept) = place.and_then(|place| self.log.holds.get_mut(place)) {
            *kept = hold;
        }
        if end != End::Unseen {
            self.returned = Some((at, before));
            self.remember(hold);
        }
        true
    }

    /// Keeps it if it is among the longest.
    fn remember(&mut self, hold: Hold) {
        let longest = &mut self.log.longest;
        let place = longest.partition_point(|other| other.lasted() >= hold.lasted());
        if place < LONGEST {
            longest.insert(place, hold);
            longest.truncate(LONGEST);
        }
    }

    /// A checkout came to nothing.
    pub(super) fn failed(&mut self, failure: Failure) {
        // The same error is often written twice: by the program and by its server.
        let again = self.log.failures.last().is_some_and(|last| {
            failure.asked.is_none()
                && last.asked.is_none()
                && last.at == failure.at
                && last.who == failure.who
                && failure.line - last.line < 60
        });
        if !again && self.log.failures.len() < MOST {
            self.log.failures.push(failure);
        }
    }

    /// What it comes to.
    pub(super) fn finish(mut self) -> PoolLog {
        let limit = match (self.log.size, self.log.overflow) {
            (Some(size), Some(overflow)) if size > 0 && overflow >= 0 => {
                usize::try_from(size + overflow).unwrap_or(usize::MAX)
            }
            _ => self.log.most_out.0,
        };
        self.log.inferred = self.waited.get(&limit).copied().unwrap_or_default();
        self.log.holds.sort_by_key(|hold| hold.got);
        self.log.counts.sort_unstable();
        self.log.reasons.sort_by_key(|reason| std::cmp::Reverse(reason.1));
        self.log
    }
}
