//! A run as a file.

use crate::app::stage::Stage;
use crate::link::KEYS;
use crate::measure::{Window, csv, json};
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url, js_sys::Array};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// The series, a row each tenth of a second.
    Csv,
    /// Everything.
    Json,
}

/// Buttons for both.
#[component]
pub fn Downloads(
    /// What is asked for, until it is given.
    wanted: RwSignal<Option<File>>,
) -> impl IntoView {
    view! {
        <p class="acts">
            <button type="button" on:click=move |_| wanted.set(Some(File::Csv))>"Download the series (CSV)"</button>
            <button type="button" on:click=move |_| wanted.set(Some(File::Json))>"Download the run (JSON)"</button>
        </p>
    }
}

/// Gives the file of the run up to the moment that a stage shows.
///
/// # Errors
/// What the browser says if it refuses.
pub fn give(stage: &Stage, file: File) -> Result<(), JsValue> {
    let travel = stage.travel();
    let (journal, world) = (travel.journal(), travel.world());
    let (text, kind, name) = match file {
        File::Csv => (csv(journal), "text/csv", "valet-run.csv"),
        File::Json => {
            let words: Vec<(&str, String)> =
                KEYS.iter().map(|key| (key.name, (key.show)(travel.first_setup()))).collect();
            let words: Vec<(&str, &str)> = words.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let windows: Vec<Window> = Window::all(journal).into_iter().collect();
            (json(&words, &world.tally(), &windows, journal), "application/json", "valet-run.json")
        }
    };
    let kind_of = BlobPropertyBag::new();
    kind_of.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind_of)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}
