//! One run of a world, in as many slices as one likes.

use crate::figures::{Measurement, WaitSummary};
use crate::sim::{Journal, Mark, Sample, Setup, World};
use crate::time::{Instant, Span};

/// Warming up and measuring take no longer than a year each: sums over time fit their numbers.
const LONGEST: Span = Span::from_secs(365 * 24 * 3_600);

/// One run, under way. What comes of it does not depend on where its slices end.
///
/// ```
/// use valet::search::{Trial, measure};
/// use valet::{sim::Setup, time::Span};
///
/// let (warm_up, length) = (Span::from_secs(10), Span::from_secs(60));
/// let mut trial = Trial::new(Setup::default(), warm_up, length);
/// let measured = loop {
///     if let Some(measured) = trial.advance(100) {
///         break measured; // in between there is time to paint
///     }
/// };
/// assert_eq!(measured, measure(Setup::default(), warm_up, length));
/// ```
#[derive(Debug, Clone)]
pub struct Trial {
    world: World,
    journal: Journal,
    warm: Instant,
    end: Instant,
    /// What had been counted when the world was warm.
    from: Option<Sample>,
    measurement: Option<Measurement>,
}

impl Trial {
    /// A run of `warm_up`, of which nothing is kept, and then `length`, which is measured. Each at most a year.
    pub fn new(setup: Setup, warm_up: Span, length: Span) -> Trial {
        let warm = Instant::ZERO + warm_up.clamp(Span::ZERO, LONGEST);
        Trial {
            world: World::unwatched(setup),
            journal: Journal::of_waits(),
            warm,
            end: warm + length.clamp(Span::ZERO, LONGEST),
            from: None,
            measurement: None,
        }
    }

    /// Goes on by at most so many events of the world. The figures, once it is over.
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

    /// Events of the world so far.
    pub fn events(&self) -> u64 {
        self.world.events()
    }
}

/// A whole [`Trial`] at once.
pub fn measure(setup: Setup, warm_up: Span, length: Span) -> Measurement {
    let mut trial = Trial::new(setup, warm_up, length);
    loop {
        if let Some(measurement) = trial.advance(u64::MAX) {
            return measurement;
        }
    }
}
