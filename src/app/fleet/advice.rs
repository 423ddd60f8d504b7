//! What to set, and why.

use super::sizing::Sizing;
use crate::fleet::{Advice, Fleet, Limit, Need};
use crate::format::{number, rounded};
use leptos::prelude::*;

/// The answer.
pub fn view(sizing: Sizing) -> AnyView {
    let shown = move || {
        let (fleet, advice) = (sizing.fleet.get(), sizing.advice.get());
        let reasons = reasons(&fleet, &advice).into_iter().map(|said| view! { <li>{said}</li> }.into_any());
        view! {
            <pre data-figure="code" tabindex="0">{code(&advice)}</pre>
            <ul class="reasons">{reasons.collect::<Vec<_>>()}</ul>
        }
        .into_any()
    };
    view! {
        <p class="answer" role="status" data-figure="answer">{move || headline(&sizing.advice.get())}</p>
        {shown}
    }
    .into_any()
}

fn headline(advice: &Advice) -> String {
    let Advice { pool_size, max_overflow, processes, .. } = advice;
    let set = format!("pool_size={pool_size} and max_overflow={max_overflow} in each of {}", processes_of(*processes));
    match advice.limit {
        None => format!("Set {set}."),
        Some(_) if advice.is_without_room() => {
            "There is no setting that fits: there are more processes than connections.".into()
        }
        Some(Limit::Server) => format!("No setting is enough for this load. The most that fits is {set}."),
        Some(Limit::Threads) => format!("Set {set}. It is all that a process can use, and the load asks for more."),
    }
}

fn code(advice: &Advice) -> String {
    format!(
        "# {}: {} at most\nengine = create_engine(\n    url,\n    pool_size={},\n    max_overflow={},\n)",
        processes_of(advice.processes),
        connections(advice.sum()),
        advice.pool_size,
        advice.max_overflow,
    )
}

fn processes_of(count: u32) -> String {
    if count == 1 { "1 process".into() } else { format!("{} processes", number(count.into())) }
}

fn connections(count: u32) -> String {
    if count == 1 { "1 connection".into() } else { format!("{} connections", number(count.into())) }
}

/// A number with one decimal place, if it is small and that is not 0.
fn tenths(value: f64) -> String {
    let tenths = (value * 10.0).round() as u64;
    match (tenths / 10, tenths % 10) {
        (whole @ 100.., _) | (whole, 0) => number(whole),
        (whole, rest) => format!("{whole}.{rest}"),
    }
}

fn reasons(fleet: &Fleet, advice: &Advice) -> Vec<String> {
    let Advice { processes, room, share, now, twice, limit, limit_of_twice, shared, hold, .. } = *advice;
    let mut said = vec![format!(
        "Little’s law: {} requests per second, times {} that each holds a connection, is {} connections in use on average, {} in each process.",
        tenths(fleet.rate),
        rounded(fleet.hold),
        tenths(fleet.in_use()),
        tenths(fleet.in_use() / f64::from(processes.max(1))),
    )];
    if let Some(connections) = now.connections {
        said.push(format!(
            "Requests come unevenly. So that 95 of 100 wait {} at most, a process needs {connections}.",
            rounded(fleet.wait)
        ));
    }
    if advice.is_without_room() {
        said.push(format!(
            "The server has {} for these {processes} processes, and each pool opens at least one.",
            connections(room)
        ));
    } else {
        said.push(format!(
            "All processes together may open {}, of the {} that the server has for them.",
            number(advice.sum().into()),
            number(room.into())
        ));
    }
    match (limit, limit_of_twice) {
        (None, None) => said.push(with_twice(twice, advice)),
        (None, Some(by)) => said.push(format!(
            "Twice the load asks for more than {}: {}",
            connections(advice.each()),
            why(by, fleet, share)
        )),
        (Some(by), _) => said.push(format!("The load asks for {}: {}", asked(now), why(by, fleet, share))),
    }
    if let Some(hold) = hold {
        said.push(format!("It would be enough if a request held its connection for at most {} on average: commit or close before mail, HTTP calls and rendering.", rounded(hold)));
    }
    if let (Some(Limit::Server), Some(each)) = (limit, now.connections) {
        let needed = u64::from(each) * u64::from(processes) + u64::from(fleet.others);
        said.push(format!("Or if the server allowed {} connections.", number(needed)));
    }
    if let Some(shared) = shared.filter(|shared| processes > 1 && *shared < advice.pool_size.saturating_mul(processes))
    {
        said.push(format!(
            "One pool for all processes would need only {}: requests would use what is idle elsewhere. Fewer processes with more threads, or a pooler such as PgBouncer, come close to that.",
            number(shared.into())
        ));
    }
    said
}

fn asked(need: Need) -> String {
    need.connections
        .map_or_else(|| "more than any pool has".into(), |count| format!("{} in each process", number(count.into())))
}

fn with_twice(twice: Need, advice: &Advice) -> String {
    match twice.connections {
        Some(_) if advice.max_overflow == 0 => "Twice the load needs no more.".into(),
        Some(count) => format!(
            "Twice the load needs {count} in each process. The overflow is for that: what it opens is closed again afterwards."
        ),
        None => String::new(),
    }
}

fn why(limit: Limit, fleet: &Fleet, share: u32) -> String {
    match limit {
        Limit::Server if share == 0 => "the server has less than one for each process.".into(),
        Limit::Server => format!("the server has room for {} in each process.", number(share.into())),
        Limit::Threads if fleet.threads == 1 => "a process works on one request at once, and never uses more than one connection. The others wait for the process, not for the pool.".into(),
        Limit::Threads => format!("a process works on {} requests at once, and never uses more connections than that. The others wait for a thread, not for the pool.", number(fleet.threads.into())),
    }
}
