//! Another pool on the same world, side by side.

use crate::app::controls::Controls;
use crate::app::knob::Knob;
use crate::app::scene::{SceneCommand, Stage};
use crate::figures::Measurement;
use crate::search::Comparison;
use crate::settings::{SETTINGS, Scope, SettingId};
use crate::sim::Setup;
use leptos::prelude::*;

/// How two pools differ at the moment that both stages show: a sentence a figure.
pub fn sentences(a: &Stage, b: &Stage) -> Vec<String> {
    let measured = |stage: &Stage| Measurement::so_far(stage.travel().world(), stage.travel().journal());
    let setups = (a.travel().world().setup(), b.travel().world().setup());
    let comparison = Comparison::of(setups.0, setups.1, measured(a), measured(b));
    comparison.sentences().into_iter().map(str::to_owned).collect()
}

/// What stands by each lot: the pool's settings that the other one has otherwise.
pub fn differences(a: &Setup, b: &Setup) -> [String; 2] {
    let differing = || SETTINGS.iter().filter(|row| row.scope == Scope::Pool && !row.is_same(a, b));
    let said = |letter: &str, setup: &Setup| {
        let settings: Vec<String> = differing().map(|row| format!("{} {}", row.name, row.text(setup))).collect();
        let settings = if settings.is_empty() { "the same pool".to_owned() } else { settings.join(", ") };
        format!("{letter}: {settings}")
    };
    [said("A", a), said("B", b)]
}

/// The way to a second pool, its knobs, and how the two differ.
#[component]
pub fn Compare(
    /// The scene's.
    controls: Controls,
    /// The second pool's.
    second: Controls,
    /// Whether it is there.
    on: RwSignal<bool>,
    /// How they differ.
    sentences: RwSignal<Vec<String>>,
) -> impl IntoView {
    let toggle = move |_| {
        let now_on = !on.get_untracked();
        on.set(now_on);
        if now_on {
            controls.say("A second lot opens beside the first: same traffic, another pool.");
        } else {
            controls.say("One lot again.");
        }
        controls.send(SceneCommand::Compare(now_on));
    };
    view! {
        <section class="compare" aria-label="Compare two pools">
            <button type="button" aria-pressed=move || on.get().to_string() on:click=toggle>
                {move || if on.get() { "End the comparison" } else { "Compare with another pool" }}
            </button>
            <Show when=move || on.get()>
                <p class="quiet">
                    "B gets the same requests at the same moments, with this pool from the beginning."
                </p>
                <form class="knobs rival" on:submit=|event| event.prevent_default() aria-label="Pool B">
                    <Knob setting=SettingId::PoolSize called="B: pool_size" controls=second />
                    <Knob setting=SettingId::MaxOverflow called="B: max_overflow" controls=second />
                    <Knob setting=SettingId::PoolTimeout called="B: pool_timeout" controls=second />
                    <Knob setting=SettingId::PoolRecycle called="B: pool_recycle" controls=second />
                </form>
                <ul class="verdict" data-figure="verdict">
                    {move || sentences.get().into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view()}
                </ul>
            </Show>
        </section>
    }
}
