//! One wait for a connection.

use crate::time::Span;

/// A wait for a connection that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wait(u32);

impl Wait {
    const UNSERVED: u32 = 1 << 31;

    pub(crate) fn new(time: Span, unserved: bool) -> Wait {
        let micros = time.as_micros().clamp(0, i64::from(Wait::UNSERVED - 1)) as u32;
        Wait(micros | if unserved { Wait::UNSERVED } else { 0 })
    }

    /// The time from asking for a connection to getting it, or to being told that there is none: whole microseconds, at most half
    /// an hour.
    pub fn time(self) -> Span {
        Span::from_micros(i64::from(self.0 & !Wait::UNSERVED))
    }

    /// Whether it ended without a connection.
    pub fn unserved(self) -> bool {
        self.0 & Wait::UNSERVED != 0
    }
}
