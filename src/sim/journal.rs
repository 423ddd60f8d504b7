//! What is written down of a run as it goes: every wait, and the figures in equal steps.

use super::server::NEVER;
use crate::service::{Tally, TimeIntegrals, Wait};
use crate::time::{Instant, Span};

/// From one sample to the next, in a journal of up to [`MOST_SAMPLES`].
pub const STEP: Span = Span::from_millis(100);
/// A journal keeps no more samples than these, 109 minutes of them: when there are more, every second one is dropped, and the next
/// ones lie twice as far apart. A day has one every 1.6 s, which is 11 MB; one every 100 ms would be 173 MB.
pub const MOST_SAMPLES: usize = 1 << 16;

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
    /// From one sample to the next; the first is as far from the beginning.
    step: Span,
    /// How far it is read, which may be less far than it is written.
    place: Mark,
    /// When the next sample is due; never in a journal of waits only.
    due: Instant,
}

/// How far a journal had been written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    waits: usize,
    /// When the last sample was: a count of them would be another when samples are dropped.
    sampled: Instant,
}

impl Journal {
    /// An empty journal that takes samples.
    pub fn new() -> Journal {
        Journal {
            waits: Vec::new(),
            samples: Vec::new(),
            step: STEP,
            place: Mark::default(),
            due: Instant::ZERO + STEP,
        }
    }

    /// An empty journal of waits only.
    pub fn of_waits() -> Journal {
        Journal { due: NEVER, ..Journal::new() }
    }

    /// Every wait that is over, in the order in which they ended.
    pub fn waits(&self) -> &[Wait] {
        &self.waits[..self.place.waits]
    }

    /// The samples, at equal distances from the first on: a [step](STEP), or a multiple of it when the run is long.
    pub fn samples(&self) -> &[Sample] {
        &self.samples[..self.read()]
    }

    /// How many samples are read.
    fn read(&self) -> usize {
        ((self.place.sampled - Instant::ZERO).as_micros() / self.step.as_micros()) as usize
    }

    /// How far it is read.
    pub fn mark(&self) -> Mark {
        self.place
    }

    /// Goes back to a place, or forth to one that it has been at. What is written from there on is taken to be what stands
    /// there already.
    pub fn go_to(&mut self, mark: Mark) {
        let last = self.samples.last().map_or(Instant::ZERO, |last| last.at);
        self.place = Mark { waits: mark.waits.min(self.waits.len()), sampled: mark.sampled.min(last) };
        if self.due < NEVER {
            self.due = self.after();
        }
    }

    /// Goes back to a place, and cuts off what was written since.
    pub fn cut(&mut self, mark: Mark) {
        self.go_to(mark);
        self.waits.truncate(self.place.waits);
        self.samples.truncate(self.read());
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
        if self.read() == self.samples.len() {
            self.samples.push(Sample { waits: self.place.waits, ..sample });
        }
        self.place.sampled = sample.at;
        if self.samples.len() > MOST_SAMPLES {
            self.step = self.step + self.step;
            let mut number = 0;
            self.samples.retain(|_| {
                number += 1;
                number % 2 == 0
            });
        }
        self.due = self.after();
    }

    /// When the next sample is due.
    fn after(&self) -> Instant {
        Instant::ZERO + Span::from_micros(self.step.as_micros() * (self.read() as i64 + 1))
    }
}

impl Default for Journal {
    fn default() -> Journal {
        Journal::new()
    }
}
