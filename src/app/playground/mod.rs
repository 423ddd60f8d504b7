//! The playground: a simulated world with everything adjustable.

mod compare;
mod download;
mod knobs;
mod panel;
mod sweep;
mod theory;

use super::chart::Chart;
use super::controls::Controls;
use super::figures::Figures;
use super::frame_loop::{FrameLoop, clock};
use super::picture_view::PictureView;
use super::runs::RunList;
use super::stage::{SceneCommand, Stage};
use super::{element, follow, go_to, panic_notice, scene};
use crate::pool::Settings;
use crate::sim::Setup;
use crate::still;
use crate::travel::Travel;
use compare::ComparisonSummary;
use download::give;
use leptos::mount::mount_to;
use leptos::prelude::*;
use panel::{Panel, PanelProps};
use reactive_stores::{Patch, Store};
use std::rc::Rc;
use theory::Theory;

/// The name of the scene in links.
pub const SCENE: &str = "playground";

/// Mounts the playground where `index.html` has a place for it.
pub fn mount() {
    panic_notice::install();
    let places =
        (scene(SCENE), element("playground-picture"), element("playground-rival"), element("playground-panel"));
    let (Some(scene), Some(picture), Some(second), Some(place)) = places else { return };
    let owner = Owner::new();
    let first: Setup = still::playground();
    let owner_of = owner.clone();
    let ((controls, link), figures) =
        owner_of.with(|| (Controls::from_link(SCENE, &first), Store::new(Figures::default())));
    let (chart, (theory, open), wanted, verdict, on) = owner_of.with(|| {
        let on = RwSignal::new(link.rival.is_some());
        (
            RwSignal::new(Chart::default()),
            (RwSignal::new(Theory::default()), RwSignal::new(false)),
            RwSignal::new(None),
            RwSignal::new(ComparisonSummary::default()),
            on,
        )
    });
    let pool_b = link.rival.unwrap_or(Settings { pool_size: link.setup.settings.pool_size + 5, ..link.setup.settings });
    let rival = owner_of.with(|| controls.beside(Setup { settings: pool_b, ..link.setup.clone() }));
    std::mem::forget(owner);
    let mut view = PictureView::new(picture);
    let (format, _) = view.look();
    let mut stage = Stage::new(Travel::new(link.setup.clone(), format), None);
    follow(&mut stage, &link);
    place.set_inner_html("");
    let props = PanelProps { controls, figures, chart, rival: (rival, on, verdict), theory: (theory, open), wanted };
    mount_to(place.clone(), move || Panel(props)).forget();
    let run_list = RunList::new(controls);
    if let Some(place) = element("playground-runs") {
        // A kept run with another one's pool beside it.
        let beside = move |setup: Setup| {
            rival.setup.set(setup);
            on.set(true);
            controls.send(SceneCommand::Compare(true));
        };
        run_list.mount(place, Some(Rc::new(beside)));
    }
    let _ = place.remove_attribute("aria-busy");
    if link.scene.is_some() {
        go_to(&scene);
    }
    let mut theorise = seldom(move |stage, _| theory.set(Theory::of(stage)));
    FrameLoop::new(stage, view, controls, first, scene)
        .beside(second, rival, link.rival.is_some())
        .observe(move |stage, _| {
            let before = figures.get_untracked();
            figures.patch(Figures::of(stage, &before));
        })
        .observe(seldom(move |stage, beside| {
            chart.set(Chart::of(stage));
            if let Some(beside) = beside {
                verdict.set(ComparisonSummary::of(stage, beside));
            }
        }))
        .observe(move |stage, beside| {
            if open.get_untracked() {
                theorise(stage, beside);
            }
        })
        .observe(move |stage, _| {
            if let Some(file) = wanted.get_untracked() {
                wanted.set(None);
                if give(stage, file).is_err() {
                    controls
                        .say("The browser does not let this frame give files away. Open the page by itself for that.");
                }
            }
        })
        .observe(move |stage, _| run_list.look(stage))
        .start();
}

/// An observer that looks twice a second, and whenever the moment is another although the world stands.
fn seldom(mut look: impl FnMut(&Stage, Option<&Stage>)) -> impl FnMut(&Stage, Option<&Stage>) {
    let (mut looked, mut seen) = (f64::MIN, None);
    move |stage: &Stage, rival: Option<&Stage>| {
        let other = rival.map(|rival| (rival.travel().world().events(), rival.travel().world().setup().settings));
        let moment = (stage.travel().now(), stage.travel().world().events(), other);
        let stands = stage.pace() == 0.0 && seen != Some(moment);
        if stands || (seen != Some(moment) && clock() - looked >= 500.0) {
            (looked, seen) = (clock(), Some(moment));
            look(stage, rival);
        }
    }
}
