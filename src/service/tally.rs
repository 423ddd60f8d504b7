//! What has been counted since the beginning.

/// Counts of everything that happened to requests and connections. Only ever growing, but for what is going on now.
///
/// Nobody is lost: `arrived == served + timeouts + refused + lost + failed + in_system`, of which `leaked` stay for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Requests that came, those that came again included.
    pub arrived: u64,
    /// Requests that ended well.
    pub served: u64,
    /// Requests that waited for a connection in vain.
    pub timeouts: u64,
    /// Requests for which no connection could be opened.
    pub refused: u64,
    /// Requests whose connection was gone when they used it.
    pub lost: u64,
    /// Requests whose statements failed.
    pub failed: u64,
    /// Requests that are answered but never give their connection back; they stay in the system.
    pub leaked: u64,
    /// Visitors that went away; their requests go on.
    pub gave_up: u64,
    /// Requests served to a visitor that had gone: work for nobody.
    pub wasted: u64,
    /// Requests of visitors that came again.
    pub retried: u64,
    /// Requests that found the place so crowded that they went by at once.
    pub turned_away: u64,
    /// Checkouts that had to wait in line.
    pub waited: u64,
    /// Connections opened.
    pub opened: u64,
    /// Connections opened beyond `pool_size`.
    pub overflowed: u64,
    /// Connections closed by the pool.
    pub closed: u64,
    /// Connections replaced at checkout because of their age.
    pub recycled: u64,
    /// Connections found to be gone: by a request, a ping or a reset.
    pub disconnected: u64,
    /// Requests that want a connection and have none yet.
    pub asking: u32,
    /// Connections in requests' hands.
    pub holding: u32,
    /// Requests that hold a connection and want a second.
    pub nesting: u32,
    /// Requests that came and are not over: asking, working, giving back, or leaked.
    pub in_system: u32,
}

impl Tally {
    /// Requests that ended badly, however.
    pub fn errors(&self) -> u64 {
        self.timeouts + self.refused + self.lost + self.failed
    }

    /// Both together.
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

    /// What was counted since an earlier moment of the same run; of what goes on, how much there is now.
    pub fn since(mut self, earlier: &Tally) -> Tally {
        let mut earlier = *earlier;
        for (mine, its) in self.counts().into_iter().zip(earlier.counts()) {
            *mine -= *its;
        }
        self
    }

    /// Everything that only ever grows.
    #[inline]
    fn counts(&mut self) -> [&mut u64; 17] {
        // Taken apart by name, so that a new count cannot be forgotten here.
        let Tally {
            arrived,
            served,
            timeouts,
            refused,
            lost,
            failed,
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
