//! The goals of a challenge as meters that fill while the run plays, and the sentence about the attempt.

use super::attempt::{Attempt, GoalNow};
use crate::browser::element;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

/// The goals as meters. They stay in sight.
#[component]
pub fn Goals(
    /// The attempt that they are about.
    attempt: Attempt,
) -> impl IntoView {
    view! {
        <div class="meters" role="group" aria-label="The goal">
            <p class="caption">"The goal, for the whole run"</p>
            <ul data-figure="goals">{move || attempt.goals().into_iter().map(meter).collect::<Vec<_>>()}</ul>
        </div>
    }
}

/// A goal as a bar with what is asked for and what is found.
pub fn meter(goal: GoalNow) -> AnyView {
    let GoalNow { asked, found, met, meter, before } = goal;
    let (class, sign, says) = match met {
        Some(true) => ("met", "✓", ", met"),
        Some(false) => ("open", "○", ", not met"),
        None => ("running", "…", ""),
    };
    let percent = |part: f64| (part * 1_000.0).round() / 10.0;
    let line = |class: &str, part: f64| {
        format!(r#"<line class="{class}" x1="{0}%" x2="{0}%" y1="0" y2="14"/>"#, percent(part))
    };
    // As a text: attributes of a drawing, which the page's policy allows, and styles it does not.
    let drawing = format!(
        r#"<svg><rect y="2" width="100%" height="10" rx="5"/><rect class="filled" y="2" width="{}%" height="10" rx="5"/>{}{}</svg>"#,
        percent(meter.filled),
        before.map(|before| line("before", before)).unwrap_or_default(),
        line("bound", meter.bound)
    );
    view! {
        <li class=class>
            <span class="sign" aria-hidden="true">{sign}</span>
            <span>{asked}</span>
            " "
            <span class="found">{format!("now {found}")}</span>
            <span class="visually-hidden">{says}</span>
            <span class="meter" aria-hidden="true" inner_html=drawing></span>
        </li>
    }
    .into_any()
}

/// The sentence about the attempt, and the ways back and on.
#[component]
pub fn Verdict(
    /// The attempt.
    attempt: Attempt,
) -> impl IntoView {
    let goal = RwSignal::new(false);
    let solvable = crate::app::embed::offers_solution();
    // The hints are in the prose below; here they come one by one, before the solution.
    let hints = StoredValue::new(hints_of(attempt.lesson.name));
    let many = hints.with_value(Vec::len);
    let given = RwSignal::new(0);
    view! {
        <div class="goals" role="group" aria-label="Your attempt">
            <p class="said" role="status" data-figure="verdict">{move || attempt.said()}</p>
            <p class="quiet" data-figure="target">{move || goal.get().then(|| attempt.target()).flatten()}</p>
            <div role="status" data-figure="hints">
                {move || hints.with_value(|hints| hints.iter().take(given.get()).map(|hint| view! { <p inner_html=hint.clone()></p> }).collect_view())}
            </div>
            <p class="acts">
                <button type="button" aria-disabled=move || (!attempt.can_undo()).to_string() on:click=move |_| attempt.undo()>"Undo"</button>
                <button type="button" aria-disabled=move || (!attempt.is_changed()).to_string() on:click=move |_| attempt.reset()>"Reset"</button>
                <button type="button" aria-pressed=move || goal.get().to_string() on:click=move |_| goal.update(|goal| *goal = !*goal)>"Show goal"</button>
                <button type="button" aria-disabled=move || (given.get() >= many).to_string() on:click=move |_| given.update(|given| *given = many.min(*given + 1))>
                    {move || if given.get() == 0 { "Hint" } else { "Next hint" }}
                </button>
                {solvable.then(|| view! { <button type="button" on:click=move |_| attempt.solve()>"Show solution"</button> })}
            </p>
        </div>
    }
}

/// The hints of a lesson's challenge, as the prose has them.
fn hints_of(lesson: &str) -> Vec<String> {
    let Some(challenge) = element(&format!("{lesson}-challenge")) else { return Vec::new() };
    let Ok(found) = challenge.query_selector_all("details.hint > p") else { return Vec::new() };
    let hints = (0..found.length()).filter_map(|place| found.get(place));
    hints.map(|hint| hint.unchecked_into::<Element>().inner_html()).collect()
}
