//! The daily outage on the page: what is known of it, the lot that plays it, the cause to find, the cure to run, and what it
//! came to.
//!
//! The room [`daily`](crate::daily) knows all that is said here.

mod address;
mod brief;
mod cause;
mod cure;
mod days;
mod incident;
mod payoff;
mod result;

use super::plan::PlanScene;
use super::scene::mount as mount_part;
use crate::browser::{append_place, element};
use crate::daily::{Evidence, Outage};
use crate::time::Instant;
use incident::Incident;
use leptos::mount::mount_to;
use leptos::prelude::*;
use std::sync::Arc;

/// The scene's name, in links too.
const SCENE: &str = "daily";

/// Mounts the outage of the day that the address names, or of today.
pub fn mount() {
    let opened = address::opened();
    address::follow();
    let made = Outage::of(opened.date);
    let found = made.as_ref().ok().and_then(|(outage, _)| Evidence::of(outage));
    let (Ok((outage, certificate)), Some(evidence)) = (made, found) else {
        // No test of the days until the end of the calendar has seen this; the other days are there all the same.
        mount_part(
            SCENE,
            "brief",
            move || view! { <p class="notice">"There is no outage for this day. Choose another one."</p> },
        );
        return mount_part(SCENE, "days", move || days::view(&opened, None));
    };
    let plan = outage.plan();
    let speed = plan.length.as_secs_f64() / 20.0;
    // The moment that the brief tells of: a bare lot says nothing.
    let opens = (evidence.sessions.at - Instant::ZERO).as_secs_f64();
    let Some(scene) = PlanScene::open(SCENE, plan, speed.round().max(1.0), opens) else { return };
    let owner = Owner::new();
    let (outage, evidence) = (Arc::new(outage), Arc::new(evidence));
    let cure = certificate.cures.into_iter().next().unwrap_or_default();
    let incident = owner.with(|| Incident::new(outage.clone(), evidence.clone(), cure, scene.scene));
    std::mem::forget(owner);
    scene.scene.controls.on_turn(Callback::new(move |(name, value)| incident.turn(name, value)));
    mount_part(SCENE, "brief", move || brief::view(&outage, &evidence));
    scene.mount_panel(move || panel(incident));
    if let Some(place) = scene.stage_element().and_then(|stage| append_place(&stage)) {
        place.set_class_name("over-picture");
        mount_to(place, move || payoff::view(incident)).forget();
    }
    mount_part(SCENE, "result", move || result::view(incident));
    mount_part(SCENE, "days", move || days::view(&opened, Some(incident)));
    incident.begin();
    scene.observe(move |stage| incident.look(stage)).start();
}

/// What stands under and beside the picture. The figures tell a leak or a deadlock in so many words, so they come with the cure.
fn panel(incident: Incident) -> impl IntoView {
    use super::plan::{Account, Bar};
    let scene: PlanScene = incident.scene;
    let is_decided = Memo::new(move |_| incident.is_decided());
    view! {
        <Bar scene>
            <button type="button" class="primary" on:click=move |_| incident.watch()>"Watch it happen"</button>
        </Bar>
        <form class="knobs" on:submit=|event| event.prevent_default()>
            {cause::view(incident)}
            <Show when=move || is_decided.get()>{cure::view(incident)}</Show>
        </form>
        <Show when=move || is_decided.get()>
            <Account scene title=String::new() />
        </Show>
    }
}

/// Brings the picture into view, unless most of it is: on a phone its lower part stays in sight by itself.
fn show_picture() {
    let Some(picture) = element("daily-picture") else { return };
    let place = picture.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    if place.bottom() < height * 0.3 || place.top() > height * 0.6 {
        picture.scroll_into_view();
    }
}
