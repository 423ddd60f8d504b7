//! The queue all formulas are about.

/// Customers who come at random to a number of servers that are alike.
///
/// ```
/// use valet::theory::Queue;
/// // 13.5 requests a second, each keeps its connection for 1 s on average, pool_size 5 and max_overflow 10.
/// let queue = Queue { arrivals: 13.5, service: 1.0, servers: 15 };
/// assert_eq!((queue.offered(), queue.utilisation()), (13.5, 0.9));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Queue {
    /// λ: how many customers come a second.
    pub arrivals: f64,
    /// μ: how many customers one server would serve in a second, one over the mean time of service.
    pub service: f64,
    /// c: how many servers there are.
    pub servers: u32,
}

impl Queue {
    /// a = λ/μ: how many servers would be busy on average if there were enough of them.
    ///
    /// 0 if nobody comes, and infinite if somebody comes and the service never ends.
    pub fn offered(&self) -> f64 {
        ratio(rate(self.arrivals), rate(self.service))
    }

    /// ρ = λ/cμ: the load one server is offered. From 1 on somebody must leave unserved, or the line grows for ever.
    ///
    /// 0 if nobody comes, and infinite if somebody comes and nobody serves.
    pub fn utilisation(&self) -> f64 {
        ratio(self.offered(), f64::from(self.servers))
    }

    /// The same queue with both rates in the range of the formulas.
    pub(super) fn in_range(&self) -> Queue {
        Queue { arrivals: rate(self.arrivals), service: rate(self.service), servers: self.servers }
    }

    /// cμ: how many customers a second all servers together serve.
    pub(super) fn capacity(&self) -> f64 {
        f64::from(self.servers) * self.service
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if part == 0.0 { 0.0 } else { part / whole }
}

/// The rate in the range where no product or quotient of the formulas leaves that of `f64`.
pub(super) fn rate(per_second: f64) -> f64 {
    if per_second >= 1e-15 { per_second.min(1e15) } else { 0.0 }
}

/// The patience in its range: 30 million years stand for ever.
pub(super) fn patience(seconds: f64) -> f64 {
    if seconds > 0.0 { seconds.min(1e15) } else { 0.0 }
}
