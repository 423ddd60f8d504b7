//! What a log says of one pool.

use super::failure::Failure;
use super::hold::{End, Hold};
use super::names::Names;
use crate::pool::Class;
use crate::time::{Instant, Span};

/// What a log says of one pool in one process.
#[derive(Debug, Clone, PartialEq)]
pub struct PoolLog {
    /// The pool's class, by its logger.
    pub class: Option<Class>,
    /// What tells it from the others: its name, its process.
    pub title: String,
    /// Whether it was recorded, so that everything is known of it.
    pub is_recorded: bool,
    /// `pool_size`, if the log says it.
    pub size: Option<i64>,
    /// `max_overflow`, if the log says it.
    pub overflow: Option<i64>,
    /// `pool_timeout`, if the log says it.
    pub timeout: Option<Span>,
    /// What was held, in the order in which it was handed out. Of a very long log the first part.
    pub holds: Vec<Hold>,
    /// Checkouts that came to nothing.
    pub failures: Vec<Failure>,
    /// Names of threads, tasks and places.
    pub names: Names,
    /// How many connections were out at the same time at most, and when that was first so.
    pub most_out: (usize, Instant),
    /// Checkouts in all, also those that are not in `holds`.
    pub checkouts: u64,
    /// The longest of all, longest first.
    pub longest: Vec<Hold>,
    /// What was counted.
    pub counts: Vec<(Count, u64)>,
    /// Why connections were invalidated, and how often.
    pub reasons: Vec<(String, u64)>,
    /// Waits that can be inferred from a log: checkouts that came at once after a return, when all connections were out.
    pub inferred: Waited,
    /// When the last line was written.
    pub end: Instant,
}

/// Waits that were not written down but can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waited {
    /// How many.
    pub count: u64,
    /// None of them lasted longer than this: before that not all connections were out.
    pub longest: Span,
}

/// Something that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// Connections opened.
    Opened,
    /// Connections closed.
    Closed,
    /// Connections replaced because they were too old.
    Recycled,
    /// Connections invalidated.
    Invalidated,
    /// Connections that failed the test at checkout.
    PingFailed,
    /// Connections that could not be opened.
    CouldNotConnect,
    /// Connections whose rollback on return failed.
    ResetFailed,
    /// Connections that the garbage collector found.
    Collected,
    /// Times that the pool was disposed of.
    Disposed,
    /// Returns that the log does not show: the connection is checked out again.
    Unseen,
    /// Returns of connections whose checkout the log does not show: it begins later, or was cut.
    Unasked,
}

impl Count {
    /// All of them.
    pub const ALL: [Count; 11] = [
        Count::Opened,
        Count::Closed,
        Count::Recycled,
        Count::Invalidated,
        Count::PingFailed,
        Count::CouldNotConnect,
        Count::ResetFailed,
        Count::Collected,
        Count::Disposed,
        Count::Unseen,
        Count::Unasked,
    ];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Count::Opened => "Connections opened",
            Count::Closed => "Connections closed",
            Count::Recycled => "Recycled by age",
            Count::Invalidated => "Invalidated",
            Count::PingFailed => "Found dead at checkout",
            Count::CouldNotConnect => "Could not connect",
            Count::ResetFailed => "Rollback on return failed",
            Count::Collected => "Found by the garbage collector",
            Count::Disposed => "Pool disposed of",
            Count::Unseen => "Returns that the log does not show",
            Count::Unasked => "Returns without a checkout in the log",
        }
    }
}

impl PoolLog {
    /// How often something happened.
    pub fn count(&self, what: Count) -> u64 {
        self.counts.iter().find(|(count, _)| *count == what).map_or(0, |(_, times)| *times)
    }

    /// What is out when the log ends, the oldest first.
    pub fn never_returned(&self) -> impl Iterator<Item = &Hold> {
        self.holds.iter().filter(|hold| hold.end == End::Out)
    }

    /// How many time-outs of the pool there are.
    pub fn timeouts(&self) -> usize {
        self.failures.iter().filter(|failure| failure.is_timeout).count()
    }

    /// The waits that were recorded, those that came to nothing too.
    pub fn waits(&self) -> impl Iterator<Item = Span> {
        let failed = self.failures.iter().filter_map(|failure| Some(failure.at - failure.asked?));
        self.holds.iter().filter_map(Hold::waited).chain(failed)
    }

    /// Lines of code by how long they held connections in all, longest first, with how often.
    pub fn places(&self) -> Vec<(&str, Span, usize)> {
        let mut sums: Vec<(Span, usize)> = Vec::new();
        for hold in &self.holds {
            let Some(place) = hold.place else { continue };
            let place = place as usize;
            if sums.len() <= place {
                sums.resize(place + 1, (Span::ZERO, 0));
            }
            let lasted = hold.back.unwrap_or(self.end) - hold.got;
            sums[place] = (sums[place].0 + lasted, sums[place].1 + 1);
        }
        let mut places: Vec<_> = sums
            .into_iter()
            .enumerate()
            .filter(|(_, (_, times))| *times > 0)
            .map(|(place, (held, times))| (self.names.name(place as u32), held, times))
            .collect();
        places.sort_by_key(|place| std::cmp::Reverse(place.1));
        places
    }
}
