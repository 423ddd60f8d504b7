//! When requests come.

use super::rng_stream::RngStream;
use crate::time::{Instant, Span};
use std::sync::Arc;

/// The shape of the traffic over time. Random arrivals are independent of each other (a Poisson process).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// One request after the other, at equal intervals.
    Constant,
    /// At random, always at the same rate.
    Poisson,
    /// At random, and only in bursts: one burst every `every`, each `lasts` long.
    Bursts,
    /// At random; `factor` times as many requests from `from` on, for `lasts`.
    Spike,
    /// At random; from `from` on the rate grows over `lasts` to `factor` times as much, and stays there.
    Ramp,
    /// At random, with few requests at night and many at noon; a day takes `every`.
    Day,
    /// At the listed moments.
    List,
}

/// How many requests come, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Traffic {
    /// The shape of the traffic.
    pub pattern: Pattern,
    /// Requests a second, on average over time (for a spike or ramp: before it begins). At 0 or less, no requests come.
    pub rate: f64,
    /// For a spike or ramp: how many times as many requests come.
    pub factor: f64,
    /// When a spike or ramp begins.
    pub from: Span,
    /// How long a burst, spike or ramp lasts.
    pub lasts: Span,
    /// The time from one burst or day to the next.
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

    /// The rate at a moment, in requests a second.
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
                // From 0 at midnight to 1 at noon. After smoothing, its mean is a half.
                let noon = 1.0 - (2.0 * ((since / every) % 1.0) - 1.0).abs();
                self.rate * (0.2 + 1.6 * noon * noon * (3.0 - 2.0 * noon))
            }
            Pattern::List => 0.0,
        }
    }

    /// How many requests come in such a stretch of time at the least, on average over all stretches.
    pub fn at_least(&self, stretch: Span) -> f64 {
        let factor = if self.pattern == Pattern::Ramp { self.factor.min(1.0) } else { 1.0 };
        if self.pattern == Pattern::List { 0.0 } else { self.rate * factor * stretch.as_secs_f64() }
    }

    /// The highest rate.
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
    /// The moment from which equal intervals are counted, and how many there were; for a list, the number of arrivals taken.
    steps: (Instant, u64),
    /// The next arrival, if there is one.
    next: Option<Instant>,
    /// How far behind the microsecond of the last arrival in a sharp burst it came, from 0 to 1.
    past: f64,
}

/// The rate, in requests a second, above which bursts are too short to be found by random search.
const SHARP: f64 = 10_000.0;
/// The most requests in one burst that is sharper than that, on average. More would be turned away: it is five times what a
/// worker holds.
const MOST_IN_BURST: f64 = 10_000.0;
/// How many random moments may be rejected in a row, for example at the wrong time of day, before the search for the next
/// arrival gives up.
const PATIENCE: usize = 10_000;

impl Arrivals {
    /// Arrivals from the beginning of the world.
    pub fn new(seed: u64, traffic: Traffic) -> Arrivals {
        let mut arrivals =
            Arrivals { chance: RngStream::new(seed, 1), traffic, steps: (Instant::ZERO, 0), next: None, past: 0.0 };
        arrivals.plan(Instant::ZERO);
        arrivals
    }

    /// Changes the traffic from `now` on.
    pub fn change(&mut self, now: Instant, traffic: Traffic) {
        self.traffic = traffic;
        (self.steps, self.past) = ((now, 0), 0.0);
        self.plan(now);
    }

    /// When the next request comes, if there is one.
    #[inline]
    pub fn peek(&self) -> Option<Instant> {
        self.next
    }

    /// Takes the next arrival, if it comes no later than `now`.
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
                // Arrivals that are already in the past have been missed.
                let missed = self.traffic.list.get(index..)?.iter().take_while(|&&at| at < from).count();
                self.steps.1 += missed as u64;
                self.traffic.list.get(index + missed).copied()
            }
            _ if self.traffic.rate <= 0.0 => None,
            Pattern::Constant => {
                // Counted from the start, so that rounding errors of fractions of a microsecond do not add up.
                self.steps.1 += 1;
                Some(self.steps.0 + Span::from_secs_f64(self.steps.1 as f64 / self.traffic.rate))
            }
            _ => self.thin(from),
        }
    }

    /// The next arrival for bursts that are so short that random moments would hardly ever hit one. Time between bursts is left
    /// out: the random step is taken along the bursts alone, one after the other. Several arrivals may share a microsecond; what
    /// is smaller is carried on, so that a burst has no more of them than are due.
    fn in_sharp_burst(&mut self, from: Instant, peak: f64) -> Instant {
        let micros = |span: Span| span.as_micros().max(1);
        let (lasts, every) = (micros(self.traffic.lasts), micros(self.traffic.every));
        let peak = peak.min(SHARP.max(MOST_IN_BURST * 1e6 / lasts as f64));
        let since = (from - Instant::ZERO).as_micros();
        let (bursts, within) = (since.div_euclid(every), since.rem_euclid(every));
        // After the end of a burst its place is the beginning of the next one.
        let place = if within < lasts { within as f64 + self.past } else { lasts as f64 };
        let place = place + self.chance.exponential() / peak * 1e6;
        let further = (place / lasts as f64).floor();
        let place = place - further * lasts as f64;
        self.past = place.fract();
        Instant::from_micros((bursts + further as i64) * every + (place as i64).min(lasts - 1))
    }

    /// The next arrival at a rate that changes: random moments come at the highest rate, and each is kept with the probability of
    /// its own rate divided by the highest.
    fn thin(&mut self, from: Instant) -> Option<Instant> {
        let peak = self.traffic.peak();
        if self.traffic.pattern == Pattern::Bursts && peak > SHARP {
            return Some(self.in_sharp_burst(from, peak));
        }
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
