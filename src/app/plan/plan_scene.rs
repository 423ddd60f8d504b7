//! A lot that follows a plan, mounted in its place on the page.

use crate::app::chart::Chart;
use crate::app::controls::Controls;
use crate::app::figures::{self, Figures};
use crate::app::frame_loop::FrameLoop;
use crate::app::on_picture;
use crate::app::scene::{PageScene, PlanPlayer, Stage, mount};
use crate::browser::now_ms;
use crate::lesson::Plan;
use crate::link::Link;
use crate::lot::Description;
use crate::settings::SettingId;
use crate::time::{Instant, Span};
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlElement};
use reactive_stores::Store;

/// What the panel of such a scene reads and sets. It is `Copy`: all copies share the same state.
#[derive(Clone, Copy)]
pub struct PlanScene {
    /// The controls of the scene.
    pub controls: Controls,
    /// The figures of the world.
    pub figures: Store<Figures>,
    /// The chart of the run until now.
    pub chart: RwSignal<Chart>,
    /// The current moment in words.
    pub description: RwSignal<Description>,
    /// When the plan ends.
    pub until: RwSignal<Span>,
}

/// A scene that has its plan but is not playing yet.
pub struct OpenedScene {
    /// What its panel needs.
    pub scene: PlanScene,
    /// The plan, as the link changed it.
    pub plan: Plan,
    /// What the page's link says of the scene.
    pub link: Link,
    picture: HtmlElement,
    frame_loop: FrameLoop,
}

/// The least time between two updates of the chart and the table while the world moves, in milliseconds.
const SELDOM: f64 = 500.0;

impl PlanScene {
    /// Opens the scene of this name, which plays a plan at this speed, and stands at a moment that tells something, in seconds,
    /// if the page's link names no other. Returns `None` if the page has no place for it.
    pub fn open(name: &'static str, plan: Plan, speed: f64, opens: f64) -> Option<OpenedScene> {
        let page = PageScene::open(name, plan.setup.clone())?;
        let (controls, figures, picture) = (page.controls, page.figures, page.picture.clone());
        let opens = Instant::ZERO + Span::from_secs_f64(opens);
        let link = Link { at: page.link.at.or(Some(opens)), ..page.link.clone() };
        let scene = page.own(|| PlanScene {
            controls,
            figures,
            chart: RwSignal::new(Chart::default()),
            description: RwSignal::new(Description::default()),
            until: RwSignal::new(plan.length),
        });
        // Nothing moves before the reader presses play.
        controls.playing.set(false);
        controls.set_speed(speed);
        page.scroll_to_linked();
        let plan = Plan { setup: link.setup.clone(), ..plan };
        let (player, place) = (PlanPlayer::new(plan.clone(), link.acts.clone()), page.element.clone());
        let frame_loop = page
            .play(|format| Stage::plan(player, &link, format))
            .observe(when_new(move |stage| {
                scene.show(stage);
                if stage.travel().now() != opens {
                    let _ = place.class_list().add_1("ran"); // now show the stills, which give the story away
                }
                true
            }))
            .observe(scene.seldom())
            .observe(scene.narrate());
        Some(OpenedScene { scene, plan, link, picture, frame_loop })
    }

    fn show(self, stage: &Stage) {
        figures::show(self.figures, stage);
        let length = stage.source().player().map_or(Span::ZERO, |player| player.plan().length);
        if length != self.until.get_untracked() {
            self.until.set(length);
        }
    }

    /// Updates the chart and the table: at once if the world stands still, otherwise every [`SELDOM`] milliseconds.
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

    /// Says what there is to see when the world stops at another moment. It says nothing while the world moves, so as not to
    /// interrupt a screen reader all the time.
    fn narrate(self) -> impl FnMut(&Stage, Option<&Stage>) {
        let mut said: Option<(Instant, u64)> = None;
        move |stage, _| {
            let travel = stage.travel();
            let moment = (travel.now(), travel.world().events());
            if stage.pace() > 0.0 || stage.is_searching() || said == Some(moment) {
                return;
            }
            if said.replace(moment).is_none() {
                return; // the page speaks for itself
            }
            let micros = (travel.now() - Instant::ZERO).as_micros();
            let end = if stage.is_over() { "The end, " } else { "" };
            let (secs, tenths) = (micros / 1_000_000, micros / 100_000 % 10);
            self.controls.say(&format!("{end}{secs}.{tenths} s: {}", travel.describe(stage.worker()).summary));
        }
    }
}

/// An observer that calls `look` only when something has changed since the last time that `look` returned true. It saves
/// work: two dozen scenes are on the page, and most of them stand still.
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

    /// Puts controls on the picture, for those of these settings that one sees there.
    pub fn mount_on_picture(&self, settings: impl Iterator<Item = SettingId>) {
        on_picture::mount(&self.picture, self.scene.controls, settings);
    }

    /// The element in which the picture stands.
    pub fn stage_element(&self) -> Option<Element> {
        self.picture.parent_element()
    }

    /// Adds an observer that is called ten times a second.
    pub fn observe(self, mut observer: impl FnMut(&Stage) + 'static) -> OpenedScene {
        OpenedScene { frame_loop: self.frame_loop.observe(move |stage, _| observer(stage)), ..self }
    }

    /// Leaves the page's address as it is: what the scene is made of stands there in another way.
    pub fn leave_address(mut self) -> OpenedScene {
        self.frame_loop.leave_address();
        self
    }

    /// Starts the frame loop.
    pub fn start(self) {
        self.frame_loop.start();
    }
}
