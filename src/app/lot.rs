//! The live lot: the first thing on the page, on the real store.

use super::figures;
use super::film::Film;
use super::on_picture;
use super::panel::{Panel, PanelProps};
use super::scene::{LiveStore, PageScene, Stage, mount as mount_part};
use crate::database::Database;
use crate::settings::SettingId;
use crate::still::{self, OpeningScene};
use crate::time::{Instant, Span};
use crate::travel::Travel;
use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::Set;
use std::pin::pin;
use wasm_bindgen_futures::spawn_local;

/// A browser that has not played the opening by then shows how far it got; longer where a film moves meanwhile.
const DEADLINE: Span = Span::from_secs(3);

/// The lot goes on from a moment of the film that is so far ahead, and waits for it there.
const AHEAD: Span = Span::from_millis(120);

/// What one can do with the picture itself.
const POINT: &str = "Click a car or a bay to hear about it, and the road to send one more request.";

/// Mounts the live lot where the page has a place for it.
pub fn mount() {
    spawn_local(async {
        let (database, refusal) = Database::open("valet").await;
        let Some(scene) = PageScene::open_live("lot", still::first()) else { return };
        let (controls, figures) = (scene.controls, scene.figures);
        let is_unsaid = scene.link.setup == still::first();
        let OpeningScene { setup, acts, at } = still::opening();
        let setup = if is_unsaid { setup } else { scene.link.setup.clone() };
        controls.setup.set(setup.clone());
        controls.say(POINT);
        let turned = [SettingId::PoolSize, SettingId::MaxOverflow, SettingId::Rate];
        on_picture::mount(&scene.picture, controls, turned.into_iter());
        mount_part("lot", "panel", move || Panel(PanelProps { controls, figures, refusal }));
        let mut store = LiveStore::new(database, &setup, controls.frames());
        let mut travel = Travel::driven(setup, scene.format());
        if is_unsaid {
            let film = Film::over(&scene.picture);
            let deadline = film.as_ref().map_or(DEADLINE, Film::lasts);
            let opening = pin!(async {
                store.play_ahead(&mut travel, &acts, at).await;
                if let Some(film) = &film {
                    meet(film, &mut store, &mut travel, at).await;
                }
            });
            select(opening, TimeoutFuture::new((deadline.as_micros() / 1_000) as u32)).await;
            if film.as_ref().is_some_and(Film::is_paused) {
                controls.set_playing(false);
            }
        }
        scene.play(|_| Stage::opened(store, travel)).observe(move |stage, _| figures::show(figures, stage)).start();
    });
}

/// Plays on to where the film has come to, so that the lot takes over unseen. `begins` is the film's first moment.
async fn meet(film: &Film, store: &mut LiveStore, travel: &mut Travel, begins: Instant) {
    loop {
        let goal = (film.passed() + AHEAD).min(film.lasts());
        store.play_ahead(travel, &[], begins + goal).await;
        if goal >= film.passed() {
            return film.stop_at(goal).await;
        }
    }
}
