//! Runs from elsewhere: a file, or a text where files cannot be had.

use super::shelf::Shelf;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// A place for a file, and one for a text.
#[component]
pub fn Carry(
    /// The list's state.
    shelf: Shelf,
) -> impl IntoView {
    let take = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        let name = file.name();
        if !shelf.is_too_long(&name, file.size()) {
            spawn_local(async move {
                match JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
                    Some(text) => shelf.import(&name, &text),
                    None => shelf.complain(&format!("{name} cannot be read.")),
                }
            });
        }
        input.set_value(""); // the same file may be chosen again
    };
    let typed = move |_| shelf.import("The text", &shelf.text.get_untracked());
    view! {
        <p class="acts">
            <label>"Import a run " <input type="file" accept=".json,application/json" on:change=take /></label>
        </p>
        <details class="as-text" open=move || shelf.text.with(|text| !text.is_empty())>
            <summary>"A run as text"</summary>
            <textarea
                rows="6"
                aria-label="A run as text"
                spellcheck="false"
                prop:value=shelf.text
                on:input=move |event| shelf.text.set(event_target_value(&event))
            ></textarea>
            <button type="button" on:click=typed>"Import this text"</button>
        </details>
    }
}
