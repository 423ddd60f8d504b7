//! A search for a moment, a part of the way in each frame.

use super::source::Source;
use crate::figures::Milestone;
use crate::time::{Instant, Span};
use crate::travel::Travel;

/// A search for the next moment of a kind goes no further than this from where it began, quiet stretches being as short as on the
/// slider.
const LONGEST: Span = Span::from_secs(600);
/// Nor does it go further than this with them.
const LONGEST_WITH_QUIET: Span = Span::from_secs(86_400);
/// A search plays so many events in one frame.
const EVENTS_A_FRAME: usize = 4_000;

/// What is searched for, and how far at most.
#[derive(Debug, Clone, Copy)]
pub enum MomentSearch {
    /// The next moment of a kind: no later than this, nor further on the slider.
    Next(Milestone, Instant, Span),
    /// A moment that is known.
    At(Instant),
}

impl MomentSearch {
    /// A search that begins at the moment that is shown, in a world that ends at `end`, if it does.
    pub fn next(moment: Milestone, travel: &Travel, end: Option<Instant>) -> MomentSearch {
        let furthest = travel.now() + LONGEST_WITH_QUIET;
        let place = travel.scale().place(travel.now()) + LONGEST;
        MomentSearch::Next(moment, end.map_or(furthest, |end| furthest.min(end)), place)
    }

    /// Goes on for one frame. Returns whether it found the moment, once that is known.
    pub fn go_on(&self, travel: &mut Travel) -> Option<bool> {
        match *self {
            MomentSearch::Next(moment, limit, place) => travel.run_to(moment, limit, place, EVENTS_A_FRAME),
            MomentSearch::At(at) => travel.seek_some(at, EVENTS_A_FRAME as u64).then_some(true),
        }
    }

    /// What is said when there is no such moment.
    pub fn not_found(&self, source: &Source, travel: &Travel) -> String {
        let MomentSearch::Next(moment, ..) = self else { return String::new() };
        let name = moment.name();
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
