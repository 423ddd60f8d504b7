//! A lot that follows a plan, in its place on the page.

use crate::app::chart::Chart;
use crate::app::controls::Controls;
use crate::app::figures::Figures;
use crate::app::frame_loop::{FrameLoop, clock};
use crate::app::picture_view::PictureView;
use crate::app::plan_player::PlanPlayer;
use crate::app::stage::{SceneCommand, Stage};
use crate::app::{self, element};
use crate::lesson::Plan;
use crate::lot::Description;
use crate::time::{Instant, Span};
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use reactive_stores::{Patch, Store};

/// What a scene's panel reads and turns. Copy: all copies are one.
#[derive(Clone, Copy)]
pub struct Scene {
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

/// A scene before it begins.
pub struct Opened {
    /// What its panel needs.
    pub scene: Scene,
    /// The place of its panel, empty.
    pub panel: HtmlElement,
    /// The plan, as the link changed it.
    pub plan: Plan,
    frame: FrameLoop,
}

/// How often the chart is drawn and the table written, in milliseconds.
const SELDOM: f64 = 500.0;

impl Scene {
    /// The scene of this name: of the element `NAME` with the places `NAME-picture` and `NAME-panel`.
    pub fn open(name: &'static str, plan: Plan, speed: f64) -> Option<Opened> {
        let (whole, picture, panel) =
            (app::scene(name)?, element(&format!("{name}-picture"))?, element(&format!("{name}-panel"))?);
        let first = plan.setup.clone();
        let owner = Owner::new();
        let (scene, link) = owner.with(|| {
            let (controls, link) = Controls::from_link(name, &first);
            let scene = Scene {
                controls,
                figures: Store::new(Figures::default()),
                chart: RwSignal::new(Chart::default()),
                description: RwSignal::new(Description::default()),
                until: RwSignal::new(plan.length),
            };
            (scene, link)
        });
        std::mem::forget(owner); // the scene lives as long as the page
        // Nothing moves before somebody wants it to.
        let controls = scene.controls;
        controls.playing.set(false);
        controls.set_speed(speed);
        let plan = Plan { setup: link.setup.clone(), ..plan };
        let mut view = PictureView::new(picture);
        let (format, _) = view.look();
        let mut stage = Stage::of_script(PlanPlayer::new(plan.clone(), link.deeds.clone()), format);
        if let Some(at) = link.at {
            stage.apply(SceneCommand::Seek(at));
        }
        panel.set_inner_html("");
        let _ = panel.remove_attribute("aria-busy");
        if link.scene.is_some() {
            app::go_to(&whole); // the link leads here
        }
        let place = whole.clone();
        let frame = FrameLoop::new(stage, view, controls, first, whole).observe(when_new(move |stage| {
            scene.show(stage);
            if stage.travel().now() > Instant::ZERO {
                let _ = place.class_list().add_1("ran"); // the stills may be seen now: they give the story away
            }
            true
        }));
        let frame = frame.observe(scene.seldom()).observe(scene.narrate());
        Some(Opened { scene, panel, plan, frame })
    }

    fn show(&self, stage: &Stage) {
        let before = self.figures.get_untracked();
        self.figures.patch(Figures::of(stage, &before));
        let length = stage.plan_player().map_or(Span::ZERO, |plan_player| plan_player.plan().length);
        if length != self.until.get_untracked() {
            self.until.set(length);
        }
    }

    /// Chart and table: when the world stands at once, else now and then.
    fn seldom(self) -> impl FnMut(&Stage, Option<&Stage>) {
        let mut looked = f64::MIN;
        when_new(move |stage| {
            let is_due = stage.pace() == 0.0 || clock() - looked >= SELDOM;
            if is_due {
                looked = clock();
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

impl Opened {
    /// One more to be told ten times a second.
    pub fn observe(self, mut observer: impl FnMut(&Stage) + 'static) -> Opened {
        Opened { frame: self.frame.observe(move |stage, _| observer(stage)), ..self }
    }

    /// The scene begins.
    pub fn start(self) {
        self.frame.start();
    }
}
