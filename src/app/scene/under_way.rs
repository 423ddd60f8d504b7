//! What takes a stage more than a frame: the way to a moment, and the playing of a kept run.

use super::Stage;
use super::deadline::{BRIEF, Deadline, PORTION};
use super::moment_search::MomentSearch;
use super::source::Source;
use crate::browser::now_ms;
use crate::format::{count, duration};
use crate::time::Instant;
use crate::travel::{MOST_EVENTS, Travel};

/// How far something has come that takes longer than a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnderWay {
    /// How much of it is done, in percent, if that is known.
    pub percent: Option<u8>,
}

impl Stage {
    /// A frame begins: it may work until then on what takes longer.
    pub fn work_until(&mut self, deadline: Deadline) {
        self.deadline = deadline;
    }

    /// Whether something is under way.
    pub fn is_searching(&self) -> bool {
        self.search.is_some() || self.playing.is_some()
    }

    /// What is under way, if it takes longer than a moment.
    pub fn under_way(&self) -> Option<UnderWay> {
        if !self.is_searching() || self.is_brief() {
            return None;
        }
        let percent = match &self.playing {
            Some(player) => Some(player.percent()),
            None => self.search.and_then(|search| search.percent(&self.travel)),
        };
        Some(UnderWay { percent })
    }

    /// Whether a moment that is known is on its way, and has not been for long: there is nothing to show of the way.
    pub fn is_brief(&self) -> bool {
        let leads_somewhere = self.playing.is_some() || self.search.is_some_and(|search| search.goal().is_some());
        leads_somewhere && self.begun.is_some_and(|begun| now_ms() - begun < BRIEF)
    }

    /// The moment that is shown, or is going to be.
    pub fn moment(&self) -> Instant {
        self.search.and_then(|search| search.goal()).unwrap_or(self.travel.now())
    }

    /// Goes to a moment: at once, or, if many events lie before it, in the frames to come.
    pub(super) fn seek(&mut self, at: Instant) {
        let at = self.source.end().map_or(at, |end| at.min(end));
        self.warn(at);
        self.search_for(MomentSearch::At(at, self.travel.now().min(at)));
    }

    /// Says so if the world is going to be used up before this moment.
    fn warn(&mut self, at: Instant) {
        if at > self.travel.head() && !self.travel.is_driven() {
            let world = self.travel.world();
            let due = world.setup().traffic.at_least(at - world.now());
            if due + world.events() as f64 > MOST_EVENTS as f64 {
                self.say(format!(
                    "About {} requests come before {}. This page plays at most {} events, so it will stop before then.",
                    count(due as i64),
                    duration(at - Instant::ZERO),
                    count(MOST_EVENTS as i64)
                ));
            }
        }
    }

    /// Begins a search, and goes on with it for as long as this frame may.
    pub(super) fn search_for(&mut self, search: MomentSearch) {
        let is_used_up = self.travel.is_used_up();
        if search.go_on(&mut self.travel, self.deadline).is_some() {
            (self.search, self.begun) = (None, None);
        } else {
            self.search = Some(search);
            self.begun = self.begun.or(Some(now_ms()));
        }
        self.say_if_used_up(is_used_up);
    }

    /// Goes on with what is under way.
    pub(super) fn go_on(&mut self) {
        if self.playing.is_some() {
            self.play_run();
        } else if let Some(search) = self.search {
            self.go_on_searching(search);
        }
        if !self.is_searching() {
            self.begun = None;
            self.follow([]);
        }
    }

    fn go_on_searching(&mut self, search: MomentSearch) {
        let is_used_up = self.travel.is_used_up();
        let Some(found) = search.go_on(&mut self.travel, self.deadline) else { return };
        self.search = None;
        // From the past of a real database the search goes on in its present.
        if let (false, MomentSearch::Next(moment, ..), Source::Live(_)) = (found, search, &self.source)
            && !self.travel.is_past()
        {
            self.search = Some(MomentSearch::awaited(moment, &self.travel));
            return;
        }
        if !found {
            self.say(search.not_found(&self.source, &self.travel));
        }
        self.say_if_used_up(is_used_up);
    }

    /// Goes on to a moment for as long as this frame may.
    pub(super) fn play_to(&mut self, at: Instant) {
        let is_used_up = self.travel.is_used_up();
        self.deadline.work(|| self.travel.seek_some(at, PORTION).then_some(()));
        self.say_if_used_up(is_used_up);
    }

    fn say_if_used_up(&mut self, was: bool) {
        if self.travel.is_used_up() && !was {
            self.say(used_up(&self.travel));
        }
    }

    /// Stops what is under way, where it is.
    pub(super) fn stop(&mut self) {
        if self.is_searching() {
            let at = duration(self.travel.now() - Instant::ZERO);
            self.say(match self.playing {
                Some(_) => "Stopped: the run is not shown.".into(),
                None => format!("Stopped at {at}."),
            });
        }
        self.drop_work();
    }

    /// Whether something is still to be done after what is under way.
    pub fn has_more_to_do(&self) -> bool {
        !self.coming.is_empty()
    }

    /// Forgets what is under way, and what was to be done after it.
    pub(super) fn drop_work(&mut self) {
        (self.search, self.playing) = (None, None);
        self.coming.clear();
    }
}

fn used_up(travel: &Travel) -> String {
    format!(
        "This world has played {} events, the most that this page plays, and stops at {}. Go back in time, or start again with less traffic.",
        count(MOST_EVENTS as i64),
        duration(travel.now() - Instant::ZERO)
    )
}
