//! How far a measured figure can be trusted.

/// A figure and its 95 % confidence interval: in 95 of 100 runs that differ by their seed only, the true value is inside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The figure.
    pub value: f64,
    /// The true value is at most so much more or less.
    pub half_width: f64,
}

impl Interval {
    /// The mean of what independent runs came to, by Student's t. `None` for fewer than two, which say nothing about how far
    /// apart runs are.
    pub fn of(values: &[f64]) -> Option<Interval> {
        Interval::about(values.iter().sum::<f64>() / values.len() as f64, values)
    }

    /// A value that the mean of `values` estimates, where `values` are independent of each other. `None` for fewer than two.
    pub(super) fn about(value: f64, values: &[f64]) -> Option<Interval> {
        let free = values.len().checked_sub(1).filter(|&free| free > 0)?;
        let variance = values.iter().map(|one| (one - value) * (one - value)).sum::<f64>() / free as f64;
        Some(Interval { value, half_width: student_t(free) * (variance / values.len() as f64).sqrt() })
    }

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

/// Student's t for 95 % on both sides, by degrees of freedom from 1.
const STUDENT_T: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/// The same for any number of degrees of freedom from 1.
fn student_t(free: usize) -> f64 {
    // The expansion about the normal distribution (Cornish and Fisher), good to 1e-4 where the table ends.
    let far = |free: f64| 1.959_964 + 2.372_27 / free + 2.822_5 / (free * free);
    free.checked_sub(1).and_then(|place| STUDENT_T.get(place)).copied().unwrap_or_else(|| far(free as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Mean 14, s = sqrt(10), t = 2.7764 with 4 degrees of freedom: 3.9265.
        let interval = Interval::of(&[10.0, 12.0, 14.0, 16.0, 18.0]).unwrap();
        assert_eq!(interval.value, 14.0);
        assert!((3.925..=3.928).contains(&interval.half_width), "{interval:?}");
        assert_eq!(Interval::of(&[7.0, 7.0, 7.0]).unwrap().half_width, 0.0);
        assert_eq!((Interval::of(&[7.0]), Interval::of(&[])), (None, None));
    }

    #[test]
    fn the_table_goes_over_into_the_formula() {
        let far = |free: f64| 1.959_964 + 2.372_27 / free + 2.822_5 / (free * free);
        for free in 8..=30 {
            assert!((student_t(free) - far(free as f64)).abs() < 0.006, "{free}");
        }
        for (free, wanted) in [(31, 2.0395), (40, 2.0211), (60, 2.0003), (120, 1.9799)] {
            assert!((student_t(free) - wanted).abs() < 2e-4, "{free}: {}", student_t(free));
        }
    }

    #[test]
    fn quantiles_fall_towards_the_normal_one() {
        let all: Vec<f64> = (1..3_000).map(student_t).collect();
        assert!(all.windows(2).all(|pair| pair[0] >= pair[1]));
        assert_eq!((all[0], all[29]), (12.706, 2.042));
        assert!((all[2_998] - 1.961).abs() < 1e-3, "{}", all[2_998]);
    }
}
