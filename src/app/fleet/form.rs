//! The numbers of the fleet.

use super::sizing::Sizing;
use crate::fleet::{FIELDS, Field};
use leptos::prelude::*;

/// The form.
pub fn view(sizing: Sizing) -> AnyView {
    let rows = FIELDS.iter().map(|field| row(sizing, field)).collect::<Vec<_>>();
    let address = move || sizing.wrong.get().filter(|(name, _)| name.is_empty()).map(|(_, why)| why);
    view! {
        <form class="numbers" on:submit=|event| event.prevent_default()>
            <p class="notice" role="alert" hidden=move || address().is_none()>{move || address().unwrap_or_default()}</p>
            {rows}
        </form>
    }
    .into_any()
}

fn row(sizing: Sizing, field: &'static Field) -> AnyView {
    let wrong = move || sizing.wrong.get().filter(|(name, _)| *name == field.name).map(|(_, why)| why);
    let (input, help, said) =
        (format!("fleet-{}", field.name), format!("fleet-{}-help", field.name), format!("fleet-{}-wrong", field.name));
    let described = format!("{help} {said}");
    view! {
        <p class="number-row">
            <label for=input.clone()>{field.label}</label>
            <input
                id=input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                aria-describedby=described
                aria-invalid=move || wrong().is_some().to_string()
                value=sizing.fleet.with_untracked(|fleet| field.text(fleet))
                on:input:target=move |event| sizing.say(field, &event.target().value())
            />
            <span class="quiet" id=help>{field.help}</span>
            <span class="wrong" role="alert" id=said>{wrong}</span>
        </p>
    }
    .into_any()
}
