//! What can be done to the application's database, and what it has to say.

use crate::app::controls::Controls;
use crate::app::scene::SceneCommand;
use crate::sim::WorldAct;
use leptos::prelude::*;

/// Restart it, empty it; how many rows it has.
#[component]
pub fn StoreActs(
    /// Whose world it is.
    controls: Controls,
    /// How many rows there are.
    rows: RwSignal<Option<u32>>,
) -> impl IntoView {
    let restart = move |_| {
        controls.say("The database restarts, for all tabs: every connection is dead, and the pool does not know yet.");
        controls.send(SceneCommand::Do(WorldAct::Restart.into()));
    };
    let empty = move |_| {
        controls.say("All rows are being deleted. Keys go on where they were.");
        controls.send(SceneCommand::Empty);
    };
    view! {
        <section class="store" aria-label="The database">
            <p>
                "Rows in " <code>"user"</code> ": "
                <strong data-figure="rows">{move || rows.get().map_or("–".into(), |rows| rows.to_string())}</strong>
                ". They are in this browser, and another tab with this page shares them."
            </p>
            <p class="acts">
                <button type="button" class="danger" on:click=restart>"Restart the database"</button>
                <button type="button" on:click=empty>"Delete all rows"</button>
            </p>
        </section>
    }
}

/// What the store has to say: where rows live if not in IndexedDB, and what was found damaged.
#[component]
pub fn Notices(
    /// The sentences.
    notices: RwSignal<Vec<String>>,
) -> impl IntoView {
    view! {
        <div role="status" data-figure="notices">
            {move || notices.get().into_iter().map(|notice| view! { <p class="notice">{notice}</p> }).collect_view()}
        </div>
    }
}
