//! A scene's world at the moment that is shown.

use super::command::SceneCommand;
use super::deadline::Deadline;
use super::live_store::LiveStore;
use super::moment_search::MomentSearch;
use super::plan_player::PlanPlayer;
use super::pointer::car_at;
use super::source::Source;
use crate::format::stretch;
use crate::link::Link;
use crate::lot::{Format, Picture};
use crate::pool::ConnectionId;
use crate::run::{Run, RunPlayer};
use crate::service::RequestSpec;
use crate::sim::{Setup, WorldAct};
use crate::time::{Instant, Span};
use crate::travel::Travel;
use std::collections::VecDeque;
use std::sync::Arc;

/// Before the first frame so much may be played, in milliseconds: most scenes open at their moment at once.
const OPENING: f64 = 30.0;
/// A picture in another format is made at once if no more events than these have to be played again for it.
const EVENTS_AT_ONCE: u64 = 5_000;
/// A quiet stretch that is skipped is left so long before it ends.
const BEFORE_EVENT: Span = Span::from_secs(2);

/// A scene's world at the moment that is shown. The frame loop owns it.
#[derive(Debug)]
pub struct Stage {
    pub(super) travel: Travel,
    pub(super) source: Source,
    pace: f64,
    worker: usize,
    pub(super) search: Option<MomentSearch>,
    /// The kept run that is played, to be shown when it is at its end.
    pub(super) playing: Option<Box<RunPlayer<Arc<Run>>>>,
    /// When that began, in the browser's milliseconds.
    pub(super) begun: Option<f64>,
    /// Until when this frame may work on that.
    pub(super) deadline: Deadline,
    /// How many kept runs have been shown: each is another world.
    pub(super) shown: u32,
    /// What is to be done after that.
    pub(super) coming: VecDeque<SceneCommand>,
    /// The request that is looked at, if a person chose one.
    pub(super) chosen: Option<u32>,
    /// The connection that was last pointed at.
    pointed: Option<ConnectionId>,
    /// What came of the last command, as a sentence for the reader.
    said: Option<String>,
}

impl Stage {
    /// A world that `travel` shows, from its beginning or at any moment.
    pub fn new(travel: Travel, source: Source) -> Stage {
        Stage {
            travel,
            source,
            pace: 0.0,
            worker: 0,
            search: None,
            playing: None,
            begun: None,
            deadline: Deadline::after(OPENING),
            shown: 0,
            coming: VecDeque::new(),
            chosen: None,
            pointed: None,
            said: None,
        }
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

    /// A world on the real store, at the moment that it was played to.
    pub fn opened(store: LiveStore, travel: Travel) -> Stage {
        Stage::new(travel, Source::Live(Box::new(store)))
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

    /// Whether there is nothing more to play: a plan is at its end, or the world is used up.
    pub fn is_over(&self) -> bool {
        self.is_at_end() || self.travel.is_used_up()
    }

    /// Whether a plan is at its end.
    fn is_at_end(&self) -> bool {
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

    /// How many kept runs have been shown, each of which is another world.
    pub fn runs_shown(&self) -> u32 {
        self.shown
    }

    /// World time for one unit of real time; 0 stands still.
    pub fn pace(&self) -> f64 {
        self.pace
    }

    /// The request that is looked at, if a person chose one.
    pub fn chosen(&self) -> Option<u32> {
        self.chosen
    }

    /// What came of the last command, once.
    pub fn take_said(&mut self) -> Option<String> {
        self.said.take()
    }

    pub(super) fn say(&mut self, sentence: impl Into<String>) {
        self.said = Some(sentence.into());
    }

    /// Carries out what a link says, one after the other.
    pub(super) fn follow(&mut self, commands: impl IntoIterator<Item = SceneCommand>) {
        self.coming.extend(commands);
        while !self.is_searching()
            && let Some(command) = self.coming.pop_front()
        {
            self.carry_out(command);
        }
    }

    /// Carries out a command.
    pub fn apply(&mut self, command: SceneCommand) {
        use SceneCommand::{Choose, Compare, Do, Pace, Point, Stop, Watch};
        match command {
            Pace(_) | Watch(_) | Choose(_) | Point(..) | Compare(_) => {}
            Stop => self.stop(),
            // What is done on the way to a moment is meant for that moment. A plan is played anew in any case.
            Do(_) if self.search.is_some_and(|search| search.goal().is_some()) && self.source.player().is_none() => {
                return self.coming.push_back(command);
            }
            Do(_) if self.source.player().is_some() => {}
            _ => self.drop_work(),
        }
        self.carry_out(command);
        if !self.is_searching() {
            self.begun = None;
        }
    }

    fn carry_out(&mut self, command: SceneCommand) {
        match command {
            SceneCommand::Do(act) => self.act(&act),
            SceneCommand::Pace(pace) => {
                if pace > 0.0 && self.is_at_end() {
                    self.travel.seek(Instant::ZERO); // a plan is played once more
                }
                self.pace = pace;
            }
            SceneCommand::Seek(at) => self.seek(at),
            SceneCommand::Scrub(place) => self.seek(self.travel.scale().moment(place)),
            SceneCommand::Stop => {}
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
                // A plan or a kept run may change its settings on the way.
                let own = matches!(self.source, Source::Live(_) | Source::Simulated);
                let settings = &self.travel.world().setup().settings;
                if let Some(why) = moment.prevented_by(settings).filter(|_| own) {
                    return self.say(why);
                }
                self.search = Some(match &self.source {
                    Source::Live(_) if !self.travel.is_past() => MomentSearch::awaited(moment, &self.travel),
                    source => MomentSearch::next(moment, &self.travel, source.end()),
                });
            }
            SceneCommand::Present => {
                if !self.leave_replay() {
                    self.travel.return_to_present();
                }
            }
            SceneCommand::Replay(run) => self.replay(run),
            SceneCommand::Watch(worker) => self.worker = worker,
            SceneCommand::Compare(_) => {} // the frame loop's
            SceneCommand::Begin(setup) => self.begin(*setup),
            SceneCommand::Plan(plan) => {
                if let Source::Plan(player) = &mut self.source {
                    let now = self.travel.now();
                    player.replace(*plan);
                    self.play_plan(now);
                }
            }
            SceneCommand::Choose(number) => self.chosen = number,
            SceneCommand::Point(x, y) => {
                self.point(x, y);
            }
            SceneCommand::Kill => self.kill(),
            SceneCommand::Empty => {
                if let Source::Live(store) = &self.source {
                    store.empty();
                }
            }
        }
    }

    fn point(&mut self, x: f32, y: f32) {
        let picture = self.picture(false);
        let found = car_at(&picture, x, y);
        if self.travel.world().setup().site.is_some() {
            if let Some(number) = found {
                self.chosen = Some(number);
                self.say(format!("Car {number}: its time is shown below."));
            }
            return;
        }
        let at = (x * picture.plan.size.0, y * picture.plan.size.1);
        self.pointed = picture.bays.iter().find(|bay| bay.rect.contains(at)).and_then(|bay| bay.connection);
        if let Some(said) = self.travel.describe_at(self.worker(), at) {
            let may_end = self.pointed.is_some() && !matches!(self.source, Source::Plan(_));
            let how = if may_end { " “Kill a connection” ends this one." } else { "" };
            self.say(format!("{said}{how}"));
        } else if found.is_none() && picture.plan.road.contains(at) && !matches!(self.source, Source::Plan(_)) {
            let takes = self.travel.world().setup().work.mean;
            self.act(&WorldAct::Arrive(RequestSpec { takes, ..RequestSpec::default() }).into());
            if self.said.is_none() {
                self.say("One more request.");
            }
        }
    }

    /// Ends one connection, as an administrator would.
    fn kill(&mut self) {
        let service = &self.travel.world().services()[self.worker()];
        let open: Vec<ConnectionId> = service.connections().collect();
        let pointed = self.pointed.take().filter(|connection| open.contains(connection));
        let Some(connection) = pointed.or_else(|| open.iter().min().copied()) else {
            return self.say("There is no connection to kill.");
        };
        self.act(&WorldAct::Kill(connection).into());
        if self.said.is_none() {
            self.say(format!("Connection #{} is dead, and the pool does not know it yet.", connection.0));
        }
    }

    /// Moves on by `real` time.
    pub fn step(&mut self, real: Span) {
        if self.is_searching() {
            if let (Some(MomentSearch::Awaited(..)), Source::Live(store)) = (self.search, &mut self.source) {
                store.set_speed(self.pace.max(1.0));
                store.step(&mut self.travel, real);
            }
            return self.go_on();
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
                self.say(format!("Nothing happens for {}: skipped.", stretch(quiet - self.travel.now())));
                next = next.max(quiet + Span::from_micros(-BEFORE_EVENT.as_micros()));
            }
            let next = self.source.end().map_or(next, |end| next.min(end)).max(self.travel.now());
            self.play_to(next);
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
        Picture { pointed: self.pointed, ..self.travel.picture(self.worker, still) }
    }

    /// Sets the picture's format.
    pub fn set_format(&mut self, format: Format) {
        if let Some(place) = self.travel.set_format_some(format, EVENTS_AT_ONCE)
            && self.search.is_none_or(|search| search.goal().is_none())
        {
            self.search_for(MomentSearch::Again(place));
        }
    }
}
