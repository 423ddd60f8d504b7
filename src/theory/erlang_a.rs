//! Waiting an exponential time at most: Erlang A, M/M/c+M.

use super::queue::{Queue, patience};
use super::{erlang_b, littles_law};

/// How a [`Queue`] waits in which everybody leaves unserved after a time of their own, exponential with a given mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangA {
    /// The share of customers who find all servers busy.
    pub p_wait: f64,
    /// The share of customers who leave unserved.
    pub p_abandon: f64,
    /// The mean wait of all customers, in seconds.
    pub mean_wait: f64,
    /// How many wait on average.
    pub mean_queue: f64,
}

/// How many states are added up at most: some hundredths of a second's work.
const MOST: u32 = 1_000_000;

impl Queue {
    /// Everybody leaves unserved after waiting an exponential time with the mean `mean_patience` seconds.
    ///
    /// `None` where that would take too long: the servers hardly keep up, or do not, and more than some two billion customers
    /// come in one patience. So in particular where patience has no end and there is no steady state. If nobody comes,
    /// everything is 0.
    ///
    /// ```
    /// use valet::theory::Queue;
    /// let erlang_a = Queue { arrivals: 0.5, service: 1.0, servers: 1 }.erlang_a(1.0).unwrap();
    /// assert!((erlang_a.p_wait - 0.393469340287367).abs() < 1e-15);
    /// assert!((erlang_a.p_abandon - 0.213061319425267).abs() < 1e-15);
    /// ```
    pub fn erlang_a(&self, mean_patience: f64) -> Option<ErlangA> {
        let queue = self.in_range();
        let patience = patience(mean_patience);
        if queue.arrivals == 0.0 {
            return Some(ErlangA { p_wait: 0.0, p_abandon: 0.0, mean_wait: 0.0, mean_queue: 0.0 });
        }
        // With c + j customers inside, p(c+j) = p(c+j−1)·y / (x+j). The sum goes outwards from the largest, which is 1.
        let (x, y) = (queue.capacity() * patience, queue.arrivals * patience);
        let top = (y - x).max(0.0).floor();
        let step = |j: f64| y / (x + j);
        // Of those who come at c+j the part (j+1) / (x+j+1) leaves: the rates out of the next state, which balance.
        let leaves = |j: f64| (j + 1.0) / (x + j + 1.0);
        let (mut waiting, mut leaving, mut terms) = (1.0, leaves(top), 0);
        let (mut j, mut p) = (top, 1.0);
        while p > 1e-18 * waiting {
            j += 1.0;
            p *= step(j);
            waiting += p;
            leaving += p * leaves(j);
            terms += 1;
            if terms > MOST {
                return None;
            }
        }
        (j, p) = (top, 1.0);
        while j > 0.0 && p > 1e-30 {
            p /= step(j);
            j -= 1.0;
            waiting += p;
            leaving += p * leaves(j);
            terms += 1;
            if terms > MOST {
                return None;
            }
        }
        // p is now p(c), or 0 for all that matters. Below c there are 1/B(c−1) times p(c−1), which is p(c)/ρ.
        let free = match queue.servers {
            c if c > 0 && queue.service > 0.0 && j == 0.0 => {
                p / (queue.utilisation() * erlang_b(c - 1, queue.offered()))
            }
            _ => 0.0,
        };
        let p_abandon = (leaving / (waiting + free)).min(1.0);
        let mean_wait = p_abandon * patience;
        let mean_queue = littles_law(queue.arrivals, mean_wait);
        Some(ErlangA { p_wait: waiting / (waiting + free), p_abandon, mean_wait, mean_queue })
    }
}
