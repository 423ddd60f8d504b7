//! Everything adjustable about a world: six settings in sight, the others in drawers by theme, and a way to find them.

use super::presets::Presets;
use crate::app::controls::Controls;
use crate::app::knob::AnyKnob;
use crate::settings::{Group, Setting};
use crate::still;
use leptos::prelude::*;

/// The groups whose settings are in sight.
const IN_SIGHT: [Group; 2] = [Group::Pool, Group::Traffic];

/// The knobs.
#[component]
pub fn Knobs(
    /// What they turn.
    controls: Controls,
) -> impl IntoView {
    let sought = RwSignal::new(String::new());
    let none = move || {
        !sought.get().is_empty()
            && !Group::ALL.into_iter().flat_map(Group::settings).any(|row| is_sought(row, &sought.get()))
    };
    view! {
        <form class="knobs" on:submit=|event| event.prevent_default()>
            <Presets controls />
            <label class="find">
                <span>"Find a setting"</span>
                <input
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=sought
                    on:input=move |event| sought.set(event_target_value(&event).trim().to_lowercase())
                />
            </label>
            <p class="quiet" role="status">{move || none().then_some("No setting has this in its name or its help.")}</p>
            {Group::ALL.map(|group| view! { <Drawer group sought controls /> }).collect_view()}
        </form>
    }
}

/// The settings of a group: in sight, or in a drawer. While one is looked for, only what is found.
#[component]
fn Drawer(group: Group, sought: RwSignal<String>, controls: Controls) -> impl IntoView {
    let first = still::playground();
    let finds = move |row: &'static Setting| is_sought(row, &sought.get());
    let knobs = group.settings().map(|row| {
        let back = row.text(&first);
        view! { <div hidden=move || !finds(row)><AnyKnob setting=row.id back controls /></div> }
    });
    let knobs = knobs.collect_view();
    let is_hidden = move || !group.settings().any(finds);
    if IN_SIGHT.contains(&group) {
        view! { <fieldset hidden=is_hidden><legend>{group.title()}</legend>{knobs}</fieldset> }.into_any()
    } else {
        let is_open = move || !sought.get().is_empty();
        view! {
            <details class="group" prop:open=is_open hidden=is_hidden>
                <summary>{group.title()}</summary>
                {knobs}
            </details>
        }
        .into_any()
    }
}

fn is_sought(row: &Setting, sought: &str) -> bool {
    row.name.contains(sought) || row.hint.to_lowercase().contains(sought)
}
