//! The same world with another pool, beside the first: the same visitors, the same work, the same bad luck.

use super::{SceneCommand, Source, Stage};
use crate::app::controls::Controls;
use crate::app::picture_view::PictureView;

use crate::pool::Settings;
use crate::settings::{Act, Scope};
use crate::sim::{Setup, WorldAct};
use crate::time::Span;
use crate::travel::Travel;

/// A second stage that goes along with a first.
pub struct ComparisonStage {
    stage: Stage,
    /// Where it is seen.
    pub view: PictureView,
    controls: Controls,
    /// How many kept runs the first had shown when this was made.
    shown: u32,
}

impl ComparisonStage {
    /// Beside `first`, with the pool that `controls` say.
    pub fn new(first: &Stage, view: PictureView, controls: Controls, pace: f64) -> ComparisonStage {
        let shown = first.runs_shown();
        let mut second = ComparisonStage { stage: again(first, controls.settings()), view, controls, shown };
        second.stage.apply(SceneCommand::Pace(pace));
        second
    }

    /// Its stage.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The same, to be painted.
    pub fn stage_mut(&mut self) -> &mut Stage {
        &mut self.stage
    }

    /// Does what was just done to the first, as far as it is not about the pool.
    pub fn follow(&mut self, first: &Stage, command: &SceneCommand) {
        match command {
            SceneCommand::Do(Act::Set(id, _)) if id.setting().scope == Scope::Pool => {}
            SceneCommand::Do(_) | SceneCommand::Pace(_) | SceneCommand::Watch(_) => self.stage.apply(command.clone()),
            SceneCommand::Begin(_) | SceneCommand::Replay(_) => self.rebuild(first),
            // What the twin has still to go through again must not be lost.
            _ if self.stage.has_more_to_do() => self.rebuild(first),
            _ => self.catch_up(first),
        }
    }

    /// Moves on by `real` time beside the first, which has done so already; and takes another pool if a knob was
    /// turned, or follows another world if a kept run has come: from the beginning, because whole runs are compared. Returns whether it did.
    pub fn step(&mut self, first: &Stage, real: Span) -> bool {
        let other = !self.controls.take_commands().is_empty() | (self.shown != first.runs_shown());
        if other {
            self.rebuild(first);
        }
        if real > Span::ZERO || first.is_searching() || self.stage.is_searching() {
            self.catch_up(first);
        }
        other
    }

    fn catch_up(&mut self, first: &Stage) {
        let is_on_its_way = self.stage.has_more_to_do() || self.stage.moment() == first.moment();
        if self.stage.is_searching() && is_on_its_way {
            self.stage.step(Span::ZERO);
        } else {
            self.stage.apply(SceneCommand::Seek(first.moment()));
        }
    }

    fn rebuild(&mut self, first: &Stage) {
        let mut stage = again(first, self.controls.settings());
        stage.apply(SceneCommand::Watch(first.worker()));
        stage.apply(SceneCommand::Pace(first.pace()));
        (self.stage, self.shown) = (stage, first.runs_shown());
    }
}

/// The first's world up to its moment, but with this pool.
fn again(first: &Stage, settings: Settings) -> Stage {
    let travel = first.travel();
    let with = |setup: &Setup| Setup { settings, ..setup.clone() };
    let mut twin = Stage::new(Travel::new(with(travel.first_setup()), travel.format()), Source::Simulated);
    // Of a kept run of a real store the twin is simulated: what was reported to the first is no news of its own.
    let acts = travel.acts().filter(|entry| !matches!(entry.act, WorldAct::Report { .. } | WorldAct::Ended(_)));
    let again = acts.flat_map(|entry| {
        let act = match &entry.act {
            WorldAct::Change(setup) => WorldAct::Change(Box::new(with(setup))),
            other => other.clone(),
        };
        [SceneCommand::Seek(entry.at), SceneCommand::Do(Act::World(act))]
    });
    twin.follow(again.chain([SceneCommand::Seek(first.moment())]));
    twin
}
