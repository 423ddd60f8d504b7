//! The time of a run as a slider shows it: a long quiet stretch takes no more room on it than a short one.

use crate::time::{Instant, Span};

/// The longest stretch without an event that is shown at its true length; a longer one is shown as long as this.
pub const QUIET: Span = Span::from_secs(60);

/// A stretch without an event that is longer than [`QUIET`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct QuietStretch {
    from: Instant,
    to: Instant,
    /// How much time the stretches before this one leave out.
    before: Span,
}

impl QuietStretch {
    /// How much time this one leaves out.
    fn left_out(&self) -> Span {
        less(self.to - self.from, QUIET)
    }
}

/// Maps the moments of a run to places on a slider. A place is the time since the beginning, minus what quiet stretches leave
/// out.
///
/// ```
/// use valet::time::{Instant, Span};
/// use valet::travel::TimeScale;
///
/// let second = |n| Instant::ZERO + Span::from_secs(n);
/// let mut scale = TimeScale::default();
/// scale.note(second(20));
/// scale.note(second(28_820)); // eight hours later
/// assert_eq!(scale.place(second(20)), Span::from_secs(20));
/// assert_eq!(scale.place(second(28_820)), Span::from_secs(80));
/// assert_eq!(scale.place(second(28_825)), Span::from_secs(85));
/// assert_eq!(scale.moment(Span::from_secs(50)), second(14_420)); // halfway through the quiet
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimeScale {
    stretches: Vec<QuietStretch>,
    /// The moment of the last event.
    last: Instant,
}

impl TimeScale {
    /// Notes an event. One that is not later than all before is already known.
    pub fn note(&mut self, at: Instant) {
        if at - self.last > QUIET {
            self.stretches.push(QuietStretch { from: self.last, to: at, before: self.left_out() });
        }
        self.last = self.last.max(at);
    }

    /// Forgets everything that was noted after a moment, and notes an event at that moment.
    pub fn cut(&mut self, at: Instant) {
        self.last = self.last.min(at);
        while let Some(stretch) = self.stretches.pop_if(|stretch| stretch.to > at) {
            self.last = self.last.min(stretch.from);
        }
        self.note(at);
    }

    /// How much time all stretches leave out.
    fn left_out(&self) -> Span {
        self.stretches.last().map_or(Span::ZERO, |last| last.before + last.left_out())
    }

    /// The place of a moment. The time after the last event counts as quiet.
    pub fn place(&self, at: Instant) -> Span {
        let next = self.stretches.partition_point(|stretch| stretch.to <= at);
        let stretch = match self.stretches.get(next) {
            Some(stretch) if stretch.from < at => *stretch,
            Some(stretch) => return less(at - Instant::ZERO, stretch.before),
            // Treat the moment as if an event happened at it.
            None if at - self.last > QUIET => QuietStretch { from: self.last, to: at, before: self.left_out() },
            None => return less(at - Instant::ZERO, self.left_out()),
        };
        less(stretch.from - Instant::ZERO, stretch.before) + scaled(at - stretch.from, QUIET, stretch.to - stretch.from)
    }

    /// The moment at a place: the inverse of [`TimeScale::place`]. The time after the last event does not count as quiet here.
    pub fn moment(&self, place: Span) -> Instant {
        let starts = |stretch: &QuietStretch| less(stretch.from - Instant::ZERO, stretch.before);
        let after = self.stretches.partition_point(|stretch| starts(stretch) + QUIET <= place);
        match self.stretches.get(after) {
            Some(stretch) if starts(stretch) < place => {
                stretch.from + scaled(less(place, starts(stretch)), stretch.to - stretch.from, QUIET)
            }
            Some(stretch) => Instant::ZERO + place + stretch.before,
            None => Instant::ZERO + place + self.left_out(),
        }
    }

    /// The moment since which nothing has happened, if `at` is in a quiet stretch or after the last event.
    pub fn quiet_since(&self, at: Instant) -> Option<Instant> {
        let next = self.stretches.partition_point(|stretch| stretch.to <= at);
        match self.stretches.get(next) {
            Some(stretch) => Some(stretch.from).filter(|from| *from <= at),
            None => Some(self.last).filter(|last| *last <= at),
        }
    }
}

fn less(span: Span, by: Span) -> Span {
    Span::from_micros(span.as_micros() - by.as_micros())
}

/// `part * to / of`, without getting too large.
fn scaled(part: Span, to: Span, of: Span) -> Span {
    let product = i128::from(part.as_micros()) * i128::from(to.as_micros());
    Span::from_micros((product / i128::from(of.as_micros().max(1))) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(secs: i64) -> Instant {
        Instant::ZERO + Span::from_secs(secs)
    }

    /// Quiet from 10 to 1,000 and from 1,030 to 80,000 seconds.
    fn day() -> TimeScale {
        let mut scale = TimeScale::default();
        for event in [10, 1_000, 1_030, 80_000, 80_020] {
            scale.note(second(event));
        }
        scale
    }

    #[test]
    fn places_never_go_back_and_lead_back_to_their_moments() {
        let scale = day();
        let mut before = Span::from_secs(-1);
        for secs in 0..80_100 {
            let place = scale.place(second(secs));
            assert!(place >= before, "{secs}");
            before = place;
            if secs <= 80_020 {
                let off = (scale.moment(place) - second(secs)).as_micros().abs();
                assert!(off < 2_000, "{secs}: off by {off} us"); // a place is whole microseconds, here worth up to 1.3 ms
            }
        }
        assert_eq!(scale.place(second(80_020)), Span::from_secs(10 + 60 + 30 + 60 + 20));
    }

    #[test]
    fn an_act_in_a_quiet_stretch_ends_it() {
        let mut scale = day();
        scale.cut(second(500));
        assert_eq!((scale.place(second(500)), scale.place(second(510))), (Span::from_secs(70), Span::from_secs(80)));
        scale.cut(second(30));
        assert_eq!(scale.place(second(30)), Span::from_secs(30));
        assert_eq!(scale.stretches, []);
    }

    #[test]
    fn quiet_begins_at_the_last_event_before() {
        let scale = day();
        assert_eq!(scale.quiet_since(second(500)), Some(second(10)));
        assert_eq!(scale.quiet_since(second(1_010)), None);
        assert_eq!(scale.quiet_since(second(90_000)), Some(second(80_020)));
    }
}
