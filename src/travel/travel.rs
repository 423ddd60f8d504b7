//! A run in which a reader can go back.

use super::checkpoint::{Checkpoint, Checkpoints};
use super::pictured_world::PicturedWorld;
use super::tape::{Tape, TapedAct};
use super::time_scale::{QUIET, TimeScale};
use crate::lot::{Description, Format, Picture, Point, Story};
use crate::service::{News, Order};
use crate::sim::{Journal, Setup, World, WorldAct};
use crate::time::{Instant, Span};

/// The most acts in a run that is kept or read again.
pub const MOST_ENTRIES: usize = 200_000;
/// The most acts that a driven world remembers: an hour of what the page opens with, minutes of the most that it plays.
const MOST_REMEMBERED: usize = 50_000;
/// The most events and acts that a simulated world plays. Each costs time and memory, so a world without an end would take all
/// of both; and whatever was played can be kept, and played again.
pub const MOST_EVENTS: u64 = 3_000_000;

/// How long after the last event everything that moves in a picture has come to rest.
const SETTLED: Span = Span::from_secs(10);

/// Who carries out the orders of a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Driver {
    /// The world itself.
    World,
    /// A driver outside the world, which reports.
    Outside,
    /// A driver outside the world that is gone: a reader can go back and forth in the run, but it does not go on.
    Gone,
}

/// A run from its beginning to the furthest moment seen, and a place in it.
#[derive(Debug, Clone)]
pub struct Travel {
    pub(super) pictured: PicturedWorld,
    pub(super) journal: Journal,
    pub(super) tape: Tape,
    /// How many entries of the tape have been played.
    pub(super) played: usize,
    pub(super) checkpoints: Checkpoints,
    pub(super) scale: TimeScale,
    /// The furthest moment seen.
    pub(super) head: Instant,
    pub(super) head_events: u64,
    /// The present as it was left, in a driven world that shows its past.
    pub(super) present: Option<Box<Checkpoint>>,
    pub(super) driver: Driver,
}

/// A driven world shows its past, in which nothing can be done, because a real database cannot go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is the past of a real database; go to the present first")]
pub struct ReadOnlyPastError;

impl Travel {
    /// A simulated world at its beginning.
    pub fn new(setup: Setup, format: Format) -> Travel {
        Travel::of(PicturedWorld::new(World::new(setup), format), Driver::World)
    }

    /// A world whose orders an outside driver carries out. The driver reports by [`WorldAct::Report`].
    pub fn driven(setup: Setup, format: Format) -> Travel {
        Travel::of(PicturedWorld::new(World::driven(setup), format), Driver::Outside)
    }

    fn of(pictured: PicturedWorld, driver: Driver) -> Travel {
        let journal = Journal::new();
        let first = Checkpoint { pictured: pictured.clone(), played: 0, mark: journal.mark() };
        Travel {
            pictured,
            journal,
            tape: Tape::default(),
            played: 0,
            checkpoints: Checkpoints::new(first),
            scale: TimeScale::default(),
            head: Instant::ZERO,
            head_events: 0,
            present: None,
            driver,
        }
    }

    /// The world at this moment.
    pub fn world(&self) -> &World {
        self.pictured.world()
    }

    /// The current moment.
    pub fn now(&self) -> Instant {
        self.pictured.at()
    }

    /// The world's setup at its beginning.
    pub fn first_setup(&self) -> &Setup {
        self.checkpoints.first().pictured.world().setup()
    }

    /// The first moment that is remembered.
    pub fn beginning(&self) -> Instant {
        self.checkpoints.first().pictured.at()
    }

    /// The furthest moment seen.
    pub fn head(&self) -> Instant {
        self.head
    }

    /// Whether this is the furthest moment seen.
    pub fn is_at_head(&self) -> bool {
        self.pictured.world().events() >= self.head_events && self.now() >= self.head
    }

    /// The scale that maps the moments seen so far to places on a slider.
    pub fn scale(&self) -> TimeScale {
        let mut scale = self.scale.clone();
        scale.note(self.head);
        scale
    }

    /// The moment until which nothing happens, if nothing has happened for a while and nothing will for longer than [`QUIET`].
    /// `None` for a real database, whose future is not known.
    pub fn quiet_until(&self) -> Option<Instant> {
        if self.driver == Driver::Outside {
            return None;
        }
        let (now, next) = (self.now(), self.next_at()?);
        let since = self.scale.quiet_since(now)?;
        (now - since > SETTLED && next - now > QUIET).then_some(next)
    }

    /// The journal up to this moment.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The acts up to this moment.
    pub fn acts(&self) -> impl Iterator<Item = &TapedAct> {
        let kept = self.tape.entries();
        kept[..kept.len() - (self.tape.len() - self.played)].iter()
    }

    /// All acts until the furthest moment seen; `None` if the oldest of them are forgotten.
    pub fn tape(&self) -> Option<&[TapedAct]> {
        (self.tape.kept() == self.tape.len()).then(|| self.tape.entries())
    }

    /// How many events and acts there are until the furthest moment seen.
    pub fn head_events(&self) -> u64 {
        self.head_events
    }

    /// Whether an outside driver carries out, or carried out, the world's orders.
    pub fn is_driven(&self) -> bool {
        self.driver != Driver::World
    }

    /// Whether the outside driver is gone: the run goes no further, and nothing can be done to it.
    pub fn is_recorded(&self) -> bool {
        self.driver == Driver::Gone
    }

    /// Ends the run of a driven world, because its driver is gone: the run goes no further than the present.
    pub fn end(&mut self) {
        if self.driver == Driver::Outside {
            self.return_to_present();
            self.driver = Driver::Gone;
            self.drop_orders();
        }
    }

    /// How many requests and connections it holds at this moment, and in its copies of earlier ones.
    pub fn things(&self) -> (u64, u64) {
        (self.pictured.things(), self.checkpoints.things())
    }

    /// Whether a simulated world has played all the [events](MOST_EVENTS) that it may: it goes no further.
    pub fn is_used_up(&self) -> bool {
        self.driver == Driver::World && self.world().events() >= MOST_EVENTS
    }

    /// The picture of a worker at this moment; `still` leaves motion out.
    pub fn picture(&self, worker: usize, still: bool) -> Picture {
        self.pictured.picture(worker, still)
    }

    /// The description of a worker at this moment, in words.
    pub fn describe(&self, worker: usize) -> Description {
        self.pictured.describe(worker)
    }

    /// Describes what is at a point of a worker's picture; `None` if nothing is there.
    pub fn describe_at(&self, worker: usize, at: Point) -> Option<String> {
        self.pictured.describe_at(worker, at)
    }

    /// The pictures' format.
    pub fn format(&self) -> Format {
        self.pictured.format()
    }

    /// The latest events of a worker.
    pub fn story(&self, worker: usize) -> &Story {
        self.pictured.story(worker)
    }

    /// Moves to a later moment, with no event until then. If `at` is not later than now it does nothing: an event that is due
    /// right now must not be played here.
    pub(super) fn advance_quietly(&mut self, at: Instant) {
        if at > self.now() {
            self.pictured.advance_quietly(at, &mut self.journal);
        }
    }

    /// Plays on until there have been this many events, and drops the orders, because they were carried out before.
    pub(super) fn replay(&mut self, events: u64) {
        while self.pictured.world().events() < events && self.go_on(&mut |_, _| {}) {
            self.drop_orders();
        }
    }

    pub(super) fn drop_orders(&mut self) {
        while self.is_driven() && self.pictured.world_mut().poll().is_some() {}
    }

    /// Does an act now. The future that had been seen from here on is dropped.
    ///
    /// # Errors
    /// [`ReadOnlyPastError`] in the past of a driven world.
    pub fn act(&mut self, act: WorldAct) -> Result<(), ReadOnlyPastError> {
        self.act_heard(act, &mut |_, _| {})
    }

    /// Like [`Travel::act`], and passes the news to `hear`.
    ///
    /// # Errors
    /// [`ReadOnlyPastError`] in the past of a driven world.
    pub fn act_heard(&mut self, act: WorldAct, hear: &mut dyn FnMut(usize, News)) -> Result<(), ReadOnlyPastError> {
        if self.is_bounded() {
            return Err(ReadOnlyPastError);
        }
        // First play the rest of this moment: a link records the moment of an act, but not its place among that moment's events.
        self.play(self.now(), hear);
        let events = self.pictured.world().events();
        self.tape.cut(self.played);
        self.journal.cut(self.journal.mark());
        self.checkpoints.cut(events);
        self.scale.cut(self.now());
        self.tape.push(TapedAct { at: self.now(), events, act: act.clone() });
        self.played += 1;
        self.pictured.act(act, &mut self.journal, hear);
        (self.head, self.head_events) = (self.now(), self.pictured.world().events());
        Ok(())
    }

    /// The next order of a driven world. There are orders only in the present.
    pub fn order(&mut self) -> Option<Order> {
        if self.is_bounded() { None } else { self.pictured.world_mut().poll() }
    }

    /// Goes on to `at`, and passes the news on the way to `hear`. Does nothing if `at` is before now; in the past of a driven
    /// world it stops at the present.
    pub fn play(&mut self, at: Instant, hear: &mut dyn FnMut(usize, News)) {
        let at = if self.is_bounded() { at.min(self.head) } else { at };
        let most = if self.is_recorded() { self.head_events } else { u64::MAX };
        self.play_within(at, most, hear);
    }

    /// Goes on to `at` in the same way, but stops once there have been `most` events and acts since the beginning. Returns
    /// whether it reached `at`. A simulated world stops once it is [used up](Travel::is_used_up).
    pub fn play_within(&mut self, at: Instant, most: u64, hear: &mut dyn FnMut(usize, News)) -> bool {
        let most = if self.driver == Driver::World { most.min(MOST_EVENTS) } else { most };
        while self.next_at().is_some_and(|next| next <= at) {
            if self.pictured.world().events() >= most {
                self.see();
                return false;
            }
            self.go_on(hear);
        }
        self.advance_quietly(at);
        self.see();
        true
    }

    /// Whether only what happened before can happen here: in the past of a driven world, and in a recording.
    pub(super) fn is_bounded(&self) -> bool {
        self.present.is_some() || self.is_recorded()
    }

    /// Whether this is the last known moment of a driven world or a recording, or of a world that is used up.
    pub(super) fn is_at_end(&self) -> bool {
        match self.driver {
            Driver::World => self.is_used_up(),
            Driver::Outside => self.present.is_none(),
            Driver::Gone => self.pictured.world().events() >= self.head_events,
        }
    }

    /// Whether a driven world shows its past.
    pub fn is_past(&self) -> bool {
        self.present.is_some()
    }

    /// The moment of the next event or act that is known now.
    pub fn next_at(&self) -> Option<Instant> {
        match self.tape.get(self.played) {
            Some(entry) if entry.events == self.world().events() => Some(entry.at),
            _ => self.world().next_at(),
        }
    }

    /// Plays the next event or act. False if there is none.
    pub(super) fn go_on(&mut self, hear: &mut dyn FnMut(usize, News)) -> bool {
        let events = self.pictured.world().events();
        let went = match self.tape.get(self.played) {
            Some(entry) if entry.events == events => {
                let (at, act) = (entry.at, entry.act.clone());
                self.pictured.advance_quietly(at, &mut self.journal);
                self.pictured.act(act, &mut self.journal, hear);
                self.played += 1;
                true
            }
            _ => self.pictured.step(&mut self.journal, hear),
        };
        self.scale.note(self.world().now());
        if self.is_bounded() {
            self.drop_orders(); // they were carried out before
        }
        if self.checkpoints.is_due(events + 1) && self.checkpoints.is_worth_it(&self.pictured) {
            let (pictured, mark) = (self.pictured.clone(), self.journal.mark());
            self.checkpoints.push(Checkpoint { pictured, played: self.played, mark });
            self.forget();
        }
        went
    }

    /// Notes that this moment has been seen.
    pub(super) fn see(&mut self) {
        if self.now() > self.head {
            self.head = self.now();
        }
        self.head_events = self.head_events.max(self.pictured.world().events());
    }

    pub(super) fn restore(&mut self, checkpoint: Checkpoint) {
        self.pictured = checkpoint.pictured;
        self.played = checkpoint.played;
        self.journal.go_to(checkpoint.mark);
    }

    pub(super) fn leave_present(&mut self) {
        if self.driver == Driver::Outside && self.present.is_none() {
            let (pictured, mark) = (self.pictured.clone(), self.journal.mark());
            self.present = Some(Box::new(Checkpoint { pictured, played: self.played, mark }));
        }
    }

    /// Returns to the present of a driven world, once everything that is known has happened.
    pub(super) fn arrive_in_present(&mut self) {
        if self.present.is_some() && self.pictured.world().events() >= self.head_events {
            self.return_to_present();
        }
    }

    /// Drops the oldest part of a driven world's run when the tape becomes too long.
    pub(super) fn forget(&mut self) {
        if self.driver == Driver::Outside && self.present.is_none() && self.tape.kept() > MOST_REMEMBERED {
            let played = self.checkpoints.forget().played;
            self.tape.forget(played);
            self.journal.forget();
        }
    }
}
