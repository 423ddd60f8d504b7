//! The playground: a simulated world with everything adjustable.

mod knobs;
mod panel;

use super::controls::Controls;
use super::figures::Figures;
use super::frame::Frame;
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
    let ((controls, link), figures) =
        owner.with(|| (Controls::from_link(SCENE, &first), Store::new(Figures::default())));
    std::mem::forget(owner);
    let mut stage = Stage::new(Travel::new(link.setup.clone(), Format::Wide), None);
    follow(&mut stage, &link);
    place.set_inner_html("");
    mount_to(place.clone(), move || Panel(PanelProps { controls, figures })).forget();
    let _ = place.remove_attribute("aria-busy");
    Frame::new(stage, View::new(picture), controls, first, scene)
        .observe(move |stage| {
            let before = figures.get_untracked();
            figures.patch(Figures::of(stage, &before));
        })
        .start();
}
