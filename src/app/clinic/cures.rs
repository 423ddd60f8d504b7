//! What cures a cause, what that may break, and what does not help: each seen in the same world.

use super::visit::{Played, Shown, Visit};
use crate::clinic::{Cure, Dialect, Diff, Trial, WrongMove, effects};
use leptos::prelude::*;
use std::sync::Arc;

/// The cures of what is looked at.
pub fn view(visit: Visit, shown: &Arc<Shown>) -> AnyView {
    let cause = shown.cause;
    let numbers = &shown.case.diagnosis.numbers;
    let all = shown.case.cures(cause);
    let cures: Vec<_> = all
        .iter()
        .enumerate()
        .map(|(number, cure)| {
            let world = shown.world.as_ref();
            let code: Vec<_> = Dialect::ALL
                .into_iter()
                .filter_map(|dialect| Some((dialect, cure.diff(dialect, world, numbers)?)))
                .map(|(dialect, diff)| code(dialect, &diff))
                .collect();
            one(cure, world.is_some().then(|| effect(visit, number)), code)
        })
        .collect();
    let wrong: Vec<_> = cause
        .wrong_moves()
        .iter()
        .enumerate()
        .map(|(number, wrong)| useless(wrong, move || visit.played.with(|played| compared(played, number))))
        .collect();
    let is_refusal = shown.case.is_refusal(cause);
    let has_wrong = !wrong.is_empty() && !is_refusal;
    let why = if is_refusal { None } else { cause.why_not_shown(numbers) };
    view! {
        <p data-figure="why-no-world" hidden=why.is_none()>{why.clone()}</p>
        <h2 hidden=all.is_empty()>"What helps"</h2>
        <div class="cures">{cures}</div>
        <h2 hidden=!has_wrong>"What does not help"</h2>
        <ul class="wrong-moves" hidden=!has_wrong>{wrong}</ul>
    }
    .into_any()
}

/// What a cure changes, as soon as it is played.
fn effect(visit: Visit, number: usize) -> AnyView {
    let shown = move || {
        visit.played.with(|played| match (&played.sick, played.cured.get(number)) {
            (Some(before), Some(after)) => effects_table(before, after, ["as it is", "with the cure"]),
            _ => view! { <p class="quiet">"Playing the same requests with this cure…"</p> }.into_any(),
        })
    };
    view! { {shown} }.into_any()
}

/// What a usual wrong move changes, as soon as it is played.
fn compared(played: &Played, number: usize) -> Option<String> {
    let (before, after) =
        (played.sick.as_ref()?.measurement.tally.errors(), played.moved.get(number)?.measurement.tally.errors());
    Some(match before == after {
        true => format!(" As many requests fail as before: {after}."),
        false => format!(" Requests that fail here: {after} instead of {before}."),
    })
}

fn one(cure: &'static Cure, table: Option<AnyView>, code: Vec<AnyView>) -> AnyView {
    view! {
        <section class="cure">
            <h3>{cure.title}</h3>
            <p>{cure.says}</p>
            <p><strong>"What it may break: "</strong>{cure.may_break}</p>
            {table}
            {code}
        </section>
    }
    .into_any()
}

/// What changes in the same world: a table, and what its columns are called.
pub(super) fn effects_table(before: &Trial, after: &Trial, titles: [&'static str; 2]) -> AnyView {
    let rows = effects(before, after).into_iter().map(|effect| {
        view! {
            <tr>
                <th scope="row">{effect.figure.title}</th>
                <td>{effect.before.to_string()}</td>
                <td>{effect.after.to_string()}</td>
            </tr>
        }
        .into_any()
    });
    view! {
        <table>
            <thead><tr><th scope="col">"The same requests"</th><th scope="col">{titles[0]}</th><th scope="col">{titles[1]}</th></tr></thead>
            <tbody>{rows.collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}

fn code(dialect: Dialect, diff: &Diff) -> AnyView {
    let old = diff.old.iter().map(|line| view! { <del>{format!("- {line}\n")}</del> }.into_any());
    let new = diff.new.iter().map(|line| view! { <ins>{format!("+ {line}\n")}</ins> }.into_any());
    view! {
        <details class="diff">
            <summary>{dialect.title()}</summary>
            <pre tabindex="0">{old.chain(new).collect::<Vec<_>>()}</pre>
        </details>
    }
    .into_any()
}

fn useless(wrong: &'static WrongMove, found: impl Fn() -> Option<String> + Send + 'static) -> AnyView {
    view! { <li><strong>{wrong.title}</strong> ": " {wrong.says} {found}</li> }.into_any()
}
