//! Each world in one loop written by hand, as tight as we know how: what a simulation could cost if it were nothing else.

use crate::world::{Outcome, SERVERS, Workload};
use std::collections::VecDeque;

/// When each server comes free, as a tournament of 16: whoever is next is known at once, and a change costs four
/// comparisons without a branch. Faster here than a scan (by a tenth), a heap or a sorted array (by a fifth and more).
struct Servers {
    /// Time and server in one number. A match at `i` is between `2 * i` and `2 * i + 1`; the servers stand at 16 and up.
    best: [i64; 32],
}

impl Servers {
    fn new() -> Servers {
        let mut best = [i64::MAX; 32];
        for server in 0..SERVERS {
            best[16 + server] = server as i64;
        }
        for i in (1..16).rev() {
            best[i] = best[2 * i].min(best[2 * i + 1]);
        }
        Servers { best }
    }

    /// When the next comes free, or has been free since.
    fn free(&self) -> i64 {
        self.best[1] >> 4
    }

    /// Keeps that one busy until then.
    #[inline(always)]
    fn keep(&mut self, until: i64) {
        let server = self.best[1] & 15;
        let mut i = 16 + server as usize;
        let mut best = until << 4 | server;
        self.best[i] = best;
        for _ in 0..4 {
            best = best.min(self.best[i ^ 1]);
            i /= 2;
            self.best[i] = best;
        }
    }
}

/// With a line in which requests wait, the past complete before the next arrival.
pub fn line(workload: &Workload, requests: u32) -> Outcome {
    let (mut arrivals, mut work) = (workload.arrivals(), workload.work());
    let patience = workload.patience.unwrap_or(i64::MAX);
    let mut outcome = Outcome::with_capacity(requests);
    let mut servers = Servers::new();
    let mut line = VecDeque::new();
    let mut now = 0;
    for left in (0..=requests).rev() {
        now = if left > 0 { now + arrivals.draw() } else { i64::MAX };
        while servers.free() <= now
            && let Some(came) = line.pop_front()
        {
            let wait = servers.free() - came;
            if wait >= patience {
                outcome.give_up(patience);
            } else {
                outcome.serve(wait);
                servers.keep(servers.free() + work.draw());
            }
        }
        if left == 0 {
            break;
        }
        if servers.free() <= now {
            outcome.serve(0);
            servers.keep(now + work.draw());
        } else {
            line.push_back(now);
        }
    }
    outcome
}

/// Without a line: since all are served in order, an arrival's wait is known when it comes (Kiefer and Wolfowitz).
/// It gives the same waits, but at no moment could it say who is waiting.
pub fn recursion(workload: &Workload, requests: u32) -> Outcome {
    let (mut arrivals, mut work) = (workload.arrivals(), workload.work());
    let patience = workload.patience.unwrap_or(i64::MAX);
    let mut outcome = Outcome::with_capacity(requests);
    let mut servers = Servers::new();
    let mut now = 0;
    for _ in 0..requests {
        now += arrivals.draw();
        let wait = (servers.free() - now).max(0);
        if wait >= patience {
            outcome.give_up(patience);
        } else {
            outcome.serve(wait);
            servers.keep(now + wait + work.draw());
        }
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{Run, valet};

    const REQUESTS: u32 = 4_000_000;
    const WARM_UP: usize = 100_000;

    /// The mean wait after the warm-up, in milliseconds, and the share of those whose wait was all of their patience.
    fn measured(run: Run, workload: &Workload) -> (f64, f64) {
        let outcome = run(workload, REQUESTS);
        assert!(outcome.served + outcome.timed_out >= REQUESTS);
        assert_eq!(outcome.waits.len(), (outcome.served + outcome.timed_out) as usize);
        assert_eq!(outcome.waited, outcome.waits.iter().map(|&wait| u64::from(wait)).sum::<u64>());
        let waits = &outcome.waits[WARM_UP..];
        let in_vain = waits.iter().filter(|&&wait| Some(i64::from(wait)) == workload.patience).count();
        let waited: u64 = waits.iter().map(|&wait| u64::from(wait)).sum();
        (waited as f64 / 1e3 / waits.len() as f64, in_vain as f64 / waits.len() as f64)
    }

    fn near(found: f64, theory: f64, share: f64) {
        assert!((found / theory - 1.0).abs() < share, "found {found}, theory {theory}");
    }

    #[test]
    fn below_capacity_the_mean_wait_is_erlangs() {
        for run in [line, valet] {
            let (wait, in_vain) = measured(run, &Workload::A);
            near(wait, 0.602629300579606 / (15.0 * 20.0 - 270.0) * 1e3, 0.03); // four million requests say it to about 3 %
            assert_eq!(in_vain, 0.0);
        }
    }

    #[test]
    fn above_capacity_those_leave_that_theory_says() {
        for run in [line, valet] {
            let (wait, in_vain) = measured(run, &Workload::B);
            near(in_vain, 1.0 / 11.0, 0.015); // M/M/c+D; e^-60 is left out
            near(wait, 65.0 / 33.0 * 1e3, 0.003);
        }
    }

    #[test]
    fn both_loops_find_the_same() {
        for workload in [Workload::A, Workload::B] {
            assert_eq!(line(&workload, 1_000_000), recursion(&workload, 1_000_000));
        }
    }
}
