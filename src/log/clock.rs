//! The time of a log: it begins at its first line and never goes back.

use crate::time::{Instant, Span};

/// What a log's stamps come to.
#[derive(Debug, Clone, Default)]
pub(super) struct Clock {
    /// The first stamp, in microseconds.
    first: Option<i64>,
    /// The last stamp.
    last: i64,
    /// What jumps back have cost.
    offset: i64,
    /// How often the clock jumped back.
    pub jumps: u32,
    /// Lines without any stamp before them.
    untimed: i64,
}

/// Threads write their lines a little out of order; more than this is a jump.
const ORDER: i64 = 1_000_000;
const DAY: i64 = 86_400_000_000;
/// What a line takes in a log without times, so that its order is seen.
const STEP: i64 = 10_000;

impl Clock {
    /// The moment of a line.
    pub(super) fn at(&mut self, micros: Option<i64>) -> Instant {
        let Some(micros) = micros else {
            if self.first.is_none() {
                self.untimed += STEP;
                return Instant::from_micros(self.untimed);
            }
            return self.now();
        };
        if self.first.is_none() {
            self.first = Some(micros);
            (self.last, self.offset) = (micros, self.untimed);
        }
        let back = self.last - micros;
        if back > ORDER {
            // A log that says hours only begins again at midnight; otherwise somebody set the clock, and the time goes on from here.
            let is_midnight = micros < DAY && back > DAY / 2;
            self.offset += if is_midnight { DAY } else { back };
            self.jumps += u32::from(!is_midnight);
            self.last = micros;
        } else {
            self.last = self.last.max(micros);
        }
        self.now()
    }

    fn now(&self) -> Instant {
        Instant::ZERO + Span::from_micros(self.last - self.first.unwrap_or(self.last) + self.offset)
    }

    /// The first stamp, in microseconds; `None` if no line has one.
    pub(super) fn first(&self) -> Option<i64> {
        self.first
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn time_goes_on() {
        let mut clock = Clock::default();
        let secs = |clock: &mut Clock, secs: i64| clock.at(Some(secs * 1_000_000)).as_micros() / 1_000_000;
        assert_eq!(secs(&mut clock, 100), 0);
        assert_eq!(secs(&mut clock, 105), 5);
        assert_eq!(clock.at(None).as_micros(), 5_000_000);
        assert_eq!(secs(&mut clock, 60), 5, "the clock was set back");
        assert_eq!(secs(&mut clock, 61), 6);
        assert_eq!(clock.jumps, 1);
        let mut clock = Clock::default();
        assert_eq!(secs(&mut clock, 86_399), 0);
        assert_eq!(secs(&mut clock, 1), 2, "midnight");
        assert_eq!(clock.jumps, 0);
    }
}
