//! Theory and measurement side by side.

use super::steady_state::SteadyState;
use crate::figures::{Interval, Window, batch_means};
use crate::sim::{Journal, Setup};
use crate::theory::littles_law;
use crate::time::Instant;

/// A stretch is cut into so many batches.
pub const BATCHES: u32 = 20;

/// What theory and a measurement say of one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TheoryRow {
    /// What it is.
    pub name: &'static str,
    /// In what: empty for shares.
    pub unit: &'static str,
    /// What theory says, where it says anything.
    pub theory: Option<f64>,
    /// What was measured, where that was long enough.
    pub measured: Option<Interval>,
    /// Whether theory is inside the interval; `None` if either is missing, or for waits if nobody has waited yet.
    ///
    /// Of a true theory one row in twenty is outside, by chance.
    pub within: Option<bool>,
}

/// The figures of the stretch from `from` to `to` beside theory. Warm-up is the caller's to drop.
///
/// The last row is Little's law, which needs no assumptions: as theory stands the rate of checkouts times their mean wait, and as
/// measured the mean number that ask.
pub fn compare(setup: &Setup, journal: &Journal, from: Instant, to: Instant) -> Vec<TheoryRow> {
    let theory = SteadyState::of(setup);
    let Some(whole) = Window::of(journal, from, to) else { return Vec::new() };
    let said = |figure: fn(&SteadyState) -> f64| theory.as_ref().map(figure);
    let row = |name, unit, theory: Option<f64>, finest: f64, figure: &dyn Fn(&Window) -> Option<f64>| {
        let measured = batch_means(journal, from, to, BATCHES, figure).map(|one| one.no_finer_than(finest));
        let within = theory.zip(measured).map(|(theory, measured)| measured.contains(theory));
        TheoryRow { name, unit, theory, measured, within }
    };
    // What happened to none of n, or to all, happens to at most 3/n of them, or to all but those: the rule of three.
    let count = whole.waits().len().max(1) as f64;
    let rare = |share: Option<f64>| if matches!(share, Some(0.0 | 1.0)) { 3.0 / count } else { 0.0 };
    // A wait is measured in whole microseconds, and if nobody has waited there is nothing to say but how rare that is.
    let waited = whole.share_waited().is_some_and(|share| share > 0.0);
    let if_waited = |row: TheoryRow| TheoryRow { within: row.within.filter(|_| waited), ..row };
    let (micro, rate) = (1e-6, whole.asking_rate());
    let little = whole.mean_wait().map(|wait| littles_law(rate, wait));
    vec![
        row("utilisation", "", said(|theory| theory.utilisation), 0.0, &|window| window.utilisation(setup)),
        if_waited(row("mean wait", "s", said(|theory| theory.mean_wait), micro, &|window| window.mean_wait())),
        if_waited(row("mean queue", "requests", said(|theory| theory.mean_queue), micro * rate, &|window| {
            Some(window.mean_asking())
        })),
        row("P(wait > 0)", "", said(|theory| theory.p_wait), rare(whole.share_waited()), &|window| {
            window.share_waited()
        }),
        row("P(timeout)", "", said(|theory| theory.p_timeout), rare(whole.share_timeouts()), &|window| {
            window.share_timeouts()
        }),
        if_waited(row("p95 wait", "s", said(|theory| theory.p95_wait), micro, &|window| {
            window.wait_at(0.95).map(|wait| wait.as_secs_f64())
        })),
        row("Little's law", "requests", little, micro * rate, &|window| Some(window.mean_asking())),
    ]
}
