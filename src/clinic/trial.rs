//! A world played to its end: what it came to, and in whose words.

use super::numbers::Numbers;
use crate::figures::{self, Figure, Measurement, Value};
use crate::lesson::Plan;
use crate::service::News;
use crate::settings::Act;
use crate::sim::{Journal, World};
use crate::time::{Instant, Span};

/// What a world came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Its figures at the end.
    pub measurement: Measurement,
    /// The first error of a request, in SQLAlchemy's words.
    pub error: Option<String>,
    /// When that was.
    pub at: Option<Instant>,
}

/// Plays a world to its end.
pub fn play(plan: &Plan) -> Trial {
    let (error, at) = first_error(plan).map_or((None, None), |(at, error)| (Some(error), Some(at)));
    Trial { measurement: plan.outcome(), error, at }
}

/// The first error of a request, and when it was.
pub(super) fn first_error(plan: &Plan) -> Option<(Instant, String)> {
    let mut world = World::new(plan.setup.clone());
    let mut journal = Journal::of_waits();
    let mut acts: &[(Instant, Act)] = &plan.acts;
    loop {
        while let Some((_, news)) = world.news() {
            if let News::Left(_, Err(failure)) = news {
                return Some((world.now(), failure.to_string()));
            }
        }
        let next = world.next_at().unwrap_or(plan.end());
        if let Some(((at, act), rest)) = acts.split_first().filter(|((at, _), _)| *at <= next.min(plan.end())) {
            acts = rest;
            world.run_until(*at, &mut journal);
            let act = act.on(world.setup());
            world.act(act, &mut journal);
        } else if next >= plan.end() || !world.step(&mut journal) {
            return None;
        }
    }
}

impl Trial {
    /// Whether every request was served, and none waited longer than the reader's own timeout.
    pub fn is_well(&self, numbers: &Numbers) -> bool {
        let tally = self.measurement.tally;
        let patience = numbers.settings.pool_timeout.unwrap_or(Span::from_secs(30)).max(Span::from_secs(1));
        tally.errors() + tally.turned_away == 0 && self.measurement.waits.longest <= patience
    }
}

/// A figure before and after a cure, in the same world.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The figure.
    pub figure: &'static Figure,
    /// Without the cure.
    pub before: Value,
    /// With it.
    pub after: Value,
}

/// What a cure changes, and what it may break: the server's limit, waits, connections opened.
pub fn effects(before: &Trial, after: &Trial) -> Vec<Effect> {
    let shown: [&'static Figure; 8] = [
        &figures::SERVED,
        &figures::TIMEOUTS,
        &figures::OTHER_FAILURES,
        &figures::REFUSED,
        &figures::P95,
        &figures::LONGEST,
        &figures::OPENED,
        &figures::MOST_OPEN,
    ];
    shown
        .into_iter()
        .map(|figure| Effect {
            figure,
            before: (figure.of)(&before.measurement),
            after: (figure.of)(&after.measurement),
        })
        .collect()
}
