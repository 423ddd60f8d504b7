//! What theory says of a setup.

use crate::pool::Reset;
use crate::sim::{MAX_WORKERS, Pattern, Setup};
use crate::theory::Queue;

/// Which formula answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// Nobody waits: `pool_timeout` is 0.
    ErlangB,
    /// Everybody waits as long as it takes: `pool_timeout` is `None`.
    ErlangC,
    /// Everybody waits for `pool_timeout` at most.
    Patient,
}

impl Formula {
    /// What books call it.
    pub const fn name(self) -> &'static str {
        match self {
            Formula::ErlangB => "M/M/c/c (Erlang B)",
            Formula::ErlangC => "M/M/c (Erlang C)",
            Formula::Patient => "M/M/c+D",
        }
    }
}

/// What queueing theory says of a setup in its steady state, as if requests came at random and all times were exponential.
///
/// Workers have a pool each and get their requests at random, so `w` workers are `w` independent queues with one `w`th of the
/// requests each, and not one queue with `w` times the connections, which would wait less. Shares and waits are those of any
/// one of them, the queue is that of all together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SteadyState {
    /// By which formula.
    pub formula: Formula,
    /// How many such queues there are.
    pub workers: u32,
    /// One of them: λ is a worker's part of the traffic; 1/μ is the mean time of the statements and of the reset on return;
    /// c is `pool_size + max_overflow`.
    pub queue: Queue,
    /// The share of all connections that are in requests' hands.
    pub utilisation: f64,
    /// The mean wait of all, also of those who wait in vain, in seconds.
    pub mean_wait: f64,
    /// How many wait on average, in all workers together.
    pub mean_queue: f64,
    /// The share that finds all connections taken.
    pub p_wait: f64,
    /// The share that waits in vain.
    pub p_timeout: f64,
    /// The wait that 95 % of all do not exceed, in seconds.
    pub p95_wait: f64,
}

impl SteadyState {
    /// `None` where there is no queue (the class has none, or overflow is unlimited), no rate (requests come at listed
    /// moments), or no steady state (more is asked for than can be done, and nobody times out).
    pub fn of(setup: &Setup) -> Option<SteadyState> {
        let workers = setup.workers.clamp(1, MAX_WORKERS) as u32;
        let queue = queue(setup)?;
        let patience = setup.settings.pool_timeout.map(|timeout| timeout.as_secs_f64().max(0.0));
        let all = |one: f64| one * f64::from(workers);
        match patience {
            None => {
                let law = queue.waiting()?;
                Some(SteadyState {
                    formula: Formula::ErlangC,
                    workers,
                    queue,
                    utilisation: queue.utilisation(),
                    mean_wait: law.mean_wait,
                    mean_queue: all(law.mean_queue),
                    p_wait: law.p_wait,
                    p_timeout: 0.0,
                    p95_wait: law.wait_quantile(0.95)?,
                })
            }
            Some(patience) => {
                let law = queue.with_patience(patience);
                Some(SteadyState {
                    formula: if patience > 0.0 { Formula::Patient } else { Formula::ErlangB },
                    workers,
                    queue,
                    utilisation: law.utilisation,
                    mean_wait: law.mean_wait,
                    mean_queue: all(law.mean_queue),
                    p_wait: law.p_wait,
                    p_timeout: law.p_abandon,
                    p95_wait: law.wait_quantile(0.95)?,
                })
            }
        }
    }
}

/// The queue at one worker's pool, whether or not it has a steady state.
pub(super) fn queue(setup: &Setup) -> Option<Queue> {
    let servers = u32::try_from(setup.settings.limit()?).unwrap_or(u32::MAX);
    if setup.traffic.pattern == Pattern::List {
        return None;
    }
    let workers = setup.workers.clamp(1, MAX_WORKERS) as f64;
    let resets = setup.settings.pool_reset_on_return != Reset::None;
    let reset = if resets { setup.database.latency.reset.as_secs_f64() } else { 0.0 };
    let mean = setup.work.mean_secs() * setup.database.slowdown(1) + reset;
    Some(Queue { arrivals: setup.traffic.rate / workers, service: 1.0 / mean, servers })
}

/// About how long the line remembers, in seconds: what happens after is as good as independent. With little load that is a
/// service; near saturation the relaxation time 1/(√cμ − √λ)²; and with a time-out no more than it takes to fill the
/// longest line there can be.
pub(super) fn memory(queue: Queue, timeout: Option<f64>) -> f64 {
    let capacity = f64::from(queue.servers) * queue.service;
    let roots = capacity.sqrt() - queue.arrivals.sqrt();
    let relaxation = 1.0 / (roots * roots);
    let filling = timeout.map_or(f64::INFINITY, |timeout| {
        let drift = timeout / (queue.arrivals / capacity - 1.0).abs();
        (timeout * timeout * capacity).min(drift)
    });
    let memory = relaxation.min(filling) + 1.0 / queue.service;
    if memory.is_finite() { memory } else { 0.0 }
}
