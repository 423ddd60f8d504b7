//! Sizing a fleet on the page: the numbers of it, what to set, how sure that is, and one of its processes in the lot.
//!
//! The room [`fleet`](crate::fleet) knows all that is said here.

mod advice;
mod form;
mod played;
mod sizing;

use super::plan::{Account, Bar, PlanScene};
use super::scene::mount as mount_part;
use crate::fleet::{Advice, Fleet, Rehearsal};
use crate::time::Instant;
use leptos::prelude::*;
use sizing::Sizing;

/// The scene's name, in links too.
const SCENE: &str = "fleet";

/// Mounts it where the page has a place for it.
pub fn mount() {
    let fleet = Fleet::default();
    let (plan, moment) = Rehearsal::plan(&fleet, &Advice::of(&fleet));
    let opens = (moment - Instant::ZERO).as_secs_f64();
    let Some(opened) = PlanScene::open(SCENE, plan, 1.0, opens) else { return };
    let owner = Owner::new();
    let sizing = owner.with(|| Sizing::new(opened.scene));
    std::mem::forget(owner);
    let scene = opened.scene;
    opened.mount_panel(move || {
        view! {
            <Bar scene />
            <Account scene title=String::new() />
        }
    });
    mount_part(SCENE, "form", move || form::view(sizing));
    mount_part(SCENE, "advice", move || advice::view(sizing));
    mount_part(SCENE, "played", move || played::view(sizing));
    // The numbers of the fleet stand in the address, and the scene follows from them.
    opened.leave_address().start();
    sizing.begin();
}
