//! Where to begin: a world that is interesting at once.

use crate::app::controls::Controls;
use crate::app::scene::SceneCommand;
use crate::link::{PRESETS, Preset};
use crate::still;
use leptos::prelude::*;

/// The choice of a world.
#[component]
pub fn Presets(
    /// What they set.
    controls: Controls,
) -> impl IntoView {
    let begin = move |preset: &Preset| {
        let link = preset.link(still::playground());
        controls.say(preset.says);
        controls.send(SceneCommand::Begin(Box::new(link.setup)));
        for (at, act) in link.acts {
            controls.send(SceneCommand::Seek(at));
            controls.send(SceneCommand::Do(act));
        }
        if let Some(at) = link.at {
            controls.send(SceneCommand::Seek(at));
        }
    };
    view! {
        <label class="presets">
            <span>"Begin with"</span>
            <select on:change=move |event| {
                if let Some(preset) = event_target_value(&event).parse().ok().and_then(|place: usize| PRESETS.get(place)) {
                    begin(preset);
                }
            }>
                {PRESETS
                    .iter()
                    .enumerate()
                    .map(|(place, preset)| view! { <option value=place>{preset.title}</option> })
                    .collect_view()}
            </select>
        </label>
    }
}
