//! The page: a thin skin of Leptos islands around the engine. One component a file, named as the thing on screen.
//!
//! Three programs: `main.rs` mounts the [live lot](lot), which everybody sees at once; `bin/lessons.rs` the
//! [lessons](lesson) and `bin/playground.rs` the [Flask application](flask) and the [playground](playground) with its simulated
//! worlds, loaded when somebody gets near them.
//!
//! Three speeds of state: the [`stage`] and the [`view`] of it are plain values owned by the frame loop ([`frame`]); the
//! figures are one store, patched ten times a second ([`figures`]); what a person sets is signals ([`controls`]), mirrored to the
//! link. The page acts on the world only through [`stage::Wish`]es.

pub mod canvas;
pub mod chart;
pub mod controls;
pub mod embed;
pub mod figures;
pub mod flask;
pub mod frame;
pub mod give;
pub mod inks;
pub mod knob;
pub mod lesson;
pub mod live;
pub mod lot;
pub mod near;
pub mod paint;
pub mod panel;
pub mod playground;
pub mod rescue;
pub mod rival;
pub mod runs;
pub mod script;
pub mod sight;
pub mod stage;
pub mod transport;
pub mod view;
pub mod workers;

use crate::link::Link;
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use stage::{Stage, Wish};

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
        stage.wish(Wish::Seek(*at));
        stage.wish(Wish::Do(deed.clone()));
    }
    if let Some(at) = link.at {
        stage.wish(Wish::Seek(at));
    }
}
