//! How finely the times of one sentence are said.

use crate::time::Span;

/// How finely the times of one sentence are said: all alike, so that a reader can take one from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Precision {
    /// Times are rounded to a multiple of this many microseconds, a power of ten.
    step: i64,
    in_seconds: bool,
}

impl Precision {
    /// Fine enough for a difference: it is at least five steps, where microseconds allow it. So times that differ are never
    /// said as the same, and the difference is that of the times as they are rounded.
    pub fn telling(difference: Span, longest: Span) -> Precision {
        let mut step = 1;
        while step < 1_000_000 && step * 10 <= difference.as_micros() / 5 {
            step *= 10;
        }
        Precision { step, in_seconds: longest >= Span::from_secs(1) }
    }

    /// Fine enough for this time alone.
    pub fn of(time: Span) -> Precision {
        Precision::telling(time, time)
    }

    /// The nearest time that is said.
    fn round(self, time: Span) -> Span {
        Span::from_micros(time.as_micros().saturating_add(self.step / 2).div_euclid(self.step) * self.step)
    }

    /// A time in words. One too short for this precision is said in its own: little is not nothing.
    pub fn say(self, time: Span) -> String {
        if (1..self.step).contains(&time.as_micros()) {
            return Precision::of(time).say(time);
        }
        let rounded = self.round(time);
        if self.in_seconds {
            rounded.in_secs() + " s"
        } else {
            // A millisecond is to a microsecond what a thousand seconds are to a second.
            Span::from_micros(rounded.as_micros().saturating_mul(1_000)).in_secs() + " ms"
        }
    }

    /// By how much two times differ as they are said.
    pub fn between(self, one: Span, other: Span) -> String {
        let (one, other) = (self.round(one).as_micros(), self.round(other).as_micros());
        self.say(Span::from_micros(one.abs_diff(other) as i64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_said_differently() {
        let said = |one: i64, other: i64| {
            let [one, other] = [one, other].map(Span::from_micros);
            let difference = Span::from_micros((one.as_micros() - other.as_micros()).abs());
            let precision = Precision::telling(difference, one.max(other));
            [precision.say(one), precision.say(other), precision.between(one, other)]
        };
        assert_eq!(said(1_234_567, 312_000), ["1.2 s", "0.3 s", "0.9 s"]);
        assert_eq!(said(1_050_000, 1_240_000), ["1.05 s", "1.24 s", "0.19 s"]);
        assert_eq!(said(30_000_000, 0), ["30 s", "0 s", "30 s"]);
        assert_eq!(said(1_000_000, 10_000), ["1 s", "10 ms", "1 s"]);
        assert_eq!(said(30_000_000, 3), ["30 s", "0.003 ms", "30 s"]);
        assert_eq!(said(2_000_001, 2_000_000), ["2.000001 s", "2 s", "0.000001 s"]);
        assert_eq!(said(35_400, 1_200), ["35 ms", "1 ms", "34 ms"]);
        assert_eq!(said(900, 899), ["0.9 ms", "0.899 ms", "0.001 ms"]);
    }
}
