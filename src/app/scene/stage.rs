//! A scene's world at the moment that is shown.

use super::command::SceneCommand;
use super::live_store::LiveStore;
use super::moment_search::MomentSearch;
use super::plan_player::PlanPlayer;
use super::pointer::car_at;
use super::source::Source;
use crate::format::stretch;
use crate::link::Link;
use crate::lot::{Format, Picture};
use crate::sim::Setup;
use crate::time::{Instant, Span};
use crate::travel::Travel;
use std::collections::VecDeque;

/// A moment before which no more events than these lie is shown at once; else one sees it coming.
const EVENTS_AT_ONCE: u64 = 200_000;
/// A quiet stretch that is skipped is left so long before it ends.
const BEFORE_EVENT: Span = Span::from_secs(2);

/// A scene's world at the moment that is shown. The frame loop owns it.
#[derive(Debug)]
pub struct Stage {
    pub(super) travel: Travel,
    pub(super) source: Source,
    pace: f64,
    worker: usize,
    search: Option<MomentSearch>,
    /// What a link says is to be done when that is found.
    coming: VecDeque<SceneCommand>,
    /// The request that is looked at, if a person chose one.
    pub(super) chosen: Option<u32>,
    /// What came of the last command, as a sentence for the reader.
    said: Option<String>,
}

impl Stage {
    /// A world that `travel` shows, from its beginning or at any moment.
    pub fn new(travel: Travel, source: Source) -> Stage {
        Stage { travel, source, pace: 0.0, worker: 0, search: None, coming: VecDeque::new(), chosen: None, said: None }
    }

    /// A simulated world at the moment that a link leads to, with what the link says was done.
    pub fn simulated(link: &Link, format: Format) -> Stage {
        let mut stage = Stage::new(Travel::new(link.setup.clone(), format), Source::Simulated);
        for (at, act) in &link.acts {
            stage.follow([SceneCommand::Seek(*at), SceneCommand::Do(act.clone())]);
        }
        stage.seek_linked(link)
    }

    /// A world on the real store, at its beginning.
    pub fn live(store: LiveStore, setup: Setup, format: Format) -> Stage {
        Stage::new(Travel::driven(setup, format), Source::Live(Box::new(store)))
    }

    /// A plan's world, at the moment that a link leads to.
    pub fn plan(player: PlanPlayer, link: &Link, format: Format) -> Stage {
        Stage::new(player.travel(format), Source::Plan(Box::new(player))).seek_linked(link)
    }

    fn seek_linked(mut self, link: &Link) -> Stage {
        self.follow(link.at.map(SceneCommand::Seek));
        self
    }

    /// Where the world comes from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The run that is shown, at the moment that is shown.
    pub fn travel(&self) -> &Travel {
        &self.travel
    }

    /// Whether a plan has been played to its end.
    pub fn is_over(&self) -> bool {
        self.source.end().is_some_and(|end| self.travel.now() >= end)
    }

    /// Whether there is a present of the live world to go back to.
    pub fn is_past(&self) -> bool {
        self.travel.is_past() || matches!(self.source, Source::Replay(Some(_)))
    }

    /// Which worker is shown.
    pub fn worker(&self) -> usize {
        self.worker.min(self.travel.world().services().len() - 1)
    }

    /// World time for one unit of real time; 0 stands still.
    pub fn pace(&self) -> f64 {
        self.pace
    }

    /// The request that is looked at, if a person chose one.
    pub fn chosen(&self) -> Option<u32> {
        self.chosen
    }

    /// Whether a search is going on.
    pub fn is_searching(&self) -> bool {
        self.search.is_some()
    }

    /// What came of the last command, once.
    pub fn take_said(&mut self) -> Option<String> {
        self.said.take()
    }

    pub(super) fn say(&mut self, sentence: impl Into<String>) {
        self.said = Some(sentence.into());
    }

    /// Carries out what a link says, one after the other.
    fn follow(&mut self, commands: impl IntoIterator<Item = SceneCommand>) {
        self.coming.extend(commands);
        while self.search.is_none()
            && let Some(command) = self.coming.pop_front()
        {
            self.carry_out(command);
        }
    }

    /// Goes to a moment: at once, or, if many events lie before it, in the frames to come.
    fn seek(&mut self, at: Instant) {
        let at = self.source.end().map_or(at, |end| at.min(end));
        let there = self.travel.seek_some(at, EVENTS_AT_ONCE);
        self.search = (!there).then_some(MomentSearch::At(at));
    }

    /// Carries out a command.
    pub fn apply(&mut self, command: SceneCommand) {
        use SceneCommand::{Choose, Pace, Point, Watch};
        if !matches!(command, Pace(_) | Watch(_) | Choose(_) | Point(..)) {
            self.search = None;
            self.coming.clear();
        }
        self.carry_out(command);
    }

    fn carry_out(&mut self, command: SceneCommand) {
        match command {
            SceneCommand::Do(act) => self.act(&act),
            SceneCommand::Pace(pace) => {
                if pace > 0.0 && self.is_over() {
                    self.travel.seek(Instant::ZERO); // a plan is played once more
                }
                self.pace = pace;
            }
            SceneCommand::Seek(at) => self.seek(at),
            SceneCommand::Scrub(place) => self.seek(self.travel.scale().moment(place)),
            SceneCommand::Step if self.is_over() => self.say("This is the end."),
            SceneCommand::Step => {
                if !self.travel.step() {
                    self.say("Nothing more has happened yet.");
                }
            }
            SceneCommand::StepBack => {
                if !self.travel.step_back() {
                    self.say("This is the beginning.");
                }
            }
            SceneCommand::RunTo(moment) => {
                self.search = Some(MomentSearch::next(moment, &self.travel, self.source.end()));
            }
            SceneCommand::Present => {
                if !self.leave_replay() {
                    self.travel.return_to_present();
                }
            }
            SceneCommand::Replay(run) => self.replay(&run),
            SceneCommand::Watch(worker) => self.worker = worker,
            SceneCommand::Compare(_) => {} // the frame loop's
            SceneCommand::Begin(setup) => self.begin(*setup),
            SceneCommand::Plan(plan) => {
                if let Source::Plan(player) = &mut self.source {
                    player.replace(*plan);
                    self.play_plan();
                }
            }
            SceneCommand::Choose(number) => self.chosen = number,
            SceneCommand::Point(x, y) => {
                if let Some(number) = car_at(&self.picture(false), x, y) {
                    self.chosen = Some(number);
                    self.say(format!("Car {number}: its time is shown below."));
                }
            }
            SceneCommand::Empty => {
                if let Source::Live(store) = &self.source {
                    store.empty();
                }
            }
        }
    }

    /// Moves on by `real` time.
    pub fn step(&mut self, real: Span) {
        if let Some(search) = self.search {
            if let Some(found) = search.go_on(&mut self.travel) {
                self.search = None;
                if !found {
                    self.say(search.not_found(&self.source, &self.travel));
                }
                self.follow([]);
            }
            return;
        }
        match &mut self.source {
            Source::Live(store) if !self.travel.is_past() => {
                store.set_speed(self.pace);
                store.step(&mut self.travel, real);
            }
            _ => self.play(real.times(self.pace)),
        }
    }

    /// Plays what is known or can be worked out, for a stretch of world time.
    fn play(&mut self, passed: Span) {
        if passed > Span::ZERO {
            let was_at_head = self.travel.is_at_head();
            let mut next = self.travel.now() + passed;
            if let Some(quiet) = self.travel.quiet_until() {
                self.say(format!("Nothing happens for {}. That is skipped.", stretch(quiet - self.travel.now())));
                next = next.max(quiet + Span::from_micros(-BEFORE_EVENT.as_micros()));
            }
            self.travel.play(self.source.end().map_or(next, |end| next.min(end)), &mut |_, _| {});
            if self.travel.is_recorded() && !was_at_head && self.travel.is_at_head() {
                self.say("The kept run ends here.");
            }
        }
        if self.travel.is_past() && self.travel.is_at_head() {
            self.travel.return_to_present();
        }
    }

    /// The picture of this moment; `still` leaves motion out.
    pub fn picture(&self, still: bool) -> Picture {
        self.travel.picture(self.worker, still)
    }

    /// Sets the picture's format.
    pub fn set_format(&mut self, format: Format) {
        if format != self.travel.format() {
            self.travel.set_format(format);
        }
    }
}
