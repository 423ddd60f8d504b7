//! The likely causes, each with what speaks for it and against it.

use super::found::lines;
use super::visit::Visit;
use crate::clinic::{Case, Cause, Evidence, Ranked};
use leptos::prelude::*;
use std::sync::Arc;

/// The most causes that are listed.
const MOST: usize = 5;

/// The causes.
pub fn view(visit: Visit, case: &Arc<Case>) -> AnyView {
    let causes = &case.diagnosis.causes;
    if causes.is_empty() {
        return ().into_any();
    }
    let listed: Vec<_> = causes.iter().take(MOST).map(|ranked| cause(visit, ranked)).collect();
    view! {
        <h2>"Why it may happen"</h2>
        <p class="quiet">"The likeliest first. Choose one to see it with your numbers."</p>
        <ol class="causes">{listed}</ol>
    }
    .into_any()
}

fn cause(visit: Visit, ranked: &Ranked) -> AnyView {
    let cause = ranked.cause;
    let is_shown = move || visit.shown().is_some_and(|shown| shown.cause == cause);
    view! {
        <li class="cause">
            <button type="button" aria-expanded=move || is_shown().to_string() on:click=move |_| visit.choose(cause)>{cause.title()}</button>
            <div hidden=move || !is_shown()>
                <p>{cause.says()}</p>
                {evidence("Speaks for it", &ranked.speaks_for)}
                {evidence("Speaks against it", &ranked.speaks_against)}
                <p><strong>"What would refute it: "</strong>{cause.refute()}</p>
                <p><strong>"What this paste cannot tell: "</strong>{cause.unknown()}</p>
                {lesson(cause)}
            </div>
        </li>
    }
    .into_any()
}

/// The way to the lesson that shows it. The clinic is a page of its own folder.
fn lesson(cause: Cause) -> AnyView {
    let Some((name, title)) = cause.lesson() else { return ().into_any() };
    view! { <p>"Watch it happen: "<a href=format!("../lessons/{name}/")>{title}</a></p> }.into_any()
}

fn evidence(title: &'static str, list: &[Evidence]) -> AnyView {
    if list.is_empty() {
        return ().into_any();
    }
    let items = list.iter().map(|evidence| {
        view! {
            <li>
                {evidence.weight.says}
                <span class="quiet">{format!(" ({})", lines(&evidence.lines))}</span>
            </li>
        }
        .into_any()
    });
    view! {
        <p><strong>{title}</strong></p>
        <ul>{items.collect::<Vec<_>>()}</ul>
    }
    .into_any()
}
