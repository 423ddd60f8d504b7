//! The night again: what a log says was asked for and held, played in the lot, with the same settings or with others.

use crate::lesson::{LessonError, Plan};
use crate::log::{End, Hold, PoolLog};
use crate::pool::{Class, Settings};
use crate::service::RequestSpec;
use crate::sim::{Pattern, Setup, Traffic, WorldAct};
use crate::time::{Instant, Span};

/// A stretch of a log as a world: the same requests come at the same moments, and hold their connections as long.
#[derive(Debug, Clone, PartialEq)]
pub struct Night {
    /// The world, with the log's own settings.
    pub plan: Plan,
    /// The moment of the log at which it begins.
    pub from: Instant,
    /// How many of the log's checkouts it holds.
    pub shown: usize,
    /// Where the pool's limit is from.
    pub limit: Limit,
}

/// Where a log's limit is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The log says it.
    Said,
    /// A configuration that was brought along says it.
    Configured,
    /// Nothing says it, and SQLAlchemy's defaults are enough for what was out.
    Default,
    /// Nothing says it, and more connections were out than the defaults allow: the limit is at least so high.
    Seen,
}

/// The most checkouts that are played at once: the lot remembers all of them.
const MOST: usize = 1_500;
/// The quiet before the first request and after the last one.
const QUIET: Span = Span::from_millis(500);

impl Night {
    /// The stretch of a log around a moment.
    pub fn around(log: &PoolLog, configured: Option<&Settings>, moment: Instant) -> Night {
        let (settings, limit) = settings(log, configured);
        let came = |hold: &Hold| hold.asked.unwrap_or(hold.got);
        let middle = log.holds.partition_point(|hold| hold.got < moment);
        let first = middle.saturating_sub(MOST / 3).min(log.holds.len().saturating_sub(MOST));
        let within = &log.holds[first..(first + MOST).min(log.holds.len())];
        let begins = within
            .iter()
            .map(came)
            .chain((first == 0).then(|| failed(log, &settings)).into_iter().flatten().map(|(asked, _)| asked));
        let from = begins.min().unwrap_or(Instant::ZERO) + QUIET.times(-1.0);
        let to = if first + MOST < log.holds.len() { within.last().map_or(log.end, |hold| hold.got) } else { log.end };
        let offset = |at: Instant| Instant::ZERO + (at - from).max(Span::ZERO);

        // Who is out already when the stretch begins, then who comes in it.
        let mut comes: Vec<(Instant, Span)> = Vec::new();
        let mut add = |hold: &Hold, came: Instant| {
            let held = hold.back.filter(|_| hold.end != End::Out).map_or(NEVER, |back| back - hold.got.max(from));
            comes.push((offset(came), held.max(Span::from_micros(1))));
        };
        log.holds[..first]
            .iter()
            .filter(|hold| hold.back.is_none_or(|back| back > from))
            .for_each(|hold| add(hold, from));
        within.iter().for_each(|hold| add(hold, came(hold)));
        let usual = median(within);
        comes.extend(
            failed(log, &settings)
                .filter(|&(asked, _)| (from..=to).contains(&asked))
                .map(|(asked, _)| (offset(asked), usual)),
        );
        comes.sort_by_key(|&(at, _)| at);

        let setup = Setup {
            settings,
            traffic: Traffic { pattern: Pattern::List, list: Vec::new().into(), ..Traffic::poisson(0.0) },
            ..Setup::default()
        };
        let mut plan = Plan::new(setup, (to - from).max(Span::ZERO) + QUIET);
        plan.acts = comes
            .into_iter()
            .map(|(at, takes)| (at, WorldAct::Arrive(RequestSpec { takes, ..RequestSpec::default() }).into()))
            .collect();
        Night { plan, from, shown: within.len(), limit }
    }

    /// The same requests before a pool with other settings, given by their names and texts.
    ///
    /// # Errors
    /// If a setting does not take its text.
    pub fn with(&self, settings: &[(&str, &str)]) -> Result<Plan, LessonError> {
        settings.iter().try_fold(self.plan.clone(), |plan, (name, text)| plan.with(name, text))
    }

    /// Where a moment of the log is in the world.
    pub fn moment(&self, at: Instant) -> Instant {
        Instant::ZERO + (at - self.from).max(Span::ZERO)
    }
}

/// Longer than any log.
const NEVER: Span = Span::from_secs(1_000_000);

/// The pool's settings, as far as the log or a configuration says them.
fn settings(log: &PoolLog, configured: Option<&Settings>) -> (Settings, Limit) {
    let mut settings = configured.copied().unwrap_or_default();
    settings.class = log.class.unwrap_or(settings.class);
    // What is played has no server that could close a connection or be asked: these would only cost time.
    (settings.pool_pre_ping, settings.pool_recycle) = (false, Span::from_secs(-1));
    settings.pool_timeout = log.timeout.or(settings.pool_timeout);
    let most = i64::try_from(log.most_out.0).unwrap_or(i64::MAX);
    let limit = match (log.size, log.overflow) {
        (Some(size), Some(overflow)) => {
            (settings.pool_size, settings.max_overflow) = (size, overflow);
            Limit::Said
        }
        _ if settings.limit().is_some_and(|limit| limit < most) => {
            (settings.pool_size, settings.max_overflow) = (most, 0);
            Limit::Seen
        }
        _ if configured.is_some() => Limit::Configured,
        _ => Limit::Default,
    };
    // Pools without a queue never let anybody wait; what they did is played with one that does not either.
    if !settings.class.has_queue() {
        (settings.class, settings.pool_size, settings.max_overflow) = (Class::QueuePool, 0, 0);
    }
    (settings, limit)
}

/// When those came that timed out, and when they did: a log says the second only.
fn failed(log: &PoolLog, settings: &Settings) -> impl Iterator<Item = (Instant, Instant)> {
    let patience = settings.pool_timeout.unwrap_or(Span::ZERO);
    let timeouts = log.failures.iter().filter(|failure| failure.is_timeout);
    timeouts.map(move |failure| (failure.asked.unwrap_or(failure.at + patience.times(-1.0)), failure.at))
}

/// How long a connection is usually held.
fn median(holds: &[Hold]) -> Span {
    let mut lasted: Vec<Span> = holds.iter().filter_map(Hold::lasted).collect();
    lasted.sort_unstable();
    lasted.get(lasted.len() / 2).copied().unwrap_or(Span::from_millis(50))
}
