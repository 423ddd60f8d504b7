//! The cure: what has to be so again, what may be changed, and the same traffic run again.

use super::incident::Incident;
use crate::app::knob::AnyKnob;
use crate::app::lesson::{meter, ways};
use crate::daily::CONTROLS;
use crate::lesson::Adjustable;
use leptos::prelude::*;

/// Meters, controls, and the button that runs it.
pub fn view(incident: Incident) -> AnyView {
    let plan = incident.outage().plan();
    let cause = incident.outage().cause;
    let controls = CONTROLS.iter().map(|control| match control {
        &Adjustable::Setting(setting) => {
            let back = control.text(&plan);
            view! { <AnyKnob setting back own=true controls=incident.scene.controls /> }.into_any()
        }
        Adjustable::Choice(choice) => {
            let (now, turn) = (move || incident.value(choice.name), move |option| incident.turn(choice.name, option));
            ways(choice, "daily-fix", "", now, turn)
        }
    });
    let hint = cause.cures().first().map(|cure| format!("{}. {}", cure.title, cure.says)).unwrap_or_default();
    let ran = move || if incident.has_run() { "Run it once more" } else { "Run the same traffic again" };
    view! {
        <div class="meters" role="group" aria-label="The goal">
            <p class="caption">"2. Cure it, and break nothing"</p>
            <ul data-figure="goals">{move || incident.goals().into_iter().map(meter).collect::<Vec<_>>()}</ul>
        </div>
        <div class="goals" role="group" aria-label="Your cure">
            <p class="said" role="status" data-figure="verdict">{move || incident.said()}</p>
            <p class="quiet" hidden=move || !incident.is_helped()>{hint}</p>
            <p class="acts">
                <button type="button" class="primary" on:click=move |_| incident.run()>{ran}</button>
                <button type="button" aria-disabled=move || (!incident.is_changed()).to_string() on:click=move |_| incident.reset()>"Reset"</button>
                <button type="button" on:click=move |_| incident.help()>{move || if incident.is_helped() { "Show a cure" } else { "Hint" }}</button>
            </p>
        </div>
        <fieldset>
            <legend>"What you may change"</legend>
            {controls.collect_view()}
        </fieldset>
    }
    .into_any()
}
