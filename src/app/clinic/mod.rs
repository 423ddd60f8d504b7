//! The clinic on the page: what somebody pastes, what it is, the likely causes, and a lot that shows each with the reader's numbers.
//!
//! The rooms [`paste`](crate::paste), [`source`](crate::source) and [`clinic`](crate::clinic) know all that is said here.

mod as_file;
mod causes;
mod cures;
mod door;
mod follow;
mod found;
mod log;
mod paste_box;
mod read_file;
mod take_away;
mod visit;
mod watch;

use super::plan::{Account, Bar, PlanScene};
use super::scene::mount as mount_part;
use crate::clinic::{Case, Cause};
use leptos::prelude::*;
use visit::Visit;

/// The clinic's name, in links too.
const SCENE: &str = "clinic";

pub use door::mount as mount_door;

/// Mounts the clinic where the page has a place for it.
pub fn mount() {
    let numbers = Case::of("").diagnosis.numbers;
    let Some(world) = Cause::HeldAcrossSlowWork.world(&numbers) else { return };
    let opens = (world.moment() - crate::time::Instant::ZERO).as_secs_f64();
    let Some(opened) = PlanScene::open(SCENE, world.plan, 1.0, opens) else { return };
    let owner = Owner::new();
    let visit = owner.with(|| Visit::new(opened.scene));
    std::mem::forget(owner);
    let scene = opened.scene;
    opened.mount_panel(move || {
        view! {
            <Bar scene />
            <div class="knobs">{move || visit.shown().map(|shown| watch::view(visit, &shown))}{move || visit.shows_log().map(|log| watch::log(&log))}</div>
            <Account scene title=String::new() />
        }
    });
    mount_part(SCENE, "box", move || paste_box::view(visit));
    mount_part(SCENE, "found", move || move || visit.case().map(|case| found::view(&case)));
    mount_part(SCENE, "log", move || move || visit.log().map(|log| log::view(visit, &log)));
    mount_part(SCENE, "causes", move || move || visit.case().map(|case| causes::view(visit, &case)));
    mount_part(SCENE, "cures", move || move || visit.shown().map(|shown| cures::view(visit, &shown)));
    mount_part(SCENE, "away", move || move || visit.shown().map(|shown| take_away::view(&shown)));
    opened.start();
    visit.begin();
}
