//! How long requests waited for a connection.

use crate::time::Span;

/// The waits of a stretch of a run. All times are zero if there were none.
///
/// A wait lasts from asking for a connection to having one, or to learning that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WaitSummary {
    /// How many waits there were.
    pub count: u64,
    /// The wait that half of them do not exceed.
    pub p50: Span,
    /// The wait that 95 % of them do not exceed.
    pub p95: Span,
    /// The wait that 99 % of them do not exceed.
    pub p99: Span,
    /// The mean wait, rounded down to a microsecond.
    pub mean: Span,
    /// The longest wait.
    pub longest: Span,
}

impl WaitSummary {
    /// Of these waits, in any order.
    pub fn of(waits: impl IntoIterator<Item = Span>) -> WaitSummary {
        let mut waits: Vec<Span> = waits.into_iter().collect();
        let count = waits.len() as u64;
        let sum: i128 = waits.iter().map(|wait| i128::from(wait.as_micros())).sum();
        let [p50, p95, p99, longest] =
            [0.5, 0.95, 0.99, 1.0].map(|part| percentile(&mut waits, part).unwrap_or_default());
        let mean = Span::from_micros((sum / i128::from(count.max(1))) as i64);
        WaitSummary { count, p50, p95, p99, mean, longest }
    }
}

/// The smallest of `times` that at least this part of them, from 0 to 1, do not exceed: exact, not interpolated. 0.95 is p95,
/// and 1 the longest. `None` if there are none. The times are put into another order.
pub fn percentile(times: &mut [Span], part: f64) -> Option<Span> {
    if times.is_empty() {
        return None;
    }
    let rank = ((part.clamp(0.0, 1.0) * times.len() as f64).ceil() as usize).clamp(1, times.len());
    Some(*times.select_nth_unstable(rank - 1).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_sorted_waits() {
        for count in 0..=300 {
            let waits: Vec<Span> = (0..count).map(|n| Span::from_micros(n * 7_919 % 307)).collect();
            let mut sorted = waits.clone();
            sorted.sort();
            let expected = [50, 95, 99, 100].map(|percent| {
                let enough = |wait: &&Span| {
                    100 * sorted.iter().filter(|other| other <= wait).count() >= percent * count as usize
                };
                sorted.iter().find(enough).copied().unwrap_or_default()
            });
            let WaitSummary { p50, p95, p99, longest, .. } = WaitSummary::of(waits);
            assert_eq!([p50, p95, p99, longest], expected, "{count} waits");
        }
    }
}
