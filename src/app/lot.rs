//! The live lot: the first thing on the page, on the real store.

use super::figures;
use super::panel::{Panel, PanelProps};
use super::scene::{LiveStore, PageScene, Stage, mount as mount_part};
use crate::database::Database;
use crate::still;
use wasm_bindgen_futures::spawn_local;

/// Mounts the live lot where the page has a place for it.
pub fn mount() {
    spawn_local(async {
        let (database, refusal) = Database::open("valet").await;
        let Some(scene) = PageScene::open("lot", still::first()) else { return };
        let (controls, figures, setup) = (scene.controls, scene.figures, scene.link.setup.clone());
        mount_part("lot", "panel", move || Panel(PanelProps { controls, figures, refusal }));
        scene
            .play(|format| Stage::live(LiveStore::new(database, &setup, controls.frames()), setup, format))
            .observe(move |stage, _| figures::show(figures, stage))
            .start();
    });
}
