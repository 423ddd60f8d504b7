//! What the reader can do to the application's database, and notices about the databases.

use crate::app::controls::Controls;
use crate::app::scene::SceneCommand;
use crate::sim::WorldAct;
use leptos::prelude::*;

/// Buttons that restart or empty the database, and the number of its rows.
#[component]
pub fn StoreActs(
    /// The controls of the scene.
    controls: Controls,
    /// The number of rows in the database.
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
                <button type="button" class="danger database" on:click=restart>"Restart the database"</button>
                <button type="button" on:click=empty>"Delete all rows"</button>
            </p>
        </section>
    }
}

/// Notices about the databases: where rows live if not in IndexedDB, and which rows were damaged.
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
