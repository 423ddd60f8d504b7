//! Waiting without end: M/M/c.

use super::queue::Queue;
use super::{erlang_c, littles_law};

/// How a [`Queue`] waits in which everybody waits as long as it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waiting {
    /// The share of customers who must wait.
    pub p_wait: f64,
    /// The mean wait of all customers, in seconds; those who need not wait count as 0.
    pub mean_wait: f64,
    /// The mean wait of those who must wait, in seconds.
    pub mean_wait_if_waiting: f64,
    /// How many wait on average.
    pub mean_queue: f64,
}

impl Queue {
    /// Everybody waits as long as it takes. `None` where the servers cannot keep up (λ ≥ cμ) and the line grows for ever.
    ///
    /// ```
    /// use valet::theory::Queue;
    /// let waiting = Queue { arrivals: 285.0, service: 20.0, servers: 15 }.waiting().unwrap();
    /// assert!((waiting.p_wait - 0.786959748173596).abs() < 1e-14);
    /// assert!((waiting.mean_wait - 0.0524639832115731).abs() < 1e-15);
    /// assert!(Queue { arrivals: 330.0, service: 20.0, servers: 15 }.waiting().is_none());
    /// ```
    pub fn waiting(&self) -> Option<Waiting> {
        let queue = self.in_range();
        let spare = queue.capacity() - queue.arrivals;
        if spare <= 0.0 {
            return None;
        }
        let p_wait = erlang_c(queue.servers, queue.offered())?;
        let mean_wait = p_wait / spare;
        let mean_queue = littles_law(queue.arrivals, mean_wait);
        Some(Waiting { p_wait, mean_wait, mean_wait_if_waiting: 1.0 / spare, mean_queue })
    }
}

impl Waiting {
    /// The share of customers who wait longer than `t` seconds.
    pub fn p_wait_exceeds(&self, t: f64) -> f64 {
        self.p_wait * libm::exp(-t.max(0.0) / self.mean_wait_if_waiting)
    }

    /// The time in seconds that the share `p` of customers does not wait longer than: 0.5 is the median.
    ///
    /// `None` unless 0 ≤ p < 1.
    ///
    /// ```
    /// use valet::theory::Queue;
    /// let waiting = Queue { arrivals: 0.5, service: 1.0, servers: 1 }.waiting().unwrap();
    /// assert_eq!(waiting.wait_quantile(0.4), Some(0.0)); // half of the customers find the server free
    /// let t = waiting.wait_quantile(0.95).unwrap();
    /// assert!((waiting.p_wait_exceeds(t) - 0.05).abs() < 1e-15);
    /// ```
    pub fn wait_quantile(&self, p: f64) -> Option<f64> {
        (0.0..1.0).contains(&p).then(|| (libm::log(self.p_wait / (1.0 - p)) * self.mean_wait_if_waiting).max(0.0))
    }
}
