//! What can be watched in the lot: the cause at work, and each cure.

use super::visit::{Log, Shown, Visit};
use crate::clinic::Cause;
use crate::time::{Instant, Span};
use leptos::prelude::*;

/// The buttons beside the lot.
pub fn view(visit: Visit, shown: &Shown) -> AnyView {
    let error = move || {
        visit.played.with(|played| played.sick.as_ref().and_then(|trial| trial.error.clone()).unwrap_or_default())
    };
    let numbers = &shown.case.diagnosis.numbers;
    let seconds = |timeout: Option<Span>| timeout.map_or_else(String::new, Span::in_secs);
    let is_cut = numbers.played_timeout() != numbers.settings.pool_timeout;
    let cut = format!(
        "Your pool_timeout is {} s. Here it is {} s, so that you see it run out.",
        seconds(numbers.settings.pool_timeout),
        seconds(numbers.played_timeout())
    );
    let assumed = match shown.case.diagnosis.numbers.workers {
        Some(workers) => format!("With {workers} processes, as the paste says."),
        None => "The paste does not say how many processes there are. Here are so many that together they ask for more than the server allows.".into(),
    };
    let cures = shown.case.cures(shown.cause).iter().map(|cure| {
        view! { <button type="button" on:click=move |_| visit.watch(Some(cure))>{format!("Cured: {}", cure.title)}</button> }.into_any()
    });
    view! {
        <fieldset class="watch">
            <legend>{shown.cause.title()}</legend>
            <p class="quiet" hidden=shown.cause != Cause::TooManyWorkers>{assumed}</p>
            <p class="quiet" data-figure="cut-timeout" hidden=!is_cut>{cut}</p>
            <p hidden=move || error().is_empty()>"The first error here: " <samp data-figure="first-error">{error}</samp></p>
            <button type="button" class="primary" on:click=move |_| visit.watch(None)>"Watch it happen"</button>
            {cures.collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}

/// What is said beside the lot while it shows a log.
pub fn log(log: &Log) -> AnyView {
    let (pool, night) = (log.pool(), &log.night);
    let shown = if night.shown as u64 == pool.checkouts {
        "Every checkout of this pool in the log.".to_owned()
    } else {
        format!("{} of {} checkouts, around the moment that you chose.", night.shown, pool.checkouts)
    };
    let begins = (night.from - Instant::ZERO).as_secs_f64();
    view! {
        <fieldset class="watch">
            <legend>"Your pool, as logged"</legend>
            <p data-figure="log-shown">{shown}</p>
            <p class="quiet" hidden=!log.log.is_timed || begins < 1.0>{format!("0 s here is {begins:.1} s after the first line of the log.")}</p>
            <p class="quiet">"Each request holds its connection for as long as in the log. Its own times for opening, testing and closing connections are not shown."</p>
        </fieldset>
    }
    .into_any()
}
