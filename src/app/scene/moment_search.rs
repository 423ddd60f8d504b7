//! A search for a moment, a part of the way in each frame.

use super::deadline::{Deadline, PORTION};
use super::source::Source;
use crate::figures::Milestone;
use crate::time::{Instant, Span};
use crate::travel::{Place, Travel};

/// A search for the next moment of a kind goes no further than this from where it began, quiet stretches being as short as on the
/// slider.
const LONGEST: Span = Span::from_secs(600);
/// Nor does it go further than this with them.
const LONGEST_WITH_QUIET: Span = Span::from_secs(86_400);
/// So long the present of a real database is waited for.
const LONGEST_WAIT: Span = Span::from_secs(60);

/// What is searched for, and how far at most.
#[derive(Debug, Clone, Copy)]
pub enum MomentSearch {
    /// The next moment of a kind: no later than this, nor further on the slider.
    Next(Milestone, Instant, Span),
    /// The next moment of a kind in the present of a real database, which nobody knows before it comes: it has happened so often,
    /// and until then it is waited for.
    Awaited(Milestone, u64, Instant),
    /// A moment that is known, and where the way to it began.
    At(Instant, Instant),
    /// A place that was seen before, and is played to from the beginning.
    Again(Place),
}

impl MomentSearch {
    /// A search that begins at the moment that is shown, in a world that ends at `end`, if it does.
    pub fn next(moment: Milestone, travel: &Travel, end: Option<Instant>) -> MomentSearch {
        let furthest = travel.now() + LONGEST_WITH_QUIET;
        let place = travel.scale().place(travel.now()) + LONGEST;
        MomentSearch::Next(moment, end.map_or(furthest, |end| furthest.min(end)), place)
    }

    /// The same in the present of a real database: it goes on at its own pace.
    pub fn awaited(moment: Milestone, travel: &Travel) -> MomentSearch {
        MomentSearch::Awaited(moment, moment.count(&travel.world().tally()), travel.now() + LONGEST_WAIT)
    }

    /// Goes on until the deadline. Returns whether it found the moment, once that is known.
    pub fn go_on(&self, travel: &mut Travel, deadline: Deadline) -> Option<bool> {
        match *self {
            MomentSearch::Next(moment, limit, place) => {
                deadline.work(|| travel.run_to(moment, limit, place, PORTION as usize))
            }
            MomentSearch::Awaited(moment, before, until) => {
                let found = moment.count(&travel.world().tally()) > before;
                (found || travel.now() >= until).then_some(found)
            }
            MomentSearch::At(at, _) => deadline.work(|| travel.seek_some(at, PORTION).then_some(true)),
            MomentSearch::Again(place) => deadline.work(|| travel.go_to_some(place, PORTION).then_some(true)),
        }
    }

    /// The moment that it leads to, if that is known.
    pub fn goal(&self) -> Option<Instant> {
        match *self {
            MomentSearch::At(at, _) => Some(at),
            MomentSearch::Again(place) => Some(place.at),
            MomentSearch::Next(..) | MomentSearch::Awaited(..) => None,
        }
    }

    /// How much of the way is done, in percent, if that is known.
    pub fn percent(&self, travel: &Travel) -> Option<u8> {
        let (done, all) = match *self {
            MomentSearch::At(at, from) => ((travel.now() - from).as_micros(), (at - from).as_micros()),
            MomentSearch::Again(place) => (travel.world().events() as i64, place.events as i64),
            MomentSearch::Awaited(.., until) => {
                let (left, all) = ((until - travel.now()).as_micros(), LONGEST_WAIT.as_micros());
                (all - left, all)
            }
            MomentSearch::Next(..) => return None,
        };
        (all > 0).then(|| (done.clamp(0, all) * 100 / all) as u8)
    }

    /// What is said when there is no such moment.
    pub fn not_found(&self, source: &Source, travel: &Travel) -> String {
        let (MomentSearch::Next(moment, ..) | MomentSearch::Awaited(moment, ..)) = self else { return String::new() };
        let name = moment.name();
        match source {
            Source::Live(_) => {
                format!("No {name} within a minute. Change the settings so that there is one, and run again.")
            }
            Source::Replay(_) if travel.is_recorded() => format!("No {name} before the kept run ends."),
            Source::Plan(_) => format!("No {name} before the end."),
            Source::Simulated | Source::Replay(_) => format!("No {name} within the next ten minutes."),
        }
    }
}
