//! The only clock type: whole microseconds.
//!
//! The model never asks what time it is; it is told. Integers, so that the same run has the same bits on every
//! machine, and so that a moment can be put in a link.
//!
//! ```
//! use valet::time::{Instant, Span};
//! let arrived = Instant::ZERO + Span::from_millis(1_203);
//! assert_eq!(arrived - Instant::ZERO, Span::from_micros(1_203_000));
//! assert!(arrived < arrived + Span::from_secs(30));
//! ```

use std::ops::{Add, AddAssign, Sub};

/// A moment: whole microseconds since the world began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant(i64);

/// A length of time in whole microseconds. Signed, because SQLAlchemy takes negative settings (`pool_recycle=-1`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(i64);

impl Instant {
    /// When the world began.
    pub const ZERO: Instant = Instant(0);

    /// The moment `micros` microseconds after the world began.
    pub const fn from_micros(micros: i64) -> Instant {
        Instant(micros)
    }

    /// Microseconds since the world began.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Seconds since the world began, for showing.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span(0);

    /// A span of `micros` microseconds.
    pub const fn from_micros(micros: i64) -> Span {
        Span(micros)
    }

    /// A span of `millis` milliseconds, at most some 292,000 years: longer is taken as that.
    pub const fn from_millis(millis: i64) -> Span {
        Span(millis.saturating_mul(1_000))
    }

    /// A span of `secs` seconds, at most some 292,000 years: longer is taken as that.
    pub const fn from_secs(secs: i64) -> Span {
        Span(secs.saturating_mul(1_000_000))
    }

    /// A span of `secs` seconds, rounded to the nearest microsecond; NaN is nothing, and infinity the longest span.
    pub fn from_secs_f64(secs: f64) -> Span {
        Span(whole(secs * 1e6))
    }

    /// Whole microseconds.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Seconds, for showing.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// Seconds as the shortest decimal: `30`, `0.5`, `-1`.
    ///
    /// ```
    /// use valet::time::Span;
    /// assert_eq!(Span::from_millis(30_000).in_secs(), "30");
    /// assert_eq!(Span::from_micros(-1_250_000).in_secs(), "-1.25");
    /// ```
    pub fn in_secs(self) -> String {
        let (sign, micros) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, rest) = (micros / 1_000_000, micros % 1_000_000);
        match rest {
            0 => format!("{sign}{whole}"),
            _ => format!("{sign}{whole}.{rest:06}").trim_end_matches('0').to_owned(),
        }
    }

    /// `factor` times as long, rounded to the nearest microsecond; NaN is nothing, and infinity the longest span.
    pub fn times(self, factor: f64) -> Span {
        Span(whole(self.0 as f64 * factor))
    }

    /// Milliseconds, for showing.
    pub fn as_millis_f64(self) -> f64 {
        self.0 as f64 / 1e3
    }
}

/// `number.round() as i64`, which many machines have to call a function for: to the nearest, halves away from zero.
#[inline]
fn whole(number: f64) -> i64 {
    let near = number as i64;
    let rest = number - near as f64;
    near.saturating_add(i64::from(rest >= 0.5)).saturating_sub(i64::from(rest <= -0.5))
}

impl Add<Span> for Instant {
    type Output = Instant;
    fn add(self, span: Span) -> Instant {
        Instant(self.0.saturating_add(span.0))
    }
}

impl AddAssign<Span> for Instant {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Sub for Instant {
    type Output = Span;
    fn sub(self, earlier: Instant) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Add for Span {
    type Output = Span;
    fn add(self, other: Span) -> Span {
        Span(self.0.saturating_add(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_those_of_round() {
        let odd =
            [0.0, 0.499_999_999_999_999_94, 0.5, 1.5, 2.5, 1e15 + 0.5, 4_503_599_627_370_495.5, 1e16, 9.3e18, 1e300];
        let near = (0..2_000_000).map(|number| f64::from(number) * 0.062_5 + f64::from(number) * 1e-9);
        for number in odd.into_iter().chain([f64::INFINITY, f64::NAN, 9_223_372_036_854_775_807.0]).chain(near) {
            assert_eq!(whole(number), number.round() as i64, "{number}");
            assert_eq!(whole(-number), (-number).round() as i64, "-{number}");
        }
    }
}
