//! When requests come.

use super::rng_stream::RngStream;
use crate::time::{Instant, Span};
use std::sync::Arc;

/// The shape of the traffic over time. Where chance has a part, arrivals are independent of each other (a Poisson process).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// One after the other in equal steps.
    Constant,
    /// At random, at the same rate always.
    Poisson,
    /// All of them in bursts: one each `every`, `lasts` long.
    Bursts,
    /// At random; from `from` on for `lasts`, `factor` times as many.
    Spike,
    /// At random; from `from` on growing over `lasts` to `factor` times as many, and staying there.
    Ramp,
    /// At random, few by night and many at noon; a day takes `every`.
    Day,
    /// At the listed moments.
    List,
}

/// How many requests come, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Traffic {
    /// The shape.
    pub pattern: Pattern,
    /// Requests a second, on average over time (spike and ramp: before they begin). None for 0 and less.
    pub rate: f64,
    /// Of a spike or ramp: how many times as many.
    pub factor: f64,
    /// When a spike or ramp begins.
    pub from: Span,
    /// How long a burst, spike or ramp lasts.
    pub lasts: Span,
    /// From one burst or day to the next.
    pub every: Span,
    /// For [`Pattern::List`]: the arrivals, in order.
    pub list: Arc<[Instant]>,
}

impl Traffic {
    /// `rate` requests a second at random.
    pub fn poisson(rate: f64) -> Traffic {
        Traffic {
            pattern: Pattern::Poisson,
            rate,
            factor: 3.0,
            from: Span::from_secs(20),
            lasts: Span::from_secs(5),
            every: Span::from_secs(20),
            list: Arc::default(),
        }
    }

    /// Requests a second at a moment.
    pub fn rate_at(&self, at: Instant) -> f64 {
        let since = (at - Instant::ZERO).as_secs_f64();
        let (from, lasts, every) =
            (self.from.as_secs_f64(), self.lasts.as_secs_f64(), self.every.as_secs_f64().max(1e-6));
        match self.pattern {
            Pattern::Constant | Pattern::Poisson => self.rate,
            Pattern::Bursts if since % every < lasts => self.peak(),
            Pattern::Bursts => 0.0,
            Pattern::Spike if since >= from && since < from + lasts => self.rate * self.factor,
            Pattern::Spike => self.rate,
            Pattern::Ramp => {
                let part =
                    if lasts > 0.0 { ((since - from) / lasts).clamp(0.0, 1.0) } else { f64::from(since >= from) };
                self.rate * (1.0 + (self.factor - 1.0) * part)
            }
            Pattern::Day => {
                // From 0 at midnight to 1 at noon, eased: its mean is a half.
                let noon = 1.0 - (2.0 * ((since / every) % 1.0) - 1.0).abs();
                self.rate * (0.2 + 1.6 * noon * noon * (3.0 - 2.0 * noon))
            }
            Pattern::List => 0.0,
        }
    }

    /// No rate is above this one.
    fn peak(&self) -> f64 {
        match self.pattern {
            Pattern::Bursts => self.rate * (self.every.as_secs_f64() / self.lasts.as_secs_f64().max(1e-6)).max(1.0),
            Pattern::Spike | Pattern::Ramp => self.rate * self.factor.max(1.0),
            Pattern::Day => self.rate * 1.8,
            Pattern::Constant | Pattern::Poisson | Pattern::List => self.rate,
        }
    }
}

/// The arrivals of some traffic, one after the other, the same for the same seed on every machine.
///
/// ```
/// use valet::{sim::{Arrivals, Traffic}, time::{Instant, Span}};
/// let mut arrivals = Arrivals::new(7, Traffic::poisson(4.0));
/// let end = Instant::ZERO + Span::from_secs(100);
/// let mut count = 0;
/// while arrivals.next_until(end).is_some() {
///     count += 1;
/// }
/// assert!((350..450).contains(&count));
/// ```
#[derive(Debug, Clone)]
pub struct Arrivals {
    chance: RngStream,
    traffic: Traffic,
    /// Where equal steps are counted from, and how many were taken.
    steps: (Instant, u64),
    /// The next arrival, unless nobody comes any more.
    next: Option<Instant>,
}

/// So often is a moment thrown away for being at the wrong time of day before one gives up for a while.
const PATIENCE: usize = 10_000;

impl Arrivals {
    /// From the beginning of the world.
    pub fn new(seed: u64, traffic: Traffic) -> Arrivals {
        let mut arrivals = Arrivals { chance: RngStream::new(seed, 1), traffic, steps: (Instant::ZERO, 0), next: None };
        arrivals.plan(Instant::ZERO);
        arrivals
    }

    /// Other traffic from `now` on.
    pub fn change(&mut self, now: Instant, traffic: Traffic) {
        self.traffic = traffic;
        self.steps = (now, 0);
        self.plan(now);
    }

    /// When the next request will come, if any.
    #[inline]
    pub fn peek(&self) -> Option<Instant> {
        self.next
    }

    /// The next arrival, if there is one until `now`.
    #[inline]
    pub fn next_until(&mut self, now: Instant) -> Option<Instant> {
        let arrival = self.next.filter(|&arrival| arrival <= now)?;
        self.plan(arrival);
        Some(arrival)
    }

    #[inline]
    fn plan(&mut self, from: Instant) {
        self.next = match self.traffic.pattern {
            Pattern::Poisson if self.traffic.rate > 0.0 => {
                Some(from + Span::from_secs_f64(self.chance.exponential() / self.traffic.rate))
            }
            _ => self.plan_otherwise(from),
        };
    }

    fn plan_otherwise(&mut self, from: Instant) -> Option<Instant> {
        match self.traffic.pattern {
            Pattern::List => {
                let index = self.steps.1 as usize;
                self.steps.1 += 1;
                // What lies before now has been missed.
                let missed = self.traffic.list.get(index..)?.iter().take_while(|&&at| at < from).count();
                self.steps.1 += missed as u64;
                self.traffic.list.get(index + missed).copied()
            }
            _ if self.traffic.rate <= 0.0 => None,
            Pattern::Constant => {
                // Counted from the first, so that steps of a third of a microsecond do not add up to an error.
                self.steps.1 += 1;
                Some(self.steps.0 + Span::from_secs_f64(self.steps.1 as f64 / self.traffic.rate))
            }
            _ => self.thin(from),
        }
    }

    /// A rate that changes: moments at the highest rate, each kept with the probability that its own rate has of it.
    fn thin(&mut self, from: Instant) -> Option<Instant> {
        let peak = self.traffic.peak();
        let mut at = from;
        for _ in 0..PATIENCE {
            at += Span::from_secs_f64(self.chance.exponential() / peak);
            if self.chance.part() * peak < self.traffic.rate_at(at) {
                return Some(at);
            }
        }
        None
    }
}
