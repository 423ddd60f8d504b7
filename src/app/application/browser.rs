//! The response, as the user's browser shows it.

use super::requests_view::{Chosen, RequestsView};
use leptos::prelude::*;

/// The user's browser window.
#[component]
pub fn Browser(
    /// The application's requests, with the one that is shown.
    requests: RwSignal<RequestsView>,
    /// Where the server listens.
    address: &'static str,
) -> impl IntoView {
    let chosen = Memo::new(move |_| requests.with(|requests| requests.chosen.clone()));
    view! {
        <section class="browser" aria-label="What the user sees">
            <p class="address">
                <span class="status-code" data-figure="status-code">{move || chosen.get().map(|chosen| status(&chosen))}</span>
                <code data-figure="address">
                    {move || {
                        chosen.get().map_or(format!("{address}/"), |chosen| format!("{address}{}", chosen.summary.path))
                    }}
                </code>
            </p>
            <div class="page" data-figure="page" tabindex="0" role="region" aria-label="The page">
                {move || match chosen.get() {
                    None => view! { <p class="quiet">"No request yet. Send one."</p> }.into_any(),
                    Some(chosen) if chosen.summary.status.is_none() => {
                        view! { <p class="quiet">{format!("Request {} is on its way …", chosen.summary.number)}</p> }.into_any()
                    }
                    Some(chosen) => view! { <Page chosen /> }.into_any(),
                }}
            </div>
        </section>
    }
}

#[component]
fn Page(chosen: Chosen) -> impl IntoView {
    let (lines, more) = chosen.body;
    let shown = lines.into_iter().map(|line| view! { {line} <br /> }).collect_view();
    let more = (more > 0).then(|| view! { <p class="quiet">{format!("… and {more} lines more")}</p> });
    let log = chosen.raised.map(|raised| {
        view! {
            <p class="quiet">"In the application's log:"</p>
            <p><code data-figure="raised">{raised}</code></p>
        }
    });
    view! {
        <p class="body">{shown}</p>
        {more}
        {chosen.is_cut_off.then(|| view! { <p class="quiet">"The answer ends here: the server closed the connection."</p> })}
        {log}
    }
}

fn status(chosen: &Chosen) -> String {
    match chosen.summary.status {
        None => "…".into(),
        Some(status) => status.to_string(),
    }
}
