//! The record of a run as it goes: every wait, and the figures at equal intervals.

use super::server::NEVER;
use crate::service::{Tally, TimeIntegrals, Wait};
use crate::time::{Instant, Span};

/// The interval between two samples, in a journal of up to [`MOST_SAMPLES`].
pub const STEP: Span = Span::from_millis(100);
/// The most samples that a journal keeps, which is 109 minutes of them. When there are more, every second one is dropped, and
/// the interval is doubled. A day has a sample every 1.6 s, which is 11 MB; one every 100 ms would be 173 MB.
pub const MOST_SAMPLES: usize = 1 << 16;
/// Of more waits than these a journal that [forgets](Journal::forget) keeps the newer half: 4 MB of them.
const MOST_WAITS: usize = 1 << 20;

/// The figures at a moment. [`TimeIntegrals`] are sums over time, so the mean over any stretch follows from the difference of two
/// samples.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sample {
    /// The moment.
    pub at: Instant,
    /// `checkedout()` of the current pools, summed over the workers.
    pub checked_out: i64,
    /// Requests that wait for a connection.
    pub waiting: u32,
    /// Connections open at the server.
    pub open: u32,
    /// The counts until then.
    pub tally: Tally,
    /// The sums over time until then.
    pub areas: TimeIntegrals,
    /// How many waits had been written down until then.
    pub waits: usize,
}

/// The record of a run. It is beside the world and not in it, so that a copy of the world stays small. To go back in time, the
/// journal [goes to](Journal::go_to) an earlier place.
#[derive(Debug, Clone)]
pub struct Journal {
    waits: Vec<Wait>,
    /// How many waits are forgotten that came before these.
    forgotten: usize,
    samples: Vec<Sample>,
    /// The interval between two samples, and from the beginning to the first.
    step: Span,
    /// The current place, which may be earlier than the end of what is written.
    place: Mark,
    /// When the next sample is due; [`NEVER`] in a journal of waits only.
    due: Instant,
}

/// A place in a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    waits: usize,
    /// When the last sample was taken. A count of samples would no longer be right once samples are dropped.
    sampled: Instant,
}

impl Journal {
    /// An empty journal that takes samples.
    pub fn new() -> Journal {
        Journal {
            waits: Vec::new(),
            forgotten: 0,
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

    /// Every wait that is over and not forgotten, in the order in which they ended.
    pub fn waits(&self) -> &[Wait] {
        self.waits_between(0, self.place.waits)
    }

    /// The waits from one number to another, as [samples](Sample::waits) say them; without those that are forgotten.
    pub fn waits_between(&self, from: usize, to: usize) -> &[Wait] {
        &self.waits[from.saturating_sub(self.forgotten)..to.saturating_sub(self.forgotten)]
    }

    /// Forgets the older half of the waits when there are very many. A journal of a run without an end does so now and then.
    pub fn forget(&mut self) {
        if self.waits.len() > MOST_WAITS {
            let gone = self.waits.len() / 2;
            self.waits.drain(..gone);
            self.forgotten += gone;
        }
    }

    /// The number of the last wait that is written, forgotten ones included.
    fn written(&self) -> usize {
        self.forgotten + self.waits.len()
    }

    /// The samples at equal intervals: a [step](STEP), or a multiple of it if the run is long.
    pub fn samples(&self) -> &[Sample] {
        &self.samples[..self.read()]
    }

    /// How many samples there are up to the current place.
    fn read(&self) -> usize {
        ((self.place.sampled - Instant::ZERO).as_micros() / self.step.as_micros()) as usize
    }

    /// The current place.
    pub fn mark(&self) -> Mark {
        self.place
    }

    /// Goes back to a place, or forward to one that it has been at before. Whatever is written after that is taken to be the same
    /// as what is already there.
    pub fn go_to(&mut self, mark: Mark) {
        let last = self.samples.last().map_or(Instant::ZERO, |last| last.at);
        self.place = Mark { waits: mark.waits.min(self.written()), sampled: mark.sampled.min(last) };
        if self.due < NEVER {
            self.due = self.after();
        }
    }

    /// Goes back to a place, and deletes what was written after it.
    pub fn cut(&mut self, mark: Mark) {
        self.go_to(mark);
        self.waits.truncate(self.place.waits.saturating_sub(self.forgotten));
        self.forgotten = self.forgotten.min(self.place.waits);
        self.samples.truncate(self.read());
    }

    #[inline]
    pub(super) fn wait(&mut self, wait: Wait) {
        if self.place.waits == self.written() {
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
