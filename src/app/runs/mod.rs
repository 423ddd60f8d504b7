//! Kept runs: a list of them under a scene, and what can be done with each.
//!
//! A scene makes a [`Shelf`], lets it [look](Shelf::look) at its stage, and mounts [`Runs`] in its panel.

mod carry;
mod compare;
mod progress;
mod row;
mod shelf;

pub use shelf::Shelf;

use crate::sim::Setup;
use carry::Carry;
use compare::CompareTwo;
use leptos::prelude::*;
use leptos::web_sys::Element;
use progress::ProgressCode;
use row::Row;

/// The list, and everything about it.
#[component]
pub fn Runs(
    /// Its state.
    shelf: Shelf,
    /// Puts another pool beside the world that is shown; where a scene can do that.
    #[prop(optional, into)]
    beside: Option<Callback<Setup>>,
) -> impl IntoView {
    let opened = move |event: leptos::ev::Event| {
        if event_target::<Element>(&event).has_attribute("open") {
            shelf.open();
        }
    };
    let name = RwSignal::new(String::new());
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = name.get_untracked();
        shelf.keep(if typed.trim().is_empty() { shelf.name_for_now() } else { typed });
        name.set(String::new());
    };
    let undo = move || {
        shelf.removed.get().map(|removed| {
            view! {
                <p class="acts undo">
                    <span>{format!("“{removed}” is deleted.")}</span>
                    <button type="button" id=shelf.id("undo") on:click=move |_| shelf.undo()>"Undo"</button>
                </p>
            }
        })
    };
    view! {
        <details class="sweep runs" on:toggle=opened>
            <summary>"Kept runs"</summary>
            {move || shelf.notice().map(|notice| view! { <p class="notice" data-figure="keep-notice">{notice}</p> })}
            <form class="sweep-form" on:submit=keep>
                <label>
                    "name "
                    <input
                        type="text"
                        maxlength="80"
                        autocomplete="off"
                        placeholder=move || shelf.name_for_now()
                        prop:value=name
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                </label>
                <button type="submit" class="primary">"Keep this run"</button>
            </form>
            <p class="said" role="status" data-figure="runs-said">{move || shelf.said.get()}</p>
            <p class="complaint" role="alert" data-figure="runs-complaint">{move || shelf.complaint.get()}</p>
            {undo}
            <table class="runs-list">
                <caption class="visually-hidden">"Kept runs, oldest first"</caption>
                <thead hidden=move || shelf.kept.with(Vec::is_empty)>
                    <tr><th scope="col">"Run"</th><th scope="col">"Length"</th><th scope="col">"Served"</th><th scope="col">"Errors"</th></tr>
                </thead>
                <For each=move || shelf.kept.get() key=|kept| (kept.id, kept.card.label.name.clone()) let:kept>
                    <Row shelf kept />
                </For>
            </table>
            <CompareTwo shelf beside />
            <Carry shelf />
            <ProgressCode shelf />
        </details>
    }
}
