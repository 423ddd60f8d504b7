//! A search for the next moment of a kind.

use super::source::Source;
use crate::time::{Instant, Span};
use crate::travel::{Moment, Travel};

/// A search goes no further than this from where it began.
const LONGEST: Span = Span::from_secs(600);
/// A search plays so many events in one frame.
const EVENTS_A_FRAME: usize = 4_000;

/// What is searched for, and how far at most.
#[derive(Debug, Clone, Copy)]
pub struct MomentSearch {
    moment: Moment,
    limit: Instant,
}

impl MomentSearch {
    /// A search that begins at `now`, in a world that ends at `end`, if it does.
    pub fn new(moment: Moment, now: Instant, end: Option<Instant>) -> MomentSearch {
        let furthest = now + LONGEST;
        MomentSearch { moment, limit: end.map_or(furthest, |end| furthest.min(end)) }
    }

    /// Goes on for one frame. Returns whether it found the moment, once that is known.
    pub fn go_on(&self, travel: &mut Travel) -> Option<bool> {
        travel.run_to(self.moment, self.limit, EVENTS_A_FRAME)
    }

    /// What is said when there is no such moment.
    pub fn not_found(&self, source: &Source, travel: &Travel) -> String {
        let name = self.moment.name();
        match source {
            Source::Live(_) => {
                "What a real database will do is not known before it does it. Step back, and run from there.".into()
            }
            Source::Replay(_) if travel.is_recorded() => format!("No {name} before the kept run ends."),
            Source::Plan(_) => format!("No {name} before the end."),
            Source::Simulated | Source::Replay(_) => format!("No {name} within the next ten minutes."),
        }
    }
}
