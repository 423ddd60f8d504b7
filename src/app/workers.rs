//! The workers, when there are several: whose lot is shown, and how the others fare.

use super::controls::Controls;
use super::figures::{Figures, FiguresStoreFields};
use super::scene::SceneCommand;
use leptos::prelude::*;
use reactive_stores::Store;

/// The list.
#[component]
pub fn Workers(
    /// The scene's.
    controls: Controls,
    /// What the world says.
    figures: Store<Figures>,
) -> impl IntoView {
    let many = Memo::new(move |_| figures.workers().get().len() > 1);
    view! {
        <Show when=move || many.get()>
            <div class="workers" role="group" aria-label="Workers">
                <p class="quiet">"Each worker has a lot of its own; all of them share one server. You see the lot of the selected worker."</p>
                <ul>
                    {move || {
                        figures
                            .workers()
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(worker, status)| {
                                view! {
                                    <li>
                                        <button
                                            type="button"
                                            aria-pressed=move || (controls.clock.get().worker == worker).to_string()
                                            on:click=move |_| controls.send(SceneCommand::Watch(worker))
                                        >
                                            {format!("Worker {}", worker + 1)}
                                        </button>
                                        <code>{status}</code>
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ul>
            </div>
        </Show>
    }
}
