//! How far a figure of one run can be trusted: the method of batch means.

use super::interval::Interval;
use super::window::{Window, end};
use crate::sim::{Journal, STEP};
use crate::time::{Instant, Span};

/// A figure of the stretch from `from` to `to`, and how far it can be trusted, by the method of batch means: the stretch is
/// cut into `batches` of equal length, and the figure is taken of each. Requests of one moment wait for the same reasons, so they
/// are no independent witnesses; batches are, if they are much longer than the queue remembers.
///
/// The interval lies about the figure of all batches together, which for a mean over time is the mean of theirs; ratios and
/// percentiles of short batches are biased. Batches without a figure are left out.
///
/// What is too much for equal batches of whole [steps](STEP) is cut off at the beginning. Warm-up is the caller's to drop: see
/// [`warm_up`]. `None` if the stretch is too short for that, or fewer than two batches have a figure.
pub fn batch_means(
    journal: &Journal,
    from: Instant,
    to: Instant,
    batches: u32,
    figure: impl Fn(&Window) -> Option<f64>,
) -> Option<Interval> {
    let (batches, whole) = (i64::from(batches), Window::of(journal, from, to)?);
    let steps = (whole.to() - whole.from()).as_micros() / STEP.as_micros() / batches.max(1);
    if steps == 0 {
        return None;
    }
    let back = |batch: i64| whole.to() + Span::from_micros(-batch * steps * STEP.as_micros());
    let value = figure(&Window::of(journal, back(batches), whole.to())?)?;
    let values: Vec<f64> =
        (0..batches).filter_map(|batch| figure(&Window::of(journal, back(batch + 1), back(batch))?)).collect();
    Interval::about(value, &values)
}

/// When a run that began empty may be taken for warm: after the first tenth of what is written. A rule of thumb, too short
/// for short runs of long lines.
pub fn warm_up(journal: &Journal) -> Instant {
    Instant::from_micros(end(journal).as_micros() / 10)
}
