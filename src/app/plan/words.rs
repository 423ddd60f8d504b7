//! The lot in words: a summary and a table, for readers who do not see the picture and readers who want exact data.

use crate::lot::Description;
use leptos::prelude::*;

/// The lot in words.
#[component]
pub fn InWords(
    /// The text to show.
    description: RwSignal<Description>,
) -> impl IntoView {
    let rows = move || {
        let Description { bays, cars, .. } = description.get();
        let bays = bays
            .into_iter()
            .map(|[name, state, age]| view! { <tr><th scope="row">{name}</th><td>{state}</td><td>{age}</td></tr> });
        let bays = bays.collect_view();
        let cars = cars
            .into_iter()
            .map(|[name, state]| view! { <tr><th scope="row">{name}</th><td colspan="2">{state}</td></tr> });
        (bays, cars.collect_view())
    };
    view! {
        <details class="in-words" data-figure="in-words">
            <summary>"The lot in words"</summary>
            <p data-figure="summary">{move || description.with(|description| description.summary.clone())}</p>
            <table>
                <thead><tr><th scope="col">"Who"</th><th scope="col">"What"</th><th scope="col">"Age"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}
