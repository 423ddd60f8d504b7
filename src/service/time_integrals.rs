//! Numbers integrated over time.

/// Sums over time: each is a number of things times microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimeIntegrals {
    /// Requests that want a connection and have none. It equals the sum of all waits, once they are over.
    pub asking: i64,
    /// Connections that requests hold.
    pub holding: i64,
}

impl TimeIntegrals {
    /// The sum of both.
    pub(crate) fn and(self, other: TimeIntegrals) -> TimeIntegrals {
        TimeIntegrals { asking: self.asking + other.asking, holding: self.holding + other.holding }
    }

    /// What was summed up since an earlier moment of the same run.
    pub fn since(self, earlier: TimeIntegrals) -> TimeIntegrals {
        TimeIntegrals { asking: self.asking - earlier.asking, holding: self.holding - earlier.holding }
    }
}
