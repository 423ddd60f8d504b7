//! Everything adjustable about a world, in groups.

use crate::app::controls::Controls;
use crate::app::knob::AnyKnob;
use crate::settings::Group;
use crate::still;
use leptos::prelude::*;

/// The knobs. The first two groups are open.
#[component]
pub fn Knobs(
    /// What they turn.
    controls: Controls,
) -> impl IntoView {
    let first = still::playground();
    view! {
        <form class="knobs" on:submit=|event| event.prevent_default()>
            {Group::ALL
                .iter()
                .enumerate()
                .map(|(place, group)| {
                    let knobs = group.settings().map(|row| view! { <AnyKnob setting=row.id back=row.text(&first) controls /> });
                    view! {
                        <details class="group" open=place < 2>
                            <summary>{group.title()}</summary>
                            {knobs.collect_view()}
                        </details>
                    }
                })
                .collect_view()}
        </form>
    }
}
