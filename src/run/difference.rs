//! Two runs beside each other.

use super::card::Card;
use crate::settings::{SETTINGS, Scope, setting};
use crate::sim::Setup;

/// One figure of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// What it is called.
    pub name: &'static str,
    /// Whether it is a time, in microseconds, or else a count.
    pub is_time: bool,
    /// The first run's.
    pub a: i64,
    /// The second's.
    pub b: i64,
}

impl Difference {
    /// How much more the second has.
    pub fn more(&self) -> i64 {
        self.b.saturating_sub(self.a)
    }
}

/// All figures of two runs.
pub fn differences(a: &Card, b: &Card) -> Vec<Difference> {
    let (one, two) = (&a.results, &b.results);
    let count = |name, a: u64, b: u64| {
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        Difference { name, is_time: false, a: whole(a), b: whole(b) }
    };
    let time = |name, a, b| Difference { name, is_time: true, a, b };
    vec![
        time("length", a.head.at, b.head.at),
        count("requests", one.arrived, two.arrived),
        count("served", one.served, two.served),
        count("errors", one.errors(), two.errors()),
        count("time-outs", one.timeouts, two.timeouts),
        count("had to wait", one.waited, two.waited),
        time("wait p50", one.p50, two.p50),
        time("wait p95", one.p95, two.p95),
        count("connections opened", one.opened, two.opened),
        count("recycled", one.recycled, two.recycled),
    ]
}

/// The settings at their beginnings that two runs differ in: name, the first's value, the second's; and whether all of
/// them are about the pool alone, so that the same visitors met both.
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
