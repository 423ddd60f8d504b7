//! What a scene plays: a travel through a world, and behind it, if it is the live one, the real store.

use super::live_store::LiveStore;
use super::plan_player::PlanPlayer;
use crate::lesson::Plan;
use crate::link::Deed;
use crate::lot::{Car, Format, Picture};
use crate::run::Run;
use crate::sim::{Act, Setup};
use crate::time::{Instant, Span};
use crate::travel::{Moment, Travel};
use std::sync::Arc;

/// What a person can do with a scene's time and world.
#[derive(Debug, Clone, PartialEq)]
pub enum SceneCommand {
    /// Something is done to the world.
    Do(Deed),
    /// World time for one unit of real time; 0 stands still.
    Pace(f64),
    /// To a moment.
    Seek(Instant),
    /// One event further.
    Step,
    /// One event back.
    StepBack,
    /// To the next such moment.
    RunTo(Moment),
    /// To the furthest moment seen.
    Present,
    /// Another worker is shown.
    Watch(usize),
    /// Another world, from its beginning.
    Begin(Box<Setup>),
    /// In a scene that follows a plan: another one, at the same moment.
    Plan(Box<Plan>),
    /// A kept run, as it ended. A real store that there is stands still behind it, until [`SceneCommand::Present`].
    Replay(Arc<Run>),
    /// The same world with another pool beside it, or not any more.
    Compare(bool),
    /// This request is looked at; without a number the newest.
    Choose(Option<u32>),
    /// The request is looked at whose car is here: a place in the picture, as parts of its width and height.
    Point(f32, f32),
    /// All rows of the store are deleted.
    Empty,
}

/// A search for a moment goes no further than this from where it began, ...
const FAR: Span = Span::from_secs(600);
/// ... and so many events in one frame.
const EVENTS_A_FRAME: usize = 4_000;

/// A car is meant by whoever points so near to it, in picture units.
const NEAR: f32 = 60.0;

/// A scene's world. Owned by the frame loop.
#[derive(Debug)]
pub struct Stage {
    travel: Travel,
    live: Option<LiveStore>,
    /// The live world, while a kept run is shown in its place.
    aside: Option<Box<(Travel, LiveStore)>>,
    /// What is followed, if the scene follows a plan.
    plan_player: Option<PlanPlayer>,
    pace: f64,
    worker: usize,
    /// What is run to, and how far at most.
    searching: Option<(Moment, Instant)>,
    /// The request that is looked at.
    chosen: Option<u32>,
    /// What came of the last wish, as a sentence for the reader.
    said: Option<String>,
}

impl Stage {
    /// A scene on the real store, or on a simulated server.
    pub fn new(travel: Travel, live: Option<LiveStore>) -> Stage {
        Stage {
            travel,
            live,
            aside: None,
            plan_player: None,
            pace: 0.0,
            worker: 0,
            searching: None,
            chosen: None,
            said: None,
        }
    }

    /// A scene that follows a plan, from its beginning.
    pub fn of_script(plan_player: PlanPlayer, format: Format) -> Stage {
        Stage { plan_player: Some(plan_player.clone()), ..Stage::new(plan_player.travel(format), None) }
    }

    /// What is followed, if the scene follows a plan.
    pub fn plan_player(&self) -> Option<&PlanPlayer> {
        self.plan_player.as_ref()
    }

    /// Whether the plan has been played to its end.
    pub fn is_over(&self) -> bool {
        self.end().is_some_and(|end| self.travel.now() >= end)
    }

    /// When what is played ends, if it does.
    fn end(&self) -> Option<Instant> {
        self.plan_player.as_ref().map(|plan_player| plan_player.plan().end())
    }

    /// The travel.
    pub fn travel(&self) -> &Travel {
        &self.travel
    }

    /// The store, in the live scene.
    pub fn live(&self) -> Option<&LiveStore> {
        self.live.as_ref()
    }

    /// Which worker is shown.
    pub fn worker(&self) -> usize {
        self.worker.min(self.travel.world().services().len() - 1)
    }

    /// Whether the live world stands behind a kept run.
    pub fn is_aside(&self) -> bool {
        self.aside.is_some()
    }

    /// World time for one unit of real time.
    pub fn pace(&self) -> f64 {
        self.pace
    }

    /// The request that is looked at, if one was chosen.
    pub fn chosen(&self) -> Option<u32> {
        self.chosen
    }

    /// Whether a search is going on.
    pub fn is_searching(&self) -> bool {
        self.searching.is_some()
    }

    /// What came of the last wish, once.
    pub fn take_said(&mut self) -> Option<String> {
        self.said.take()
    }

    /// Carries out what a person wants.
    pub fn apply(&mut self, command: SceneCommand) {
        if !matches!(
            command,
            SceneCommand::Pace(_) | SceneCommand::Watch(_) | SceneCommand::Choose(_) | SceneCommand::Point(..)
        ) {
            self.searching = None;
        }
        match command {
            SceneCommand::Do(deed) => self.act(&deed),
            SceneCommand::Pace(pace) => {
                if pace > 0.0 && self.is_over() {
                    self.travel.seek(Instant::ZERO); // once more
                }
                self.pace = pace;
            }
            SceneCommand::Seek(at) => self.travel.seek(self.end().map_or(at, |end| at.min(end))),
            SceneCommand::Step => {
                if self.is_over() {
                    self.said = Some("This is the end.".into());
                } else if !self.travel.step() {
                    self.said = Some("Nothing more has happened yet.".into());
                }
            }
            SceneCommand::StepBack => {
                if !self.travel.step_back() {
                    self.said = Some("This is the beginning.".into());
                }
            }
            SceneCommand::RunTo(moment) => {
                let far = self.travel.now() + FAR;
                self.searching = Some((moment, self.end().map_or(far, |end| far.min(end))));
            }
            SceneCommand::Present => {
                if !self.leave_replay() {
                    self.travel.return_to_present();
                }
            }
            SceneCommand::Replay(run) => self.replay(&run),
            SceneCommand::Watch(worker) => self.worker = worker,
            SceneCommand::Compare(_) => {} // the frame's affair
            SceneCommand::Begin(setup) => self.begin(*setup),
            SceneCommand::Plan(plan) => {
                if let Some(plan_player) = &mut self.plan_player {
                    plan_player.replace(*plan);
                    self.play_script();
                }
            }
            SceneCommand::Choose(number) => self.chosen = number,
            SceneCommand::Point(x, y) => self.point(x, y),
            SceneCommand::Empty => {
                if let Some(live) = &self.live {
                    live.empty();
                }
            }
        }
    }

    fn begin(&mut self, setup: Setup) {
        let format = self.travel.format();
        self.chosen = None;
        self.leave_replay();
        match &mut self.live {
            None => self.travel = Travel::new(setup, format),
            Some(live) => {
                live.begin(&setup);
                self.travel = Travel::driven(setup, format);
            }
        }
    }

    /// The car that is nearest to this place, if it is near.
    fn point(&mut self, x: f32, y: f32) {
        let picture = self.picture(false);
        let (x, y) = (x * picture.plan.size.0, y * picture.plan.size.1);
        let far = |car: &Car| (car.pose.x - x).powi(2) + (car.pose.y - y).powi(2);
        let nearest = picture.cars.iter().min_by(|one, other| far(one).total_cmp(&far(other)));
        if let Some(car) = nearest.filter(|car| far(car) < NEAR * NEAR) {
            self.chosen = Some(car.number);
            self.said = Some(format!("Car {}: its time is shown below.", car.number));
        }
    }

    /// The live world is back in its place, if there is one. Whether there is.
    fn leave_replay(&mut self) -> bool {
        let aside = self.aside.take();
        let is = aside.is_some();
        if let Some(live) = aside {
            (self.travel, self.live) = (live.0, Some(live.1));
            self.chosen = None;
        }
        is
    }

    fn replay(&mut self, run: &Run) {
        let name = &run.card.label.name;
        self.said = Some(match run.travel(self.travel.format()) {
            Err(odd) => format!("“{name}” cannot be played. {odd}"),
            Ok(travel) => {
                let as_kept = run.came_out(&travel);
                self.chosen = None;
                let before = std::mem::replace(&mut self.travel, travel);
                if let Some(live) = self.live.take() {
                    live.set_speed(0.0);
                    self.aside = Some(Box::new((before, live)));
                }
                if as_kept {
                    format!("This is “{name}”, at its end.")
                } else {
                    format!(
                        "This is “{name}”. It comes out otherwise than is written down: another version of the page kept it, or somebody changed it."
                    )
                }
            }
        });
    }

    /// The script from its beginning to this moment.
    fn play_script(&mut self) {
        if let Some(plan_player) = &self.plan_player {
            let now = self.travel.now().min(plan_player.plan().end());
            self.travel = plan_player.travel(self.travel.format());
            self.travel.seek(now);
        }
    }

    fn act(&mut self, deed: &Deed) {
        if let Some(plan_player) = &mut self.plan_player {
            match plan_player.take(self.travel.now(), deed) {
                Ok(()) => self.play_script(),
                Err(sentence) => self.said = Some(sentence),
            }
            return;
        }
        if self.travel.is_recorded() {
            self.said = Some("This is a kept run of a real database: it can be watched, and not changed.".into());
            return;
        }
        if self.travel.is_past() {
            self.travel.return_to_present();
            self.said = Some("A real database cannot go back: this is the present again, and it happens here.".into());
        }
        match deed.act(self.travel.world().setup()) {
            Ok(act) => {
                if let (Some(live), Act::Restart) = (&self.live, &act) {
                    // What that does to the connections is seen when it has happened.
                    return live.restart();
                }
                if self.travel.act(act).is_ok()
                    && let Some(live) = &self.live
                {
                    live.set_network(self.travel.world().setup());
                    live.obey(&mut self.travel);
                }
            }
            Err(sentence) => self.said = Some(sentence),
        }
    }

    /// Moves on by `real` time.
    pub fn step(&mut self, real: Span) {
        if let Some((moment, limit)) = self.searching {
            match self.travel.run_to(moment, limit, EVENTS_A_FRAME) {
                None => {}
                Some(found) => {
                    self.searching = None;
                    if !found && self.live.is_some() {
                        self.said = Some("What a real database will do is not known before it does it. Step back, and run from there.".into());
                    } else if !found && self.travel.is_recorded() {
                        self.said = Some(format!("No {} before the kept run ends.", moment.name()));
                    } else if !found && self.plan_player.is_some() {
                        self.said = Some(format!("No {} before the end.", moment.name()));
                    } else if !found {
                        self.said = Some(format!("No {} within the next ten minutes.", moment.name()));
                    }
                }
            }
            return;
        }
        let speed = if self.travel.is_past() { 0.0 } else { self.pace };
        match &mut self.live {
            Some(live) if !self.travel.is_past() => {
                live.set_speed(speed);
                live.step(&mut self.travel, real);
            }
            _ => {
                let passed = real.times(self.pace);
                if passed > Span::ZERO {
                    let was_at_head = self.travel.is_at_head();
                    let next = self.travel.now() + passed;
                    self.travel.play(self.end().map_or(next, |end| next.min(end)), &mut |_, _| {});
                    if self.travel.is_recorded() && !was_at_head && self.travel.is_at_head() {
                        self.said = Some("The kept run ends here.".into());
                    }
                }
                if self.travel.is_past() && self.travel.is_at_head() {
                    self.travel.return_to_present();
                }
            }
        }
    }

    /// The picture of this moment.
    pub fn picture(&self, still: bool) -> Picture {
        self.travel.picture(self.worker, still)
    }

    /// The picture's format.
    pub fn set_format(&mut self, format: Format) {
        if format != self.travel.format() {
            self.travel.set_format(format);
        }
    }
}
