//! What the reader's day came to, and the line to share.

use super::address;
use super::incident::Incident;
use crate::app::share;
use leptos::prelude::*;

/// The scores, once there are some.
pub fn view(incident: Incident) -> AnyView {
    let shown = move || {
        let score = incident.score()?;
        let cause = incident.outage().cause;
        let learned = cause.cures().first().map(|cure| {
            view! {
                <p>
                    <strong>{format!("In your application: {}. ", cure.title)}</strong>
                    {cure.says}
                    " It may break: "
                    {cure.may_break}
                </p>
            }
        });
        Some(view! {
            <section class="cure" data-figure="result">
                <h2>"Your result"</h2>
                <p data-figure="score">{score.to_string()}</p>
                {share(incident)}
                {learned}
                <p>
                    <strong>"To know whether it is this: "</strong>
                    {cause.refute()}
                </p>
            </section>
        })
    };
    shown.into_any()
}

/// The line, and a button that copies it. It says nothing of the cause.
pub fn share(incident: Incident) -> AnyView {
    let date = incident.outage().date;
    let line = move || incident.score().map(|score| score.line("Valet", date, &address::of(date))).unwrap_or_default();
    share::share(line)
}
