//! The page: a thin skin of Leptos islands around the engine. One component a file, named as the thing on screen.
//!
//! Three programs: `main.rs` mounts the [live lot](lot), which everybody sees at once; `bin/lessons.rs` the
//! [lessons](lesson) and `bin/playground.rs` the [Flask application](flask) and the [playground](playground) with its simulated
//! worlds, loaded when somebody gets near them.
//!
//! Three speeds of state: the [`stage`] and the [`view`] of it are plain values owned by the frame loop ([`frame`]); the
//! figures are one store, patched ten times a second ([`figures`]); what a person sets is signals ([`controls`]), mirrored to the
//! link. The page acts on the world only through [`stage::SceneCommand`]es.

pub mod canvas;
pub mod chart;
pub mod comparison_stage;
pub mod controls;
pub mod download;
pub mod embed;
pub mod figures;
pub mod flask;
pub mod frame_loop;
pub mod knob;
pub mod lesson;
pub mod live_store;
pub mod lot;
pub mod paint;
pub mod palette;
pub mod panel;
pub mod panic_notice;
pub mod picture_view;
pub mod plan_player;
pub mod playground;
pub mod runs;
pub mod stage;
pub mod transport;
pub mod visibility;
pub mod when_near;
pub mod workers;

use crate::link::Link;
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use stage::{SceneCommand, Stage};

/// The element of the page with this id.
fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The place of a scene, unless an embed shows something else.
fn scene(id: &str) -> Option<HtmlElement> {
    element(id)
        .filter(|scene| embed::shown().is_none() || scene.closest("[data-shown]").is_ok_and(|shown| shown.is_some()))
}

/// Goes to the scene that the page's link leads to. Not in an embed: it would move the page around the frame.
fn go_to(scene: &HtmlElement) {
    if embed::shown().is_none() {
        scene.scroll_into_view();
    }
}

/// Does what a link says was done, and goes to its moment.
fn follow(stage: &mut Stage, link: &Link) {
    for (at, deed) in &link.deeds {
        stage.apply(SceneCommand::Seek(*at));
        stage.apply(SceneCommand::Do(deed.clone()));
    }
    if let Some(at) = link.at {
        stage.apply(SceneCommand::Seek(at));
    }
}
