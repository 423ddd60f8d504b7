//! The page: a thin skin of Leptos islands around the engine. One component a file, named as the thing on screen.
//!
//! Three speeds of state: the world ([`live`]), the lot and the canvas are plain values owned by the frame loop
//! ([`frame`]); the figures are one store, patched ten times a second ([`figures`]); what a person sets is signals
//! ([`controls`]), mirrored to the link. The page acts on the world only through [`live::Act`]s.

pub mod canvas;
pub mod controls;
pub mod figures;
pub mod frame;
pub mod inks;
pub mod knob;
pub mod link;
pub mod live;
pub mod paint;
pub mod panel;
pub mod rescue;
pub mod transport;

use crate::database::Database;
use controls::Controls;
use figures::Figures;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use live::Live;
use reactive_stores::Store;
use wasm_bindgen_futures::spawn_local;

/// Mounts the live lot where `index.html` has a place for it.
pub fn mount() {
    rescue::install();
    spawn_local(async {
        let (database, refusal) = Database::open("valet").await;
        let places = (element("lot"), element("lot-picture"), element("lot-panel"));
        let (Some(scene), Some(picture), Some(place)) = places else { return };
        // The scene lives as long as the page, and so does what owns its signals.
        let owner = Owner::new();
        let (controls, figures) = owner.with(|| (Controls::from_link(), Store::new(Figures::default())));
        std::mem::forget(owner);
        let live = Live::new(database, &controls);
        let canvases = canvas::pair(&picture);
        place.set_inner_html("");
        mount_to(place.clone(), move || panel::Panel(panel::PanelProps { controls, figures, refusal })).forget();
        let _ = place.remove_attribute("aria-busy");
        frame::start(live, controls, figures, scene, picture, canvases);
    });
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
