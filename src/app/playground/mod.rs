//! The playground: a simulated world with everything adjustable.

mod compare;
mod download;
mod knobs;
mod panel;
mod presets;
mod sweep;
mod theory;

use super::chart::Chart;
use super::figures;
use super::on_picture;
use super::runs::RunList;
use super::scene::{PageScene, SceneCommand, Stage, mount as mount_part};
use crate::browser::{append_place, element, now_ms};
use crate::pool::Settings;
use crate::settings::SETTINGS;
use crate::sim::Setup;
use crate::still;
use download::download;
use leptos::mount::mount_to;
use leptos::prelude::*;
use panel::{Panel, PanelProps};
use std::rc::Rc;
use theory::Theory;

/// The name of the scene in links.
pub const SCENE: &str = "playground";

/// Mounts the playground where the page has a place for it.
pub fn mount() {
    let Some(second_picture) = element("playground-rival") else { return };
    let Some(scene) = PageScene::open(SCENE, still::playground()) else { return };
    let (controls, figures, link) = (scene.controls, scene.figures, scene.link.clone());
    let pool_b = link.rival.unwrap_or(Settings { pool_size: link.setup.settings.pool_size + 5, ..link.setup.settings });
    let (second, compares, sentences) = scene.own(|| {
        let second = controls.beside(Setup { settings: pool_b, ..link.setup.clone() });
        (second, RwSignal::new(link.rival.is_some()), RwSignal::new(Vec::new()))
    });
    let (chart, theory, theory_is_open, wanted) = scene.own(|| {
        (RwSignal::new(Chart::default()), RwSignal::new(Theory::default()), RwSignal::new(false), RwSignal::new(None))
    });
    let differences = scene.own(|| RwSignal::new([String::new(), String::new()]));
    // Under the pictures, in their order.
    if let Some(pictures) = scene.picture.parent_element() {
        for which in 0..2 {
            if let Some(place) = append_place(&pictures) {
                place.set_class_name("differs");
                mount_to(place, move || {
                    view! { <p hidden=move || !compares.get()>{move || differences.with(|said| said[which].clone())}</p> }
                })
                .forget();
            }
        }
    }
    let comparison = (second, compares, sentences);
    let props = PanelProps { controls, figures, chart, comparison, theory: (theory, theory_is_open), wanted };
    on_picture::mount(&scene.picture, controls, SETTINGS.iter().map(|row| row.id));
    mount_part(SCENE, "panel", move || Panel(props));
    let run_list = RunList::new(controls);
    if let Some(place) = element("playground-runs") {
        // A kept run with another one's pool beside it.
        let beside = move |setup: Setup| {
            second.setup.set(setup);
            compares.set(true);
            controls.send(SceneCommand::Compare(true));
        };
        run_list.mount(place, Some(Rc::new(beside)));
    }
    scene.scroll_to_linked();
    let mut show_theory = seldom(move |stage, _| theory.set(Theory::of(stage)));
    scene
        .play(|format| Stage::simulated(&link, format))
        .beside(second_picture, second, link.rival.is_some())
        .observe(move |stage, _| figures::show(figures, stage))
        .observe(seldom(move |stage, beside| {
            chart.set(Chart::of(stage));
            if let Some(beside) = beside {
                sentences.set(compare::sentences(stage, beside));
                let setups = (stage.travel().world().setup(), beside.travel().world().setup());
                differences.set(compare::differences(setups.0, setups.1));
            }
        }))
        .observe(move |stage, beside| {
            if theory_is_open.get_untracked() {
                show_theory(stage, beside);
            }
        })
        .observe(move |stage, _| {
            if let Some(format) = wanted.get_untracked() {
                wanted.set(None);
                if download(stage, format).is_err() {
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
    move |stage: &Stage, second: Option<&Stage>| {
        let other = second.map(|second| (second.travel().world().events(), second.travel().world().setup().settings));
        let moment = (stage.travel().now(), stage.travel().world().events(), other);
        let stands = stage.pace() == 0.0 && seen != Some(moment);
        if stands || (seen != Some(moment) && now_ms() - looked >= 500.0) {
            (looked, seen) = (now_ms(), Some(moment));
            look(stage, second);
        }
    }
}
