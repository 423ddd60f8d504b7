//! Play, pause, speed, and the big red button.

use super::controls::Controls;
use leptos::prelude::*;

/// The speeds one can choose, and what they are called.
const SPEEDS: [(f64, &str); 5] = [(0.25, "¼"), (0.5, "½"), (1.0, "1"), (2.0, "2"), (4.0, "4")];

/// The transport.
#[component]
pub fn Transport(
    /// What it turns.
    controls: Controls,
) -> impl IntoView {
    view! {
        <div class="transport" role="group" aria-label="Time">
            <button type="button" class="primary" on:click=move |_| controls.set_playing(!controls.playing.get())>
                <span aria-hidden="true">{move || if controls.playing.get() { "❚❚ " } else { "▶ " }}</span>
                {move || if controls.playing.get() { "Pause" } else { "Play" }}
            </button>
            <fieldset class="speeds">
                <legend>"Speed"</legend>
                {SPEEDS
                    .map(|(speed, name)| {
                        view! {
                            <label>
                                <input
                                    type="radio"
                                    name="speed"
                                    prop:checked=move || controls.speed.get() == speed
                                    on:change=move |_| controls.set_speed(speed)
                                />
                                <span>{format!("{name}×")}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <button type="button" class="danger" on:click=move |_| controls.restart_database()>
                "Restart the database"
            </button>
        </div>
    }
}
