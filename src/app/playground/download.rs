//! A run as a file.

use crate::app::scene::Stage;
use crate::browser::download::text as download_text;
use crate::figures::{Window, csv, json};
use crate::settings::SETTINGS;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunFormat {
    /// The series, a row each tenth of a second.
    Csv,
    /// Everything.
    Json,
}

/// Buttons for both.
#[component]
pub fn Downloads(
    /// What is asked for, until it is given.
    wanted: RwSignal<Option<RunFormat>>,
) -> impl IntoView {
    view! {
        <p class="acts">
            <button type="button" on:click=move |_| wanted.set(Some(RunFormat::Csv))>"Download the series (CSV)"</button>
            <button type="button" on:click=move |_| wanted.set(Some(RunFormat::Json))>"Download the run (JSON)"</button>
        </p>
    }
}

/// Downloads the run as a file, up to the moment that a stage shows.
///
/// # Errors
/// What the browser says if it refuses.
pub fn download(stage: &Stage, format: RunFormat) -> Result<(), JsValue> {
    let travel = stage.travel();
    let (journal, world) = (travel.journal(), travel.world());
    let (text, kind, name) = match format {
        RunFormat::Csv => (csv(journal), "text/csv", "valet-run.csv"),
        RunFormat::Json => {
            let words: Vec<(&str, String)> =
                SETTINGS.iter().map(|setting| (setting.name, setting.text(travel.first_setup()))).collect();
            let words: Vec<(&str, &str)> = words.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let windows: Vec<Window> = Window::all(journal).into_iter().collect();
            (json(&words, &world.tally(), &windows, journal), "application/json", "valet-run.json")
        }
    };
    download_text(&text, kind, name)
}
