//! How far a measured figure can be trusted.

use super::window::{Window, end};
use crate::sim::{Journal, STEP};
use crate::time::{Instant, Span};

/// A figure and its 95 % confidence interval: in 95 of 100 runs that differ by their seed only, the true value is inside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The figure of the whole stretch.
    pub value: f64,
    /// The true value is so much more or less.
    pub half_width: f64,
}

impl Interval {
    /// The lower end.
    pub fn low(&self) -> f64 {
        self.value - self.half_width
    }

    /// The upper end.
    pub fn high(&self) -> f64 {
        self.value + self.half_width
    }

    /// Whether `value` is inside.
    pub fn contains(&self, value: f64) -> bool {
        (self.low()..=self.high()).contains(&value)
    }

    /// At least so wide: the measure itself is no finer.
    pub(super) fn no_finer_than(self, half_width: f64) -> Interval {
        Interval { half_width: self.half_width.max(half_width), ..self }
    }
}

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
    let free = values.len().checked_sub(1).filter(|&free| free > 0)?;
    let variance = values.iter().map(|one| (one - value) * (one - value)).sum::<f64>() / free as f64;
    Some(Interval { value, half_width: t_quantile(free) * (variance / values.len() as f64).sqrt() })
}

/// When a run that began empty may be taken for warm: after the first tenth of what is written. A rule of thumb, too short
/// for short runs of long lines.
pub fn warm_up(journal: &Journal) -> Instant {
    Instant::from_micros(end(journal).as_micros() / 10)
}

/// Student's t for 95 % on both sides, by degrees of freedom.
const T: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/// The same for any number of them, from 1.
fn t_quantile(free: usize) -> f64 {
    // The expansion about the normal distribution (Cornish and Fisher), good to 1e-4 where the table ends.
    let far = |free: f64| 1.959_964 + 2.372_27 / free + 2.822_5 / (free * free);
    free.checked_sub(1).and_then(|place| T.get(place)).copied().unwrap_or_else(|| far(free as f64))
}

#[cfg(test)]
mod tests {
    use super::t_quantile;

    #[test]
    fn the_table_goes_over_into_the_formula() {
        let far = |free: f64| 1.959_964 + 2.372_27 / free + 2.822_5 / (free * free);
        for free in 8..=30 {
            assert!((t_quantile(free) - far(free as f64)).abs() < 0.006, "{free}");
        }
        for (free, wanted) in [(31, 2.0395), (40, 2.0211), (60, 2.0003), (120, 1.9799)] {
            assert!((t_quantile(free) - wanted).abs() < 2e-4, "{free}: {}", t_quantile(free));
        }
    }
}
