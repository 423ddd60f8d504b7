//! One run of a world, in any number of slices.

use crate::figures::{Measurement, WaitSummary};
use crate::sim::{Journal, Mark, Sample, Setup, World};
use crate::time::{Instant, Span};

/// The longest warm-up and the longest measurement: a year each, so that sums over time do not overflow.
const LONGEST: Span = Span::from_secs(365 * 24 * 3_600);

/// One run, in progress. Its results do not depend on where its slices end.
///
/// ```
/// use valet::search::{MeasuredRun, measure};
/// use valet::{sim::Setup, time::Span};
///
/// let (warm_up, length) = (Span::from_secs(10), Span::from_secs(60));
/// let mut running = MeasuredRun::new(Setup::default(), warm_up, length);
/// let measured = loop {
///     if let Some(measured) = running.advance(100) {
///         break measured; // in between there is time to paint
///     }
/// };
/// assert_eq!(measured, measure(Setup::default(), warm_up, length));
/// ```
#[derive(Debug, Clone)]
pub struct MeasuredRun {
    world: World,
    journal: Journal,
    warm: Instant,
    end: Instant,
    /// The counts at the end of the warm-up.
    from: Option<Sample>,
    measurement: Option<Measurement>,
}

impl MeasuredRun {
    /// A run that first warms up for `warm_up`, which is not measured, and is then measured for `length`. Each is at most a year.
    pub fn new(setup: Setup, warm_up: Span, length: Span) -> MeasuredRun {
        let warm = Instant::ZERO + warm_up.clamp(Span::ZERO, LONGEST);
        MeasuredRun {
            world: World::unwatched(setup),
            journal: Journal::of_waits(),
            warm,
            end: warm + length.clamp(Span::ZERO, LONGEST),
            from: None,
            measurement: None,
        }
    }

    /// Goes on by at most this many events of the world. Returns the figures once the run is over.
    pub fn advance(&mut self, events: u64) -> Option<Measurement> {
        if self.measurement.is_some() {
            return self.measurement.clone();
        }
        let last = self.world.events().saturating_add(events);
        if self.from.is_none() && self.world.run_some(self.warm, events, &mut self.journal) {
            self.journal.cut(Mark::default());
            self.from = Some(self.world.sample());
        }
        let from = self.from?;
        if self.world.run_some(self.end, last - self.world.events(), &mut self.journal) {
            let over = self.journal.waits().iter().map(|wait| wait.time());
            let waits = WaitSummary::of(over.chain(self.world.waits_so_far()));
            self.journal = Journal::of_waits();
            self.measurement = Some(Measurement::between(self.world.setup(), &from, &self.world.sample(), waits));
        }
        self.measurement.clone()
    }

    /// How many events the world has had so far.
    pub fn events(&self) -> u64 {
        self.world.events()
    }
}

/// Runs a whole [`MeasuredRun`] at once.
pub fn measure(setup: Setup, warm_up: Span, length: Span) -> Measurement {
    let mut running = MeasuredRun::new(setup, warm_up, length);
    loop {
        if let Some(measurement) = running.advance(u64::MAX) {
            return measurement;
        }
    }
}
