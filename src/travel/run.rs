//! A run that one can go back in.

use super::checkpoint::{Checkpoint, Checkpoints};
use super::scene::Scene;
use super::tape::{Entry, Tape};
use super::time_scale::{QUIET, TimeScale};
use crate::figures::Milestone;
use crate::lot::{Description, Format, Picture, Story};
use crate::service::{News, Order};
use crate::sim::{Journal, Setup, World, WorldAct};
use crate::time::{Instant, Span};

/// A driven world remembers no more acts than these: some ten minutes of what a page plays.
pub const MOST_ENTRIES: usize = 200_000;

/// Whatever moves in a picture has come to rest so long after the last event.
const SETTLED: Span = Span::from_secs(10);

/// Who carries out what a world orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The world itself.
    Simulated,
    /// A driver outside the world, which reports.
    Driven,
    /// A driver outside the world that is gone: one can go back and forth in the run, and it does not go on.
    Recorded,
}

/// A run from its beginning to the furthest moment seen, and a place in it.
#[derive(Debug, Clone)]
pub struct Travel {
    scene: Scene,
    journal: Journal,
    tape: Tape,
    /// How many entries have been played.
    played: usize,
    checkpoints: Checkpoints,
    scale: TimeScale,
    /// The furthest moment seen.
    head: Instant,
    head_events: u64,
    /// In a driven world that shows its past: the present, as it was left.
    present: Option<Box<Checkpoint>>,
    kind: Kind,
}

/// A driven world shows its past, in which nothing can be done: the real store cannot go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is the past of a real database; go to the present first")]
pub struct ReadOnlyPastError;

impl Travel {
    /// A simulated world at its beginning.
    pub fn new(setup: Setup, format: Format) -> Travel {
        Travel::of(Scene::new(World::new(setup), format), Kind::Simulated)
    }

    /// A world whose orders a driver outside carries out; it reports by [`WorldAct::Report`].
    pub fn driven(setup: Setup, format: Format) -> Travel {
        Travel::of(Scene::new(World::driven(setup), format), Kind::Driven)
    }

    fn of(scene: Scene, kind: Kind) -> Travel {
        let journal = Journal::new();
        let first = Checkpoint { scene: scene.clone(), played: 0, mark: journal.mark() };
        Travel {
            scene,
            journal,
            tape: Tape::default(),
            played: 0,
            checkpoints: Checkpoints::new(first),
            scale: TimeScale::default(),
            head: Instant::ZERO,
            head_events: 0,
            present: None,
            kind,
        }
    }

    /// The world at this moment.
    pub fn world(&self) -> &World {
        self.scene.world()
    }

    /// The moment.
    pub fn now(&self) -> Instant {
        self.scene.at()
    }

    /// The world's setup at its beginning.
    pub fn first_setup(&self) -> &Setup {
        self.checkpoints.first().scene.world().setup()
    }

    /// The first moment that is remembered.
    pub fn beginning(&self) -> Instant {
        self.checkpoints.first().scene.at()
    }

    /// The furthest moment seen.
    pub fn head(&self) -> Instant {
        self.head
    }

    /// Whether this is the furthest that has been seen.
    pub fn is_at_head(&self) -> bool {
        self.scene.world().events() >= self.head_events && self.now() >= self.head
    }

    /// Where on a slider the moments are that have been seen.
    pub fn scale(&self) -> TimeScale {
        let mut scale = self.scale.clone();
        scale.note(self.head);
        scale
    }

    /// Until when nothing happens, if nothing has for a while and nothing will for longer than [`QUIET`]. The future of a real
    /// database is not known.
    pub fn quiet_until(&self) -> Option<Instant> {
        if self.kind == Kind::Driven {
            return None;
        }
        let (now, next) = (self.now(), self.next_at()?);
        let since = self.scale.quiet_since(now)?;
        (now - since > SETTLED && next - now > QUIET).then_some(next)
    }

    /// What was written down up to this moment.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// What was done up to this moment.
    pub fn acts(&self) -> impl Iterator<Item = &Entry> {
        let kept = self.tape.entries();
        kept[..kept.len() - (self.tape.len() - self.played)].iter()
    }

    /// All that was done, until the furthest moment seen; `None` if the oldest of it is forgotten.
    pub fn tape(&self) -> Option<&[Entry]> {
        (self.tape.kept() == self.tape.len()).then(|| self.tape.entries())
    }

    /// How many events and acts there were until the furthest moment seen.
    pub fn head_events(&self) -> u64 {
        self.head_events
    }

    /// Whether somebody else carries out, or carried out, what the world orders.
    pub fn is_driven(&self) -> bool {
        self.kind != Kind::Simulated
    }

    /// Whether that driver is gone: the run goes no further, and nothing can be done to it.
    pub fn is_recorded(&self) -> bool {
        self.kind == Kind::Recorded
    }

    /// The driver of a driven world is gone. What is known of the run ends here.
    pub fn end(&mut self) {
        if self.kind == Kind::Driven {
            self.return_to_present();
            self.kind = Kind::Recorded;
            self.drop_orders();
        }
    }

    /// What there is to see of a worker; `still` leaves motion out.
    pub fn picture(&self, worker: usize, still: bool) -> Picture {
        self.scene.picture(worker, still)
    }

    /// The same in words.
    pub fn describe(&self, worker: usize) -> Description {
        self.scene.describe(worker)
    }

    /// The pictures' format.
    pub fn format(&self) -> Format {
        self.scene.format()
    }

    /// What happened last to a worker.
    pub fn story(&self, worker: usize) -> &Story {
        self.scene.story(worker)
    }

    /// Another format, for this moment and all others: the pictures are made anew from the beginning, so that they do not
    /// depend on when the reader turned the phone.
    pub fn set_format(&mut self, format: Format) {
        if format == self.format() {
            return;
        }
        let (was_past, at, events) = (self.is_past(), self.now(), self.scene.world().events());
        self.leave_present();
        let mut first = self.checkpoints.first().clone();
        first.scene.set_format(format);
        self.checkpoints = Checkpoints::new(first.clone());
        self.restore(first);
        match self.present.take() {
            Some(mut present) => {
                let goal = present.scene.world().events();
                self.replay(goal);
                self.pass(present.scene.at());
                present.scene.take_pictures(&self.scene);
                self.present = Some(present);
                if was_past { self.seek_event(at, events) } else { self.return_to_present() }
            }
            None => {
                self.replay(events);
                self.pass(at);
            }
        }
    }

    /// Goes on to this event, and to a moment before the next one.
    fn seek_event(&mut self, at: Instant, events: u64) {
        self.restore(self.checkpoints.last_before(|checkpoint| checkpoint.scene.world().events() <= events).clone());
        self.replay(events);
        self.pass(at);
    }

    /// Nothing happens until `at`. At this very moment something may be about to: that is not for this to play.
    fn pass(&mut self, at: Instant) {
        if at > self.now() {
            self.scene.pass(at, &mut self.journal);
        }
    }

    /// Plays on to this event, without carrying anything out again.
    fn replay(&mut self, events: u64) {
        while self.scene.world().events() < events && self.go_on(&mut |_, _| {}) {
            self.drop_orders();
        }
    }

    fn drop_orders(&mut self) {
        while self.is_driven() && self.scene.world_mut().poll().is_some() {}
    }

    /// Does something now. What had been seen of the time after never happened.
    ///
    /// # Errors
    /// [`ReadOnlyPastError`] in the past of a driven world.
    pub fn act(&mut self, act: WorldAct) -> Result<(), ReadOnlyPastError> {
        self.act_heard(act, &mut |_, _| {})
    }

    /// The same; `hear` is told the news.
    ///
    /// # Errors
    /// [`ReadOnlyPastError`] in the past of a driven world.
    pub fn act_heard(&mut self, act: WorldAct, hear: &mut dyn FnMut(usize, News)) -> Result<(), ReadOnlyPastError> {
        if self.is_bounded() {
            return Err(ReadOnlyPastError);
        }
        // First the rest of this moment: a link says when something was done, not between which two events.
        self.play(self.now(), hear);
        let events = self.scene.world().events();
        self.tape.cut(self.played);
        self.journal.cut(self.journal.mark());
        self.checkpoints.cut(events);
        self.scale.cut(self.now());
        self.tape.push(Entry { at: self.now(), events, act: act.clone() });
        self.played += 1;
        self.scene.act(act, &mut self.journal, hear);
        (self.head, self.head_events) = (self.now(), self.scene.world().events());
        Ok(())
    }

    /// The next order of a driven world, in the present.
    pub fn order(&mut self) -> Option<Order> {
        if self.is_bounded() { None } else { self.scene.world_mut().poll() }
    }

    /// Goes on to `at`, telling `hear` the news on the way. Does nothing if that is before now; in the past of a driven
    /// world it ends at the present.
    pub fn play(&mut self, at: Instant, hear: &mut dyn FnMut(usize, News)) {
        let at = if self.is_bounded() { at.min(self.head) } else { at };
        let most = if self.is_recorded() { self.head_events } else { u64::MAX };
        self.play_within(at, most, hear);
    }

    /// The same, until there have been `most` events and acts since the beginning. Whether it got to `at`.
    pub fn play_within(&mut self, at: Instant, most: u64, hear: &mut dyn FnMut(usize, News)) -> bool {
        while self.next_at().is_some_and(|next| next <= at) {
            if self.scene.world().events() >= most {
                self.see();
                return false;
            }
            self.go_on(hear);
        }
        self.pass(at);
        self.see();
        true
    }

    /// Goes to a moment: everything until then has happened. In a driven world no further than the present.
    pub fn seek(&mut self, at: Instant) {
        self.seek_some(at, u64::MAX);
    }

    /// The same, but plays no more than `most` events in one call. Whether it is there; if not, call again.
    pub fn seek_some(&mut self, at: Instant, most: u64) -> bool {
        let at = at.max(self.beginning());
        if self.kind == Kind::Driven && at >= self.head {
            self.return_to_present();
            return true;
        }
        self.leave_present();
        let best = self.checkpoints.last_before(|checkpoint| checkpoint.scene.at() <= at);
        if self.now() > at || best.scene.at() > self.now() {
            self.restore(best.clone());
        }
        let at = if self.is_bounded() { at.min(self.head) } else { at };
        let most = self.world().events().saturating_add(most);
        let most = if self.is_recorded() { most.min(self.head_events) } else { most };
        self.play_within(at, most, &mut |_, _| {}) || self.is_at_end()
    }

    /// One event or act further. False if there is none.
    pub fn step(&mut self) -> bool {
        if self.is_at_end() {
            return false; // the future of a real database is not known
        }
        let went = self.go_on(&mut |_, _| {});
        self.see();
        self.arrive_in_present();
        went
    }

    /// One event or act back. False at the beginning.
    pub fn step_back(&mut self) -> bool {
        let events = self.scene.world().events();
        if events <= self.checkpoints.first().scene.world().events() {
            return false;
        }
        self.leave_present();
        let before = |checkpoint: &Checkpoint| checkpoint.scene.world().events() < events;
        self.restore(self.checkpoints.last_before(before).clone());
        self.replay(events - 1);
        true
    }

    /// Runs to the next such moment, but not past `limit`, nor past a place on the [scale](TimeScale), and for `most` events in
    /// one call. `None`: not there yet; call again.
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

    /// Whether nothing can happen here that has not happened before.
    fn is_bounded(&self) -> bool {
        self.present.is_some() || self.is_recorded()
    }

    /// In a driven world: whether this is the last that is known of it.
    fn is_at_end(&self) -> bool {
        match self.kind {
            Kind::Simulated => false,
            Kind::Driven => self.present.is_none(),
            Kind::Recorded => self.scene.world().events() >= self.head_events,
        }
    }

    /// In a driven world: whether this is its past.
    pub fn is_past(&self) -> bool {
        self.present.is_some()
    }

    fn next_at(&self) -> Option<Instant> {
        match self.tape.get(self.played) {
            Some(entry) if entry.events == self.world().events() => Some(entry.at),
            _ => self.world().next_at(),
        }
    }

    /// The next event or act.
    fn go_on(&mut self, hear: &mut dyn FnMut(usize, News)) -> bool {
        let events = self.scene.world().events();
        let went = match self.tape.get(self.played) {
            Some(entry) if entry.events == events => {
                let (at, act) = (entry.at, entry.act.clone());
                self.scene.pass(at, &mut self.journal);
                self.scene.act(act, &mut self.journal, hear);
                self.played += 1;
                true
            }
            _ => self.scene.step(&mut self.journal, hear),
        };
        self.scale.note(self.world().now());
        if self.is_bounded() {
            self.drop_orders(); // carried out long ago
        }
        if self.checkpoints.is_due(events + 1) {
            let (scene, mark) = (self.scene.clone(), self.journal.mark());
            self.checkpoints.push(Checkpoint { scene, played: self.played, mark });
            self.forget();
        }
        went
    }

    /// This moment has been seen.
    fn see(&mut self) {
        if self.now() > self.head {
            self.head = self.now();
        }
        self.head_events = self.head_events.max(self.scene.world().events());
    }

    fn restore(&mut self, checkpoint: Checkpoint) {
        self.scene = checkpoint.scene;
        self.played = checkpoint.played;
        self.journal.go_to(checkpoint.mark);
    }

    fn leave_present(&mut self) {
        if self.kind == Kind::Driven && self.present.is_none() {
            let (scene, mark) = (self.scene.clone(), self.journal.mark());
            self.present = Some(Box::new(Checkpoint { scene, played: self.played, mark }));
        }
    }

    /// To the furthest moment seen. In a driven world what was pending there goes on.
    pub fn return_to_present(&mut self) {
        match self.present.take() {
            Some(present) => self.restore(*present),
            // No further than was seen: it may have been left between two events of a moment.
            None => {
                self.play_within(self.head, self.head_events, &mut |_, _| {});
            }
        }
    }

    /// In a driven world the past ends where everything that is known has happened.
    fn arrive_in_present(&mut self) {
        if self.present.is_some() && self.scene.world().events() >= self.head_events {
            self.return_to_present();
        }
    }

    /// A driven world's oldest part goes when the tape becomes too long.
    fn forget(&mut self) {
        if self.kind == Kind::Driven && self.present.is_none() && self.tape.kept() > MOST_ENTRIES {
            let played = self.checkpoints.forget().played;
            self.tape.forget(played);
        }
    }
}
