//! A solved challenge is celebrated: over the lot, with what it scored, why it works, and the way on.

use super::attempt::Attempt;
use crate::app::embed;
use crate::browser::site_address;
use crate::lesson::{Assessment, LESSONS, Lesson};
use leptos::prelude::*;

/// The celebration, when there is something to celebrate.
#[component]
pub fn Payoff(
    /// The attempt.
    attempt: Attempt,
) -> impl IntoView {
    move || attempt.celebrated().map(|verdict| solved(attempt, &verdict))
}

/// A car of the parade, as the lot draws them.
pub const CAR: &str = r#"<svg class="car" viewBox="0 0 72 36" width="44" height="22"><rect x="2" y="3" width="68" height="30" rx="9"/><path d="M46 7c5 2 6 20 0 22l-5-3v-16z M16 8l6 3v14l-6 3c-3-4-3-16 0-20z"/></svg>"#;

fn solved(attempt: Attempt, verdict: &Assessment) -> AnyView {
    let (stars, points) = match verdict.score.filter(|_| !attempt.is_shown()) {
        Some(score) => {
            let star = |point| if point <= score { "★" } else { "☆" };
            ((1..=3).map(star).collect::<String>(), format!(", {score} of 3 points"))
        }
        None => (String::new(), String::new()),
    };
    let next = next_after(attempt.lesson).filter(|_| embed::shown().is_none());
    let (address, title) = next
        .map(|next| (site_address(&format!("lessons/{}/", next.name)), format!("Next: {}", next.title)))
        .unwrap_or_default();
    view! {
        <aside class="payoff" aria-label="Solved">
            <div class="parade" aria-hidden="true" inner_html=CAR.repeat(3)></div>
            <p class="title">
                "Solved"
                <span class="points" aria-hidden="true">{stars}</span>
                <span class="visually-hidden">{points}</span>
            </p>
            <p class="why" hidden=verdict.cured.is_none()>{verdict.cured.clone()}</p>
            <p class="acts">
                <button type="button" on:click=move |_| attempt.show()>"Watch it again"</button>
                <a class="button" hidden=address.is_none() href=address>{title}</a>
                <button type="button" class="aside" aria-label="Close" on:click=move |_| attempt.put_aside()>"×"</button>
            </p>
        </aside>
    }
    .into_any()
}

/// The lesson after this one.
fn next_after(lesson: &Lesson) -> Option<&'static Lesson> {
    let place = LESSONS.iter().position(|other| other.name == lesson.name)?;
    LESSONS.get(place + 1).copied()
}
