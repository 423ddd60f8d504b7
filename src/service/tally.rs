//! What has been counted since the beginning.

/// Counts of everything that happened to requests and connections. They only grow, except for the last four, which say what is
/// going on now.
///
/// No request is missing: `arrived == served + timeouts + refused + lost + failed + cancelled + in_system`. Of `in_system`,
/// `leaked` stay for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Requests that came, including retries.
    pub arrived: u64,
    /// Requests that succeeded.
    pub served: u64,
    /// Requests that timed out while waiting for a connection.
    pub timeouts: u64,
    /// Requests for which no connection could be opened.
    pub refused: u64,
    /// Requests whose connection was lost when they used it.
    pub lost: u64,
    /// Requests whose statements failed.
    pub failed: u64,
    /// Requests that were cancelled.
    pub cancelled: u64,
    /// Requests that have their response but never give their connection back. They stay in the system.
    pub leaked: u64,
    /// Requests whose users gave up. The requests go on.
    pub gave_up: u64,
    /// Requests that were served after their users had given up: wasted work.
    pub wasted: u64,
    /// Requests that are retries.
    pub retried: u64,
    /// Requests that were turned away at once, because too many were in the system.
    pub turned_away: u64,
    /// Checkouts that had to wait in the queue.
    pub waited: u64,
    /// Connections opened.
    pub opened: u64,
    /// Connections opened beyond `pool_size`.
    pub overflowed: u64,
    /// Connections closed by the pool.
    pub closed: u64,
    /// Connections replaced at checkout because of their age.
    pub recycled: u64,
    /// Connections that were found to be lost, by a request, a ping or a reset.
    pub disconnected: u64,
    /// Requests that want a connection and have none yet.
    pub asking: u32,
    /// Connections that requests hold.
    pub holding: u32,
    /// Requests that hold a connection and want a second.
    pub nesting: u32,
    /// Requests that came and are not over: asking, working, giving back, or leaked.
    pub in_system: u32,
}

impl Tally {
    /// Requests that failed in any way.
    pub fn errors(&self) -> u64 {
        self.timeouts + self.refused + self.lost + self.failed + self.cancelled
    }

    /// The sum of both.
    pub(crate) fn and(mut self, other: &Tally) -> Tally {
        let mut other = *other;
        for (mine, its) in self.counts().into_iter().zip(other.counts()) {
            *mine += *its;
        }
        self.asking += other.asking;
        self.holding += other.holding;
        self.nesting += other.nesting;
        self.in_system += other.in_system;
        self
    }

    /// What was counted since an earlier moment of the same run. For what is going on now, it keeps the present numbers.
    pub fn since(mut self, earlier: &Tally) -> Tally {
        let mut earlier = *earlier;
        for (mine, its) in self.counts().into_iter().zip(earlier.counts()) {
            *mine -= *its;
        }
        self
    }

    /// All counts that only grow.
    #[inline]
    fn counts(&mut self) -> [&mut u64; 18] {
        // Destructured by name, so that a new count cannot be forgotten here.
        let Tally {
            arrived,
            served,
            timeouts,
            refused,
            lost,
            failed,
            cancelled,
            leaked,
            gave_up,
            wasted,
            retried,
            turned_away,
            waited,
            opened,
            overflowed,
            closed,
            recycled,
            disconnected,
            asking: _,
            holding: _,
            nesting: _,
            in_system: _,
        } = self;
        [
            arrived,
            served,
            timeouts,
            refused,
            lost,
            failed,
            cancelled,
            leaked,
            gave_up,
            wasted,
            retried,
            turned_away,
            waited,
            opened,
            overflowed,
            closed,
            recycled,
            disconnected,
        ]
    }
}
