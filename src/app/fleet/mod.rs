//! Sizing a fleet on the page: the numbers of it, what to set, how sure that is, and one of its processes in the lot.
//!
//! The room [`fleet`](crate::fleet) knows all that is said here.

mod advice;
mod desk;
mod form;
mod played;

use super::plan::{Account, Bar, PlanScene};
use crate::browser::element;
use crate::fleet::{Advice, Fleet, Rehearsal};
use crate::time::Instant;
use desk::Desk;
use leptos::mount::mount_to;
use leptos::prelude::*;

/// The scene's name, in links too.
const SCENE: &str = "fleet";

/// Mounts it where the page has a place for it.
pub fn mount() {
    let fleet = Fleet::default();
    let (plan, moment) = Rehearsal::plan(&fleet, &Advice::of(&fleet));
    let opens = (moment - Instant::ZERO).as_secs_f64();
    let Some(opened) = PlanScene::open(SCENE, plan, 1.0, opens) else { return };
    let owner = Owner::new();
    let desk = owner.with(|| Desk::new(opened.scene));
    std::mem::forget(owner);
    let scene = opened.scene;
    opened.mount_panel(move || {
        view! {
            <Bar scene />
            <Account scene title=String::new() />
        }
    });
    place("fleet-form", move || form::view(desk));
    place("fleet-advice", move || advice::view(desk));
    place("fleet-played", move || played::view(desk));
    opened.start();
    desk.begin();
}

fn place<V: IntoView + 'static>(name: &str, view: impl FnOnce() -> V + 'static) {
    if let Some(place) = element(name) {
        place.set_inner_html("");
        mount_to::<_, _>(place, view).forget();
    }
}
