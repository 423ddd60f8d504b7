//! The other days: yesterday's solution, and the archive.

use super::address::{self, Opened};
use super::incident::{self, Incident};
use crate::daily::{Change, Date, FIX, Outage, Record, cause_of};
use leptos::prelude::*;

/// So many days back the list goes; older ones are chosen by date.
const LISTED: usize = 14;

/// The days before and after, the solution of the day before, and the list.
pub fn view(opened: &Opened, incident: Option<Incident>) -> AnyView {
    let Opened { date, today, refused } = opened.clone();
    let back = date.before();
    let next = date.after().filter(|next| *next <= today);
    let link = |day: Date, words: String| view! { <a href=address::of(day)>{words}</a> };
    let go = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        if Date::read(&typed).is_ok_and(|day| day <= today) {
            let _ = window().location().set_hash(&typed);
        }
    };
    let title = if date == today { "Today, " } else { "The outage of " };
    view! {
        <h2>"Other days"</h2>
        <p class="notice" hidden=refused.is_none()>{refused.clone()}</p>
        <p class="day" data-figure="day">
            {format!("{title}{}. ", date.in_words())}
            {back.map(|day| link(day, "The day before".into()))}
            " "
            {next.map(|day| link(day, "The day after".into()))}
        </p>
        <p>
            <label>
                "A day of your choice "
                <input type="date" min=Date::FIRST.to_string() max=today.to_string() prop:value=date.to_string() on:change=go />
            </label>
        </p>
        {back.map(solution)}
        <ul class="archive" data-figure="archive">{move || list(today, incident)}</ul>
    }
    .into_any()
}

/// The solution of a day. It is worked out when it is opened.
fn solution(date: Date) -> AnyView {
    let open = RwSignal::new(false);
    let cause = cause_of(date);
    let cured = Memo::new(move |_| {
        open.get().then(|| {
            let cures = Outage::of(date).map(|(_, certificate)| certificate.cures).unwrap_or_default();
            let said = |(name, value): &Change| {
                if *name == FIX.name { value.clone() } else { format!("{name} = {value}") }
            };
            cures.first().map(|changes| changes.iter().map(said).collect::<Vec<_>>().join(", and ")).unwrap_or_default()
        })
    });
    view! {
        <details on:toggle=move |_| open.set(true) data-figure="solution">
            <summary>{format!("The solution of {}", date.in_words())}</summary>
            <p><strong>"The cause: "</strong> {cause.title()} ". " {cause.says()}</p>
            <p><strong>"A cure: "</strong> {move || cured.get().unwrap_or_default()}</p>
        </details>
    }
    .into_any()
}

/// The last days, each with what the reader did.
fn list(today: Date, incident: Option<Incident>) -> Vec<AnyView> {
    // Read again when something is noted on the day that is open.
    let _ = incident.map(Incident::record);
    let diary = incident::diary();
    let days = std::iter::successors(Some(today), |day| day.before()).take(LISTED);
    days.map(|day| {
        let record = diary.of(day);
        let did = match record.score(cause_of(day)) {
            Some(score) => format!(": {score}"),
            None if record != Record::default() => ": begun".into(),
            None => String::new(),
        };
        view! { <li><a href=address::of(day)>{day.in_words()}</a>{did}</li> }.into_any()
    })
    .collect()
}
