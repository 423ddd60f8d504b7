//! What a server loses by working at more things at once.

use super::queue::rate;

/// The universal scalability law: how throughput grows, and shrinks again, with the number of things done at once.
///
/// One over the throughput grows with two kinds of delay: some of the work can be done by only one at a time
/// (contention, alone it is Amdahl's law), and each must agree with each other one (coherency). Both are
/// shares of the work of one; a NaN, negative or tiny one (under 1e-15) counts as 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scalability {
    /// α: the share of the work that only one can do at a time, 0 to 1.
    pub contention: f64,
    /// β: the share of the work that agreeing with one other costs.
    pub coherency: f64,
}

impl Scalability {
    /// What `n` do together in a second, when one alone does `per_one`.
    ///
    /// ```
    /// use valet::theory::Scalability;
    /// assert_eq!(Scalability { contention: 0.0, coherency: 0.0 }.throughput(8, 50.0), 400.0);
    /// assert_eq!(Scalability { contention: 1.0, coherency: 0.0 }.throughput(8, 50.0), 50.0);
    /// ```
    pub fn throughput(&self, n: u32, per_one: f64) -> f64 {
        f64::from(n) * rate(per_one) / self.slowdown(n)
    }

    /// How many times longer one thing takes when `n` are done at once; 1 for none and for one.
    ///
    /// ```
    /// use valet::theory::Scalability;
    /// assert_eq!(Scalability { contention: 0.25, coherency: 0.125 }.slowdown(3), 1.0 + 0.25 * 2.0 + 0.125 * 6.0);
    /// ```
    pub fn slowdown(&self, n: u32) -> f64 {
        let (n, others) = (f64::from(n), f64::from(n.saturating_sub(1)));
        1.0 + rate(self.contention) * others + rate(self.coherency) * n * others
    }

    /// The number with the most throughput: beyond it every further one makes it less. The best whole number is one of its
    /// two neighbours. At least 1; `None` without coherency, when there is no such number.
    ///
    /// ```
    /// use valet::theory::Scalability;
    /// assert_eq!(Scalability { contention: 0.1, coherency: 0.001 }.knee(), Some(30.0));
    /// assert_eq!(Scalability { contention: 0.1, coherency: 0.0 }.knee(), None);
    /// ```
    pub fn knee(&self) -> Option<f64> {
        let coherency = rate(self.coherency);
        (coherency > 0.0).then(|| ((1.0 - rate(self.contention)).max(0.0) / coherency).sqrt().max(1.0))
    }
}
