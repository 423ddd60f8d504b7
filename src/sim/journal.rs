//! What is written down of a run as it goes: every wait, and the figures in equal steps.

use super::server::NEVER;
use super::service::Wait;
use super::tally::Tally;
use crate::time::{Instant, Span};

/// From one sample to the next.
pub const STEP: Span = Span::from_millis(100);

/// The figures at a moment. Areas are sums over time, so that means over any stretch are differences of two samples.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sample {
    /// When.
    pub at: Instant,
    /// `checkedout()` of the current pools, summed over the workers.
    pub checked_out: i64,
    /// Requests in line.
    pub waiting: u32,
    /// Connections open at the server.
    pub open: u32,
    /// What has been counted by then.
    pub tally: Tally,
    /// Sums over time by then.
    pub areas: Areas,
    /// How many waits had been written down by then.
    pub waits: usize,
}

/// Sums over time, in microseconds times the number of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// Requests that want a connection and have none: equals the sum of all waits, once they are over.
    pub asking: i64,
    /// Connections in requests' hands.
    pub holding: i64,
}

impl Areas {
    /// Both together.
    pub(super) fn and(self, other: Areas) -> Areas {
        Areas { asking: self.asking + other.asking, holding: self.holding + other.holding }
    }
}

/// The written record of a run. Beside the world and not in it, so that a copy of the world stays small: going back is
/// [cutting off](Journal::cut) what was written since.
#[derive(Debug, Clone)]
pub struct Journal {
    waits: Vec<Wait>,
    samples: Vec<Sample>,
    /// When the next sample is due; never in a journal of waits only.
    due: Instant,
}

/// How far a journal had been written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    waits: usize,
    samples: usize,
}

impl Journal {
    /// An empty journal that takes samples.
    pub fn new() -> Journal {
        Journal { waits: Vec::new(), samples: Vec::new(), due: Instant::ZERO + STEP }
    }

    /// An empty journal of waits only.
    pub fn of_waits() -> Journal {
        Journal { due: NEVER, ..Journal::new() }
    }

    /// Every wait that is over, in the order in which they ended.
    pub fn waits(&self) -> &[Wait] {
        &self.waits
    }

    /// A sample a [step](STEP), from the first on.
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// How far it is written.
    pub fn mark(&self) -> Mark {
        Mark { waits: self.waits.len(), samples: self.samples.len() }
    }

    /// Cuts off what was written since.
    pub fn cut(&mut self, mark: Mark) {
        self.waits.truncate(mark.waits);
        self.samples.truncate(mark.samples);
        if self.due < NEVER {
            self.due = self.after(mark.samples);
        }
    }

    #[inline]
    pub(super) fn wait(&mut self, wait: Wait) {
        self.waits.push(wait);
    }

    /// When the next sample is due.
    #[inline]
    pub(super) fn due(&self) -> Instant {
        self.due
    }

    pub(super) fn sample(&mut self, sample: Sample) {
        self.samples.push(Sample { waits: self.waits.len(), ..sample });
        self.due = self.after(self.samples.len());
    }

    fn after(&self, samples: usize) -> Instant {
        Instant::ZERO + Span::from_micros(STEP.as_micros() * (samples as i64 + 1))
    }
}

impl Default for Journal {
    fn default() -> Journal {
        Journal::new()
    }
}

/// The wait that this part of `waits` do not exceed, exactly: `percentile(waits, 0.95)` is p95, the smallest wait that at
/// least 95 % are not above. `None` when there are none.
pub fn percentile(waits: &[Wait], part: f64) -> Option<Span> {
    let mut times: Vec<Span> = waits.iter().map(|wait| wait.time()).collect();
    if times.is_empty() {
        return None;
    }
    let rank = ((part.clamp(0.0, 1.0) * times.len() as f64).ceil() as usize).clamp(1, times.len()) - 1;
    Some(*times.select_nth_unstable(rank).1)
}
