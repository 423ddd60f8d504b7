//! A cured outage is celebrated: over the lot, with the three scores and the line to share.

use super::incident::Incident;
use super::result;
use leptos::prelude::*;

/// The celebration, when there is something to celebrate.
pub fn view(incident: Incident) -> AnyView {
    let celebrated = move || {
        let score = incident.score().filter(|_| incident.is_celebrated())?;
        Some(view! {
            <aside class="payoff" aria-label="Cured">
                <div class="parade" aria-hidden="true" inner_html=crate::app::lesson::CAR.repeat(3)></div>
                <p class="title">"Cured"</p>
                <p class="why">{score.to_string()}</p>
                {result::share(incident)}
                <button type="button" class="aside" aria-label="Close" on:click=move |_| incident.put_aside()>"×"</button>
            </aside>
        })
    };
    celebrated.into_any()
}
