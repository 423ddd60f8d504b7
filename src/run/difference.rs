//! The comparison of two runs.

use super::card::Card;
use super::results::ON_CARD;
use crate::figures::{ERRORS, Figure, Unit};
use crate::settings::{SETTINGS, Scope, setting};
use crate::sim::Setup;

/// One figure in both runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardDifference {
    /// Its title.
    pub title: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Its value in the first run.
    pub a: i64,
    /// Its value in the second run.
    pub b: i64,
}

impl CardDifference {
    /// How much more it is in the second run.
    pub fn more(&self) -> i64 {
        self.b.saturating_sub(self.a)
    }
}

/// All figures of two runs, in this order: length, arrived and served requests, failures (all together, then each kind), then
/// the other figures on their cards.
pub fn differences(a: &Card, b: &Card) -> Vec<CardDifference> {
    let length = CardDifference { title: "Length", unit: Unit::Time, a: a.head.at, b: b.head.at };
    let (first, rest) = ON_CARD.split_at(2);
    let figures = first.iter().copied().chain([&ERRORS]).chain(rest.iter().copied());
    let of = |figure: &Figure| {
        let [a, b] = [a, b].map(|card| card.results.number(figure));
        CardDifference { title: figure.title, unit: figure.unit, a, b }
    };
    std::iter::once(length).chain(figures.map(of)).collect()
}
/// The settings in which two runs differ at their beginnings: name, value in the first, value in the second. Also whether all
/// of these are about the pool alone, so that both runs had the same requests.
pub fn sets_apart(a: &Setup, b: &Setup) -> (Vec<[String; 3]>, bool) {
    let mut apart: Vec<[String; 3]> = Vec::new();
    for setting in SETTINGS.iter().filter(|setting| !setting.is_same(a, b)) {
        apart.push([setting.name.into(), setting.text(a), setting.text(b)]);
    }
    if a.seed != b.seed {
        apart.push(["seed".into(), a.seed.to_string(), b.seed.to_string()]);
    }
    let only_pool = apart.iter().all(|[name, ..]| setting(name).is_some_and(|setting| setting.scope == Scope::Pool));
    (apart, only_pool)
}
