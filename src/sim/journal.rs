//! What is written down of a run as it goes: every wait, and the figures in equal steps.

use super::server::NEVER;
use crate::service::{Tally, TimeIntegrals, Wait};
use crate::time::{Instant, Span};

/// From one sample to the next.
pub const STEP: Span = Span::from_millis(100);

/// The figures at a moment. TimeIntegrals are sums over time, so that means over any stretch are differences of two samples.
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
    pub areas: TimeIntegrals,
    /// How many waits had been written down by then.
    pub waits: usize,
}

/// The written record of a run. Beside the world and not in it, so that a copy of the world stays small: going back is
/// [going to](Journal::go_to) an earlier place.
#[derive(Debug, Clone)]
pub struct Journal {
    waits: Vec<Wait>,
    samples: Vec<Sample>,
    /// How far it is read, which may be less far than it is written.
    place: Mark,
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
        Journal { waits: Vec::new(), samples: Vec::new(), place: Mark::default(), due: Instant::ZERO + STEP }
    }

    /// An empty journal of waits only.
    pub fn of_waits() -> Journal {
        Journal { due: NEVER, ..Journal::new() }
    }

    /// Every wait that is over, in the order in which they ended.
    pub fn waits(&self) -> &[Wait] {
        &self.waits[..self.place.waits]
    }

    /// A sample a [step](STEP), from the first on.
    pub fn samples(&self) -> &[Sample] {
        &self.samples[..self.place.samples]
    }

    /// How far it is read.
    pub fn mark(&self) -> Mark {
        self.place
    }

    /// Goes back to a place, or forth to one that it has been at. What is written from there on is taken to be what stands
    /// there already.
    pub fn go_to(&mut self, mark: Mark) {
        self.place = Mark { waits: mark.waits.min(self.waits.len()), samples: mark.samples.min(self.samples.len()) };
        if self.due < NEVER {
            self.due = after(self.place.samples);
        }
    }

    /// Goes back to a place, and cuts off what was written since.
    pub fn cut(&mut self, mark: Mark) {
        self.go_to(mark);
        self.waits.truncate(self.place.waits);
        self.samples.truncate(self.place.samples);
    }

    #[inline]
    pub(super) fn wait(&mut self, wait: Wait) {
        if self.place.waits == self.waits.len() {
            self.waits.push(wait);
        }
        self.place.waits += 1;
    }

    /// When the next sample is due.
    #[inline]
    pub(super) fn due(&self) -> Instant {
        self.due
    }

    pub(super) fn sample(&mut self, sample: Sample) {
        if self.place.samples == self.samples.len() {
            self.samples.push(Sample { waits: self.place.waits, ..sample });
        }
        self.place.samples += 1;
        self.due = after(self.place.samples);
    }
}

/// When the sample after so many is due.
fn after(samples: usize) -> Instant {
    Instant::ZERO + Span::from_micros(STEP.as_micros() * (samples as i64 + 1))
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
