//! Waiting at most a fixed time: M/M/c+D.

use super::integral::{phi1, phi2};
use super::queue::{Queue, patience};
use super::{erlang_b, littles_law};

/// How a [`Queue`] waits in which everybody leaves unserved after the same time, the patience.
///
/// If nobody comes, everything is 0. If somebody comes and nobody serves (no servers, or a service that never ends),
/// everybody waits to the end of the patience, and the servers count as busy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Patient {
    /// The share of customers who find all servers busy.
    pub p_wait: f64,
    /// The share of customers who leave unserved.
    pub p_abandon: f64,
    /// The mean wait of all customers, in seconds; those who leave have waited for the whole patience.
    pub mean_wait: f64,
    /// The mean wait of those who are served, in seconds; the patience if nobody is.
    pub mean_wait_served: f64,
    /// How many wait on average.
    pub mean_queue: f64,
    /// How much of the time a server is busy.
    pub utilisation: f64,
    patience: f64,
    /// λ and cμ − λ, which the tail of the wait needs.
    arrivals: f64,
    spare: f64,
    /// B / (S + B·λJ), in the words of `with_patience`.
    scale: f64,
    /// N there.
    leaving: f64,
}

impl Queue {
    /// Everybody leaves unserved after waiting `patience` seconds (M/M/c+D). With no patience at all it is
    /// [`erlang_b`].
    ///
    /// ```
    /// use valet::theory::Queue;
    /// let patient = Queue { arrivals: 16.5, service: 1.0, servers: 15 }.with_patience(2.0);
    /// assert!((patient.p_wait - 0.984237506951834).abs() < 1e-14);
    /// assert!((patient.p_abandon - 0.0937179001807024).abs() < 1e-15);
    /// assert!((patient.mean_wait - 1.46811406612803).abs() < 1e-14);
    /// ```
    ///
    /// Patience without end is cut to 1e15 s: where the servers keep up that is [`Queue::waiting`]; where they do not, the
    /// waits come out in millions of years, for then there is no steady state.
    pub fn with_patience(&self, patience_s: f64) -> Patient {
        let Queue { arrivals, service, servers } = self.in_range();
        let (patience, load) = (patience(patience_s), self.utilisation());
        let spare = f64::from(servers) * service - arrivals;
        let law = Patient { patience, arrivals, spare, ..Patient::NOBODY };
        if arrivals == 0.0 {
            return law;
        }
        if load.is_infinite() {
            let mean_queue = littles_law(arrivals, patience);
            let (mean_wait, mean_wait_served) = (patience, patience);
            return Patient {
                p_wait: 1.0,
                p_abandon: 1.0,
                utilisation: 1.0,
                mean_wait,
                mean_wait_served,
                mean_queue,
                ..law
            };
        }
        // With J = ∫ exp(λ·min(x,D) − cμ·x) dx over x ≥ 0, P(wait) = B·λJ / (1 + B·λJ), where B is for one server less.
        // In overload (z < 0) all is multiplied by S = e^z, for J would overflow. Then λJ = x + N: the integral up to D,
        // whose customers are served, and from D on, whose leave. Nothing here is a difference, so nothing cancels.
        let b = erlang_b(servers - 1, self.offered());
        let z = spare * patience;
        let s = libm::exp(z.min(0.0));
        let served = arrivals * patience * phi1(z.abs());
        let leaving = load * libm::exp(-z.max(0.0));
        let waited = arrivals * patience * patience * phi2(z);
        let all = s + b * (served + leaving);
        let p_abandon = b * leaving / all;
        let mean_wait = b * waited / all + patience * p_abandon;
        Patient {
            p_wait: b * (served + leaving) / all,
            p_abandon,
            mean_wait,
            mean_wait_served: (b * waited / (s + b * served)).min(patience),
            mean_queue: littles_law(arrivals, mean_wait),
            utilisation: (load * ((s + b * served) / all)).min(1.0),
            scale: b / all,
            leaving,
            ..law
        }
    }
}

impl Patient {
    const NOBODY: Patient = Patient {
        p_wait: 0.0,
        p_abandon: 0.0,
        mean_wait: 0.0,
        mean_wait_served: 0.0,
        mean_queue: 0.0,
        utilisation: 0.0,
        patience: 0.0,
        arrivals: 0.0,
        spare: 0.0,
        scale: 0.0,
        leaving: 0.0,
    };

    /// The share of customers, served or not, who wait longer than `t` seconds: nobody, from the patience on.
    pub fn p_wait_exceeds(&self, t: f64) -> f64 {
        let t = t.max(0.0);
        if t >= self.patience {
            return 0.0;
        }
        let left = self.patience - t;
        let decay = libm::exp(-self.spare.max(0.0) * t);
        let served = self.arrivals * decay * left * phi1(self.spare.abs() * left);
        // Rounding must not leave the bounds; and without servers these are the answer.
        (self.scale * (served + self.leaving)).min(self.p_wait).max(self.p_abandon)
    }

    /// The time in seconds that the share `p` of customers, served or not, does not wait longer than: 0.5 is the median.
    ///
    /// It is the patience itself when more than `1 - p` leave. `None` unless 0 ≤ p ≤ 1.
    ///
    /// ```
    /// use valet::theory::Queue;
    /// let patient = Queue { arrivals: 13.5, service: 1.0, servers: 15 }.with_patience(2.0);
    /// let t = patient.wait_quantile(0.95).unwrap();
    /// assert!((patient.p_wait_exceeds(t) - 0.05).abs() < 1e-14);
    /// assert_eq!(patient.wait_quantile(0.3), Some(0.0)); // 41 of 100 find a server free
    /// assert_eq!(patient.wait_quantile(0.998), Some(2.0)); // 3 of 1000 leave
    /// ```
    pub fn wait_quantile(&self, p: f64) -> Option<f64> {
        if !(0.0..=1.0).contains(&p) {
            return None;
        }
        let exceeds = |t| self.p_wait_exceeds(t) > 1.0 - p;
        let (mut low, mut high) = (0.0, self.patience);
        if !exceeds(low) {
            return Some(low);
        }
        if self.p_abandon > 1.0 - p {
            return Some(high);
        }
        for _ in 0..128 {
            let middle = low + (high - low) / 2.0;
            *(if exceeds(middle) { &mut low } else { &mut high }) = middle;
        }
        Some(high)
    }
}
