//! The figures of a stretch of a run.

use super::waits::{WaitSummary, percentile};
use crate::service::{Tally, Wait};
use crate::sim::{Journal, MAX_WORKERS, Sample, Setup};
use crate::time::{Instant, Span};

/// A stretch of a journal, from one of its samples to another.
///
/// Two populations are counted: requests, which come and end, and checkouts, which are what waits. They differ where requests
/// ask for a second connection. A checkout belongs to the stretch in which its wait ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window<'a> {
    from: Sample,
    to: Sample,
    waits: &'a [Wait],
}

impl<'a> Window<'a> {
    /// From `from` to `to`, both taken back to the last sample before. `None` if that leaves no time between them, as in a
    /// journal without samples.
    pub fn of(journal: &'a Journal, from: Instant, to: Instant) -> Option<Window<'a>> {
        let (from, to) = (sample_at(journal, from), sample_at(journal, to));
        (from.at < to.at).then(|| Window { from, to, waits: journal.waits_between(from.waits, to.waits) })
    }

    /// From the beginning to the last sample.
    pub fn all(journal: &'a Journal) -> Option<Window<'a>> {
        Window::of(journal, Instant::ZERO, end(journal))
    }

    /// When it begins.
    pub fn from(&self) -> Instant {
        self.from.at
    }

    /// When it ends.
    pub fn to(&self) -> Instant {
        self.to.at
    }

    /// Its length in seconds; more than 0.
    pub fn secs(&self) -> f64 {
        (self.to.at - self.from.at).as_secs_f64()
    }

    /// The waits that ended, in that order.
    pub fn waits(&self) -> &'a [Wait] {
        self.waits
    }

    /// What was counted in it; of what goes on, how much there is at its end.
    pub fn tally(&self) -> Tally {
        self.to.tally.since(&self.from.tally)
    }

    /// The waits in short.
    pub fn wait_summary(&self) -> WaitSummary {
        WaitSummary::of(self.times())
    }

    /// Checkouts begun: those whose wait ended, and the change in those who still wait.
    pub fn asked(&self) -> u64 {
        (self.waits.len() as u64 + u64::from(self.to.tally.asking)).saturating_sub(u64::from(self.from.tally.asking))
    }

    /// Requests that came, a second.
    pub fn arrival_rate(&self) -> f64 {
        self.tally().arrived as f64 / self.secs()
    }

    /// Checkouts begun, a second.
    pub fn asking_rate(&self) -> f64 {
        self.asked() as f64 / self.secs()
    }

    /// Requests that ended well, a second.
    pub fn throughput(&self) -> f64 {
        self.tally().served as f64 / self.secs()
    }

    /// How many wanted a connection and had none, on average over time: L of the queue.
    pub fn mean_asking(&self) -> f64 {
        self.over_time(self.to.areas.asking - self.from.areas.asking)
    }

    /// How many connections were in requests' hands, on average over time.
    pub fn mean_holding(&self) -> f64 {
        self.over_time(self.to.areas.holding - self.from.areas.holding)
    }

    /// The connections in requests' hands as a share of all that the pools of all workers may have. Above 1 for a while
    /// after a pool was replaced by a smaller one. `None` where there is no such limit.
    pub fn utilisation(&self, setup: &Setup) -> Option<f64> {
        let limit = setup.settings.limit().filter(|&limit| limit > 0)?;
        Some(self.mean_holding() / limit as f64 / setup.workers.clamp(1, MAX_WORKERS) as f64)
    }

    /// The mean wait in seconds, from the waits. `None` if none ended.
    pub fn mean_wait(&self) -> Option<f64> {
        let sum: i64 = self.times().map(Span::as_micros).sum();
        self.share(sum as f64).map(|micros| micros / 1e6)
    }

    /// The mean wait in seconds, by Little's law: L / λ, the mean number that ask over the rate at which they begin to. It
    /// differs from [`Window::mean_wait`] by those who still wait at either end. `None` if nobody asked.
    pub fn mean_wait_by_little(&self) -> Option<f64> {
        (self.asked() > 0).then(|| self.mean_asking() / self.asking_rate())
    }

    /// The wait that this part of all do not exceed, exactly: 0.95 for p95, 1 for the longest. `None` if none ended.
    pub fn wait_at(&self, part: f64) -> Option<Span> {
        percentile(&mut self.times().collect::<Vec<_>>(), part)
    }

    /// The share of checkouts that did not get a connection at once. `None` if none ended.
    pub fn share_waited(&self) -> Option<f64> {
        self.share(self.count(|wait| wait.time() > Span::ZERO || wait.unserved()))
    }

    /// The share of checkouts that ended without a connection. `None` if none ended.
    pub fn share_unserved(&self) -> Option<f64> {
        self.share(self.count(Wait::unserved))
    }

    /// Requests that waited in vain, as a share of the checkouts. `None` if none ended.
    pub fn share_timeouts(&self) -> Option<f64> {
        self.share(self.tally().timeouts as f64)
    }

    fn times(&self) -> impl Iterator<Item = Span> + 'a {
        self.waits.iter().map(|wait| wait.time())
    }

    fn over_time(&self, area: i64) -> f64 {
        area as f64 / (self.to.at - self.from.at).as_micros() as f64
    }

    fn count(&self, is: impl Fn(Wait) -> bool) -> f64 {
        self.waits.iter().filter(|&&wait| is(wait)).count() as f64
    }

    fn share(&self, of: f64) -> Option<f64> {
        (!self.waits.is_empty()).then(|| of / self.waits.len() as f64)
    }
}

/// When the last sample is.
pub(super) fn end(journal: &Journal) -> Instant {
    journal.samples().last().map_or(Instant::ZERO, |sample| sample.at)
}

/// The last sample that is not after `at`; before the first, nothing has happened.
fn sample_at(journal: &Journal, at: Instant) -> Sample {
    let count = journal.samples().partition_point(|sample| sample.at <= at);
    count.checked_sub(1).map_or_else(Sample::default, |last| journal.samples()[last])
}
