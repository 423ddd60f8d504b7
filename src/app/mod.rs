//! The page: a thin skin of Leptos islands around the engine. One component a file, named as the thing on screen.
//!
//! One program in parts, which `main.rs` lists: what every page needs, with the [live lot](lot) that everybody sees first; the
//! [lessons](lesson), the [applications](application) and the [playground](playground) with its simulated worlds, each loaded when
//! a reader gets near it. Each of them opens a [`PageScene`](scene::PageScene).
//!
//! Three speeds of state: the [`Stage`](scene::Stage) and its [picture](picture_view) are plain values owned by the
//! [frame loop](frame_loop); the [figures] are one store, patched ten times a second; what a person sets is signals
//! ([`controls`]), mirrored to the link. The page acts on a world only through [`SceneCommand`](scene::SceneCommand)s.

pub mod application;
pub mod canvas;
pub mod chart;
pub mod clinic;
pub mod controls;
pub mod daily;
pub mod embed;
pub mod figures;
pub mod film;
pub mod fleet;
pub mod frame_loop;
pub mod knob;
pub mod lesson;
pub mod lettering;
pub mod lot;
pub mod on_picture;
pub mod pace_keeper;
mod paint;
pub mod palette;
pub mod panel;
pub mod picture_view;
pub mod plan;
pub mod playground;
mod pointed;
pub mod runs;
pub mod scene;
mod share;
pub mod transport;
pub mod workers;
