//! Waiting at most a fixed time, and only while there is room: M/M/c/K+D.

use super::queue::{Queue, patience};

/// How a [`Queue`] waits in which at most K customers may be at a time, waiting and being served, and who waits
/// leaves after the patience. Customers who find K are lost.
#[derive(Debug, Clone, PartialEq)]
pub struct Finite {
    /// The share of customers who are lost because there is no room.
    pub p_block: f64,
    /// The share of all customers who come in, wait and leave unserved.
    pub p_abandon: f64,
    /// The mean wait of those who come in, in seconds; 0 if nobody does.
    pub mean_wait_accepted: f64,
    /// How many wait on average.
    pub mean_queue: f64,
    /// How much of the time a server is busy; 0 without servers.
    pub utilisation: f64,
    /// How often there are n customers, waiting and being served, for n = 0 to K. Who comes finds n of them as often.
    pub number: Vec<f64>,
}

impl Finite {
    /// The largest room that is answered.
    pub const LARGEST: u32 = 1_000_000;
}

impl Queue {
    /// At most `room` customers at a time, of whom those who wait leave after `patience` seconds, infinity for never.
    ///
    /// `None` if `room` is above [`Finite::LARGEST`]. A room smaller than the number of servers leaves some unused; with
    /// a room for each server and no more it is [`erlang_b`](super::erlang_b).
    ///
    /// ```
    /// use valet::theory::{Queue, erlang_b};
    /// let queue = Queue { arrivals: 4.5, service: 1.0, servers: 5 };
    /// let finite = queue.with_room(15, 2.0).unwrap();
    /// assert!((finite.p_block - 0.0199608680987404).abs() < 1e-15);
    /// assert!((finite.p_abandon - 0.0228215051846088).abs() < 1e-15);
    /// let lost = queue.with_room(5, f64::INFINITY).unwrap().p_block;
    /// assert!((lost - erlang_b(5, 4.5)).abs() < 1e-15);
    /// ```
    pub fn with_room(&self, room: u32, patience_s: f64) -> Option<Finite> {
        if room > Finite::LARGEST {
            return None;
        }
        let queue = self.in_range();
        let (c, room) = (queue.servers as usize, room as usize);
        let patience = patience(patience_s);
        let tails = poisson_tails(queue.capacity() * patience, room.saturating_sub(c));
        let number = law(&queue.steps(room, queue.arrivals * patience, &tails));

        let mean_queue: f64 = number.iter().skip(c).enumerate().map(|(j, p)| j as f64 * p).sum();
        let busy: f64 = number.iter().enumerate().map(|(n, p)| n.min(c) as f64 * p).sum();
        // What comes in at n goes out at n + 1; of that the part 1/tail leaves unserved (see `steps`).
        let left: f64 = number[c.min(room)..room].iter().zip(&tails).map(|(p, tail)| p / tail).sum();
        let entering = queue.arrivals * number[..room].iter().sum::<f64>();
        Some(Finite {
            p_block: number[room],
            p_abandon: left.min(1.0),
            mean_wait_accepted: if entering > 0.0 { (mean_queue / entering).min(patience) } else { 0.0 },
            mean_queue,
            utilisation: if c == 0 { 0.0 } else { (busy / c as f64).min(1.0) },
            number,
        })
    }

    /// p(n+1) / p(n) for all n below the room, from p(n) ∝ aⁿ/n! up to c and p(c+j) = p(c)·ρʲ·P(X ≥ j), where X is Poisson
    /// with mean x = cμD. With `tails[j]` = P(X ≥ j) / P(X = j), P(X ≥ j+1) / P(X ≥ j) = `x/(j+1) · tails[j+1] / tails[j]`,
    /// and ρx = λD, which is there without servers too.
    fn steps(&self, room: usize, arrivals_in_patience: f64, tails: &[f64]) -> Vec<f64> {
        let (c, load, offered) = (self.servers as usize, self.utilisation(), self.offered());
        let step = |n: usize| {
            if n < c {
                offered / (n + 1) as f64
            } else if tails[n - c].is_infinite() {
                load
            } else {
                arrivals_in_patience / (n - c + 1) as f64 * (tails[n - c + 1] / tails[n - c])
            }
        };
        (0..room).map(step).collect()
    }
}

/// P(X ≥ j) / P(X = j) for j = 0 to `last`, where X is Poisson with mean `x`. Infinite above 1e308.
///
/// Sums of positive terms only, without factorials, so exact to rounding however far out j is.
fn poisson_tails(x: f64, last: usize) -> Vec<f64> {
    let (mut far, mut term, mut beyond) = (1.0, 1.0, last as f64);
    while far < f64::INFINITY && term > 1e-18 * far {
        beyond += 1.0;
        term *= x / beyond;
        far += term;
    }
    let mut tails = vec![far; last + 1];
    for j in (0..last).rev() {
        tails[j] = 1.0 + x / (j + 1) as f64 * tails[j + 1];
    }
    tails
}

/// The law whose neighbours have these ratios, which must fall. It is built outwards from its top: nothing overflows.
fn law(steps: &[f64]) -> Vec<f64> {
    let top = steps.iter().position(|&step| step < 1.0).unwrap_or(steps.len());
    let mut law = vec![1.0; steps.len() + 1];
    for n in top..steps.len() {
        law[n + 1] = law[n] * steps[n];
    }
    for n in (0..top).rev() {
        law[n] = law[n + 1] / steps[n];
    }
    let all: f64 = law.iter().sum();
    law.iter_mut().for_each(|p| *p /= all);
    law
}
