//! Where the time of the chosen request went.

use super::requests_view::{Chosen, RequestSummary, RequestsView};
use crate::app::controls::Controls;
use crate::app::scene::SceneCommand;
use crate::apps::Phase;
use crate::format::duration;
use crate::time::Span;
use leptos::prelude::*;

/// A request's time as a bar and as a table, and a list for choosing another request.
#[component]
pub fn TimelineView(
    /// The controls of the scene, which take the reader's choice.
    controls: Controls,
    /// The application's requests, with the one that is shown.
    requests: RwSignal<RequestsView>,
) -> impl IntoView {
    let chosen = Memo::new(move |_| requests.with(|requests| requests.chosen.clone()));
    let newest = Memo::new(move |_| requests.with(|requests| requests.requests.clone()));
    let choose = move |text: String| controls.send(SceneCommand::Choose(text.parse().ok()));
    view! {
        <section class="timeline" aria-label="Where a request's time goes">
            <div class="timeline-head">
                <h2>"Where its time goes"</h2>
                <label>
                    "Request "
                    <select
                        data-figure="request"
                        prop:value=move || requests.with(|requests| match &requests.chosen {
                            Some(chosen) if requests.by_hand => chosen.summary.number.to_string(),
                            _ => String::new(),
                        })
                        on:change=move |event| choose(event_target_value(&event))>
                        <option value="">"the latest"</option>
                        {move || newest.get().into_iter().map(|summary| view! { <option value=summary.number>{words(&summary)}</option> }).collect_view()}
                    </select>
                </label>
            </div>
            {move || match chosen.get() {
                None => view! { <p class="quiet">"Send a request, or click a car."</p> }.into_any(),
                Some(chosen) => view! { <Times chosen /> }.into_any(),
            }}
        </section>
    }
}

fn words(summary: &RequestSummary) -> String {
    let status = summary.status.map_or("on its way".into(), |status| status.to_string());
    format!("{} {} ({status})", summary.number, summary.path)
}

/// The length of the bar, in SVG units.
const LENGTH: f64 = 1_000.0;

#[component]
fn Times(chosen: Chosen) -> impl IntoView {
    let all = chosen.takes.as_micros().max(1) as f64;
    let along = |span: Span| (span.as_micros() as f64 / all * LENGTH).round();
    let bars = chosen
        .parts
        .iter()
        .map(|&(phase, from, takes)| {
            let (x, width) = (along(from), along(from + takes) - along(from));
            view! { <rect class=class(phase) x=x width=width y="0" height="28" /> }
        })
        .collect_view();
    let sums = Phase::ALL.into_iter().filter_map(|phase| {
        let parts = chosen.parts.iter().filter(|part| part.0 == phase);
        let sum = parts.fold(Span::ZERO, |sum, part| sum + part.2);
        (sum > Span::ZERO).then_some((phase, sum))
    });
    let rows = sums
        .map(|(phase, sum)| {
            view! {
                <tr class:of-pool=phase.is_of_pool()>
                    <th scope="row"><span class=format!("swatch {}", class(phase)) aria-hidden="true"></span>{phase.name()}</th>
                    <td>{duration(sum)}</td>
                    <td>{if phase.is_of_pool() { "pool" } else { "" }}</td>
                </tr>
            }
        })
        .collect_view();
    let sentence = format!(
        "Request {} to {}: {} in all{}. {} of it were the pool's; for {} it had a connection in its hands.",
        chosen.summary.number,
        chosen.summary.path,
        duration(chosen.takes),
        chosen
            .answered
            .map_or(String::new(), |answered| format!(", and the user had the answer after {}", duration(answered))),
        duration(chosen.of_pool),
        duration(chosen.holding),
    );
    view! {
        <svg class="bars" viewBox="0 0 1000 28" preserveAspectRatio="none" aria-hidden="true">{bars}</svg>
        <p data-figure="timeline">{sentence}</p>
        <p class="quiet">"Slowed down so that you can watch: each line of Python takes 0.2 s here, and routing too. In reality it takes microseconds."</p>
        <table class="times">
            <thead class="visually-hidden"><tr><th scope="col">"At"</th><th scope="col">"Time"</th><th scope="col">"Whose"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn class(phase: Phase) -> &'static str {
    match phase {
        Phase::Routed => "phase-routed",
        Phase::Python => "phase-python",
        Phase::Waiting => "phase-waiting",
        Phase::Connecting => "phase-connecting",
        Phase::Checking => "phase-checking",
        Phase::Statement => "phase-statement",
        Phase::Commit => "phase-commit",
        Phase::Returned => "phase-returned",
        Phase::Outside => "phase-outside",
        Phase::Template => "phase-template",
        Phase::After => "phase-after",
    }
}
