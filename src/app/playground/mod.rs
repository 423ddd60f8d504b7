//! The playground: a simulated world with everything adjustable.

mod knobs;
mod panel;

use super::chart::Chart;
use super::controls::Controls;
use super::figures::Figures;
use super::frame::{Frame, clock};
use super::stage::Stage;
use super::view::View;
use super::{element, follow, rescue};
use crate::lot::Format;
use crate::sim::Setup;
use crate::still;
use crate::travel::Travel;
use leptos::mount::mount_to;
use leptos::prelude::*;
use panel::{Panel, PanelProps};
use reactive_stores::{Patch, Store};

/// The name of the scene in links.
pub const SCENE: &str = "playground";

/// Mounts the playground where `index.html` has a place for it.
pub fn mount() {
    rescue::install();
    let places = (element("playground"), element("playground-picture"), element("playground-panel"));
    let (Some(scene), Some(picture), Some(place)) = places else { return };
    let owner = Owner::new();
    let first: Setup = still::playground();
    let ((controls, link), figures, chart) = owner
        .with(|| (Controls::from_link(SCENE, &first), Store::new(Figures::default()), RwSignal::new(Chart::default())));
    std::mem::forget(owner);
    let mut stage = Stage::new(Travel::new(link.setup.clone(), Format::Wide), None);
    follow(&mut stage, &link);
    place.set_inner_html("");
    mount_to(place.clone(), move || Panel(PanelProps { controls, figures, chart })).forget();
    let _ = place.remove_attribute("aria-busy");
    Frame::new(stage, View::new(picture), controls, first, scene)
        .observe(move |stage, _| {
            let before = figures.get_untracked();
            figures.patch(Figures::of(stage, &before));
        })
        .observe(seldom(move |stage, _| chart.set(Chart::of(stage))))
        .start();
}

/// An observer that looks twice a second, and whenever the moment is another although the world stands.
fn seldom(mut look: impl FnMut(&Stage, Option<&Stage>)) -> impl FnMut(&Stage, Option<&Stage>) {
    let (mut looked, mut seen) = (f64::MIN, None);
    move |stage: &Stage, rival: Option<&Stage>| {
        let moment = (stage.travel().now(), stage.travel().world().events());
        let stands = stage.pace() == 0.0 && seen != Some(moment);
        if stands || (seen != Some(moment) && clock() - looked >= 500.0) {
            (looked, seen) = (clock(), Some(moment));
            look(stage, rival);
        }
    }
}
