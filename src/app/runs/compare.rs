//! Two kept runs beside each other.

use super::shelf::Shelf;
use crate::app::figures::duration;
use crate::run::{Difference, Run, differences, sets_apart};
use crate::sim::Setup;
use crate::time::Span;
use leptos::prelude::*;
use std::sync::Arc;

/// Two runs, and how they differ.
#[derive(Debug)]
pub struct Compared {
    a: Arc<Run>,
    b: Arc<Run>,
    /// Figure, A's, B's, and how much more B has.
    rows: Vec<[String; 4]>,
    /// Setting, A's, B's.
    settings: Vec<[String; 3]>,
    only_pool: bool,
}

impl Compared {
    /// Of two runs.
    pub fn new(a: Run, b: Run) -> Compared {
        let rows = differences(&a.card, &b.card).iter().map(words).collect();
        let (settings, only_pool) = sets_apart(&a.setup, &b.setup);
        Compared { a: Arc::new(a), b: Arc::new(b), rows, settings, only_pool }
    }

    fn sentence(&self) -> String {
        let apart: Vec<String> = self.settings.iter().map(|[name, a, b]| format!("{name} {a} and {b}")).collect();
        match (apart.is_empty(), self.only_pool) {
            (true, _) => "Both began with the same settings.".into(),
            (_, true) => format!("They began with different pools, and the same visitors: {}.", apart.join(", ")),
            _ => format!("They began with different settings: {}.", apart.join(", ")),
        }
    }
}

fn words(of: &Difference) -> [String; 4] {
    let say = |value: i64| if of.is_time { duration(Span::from_micros(value)) } else { value.to_string() };
    let more = match of.more() {
        0 => "–".into(),
        more => format!("{}{}", if more > 0 { "+" } else { "−" }, say(more.saturating_abs())),
    };
    [of.name.into(), say(of.a), say(of.b), more]
}

/// The table of two chosen runs, and a way to see both pools at work.
#[component]
pub fn CompareTwo(
    /// The list's state.
    shelf: Shelf,
    /// Puts another pool beside the world that is shown.
    beside: Option<Callback<Setup>>,
) -> impl IntoView {
    move || {
        let chosen = shelf.chosen.with(Vec::len);
        let Some(compared) = shelf.compared.get() else {
            return (chosen == 1)
                .then(|| view! { <p class="quiet">"Choose one more to compare it with."</p> })
                .into_any();
        };
        let (a, b) = (compared.a.clone(), compared.b.clone());
        let simulated = !a.card.real && !b.card.real;
        let watch = beside.filter(|_| simulated).map(|beside| {
            let (a, settings) = (a.clone(), b.setup.settings);
            let see = move |_| {
                shelf.show(a.clone());
                beside.run(Setup { settings, ..a.setup.clone() });
            };
            view! {
                <p class="acts">
                    <button type="button" on:click=see>"Watch A, with B's pool beside it"</button>
                </p>
            }
        });
        let row = |[name, a, b, more]: [String; 4]| {
            view! { <tr><th scope="row">{name}</th><td>{a}</td><td>{b}</td><td>{more}</td></tr> }
        };
        view! {
            <section aria-label="Two runs compared">
                <p class="quiet">{format!("A is “{}”, B is “{}”. {}", a.card.label.name, b.card.label.name, compared.sentence())}</p>
                <table class="found">
                    <thead>
                        <tr><th scope="col">"Figure"</th><th scope="col">"A"</th><th scope="col">"B"</th><th scope="col">"B has more"</th></tr>
                    </thead>
                    <tbody data-figure="runs-compared">{compared.rows.iter().cloned().map(row).collect_view()}</tbody>
                </table>
                {watch}
            </section>
        }
        .into_any()
    }
}
