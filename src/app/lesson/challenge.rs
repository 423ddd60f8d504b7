//! A challenge on the page: its goals, what the reader may change, and what came of it.

use super::attempt::Attempt;
use super::goals::{Goals, Verdict};
use super::learned::Learned;
use super::measure;
use super::payoff::Payoff;
use super::ways::ways;
use crate::app::knob::AnyKnob;
use crate::app::plan::PlanScene;
use crate::app::plan::{Account, Bar};
use crate::browser::append_place;
use crate::lesson::{Adjustable, Lesson};
use leptos::mount::mount_to;
use leptos::prelude::*;

/// Mounts the challenge of a lesson.
pub fn mount(lesson: &'static Lesson, learned: Learned) {
    // Scene names are `&'static`. This leaks one name per lesson, and never more.
    let name: &'static str = Box::leak(format!("{}-challenge", lesson.name).into_boxed_str());
    let Some(opened) = PlanScene::open(name, (lesson.challenge.plan)(), lesson.speed, lesson.challenge.still) else {
        return;
    };
    let owner = Owner::new();
    let attempt = owner.with(|| Attempt::new(lesson, &opened, learned));
    std::mem::forget(owner);
    opened.scene.controls.on_turn(Callback::new(move |(name, value)| attempt.turn(name, value)));
    let turned = lesson.challenge.adjustable.iter().filter_map(|adjustable| match adjustable {
        Adjustable::Setting(setting) => Some(*setting),
        Adjustable::Choice(_) => None,
    });
    opened.mount_on_picture(turned);
    opened.mount_panel(move || view! { <Panel attempt /> });
    measure::listen(name, move || attempt.plan());
    // Over the picture, and no part of it: the picture is an image to screen readers.
    if let Some(place) = opened.stage_element().and_then(|stage| append_place(&stage)) {
        place.set_class_name("over-picture");
        mount_to(place, move || view! { <Payoff attempt /> }).forget();
    }
    opened.observe(move |stage| attempt.look(stage)).start();
}

#[component]
fn Panel(attempt: Attempt) -> impl IntoView {
    let scene = attempt.scene;
    view! {
        <Bar scene />
        <form class="knobs" on:submit=|event| event.prevent_default()>
            <Goals attempt />
            <Verdict attempt />
            <fieldset>
                <legend>"What you may turn"</legend>
                {attempt.challenge.adjustable.iter().map(|turn| turned(turn, attempt)).collect_view()}
            </fieldset>
        </form>
        <Account scene title=format!("{}: the challenge", attempt.lesson.title) />
    }
}

fn turned(adjustable: &'static Adjustable, attempt: Attempt) -> AnyView {
    match adjustable {
        &Adjustable::Setting(setting) => {
            let back = adjustable.text(&(attempt.challenge.plan)());
            view! { <AnyKnob setting back own=true controls=attempt.scene.controls /> }.into_any()
        }
        Adjustable::Choice(choice) => {
            let group = format!("{}-{}", attempt.scene.controls.scene, choice.name);
            let (now, turn) = (move || attempt.value(choice.name), move |option| attempt.turn(choice.name, option));
            ways(choice, &group, " (as it is)", now, turn)
        }
    }
}
