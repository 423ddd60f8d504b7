//! How sure one is of a mean over seeds.

use crate::time::Span;

/// A mean over independent runs, and how far the true one may be from it: with 95 % confidence, by Student's t.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The mean of the runs.
    pub mean: Span,
    /// How far the interval reaches to either side.
    pub half: Span,
    /// Of how many runs.
    pub runs: usize,
}

/// The quantile at 97.5 % of Student's t with 1, 2, ... degrees of freedom, in thousandths.
const STUDENT: [u32; 30] = [
    12_707, 4_303, 3_183, 2_777, 2_571, 2_447, 2_365, 2_307, 2_263, 2_229, 2_201, 2_179, 2_161, 2_145, 2_132, 2_120,
    2_110, 2_101, 2_094, 2_086, 2_080, 2_074, 2_069, 2_064, 2_060, 2_056, 2_052, 2_049, 2_046, 2_043,
];

/// The same from so many degrees of freedom on, up to the next.
const MORE: [(usize, u32); 4] = [(1_000, 1_963), (120, 1_980), (60, 2_001), (40, 2_022)];

impl Interval {
    /// Over the values of some runs; `None` for fewer than two, which say nothing about how far apart runs are. Whole numbers
    /// throughout, and never too narrow by rounding.
    pub fn of(values: &[Span]) -> Option<Interval> {
        let runs = values.len();
        if runs < 2 {
            return None;
        }
        let sum: i128 = values.iter().map(|value| i128::from(value.as_micros())).sum();
        let half = half(values, sum).and_then(|half| i64::try_from(half).ok()).unwrap_or(i64::MAX);
        let mean = sum.div_euclid(runs as i128) as i64;
        Some(Interval { mean: Span::from_micros(mean), half: Span::from_micros(half), runs })
    }

    /// Its lower end; a wait is never below zero.
    pub fn low(&self) -> Span {
        Span::from_micros(self.mean.as_micros().saturating_sub(self.half.as_micros()).max(0))
    }

    /// Its upper end.
    pub fn high(&self) -> Span {
        self.mean + self.half
    }
}

/// t * s / sqrt(n), rounded up, where s * s * n * (n - 1) = n * (sum of squares) - sum * sum. `None` if it is beyond all numbers.
fn half(values: &[Span], sum: i128) -> Option<u128> {
    let n = values.len() as i128;
    let student = i128::from(student(values.len() - 1));
    let mut squares = 0i128;
    for value in values {
        let value = i128::from(value.as_micros());
        squares = squares.checked_add(value * value)?;
    }
    let apart = n.checked_mul(squares)?.checked_sub(sum.checked_mul(sum)?)?;
    let above = apart.checked_mul(student * student)?.unsigned_abs();
    let below = (1_000_000 * n * n).checked_mul(n - 1)?.unsigned_abs();
    let square = above.div_ceil(below);
    let root = square.isqrt();
    Some(root + u128::from(root * root < square))
}

/// The quantile in thousandths, rounded up; between two known ones that of fewer degrees of freedom, which is wider.
fn student(freedom: usize) -> u32 {
    let known = STUDENT.get(freedom.saturating_sub(1)).copied();
    let more = MORE.iter().find(|&&(from, _)| freedom >= from).map(|&(_, quantile)| quantile);
    known.or(more).unwrap_or(STUDENT[STUDENT.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let ms = |values: &[i64]| Interval::of(&values.iter().map(|&ms| Span::from_millis(ms)).collect::<Vec<_>>());
        // Mean 14, s = sqrt(10), t = 2.7764 with 4 degrees of freedom: 3.9265.
        let interval = ms(&[10, 12, 14, 16, 18]).unwrap();
        assert_eq!(interval.mean, Span::from_millis(14));
        assert!((3_926..=3_928).contains(&interval.half.as_micros()), "{interval:?}");
        assert_eq!(ms(&[7, 7, 7]).unwrap().half, Span::ZERO);
        assert_eq!((ms(&[7]), ms(&[])), (None, None));
        assert_eq!(ms(&[0, 100]).unwrap().low(), Span::ZERO);
        assert_eq!(ms(&[i64::MAX, 0, i64::MAX]).unwrap().high(), Span::from_micros(i64::MAX), "not too narrow");
    }

    #[test]
    fn quantiles_fall_towards_the_normal_one() {
        let all: Vec<u32> = (1..3_000).map(student).collect();
        assert!(all.windows(2).all(|pair| pair[0] >= pair[1]));
        assert_eq!((all[0], all[30], all[38], all[39], all[2_998]), (12_707, 2_043, 2_043, 2_022, 1_963));
    }
}
