//! The live lot: the first thing on the page, on the real store.

use super::controls::Controls;
use super::figures::Figures;
use super::frame_loop::FrameLoop;
use super::live_store::LiveStore;
use super::panel::{Panel, PanelProps};
use super::panic_notice;
use super::picture_view::PictureView;
use super::stage::Stage;
use super::{element, scene};
use crate::database::Database;
use crate::still;
use crate::travel::Travel;
use leptos::mount::mount_to;
use leptos::prelude::*;
use reactive_stores::{Patch, Store};
use wasm_bindgen_futures::spawn_local;

/// Mounts the live lot where `index.html` has a place for it.
pub fn mount() {
    panic_notice::install();
    spawn_local(async {
        let (database, refusal) = Database::open("valet").await;
        let places = (scene("lot"), element("lot-picture"), element("lot-panel"));
        let (Some(scene), Some(picture), Some(place)) = places else { return };
        // The scene lives as long as the page, and so does what owns its signals.
        let owner = Owner::new();
        let first = still::first();
        let ((controls, link), figures) =
            owner.with(|| (Controls::from_link("lot", &first), Store::new(Figures::default())));
        std::mem::forget(owner);
        let live = LiveStore::new(database, &link.setup);
        let mut view = PictureView::new(picture);
        let (format, _) = view.look();
        let stage = Stage::new(Travel::driven(link.setup, format), Some(live));
        place.set_inner_html("");
        mount_to(place.clone(), move || Panel(PanelProps { controls, figures, refusal })).forget();
        let _ = place.remove_attribute("aria-busy");
        FrameLoop::new(stage, view, controls, first, scene)
            .observe(move |stage, _| {
                let before = figures.get_untracked();
                figures.patch(Figures::of(stage, &before));
            })
            .start();
    });
}
