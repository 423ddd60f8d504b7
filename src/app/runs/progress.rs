//! What the reader has done, and that as a code.

use super::shelf::Shelf;
use crate::progress::Progress;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;

/// What was done, in words.
const WORDS: [(&str, &str); 5] = [
    ("kept-run", "kept a run"),
    ("replayed-run", "replayed one"),
    ("compared-runs", "compared two"),
    ("exported-run", "exported one"),
    ("imported-run", "imported one"),
];

/// How many things a code brought.
pub fn news(count: usize) -> String {
    match count {
        0 => "The code holds nothing that is not known here.".into(),
        1 => "The code brought one thing more.".into(),
        more => format!("The code brought {more} things more."),
    }
}

fn sentence(progress: &Progress) -> String {
    let done: Vec<&str> = WORDS.iter().filter(|(name, _)| progress.has(name)).map(|(_, words)| *words).collect();
    let other = progress.count() - done.len();
    let more = if other > 0 {
        format!(" {other} more that this page shows elsewhere, or does not know.")
    } else {
        String::new()
    };
    match done.is_empty() {
        true => format!("Nothing is noted of you here yet.{more}"),
        false => format!("So far you have {}.{more}", done.join(", ")),
    }
}

/// The code to copy, and a place to type one.
#[component]
pub fn ProgressCode(
    /// The list's state.
    shelf: Shelf,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let take = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if shelf.take_code(&typed.get_untracked()) {
            typed.set(String::new());
        }
    };
    let select = move |event: leptos::ev::FocusEvent| event_target::<HtmlInputElement>(&event).select();
    view! {
        <form class="sweep-form progress-code" on:submit=take>
            <p class="quiet" data-figure="progress">{move || shelf.progress.with(sentence)}</p>
            <label>
                "progress as a code "
                <input type="text" readonly prop:value=move || shelf.progress.with(Progress::code) on:focus=select />
            </label>
            <label>
                "a code from elsewhere "
                <input
                    type="text"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </label>
            <button type="submit">"Take it over"</button>
        </form>
    }
}
