//! Going to another moment of a run.

use super::checkpoint::{Checkpoint, Checkpoints};
use super::travel::{Driver, Travel};
use crate::figures::Milestone;
use crate::lot::Format;
use crate::time::{Instant, Span};

/// A place in a run: a moment, and how many events and acts come before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The moment.
    pub at: Instant,
    /// How many events and acts come before it.
    pub events: u64,
}

impl Travel {
    /// The place that is shown.
    pub fn place(&self) -> Place {
        Place { at: self.now(), events: self.world().events() }
    }

    /// Goes to a moment, so that everything until then has happened. In a driven world it goes no further than the present.
    pub fn seek(&mut self, at: Instant) {
        self.seek_some(at, u64::MAX);
    }

    /// Like [`Travel::seek`], but plays at most `most` events per call. Returns whether it has arrived, or can go no further; if
    /// not, call it again.
    pub fn seek_some(&mut self, at: Instant, most: u64) -> bool {
        let at = at.max(self.beginning());
        if self.driver == Driver::Outside && at >= self.head {
            self.return_to_present();
            return true;
        }
        self.leave_present();
        let best = self.checkpoints.last_before(|checkpoint| checkpoint.pictured.at() <= at);
        if self.now() > at || best.pictured.at() > self.now() {
            self.restore(best.clone());
        }
        let at = if self.is_bounded() { at.min(self.head) } else { at };
        let most = self.world().events().saturating_add(most);
        let most = if self.is_recorded() { most.min(self.head_events) } else { most };
        self.play_within(at, most, &mut |_, _| {}) || self.is_at_end()
    }

    /// Goes one event or act forward. False if there is none.
    pub fn step(&mut self) -> bool {
        if self.is_at_end() {
            return false; // the future of a real database is not known
        }
        let went = self.go_on(&mut |_, _| {});
        self.see();
        self.arrive_in_present();
        went
    }

    /// Goes one event or act back. False at the beginning.
    pub fn step_back(&mut self) -> bool {
        let events = self.pictured.world().events();
        if events <= self.checkpoints.first().pictured.world().events() {
            return false;
        }
        self.leave_present();
        let before = |checkpoint: &Checkpoint| checkpoint.pictured.world().events() < events;
        self.restore(self.checkpoints.last_before(before).clone());
        self.replay(events - 1);
        true
    }

    /// Runs to the next event that the milestone counts, but not past `limit`, nor past a place on the
    /// [scale](super::TimeScale), and by at most `most` events per call. Returns whether it found one; `None` if it is still on
    /// the way, so call it again.
    pub fn run_to(&mut self, milestone: Milestone, limit: Instant, place: Span, most: usize) -> Option<bool> {
        let before = milestone.count(&self.world().tally());
        for _ in 0..most {
            self.arrive_in_present();
            if self.is_at_end() {
                return Some(false);
            }
            let next = self.next_at().filter(|next| *next <= limit);
            if next.is_none_or(|next| self.scale.place(next) > place) {
                let end = limit.min(self.scale.moment(place));
                self.seek(end.max(self.now()));
                return Some(false);
            }
            self.go_on(&mut |_, _| {});
            if milestone.count(&self.world().tally()) > before {
                self.see();
                return Some(true);
            }
        }
        self.see();
        None
    }

    /// Goes to the furthest moment seen. In a driven world, what was pending there goes on.
    pub fn return_to_present(&mut self) {
        match self.present.take() {
            Some(present) => self.restore(*present),
            // Go no further than was seen: the reader may have stopped between two events of the same moment.
            None => {
                let head = self.head_events;
                let last = self.checkpoints.last_before(|checkpoint| checkpoint.pictured.world().events() <= head);
                if last.pictured.world().events() > self.world().events() {
                    self.restore(last.clone());
                }
                self.play_within(self.head, self.head_events, &mut |_, _| {});
            }
        }
    }

    /// Changes the format for all moments: the pictures are made anew from the beginning, so that they do not depend on when the
    /// reader rotated the phone.
    pub fn set_format(&mut self, format: Format) {
        if format == self.format() {
            return;
        }
        let (was_past, at, events) = (self.is_past(), self.now(), self.pictured.world().events());
        self.leave_present();
        let mut first = self.checkpoints.first().clone();
        first.pictured.set_format(format);
        self.checkpoints = Checkpoints::new(first.clone());
        self.restore(first);
        match self.present.take() {
            Some(mut present) => {
                let goal = present.pictured.world().events();
                self.replay(goal);
                self.advance_quietly(present.pictured.at());
                present.pictured.take_pictures(&self.pictured);
                self.present = Some(present);
                if was_past { self.seek_event(at, events) } else { self.return_to_present() }
            }
            None => {
                self.replay(events);
                self.advance_quietly(at);
            }
        }
    }

    /// Changes the format as [`Travel::set_format`] does, if no more than `most` events have to be played again for that. Of more,
    /// a driven world only rearranges its present, as a database does not wait; its past is made anew when it is gone to. Any other
    /// goes back to its beginning, and returns the place that was shown: [`Travel::go_to_some`] goes on to it.
    pub fn set_format_some(&mut self, format: Format, most: u64) -> Option<Place> {
        if format == self.format() {
            return None;
        }
        let first = self.checkpoints.first();
        let last = if self.driver == Driver::Outside { self.head_events } else { self.world().events() };
        if last - first.pictured.world().events() <= most {
            self.set_format(format);
            return None;
        }
        let (place, mut first) = (self.place(), first.clone());
        first.pictured.set_format(format);
        self.checkpoints = Checkpoints::new(first.clone());
        if self.driver == Driver::Outside {
            self.pictured.set_format(format);
            if let Some(present) = &mut self.present {
                present.pictured.set_format(format);
            }
            return None;
        }
        self.restore(first);
        Some(place)
    }

    /// Goes to a place that was seen before, by at most `most` events per call. Returns whether it has arrived; if not, call it
    /// again.
    pub fn go_to_some(&mut self, place: Place, most: u64) -> bool {
        let here = self.world().events();
        let best = self.checkpoints.last_before(|checkpoint| checkpoint.pictured.world().events() <= place.events);
        if here > place.events || best.pictured.world().events() > here {
            self.restore(best.clone());
        }
        self.replay(place.events.min(self.world().events().saturating_add(most)));
        let there = self.world().events() >= place.events;
        if there {
            self.advance_quietly(place.at);
        }
        there
    }

    /// Goes to this event, and then to a moment before the next one.
    fn seek_event(&mut self, at: Instant, events: u64) {
        self.restore(self.checkpoints.last_before(|checkpoint| checkpoint.pictured.world().events() <= events).clone());
        self.replay(events);
        self.advance_quietly(at);
    }
}
