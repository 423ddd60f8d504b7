//! A pool's log on the page: what it says, who held connections longest, and the lot that shows it.

use super::cures::effects_table;
use super::visit::{Log, Visit};
use crate::clinic::{Limit, Trial};
use crate::format::{count, many, rounded, stretch};
use crate::log::{Count, End, Hold, PoolLog};
use crate::time::{Instant, Span};
use leptos::html::Input;
use leptos::prelude::*;
use std::sync::Arc;

/// The most rows of a table.
const ROWS: usize = 8;

/// What the log says.
pub fn view(visit: Visit, log: &Arc<Log>) -> AnyView {
    let pool = log.pool();
    let pools: Vec<_> =
        log.log.pools.iter().enumerate().map(|(number, pool)| choice(visit, log, number, pool)).collect();
    let several = pools.len() > 1;
    let counts = Count::ALL.into_iter().filter(|&what| pool.count(what) > 0).map(|what| {
        view! {
            <div>
                <dt>{what.title()}</dt>
                <dd>{thousands(pool.count(what))}</dd>
            </div>
        }
        .into_any()
    });
    let counts: Vec<_> = counts.collect();
    view! {
        <h2>"What the log says"</h2>
        <p role="status" data-figure="log">{summary(log, pool)}</p>
        <p class="acts" hidden=!several>{pools}</p>
        <ul class="quiet">{remarks(log, pool).into_iter().map(|said| view! { <li>{said}</li> }.into_any()).collect::<Vec<_>>()}</ul>
        <dl class="log-counts">{counts}</dl>
        {reasons(pool)}
        {moments(visit, pool)}
        {longest(visit, pool)}
        {out(visit, pool)}
        {places(pool)}
        {otherwise(visit, log)}
    }
    .into_any()
}

/// A pool among several.
fn choice(visit: Visit, log: &Arc<Log>, number: usize, pool: &PoolLog) -> AnyView {
    let is_chosen = (log.chosen == number).to_string();
    let title = format!("{}: {}", pool.title, checkouts(pool.checkouts));
    view! { <button type="button" aria-pressed=is_chosen on:click=move |_| visit.choose_pool(number)>{title}</button> }
        .into_any()
}

fn summary(log: &Log, pool: &PoolLog) -> String {
    let lasts = if log.log.is_timed { format!(" in {}", length(pool.end - Instant::ZERO)) } else { String::new() };
    let mut said =
        vec![format!("{}{lasts}", checkouts(pool.checkouts)), format!("at most {} at the same time", pool.most_out.0)];
    if pool.timeouts() > 0 {
        said.push(many(pool.timeouts(), "time-out"));
    }
    let out = pool.never_returned().count() as u64;
    if out > 0 {
        said.push(format!("{} still out when the log ends", thousands(out)));
    }
    format!("{}: {}.", pool.title, said.join(", "))
}

/// What has to be known about how the log was read.
fn remarks(log: &Log, pool: &PoolLog) -> Vec<String> {
    let mut said = Vec::new();
    if !log.log.is_timed {
        said.push("Its lines have no times: only their order is known, and each takes 10 ms here.".to_owned());
    }
    if log.log.jumps > 0 {
        said.push(format!("The clock was set back by {}; times continue from there.", times(log.log.jumps.into())));
    }
    if log.log.is_full {
        said.push("The recorder’s file reached its limit: later events are missing.".to_owned());
    }
    if (pool.holds.len() as u64) < pool.checkouts {
        said.push(format!(
            "The first {} are kept in full, the others are counted.",
            checkouts(pool.holds.len() as u64)
        ));
    }
    if pool.is_recorded {
        let mut waits: Vec<Span> = pool.waits().collect();
        waits.sort_unstable();
        if let (Some(longest), Some(p95)) = (waits.last(), waits.get(waits.len() * 95 / 100)) {
            said.push(format!("Recorded waits: 95 % took at most {}, the longest {}.", length(*p95), length(*longest)));
        }
    } else if pool.inferred.count > 0 {
        said.push(format!(
            "Inferred, not logged: {} came right after a return while all connections were out. They probably waited, none longer than {}.",
            checkouts(pool.inferred.count),
            length(pool.inferred.longest)
        ));
    }
    said.push(match log.night.limit {
        Limit::Said => format!(
            "The pool’s limit is in it: {} + {}.",
            log.night.plan.setup.settings.pool_size, log.night.plan.setup.settings.max_overflow
        ),
        Limit::Configured => "The pool’s limit is from the configuration beside it.".to_owned(),
        Limit::Default => "It does not say the pool’s limit: SQLAlchemy’s default of 5 + 10 is assumed.".to_owned(),
        Limit::Seen => {
            format!("It does not say the pool’s limit, which is at least {}: that many were out.", pool.most_out.0)
        }
    });
    said
}

fn reasons(pool: &PoolLog) -> AnyView {
    if pool.reasons.is_empty() {
        return ().into_any();
    }
    let said: Vec<_> = pool.reasons.iter().map(|(reason, often)| format!("{reason} ({})", times(*often))).collect();
    view! { <p>"Why connections were invalidated: " {said.join(", ")} "."</p> }.into_any()
}

/// Moments that are worth a look.
fn moments(visit: Visit, pool: &PoolLog) -> AnyView {
    let mut list = vec![("From the beginning", Instant::ZERO)];
    if let Some(failure) = pool.failures.iter().find(|failure| failure.is_timeout) {
        list.push(("The first time-out", failure.at));
    }
    list.push(("When most were out", pool.most_out.1));
    let buttons = list.into_iter().map(|(title, at)| {
        view! { <button type="button" on:click=move |_| visit.watch_log(at, at == Instant::ZERO)>{title}</button> }
            .into_any()
    });
    view! {
        <p class="acts">
            <span class="quiet">"Watch it on the lot: "</span>
            {buttons.collect::<Vec<_>>()}
        </p>
    }
    .into_any()
}

fn longest(visit: Visit, pool: &PoolLog) -> AnyView {
    if pool.longest.is_empty() {
        return ().into_any();
    }
    view! {
        <h3>"Held longest"</h3>
        {holds(visit, pool, pool.longest.iter().take(ROWS))}
    }
    .into_any()
}

fn out(visit: Visit, pool: &PoolLog) -> AnyView {
    if pool.never_returned().next().is_none() {
        return ().into_any();
    }
    view! {
        <h3>"Still out when the log ends"</h3>
        <p class="quiet">"Requests that were still running, or connections that nobody returns: the older, the likelier the second."</p>
        {holds(visit, pool, pool.never_returned().take(ROWS))}
    }
    .into_any()
}

fn holds<'a>(visit: Visit, pool: &PoolLog, holds: impl Iterator<Item = &'a Hold>) -> AnyView {
    let rows = holds.map(|hold| {
        let got = hold.got;
        let name = |number: Option<u32>| number.map_or("", |number| pool.names.name(number)).to_owned();
        let by = [name(hold.place), name(hold.who)]
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        let end = match hold.end {
            End::Out => format!("{} so far", length(pool.end - hold.got)),
            End::Collected => {
                format!("{}, then the garbage collector found it", length(hold.lasted().unwrap_or_default()))
            }
            End::Returned | End::Unseen => length(hold.lasted().unwrap_or_default()),
        };
        view! {
            <tr>
                <th scope="row">{end}</th>
                <td>{length(got - Instant::ZERO)}</td>
                <td>{by}</td>
                <td>{format!("line {}", hold.line)}</td>
                <td><button type="button" on:click=move |_| visit.watch_log(got, false)>"Show"</button></td>
            </tr>
        }
        .into_any()
    });
    table(&["Held for", "From", "By", "In the file", "On the lot"], rows)
}

fn places(pool: &PoolLog) -> AnyView {
    let places = pool.places();
    if places.is_empty() {
        return ().into_any();
    }
    let rows = places.iter().take(ROWS).map(|(place, held, often)| {
        view! {
            <tr>
                <th scope="row">{(*place).to_owned()}</th>
                <td>{length(*held)}</td>
                <td>{thousands(*often as u64)}</td>
                <td>{length(held.times(1.0 / *often as f64))}</td>
            </tr>
        }
        .into_any()
    });
    view! {
        <h3>"Lines of code that hold connections"</h3>
        {table(&["Line", "In all", "Checkouts", "Each on average"], rows)}
    }
    .into_any()
}

/// A table that may be wider than its place.
fn table(heads: &[&'static str], rows: impl Iterator<Item = AnyView>) -> AnyView {
    let heads: Vec<_> = heads.iter().map(|&head| view! { <th scope="col">{head}</th> }).collect();
    view! {
        <div class="wide" tabindex="0">
            <table>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows.collect::<Vec<_>>()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The same requests on another pool.
fn otherwise(visit: Visit, log: &Arc<Log>) -> AnyView {
    let settings = log.night.plan.setup.settings;
    let (size, overflow, timeout) = (NodeRef::<Input>::new(), NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let text = |field: NodeRef<Input>| field.get_untracked().map(|field| field.value()).unwrap_or_default();
    let play = move |_| {
        visit.play_otherwise([
            ("pool_size", text(size)),
            ("max_overflow", text(overflow)),
            ("pool_timeout", text(timeout)),
        ])
    };
    let seconds = settings.pool_timeout.map_or("None".to_owned(), Span::in_secs);
    let scope = if log.night.shown as u64 == log.pool().checkouts {
        "All of its requests come at the same moments and hold their connections as long."
    } else {
        "The requests of the stretch that is on the lot come at the same moments and hold their connections as long."
    };
    let exact = match log.pool().is_recorded {
        true => {
            "The file says when each connection was asked for, so the waits are known. Here the longest waiter is always next; real threads sometimes overtake each other."
        }
        false => {
            "A log does not say when a connection was asked for. Each is asked for when it was handed out, so waits that were there are missing: what you see is the least."
        }
    };
    view! {
        <h3>"The same with another pool"</h3>
        <p>{scope} " " {exact}</p>
        <div class="otherwise">
            <label>"pool_size " <input type="text" inputmode="numeric" size="5" value=settings.pool_size.to_string() node_ref=size /></label>
            <label>"max_overflow " <input type="text" inputmode="numeric" size="5" value=settings.max_overflow.to_string() node_ref=overflow /></label>
            <label>"pool_timeout " <input type="text" inputmode="decimal" size="5" value=seconds node_ref=timeout /></label>
            <button type="button" on:click=play>"Play it with these"</button>
        </div>
        <p class="complaint" role="alert">{move || visit.otherwise.with(|otherwise| otherwise.as_ref().err().cloned().unwrap_or_default())}</p>
        {move || visit.otherwise.with(|otherwise| otherwise.as_ref().ok().and_then(|pair| pair.as_ref()).map(|(before, after)| compared(before, after)))}
    }
    .into_any()
}

fn compared(before: &Trial, after: &Trial) -> AnyView {
    view! { <div data-figure="otherwise">{effects_table(before, after, ["as logged", "with these"])}</div> }.into_any()
}

/// A length of time as people say it.
fn length(span: Span) -> String {
    if span < Span::from_secs(120) { rounded(span) } else { stretch(span) }
}

fn times(often: u64) -> String {
    if often == 1 { "once".to_owned() } else { format!("{} times", thousands(often)) }
}

fn checkouts(number: u64) -> String {
    many(usize::try_from(number).unwrap_or(usize::MAX), "checkout")
}

fn thousands(number: u64) -> String {
    count(i64::try_from(number).unwrap_or(i64::MAX))
}
