//! One wait for a connection.

use crate::time::Span;

/// A wait for a connection that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wait(u32);

impl Wait {
    const IN_VAIN: u32 = 1 << 31;

    pub(super) fn new(time: Span, in_vain: bool) -> Wait {
        let micros = time.as_micros().clamp(0, i64::from(Wait::IN_VAIN - 1)) as u32;
        Wait(micros | if in_vain { Wait::IN_VAIN } else { 0 })
    }

    /// From asking to having a connection, or to being told that there is none: whole microseconds, at most half an hour.
    pub fn time(self) -> Span {
        Span::from_micros(i64::from(self.0 & !Wait::IN_VAIN))
    }

    /// It ended without a connection.
    pub fn in_vain(self) -> bool {
        self.0 & Wait::IN_VAIN != 0
    }
}
