//! What queueing theory says beside what was measured, and when the two must part.

use crate::app::scene::Stage;
use crate::figures::theory::{TheoryRow, broken_assumptions, compare};
use crate::figures::warm_up;
use crate::format::duration;
use crate::time::Span;
use leptos::prelude::*;
use leptos::web_sys::Element;

/// The table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Theory {
    rows: Vec<[String; 4]>,
    breaches: Vec<String>,
}

impl Theory {
    /// Of the run up to the moment that a stage shows, its first tenth left out.
    pub fn of(stage: &Stage) -> Theory {
        let travel = stage.travel();
        let (world, journal) = (travel.world(), travel.journal());
        let rows = compare(world.setup(), journal, warm_up(journal), travel.now());
        Theory {
            rows: rows.iter().map(words).collect(),
            breaches: broken_assumptions(world.setup(), &world.tally(), travel.acts().map(|entry| &entry.act)),
        }
    }
}

fn words(row: &TheoryRow) -> [String; 4] {
    let say = |value: f64| match row.unit {
        "s" => duration(Span::from_secs_f64(value)),
        _ => format!("{value:.3}"),
    };
    let measured = row.measured.map_or("–".into(), |one| format!("{} ± {}", say(one.value), say(one.half_width)));
    let within = match row.within {
        Some(true) => "inside",
        Some(false) => "outside",
        None => "–",
    };
    [row.name.into(), row.theory.map_or("–".into(), say), measured, within.into()]
}

/// The table on the page.
#[component]
pub fn TheoryTable(
    /// What it shows.
    theory: RwSignal<Theory>,
    /// Whether anybody sees it: it is not made for nobody.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <details
            class="theory"
            on:toggle=move |event| open.set(event_target::<Element>(&event).has_attribute("open"))
        >
            <summary>"Theory beside measurement"</summary>
            <p class="quiet">
                "Erlang's formulas, and those of Zeltyn and Mandelbaum for requests that lose patience, for as many servers as the pool may have connections. The measured
                values leave the first tenth of the run out and have a 95 % interval from twenty batches: of a true theory about one row in twenty is outside."
            </p>
            <table class="found">
                <thead>
                    <tr><th scope="col">"Figure"</th><th scope="col">"Theory"</th><th scope="col">"Measured"</th><th scope="col">"Theory is"</th></tr>
                </thead>
                <tbody data-figure="theory">
                    {move || {
                        theory
                            .get()
                            .rows
                            .into_iter()
                            .map(|[name, theory, measured, within]| {
                                view! { <tr><th scope="row">{name}</th><td>{theory}</td><td>{measured}</td><td>{within}</td></tr> }
                            })
                            .collect_view()
                    }}
                </tbody>
            </table>
            <ul class="breaches" data-figure="breaches">
                {move || theory.get().breaches.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view()}
            </ul>
        </details>
    }
}
