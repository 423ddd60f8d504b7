//! A lot that follows a plan, in its place on the page.

use crate::app::chart::Chart;
use crate::app::controls::Controls;
use crate::app::figures::{self, Figures};
use crate::app::frame_loop::FrameLoop;
use crate::app::scene::{PageScene, PlanPlayer, Stage, mount};
use crate::browser::now_ms;
use crate::lesson::Plan;
use crate::lot::Description;
use crate::time::{Instant, Span};
use leptos::prelude::*;
use reactive_stores::Store;

/// What the panel of such a scene reads and turns. Copy: all copies are one.
#[derive(Clone, Copy)]
pub struct PlanScene {
    /// What a person can set.
    pub controls: Controls,
    /// What the world says.
    pub figures: Store<Figures>,
    /// How it went until now.
    pub chart: RwSignal<Chart>,
    /// The moment in words.
    pub description: RwSignal<Description>,
    /// When the plan ends.
    pub until: RwSignal<Span>,
}

/// A scene that has a plan, and does not play yet.
pub struct OpenedScene {
    /// What its panel needs.
    pub scene: PlanScene,
    /// The plan, as the link changed it.
    pub plan: Plan,
    frame_loop: FrameLoop,
}

/// How often the chart is drawn and the table written, in milliseconds.
const SELDOM: f64 = 500.0;

impl PlanScene {
    /// The scene of this name, which plays a plan at a speed. `None` if the page has no place for it.
    pub fn open(name: &'static str, plan: Plan, speed: f64) -> Option<OpenedScene> {
        let page = PageScene::open(name, plan.setup.clone())?;
        let (controls, figures, link) = (page.controls, page.figures, page.link.clone());
        let scene = page.own(|| PlanScene {
            controls,
            figures,
            chart: RwSignal::new(Chart::default()),
            description: RwSignal::new(Description::default()),
            until: RwSignal::new(plan.length),
        });
        // Nothing moves before a person wants it to.
        controls.playing.set(false);
        controls.set_speed(speed);
        page.scroll_to_linked();
        let plan = Plan { setup: link.setup.clone(), ..plan };
        let (player, place) = (PlanPlayer::new(plan.clone(), link.acts.clone()), page.element.clone());
        let frame_loop = page
            .play(|format| Stage::plan(player, &link, format))
            .observe(when_new(move |stage| {
                scene.show(stage);
                if stage.travel().now() > Instant::ZERO {
                    let _ = place.class_list().add_1("ran"); // the stills may be seen now: they give the story away
                }
                true
            }))
            .observe(scene.seldom())
            .observe(scene.narrate());
        Some(OpenedScene { scene, plan, frame_loop })
    }

    fn show(self, stage: &Stage) {
        figures::show(self.figures, stage);
        let length = stage.source().player().map_or(Span::ZERO, |player| player.plan().length);
        if length != self.until.get_untracked() {
            self.until.set(length);
        }
    }

    /// Chart and table: when the world stands at once, else now and then.
    fn seldom(self) -> impl FnMut(&Stage, Option<&Stage>) {
        let mut looked = f64::MIN;
        when_new(move |stage| {
            let is_due = stage.pace() == 0.0 || now_ms() - looked >= SELDOM;
            if is_due {
                looked = now_ms();
                self.chart.set(Chart::of(stage));
                self.description.set(stage.travel().describe(stage.worker()));
            }
            is_due
        })
    }

    /// Says what there is to see when the world has come to stand at another moment: politely, and only then.
    fn narrate(self) -> impl FnMut(&Stage, Option<&Stage>) {
        let mut said: Option<(Instant, u64)> = None;
        move |stage, _| {
            let travel = stage.travel();
            let moment = (travel.now(), travel.world().events());
            if stage.pace() > 0.0 || stage.is_searching() || said == Some(moment) {
                return;
            }
            let is_first = said.replace(moment).is_none() && moment.0 == Instant::ZERO;
            if is_first {
                return; // the page speaks for itself
            }
            let micros = (travel.now() - Instant::ZERO).as_micros();
            let end = if stage.is_over() { "The end, " } else { "" };
            let (secs, tenths) = (micros / 1_000_000, micros / 100_000 % 10);
            self.controls.say(&format!("{end}{secs}.{tenths} s: {}", travel.describe(stage.worker()).summary));
        }
    }
}

/// An observer that looks only when there is something else to see than when it last did, which it says: two dozen scenes
/// stand on the page, most of them still.
fn when_new(mut look: impl FnMut(&Stage) -> bool) -> impl FnMut(&Stage, Option<&Stage>) {
    let mut seen = None;
    move |stage, _| {
        let world = stage.travel().world();
        let new = Some((stage.travel().now(), world.events(), stage.worker(), world.setup().clone()));
        if new != seen && look(stage) {
            seen = new;
        }
    }
}

impl OpenedScene {
    /// Mounts the scene's panel in its place.
    pub fn mount_panel<V: IntoView + 'static>(&self, panel: impl FnOnce() -> V + 'static) {
        mount(self.scene.controls.scene, "panel", panel);
    }

    /// Adds an observer that is called ten times a second.
    pub fn observe(self, mut observer: impl FnMut(&Stage) + 'static) -> OpenedScene {
        OpenedScene { frame_loop: self.frame_loop.observe(move |stage, _| observer(stage)), ..self }
    }

    /// Starts to play.
    pub fn start(self) {
        self.frame_loop.start();
    }
}
