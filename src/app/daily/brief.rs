//! What those on duty get: the alert, the error, what is known of the day, and what was measured.

use crate::daily::{Evidence, LogEntry, Outage, Stretch, Symptom};
use crate::format::rounded;
use crate::settings::SettingId;
use crate::time::{Instant, Span};
use leptos::prelude::*;

/// The brief.
pub fn view(outage: &Outage, evidence: &Evidence) -> AnyView {
    let first = &evidence.first;
    let error = format!("{}: {}", first.failure.class(), first.failure);
    let fails = match outage.symptom {
        Symptom::TimesOut => "Requests time out",
        Symptom::LosesConnections => "Requests lose their connection",
        Symptom::IsRefused => "The database refuses connections",
    };
    view! {
        <div class="alert">
            <p class="headline">{format!("{fails} at {}.", outage.service)}</p>
            <p data-figure="alert">
                {format!(
                    "{} of {} requests fail. The first one fails at {} s, {} after it came:",
                    evidence.failed,
                    evidence.requests,
                    tenths(first.at),
                    rounded(first.after),
                )}
            </p>
            <samp data-figure="first-error">{error}</samp>
        </div>
        <div class="brief">
            {known(outage)}
            {measured(evidence)}
            {sessions(evidence)}
            {log(outage, evidence)}
        </div>
    }
    .into_any()
}

/// The pool, the server, and what happened.
fn known(outage: &Outage) -> AnyView {
    let setup = outage.plan().setup;
    let value = |id: SettingId| id.setting().text(&setup);
    let engine = format!(
        "create_engine(url, pool_size={}, max_overflow={}, pool_timeout={})",
        value(SettingId::PoolSize),
        value(SettingId::MaxOverflow),
        value(SettingId::PoolTimeout)
    );
    let (size, overflow) = (outage.good_day().setup.settings.pool_size, outage.good_day().setup.settings.max_overflow);
    let processes = match setup.workers {
        1 => "One process. ".to_owned(),
        many => format!("{many} processes, each with a pool of {size} + {overflow}. "),
    };
    let server = setup.database.max_connections.map(|most| format!("The server takes {most} connections."));
    let mut notes: Vec<_> = outage.suspects.iter().map(|suspect| suspect.note()).collect();
    notes.sort_by_key(|note| !note.starts_with("Released"));
    view! {
        <section class="sheet">
            <h2>"What is known"</h2>
            <p><code>{engine}</code></p>
            <p>{processes}{server}</p>
            <ul data-figure="notes">{notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// The run in stretches, and a good day to compare.
fn measured(evidence: &Evidence) -> AnyView {
    let row = |name: String, stretch: &Stretch, per: f64| {
        let scaled = |count: u32| format!("{:.0}", f64::from(count) * per);
        let time = |span: Option<Span>| span.map_or("–".to_owned(), rounded);
        let class = if stretch.failed > 0 { "bad" } else { "" };
        view! {
            <tr class=class>
                <th scope="row">{name}</th>
                <td>{scaled(stretch.requests)}</td>
                <td>{scaled(stretch.failed)}</td>
                <td>{scaled(stretch.opened)}</td>
                <td>{time(stretch.typical)}</td>
                <td>{time(stretch.longest)}</td>
            </tr>
        }
        .into_any()
    };
    let seconds = |at: Instant| format!("{:.0}", at.as_secs_f64());
    let rows: Vec<_> = evidence
        .stretches
        .iter()
        .map(|stretch| {
            let name = format!("{}–{} s", seconds(stretch.from), seconds(stretch.from + stretch.lasts));
            row(name, stretch, 1.0)
        })
        .collect();
    let part = evidence
        .stretches
        .first()
        .map_or(1.0, |stretch| stretch.lasts.as_secs_f64() / evidence.good_day.lasts.as_secs_f64().max(1.0));
    view! {
        <section class="sheet wide" data-figure="measured">
            <h2>"What was measured"</h2>
            <div class="scrolls" tabindex="0" role="group" aria-label="What was measured">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"When"</th>
                            <th scope="col">"Requests"</th>
                            <th scope="col">"Failed"</th>
                            <th scope="col">"Connections opened"</th>
                            <th scope="col">"Out, typically"</th>
                            <th scope="col">"Out, at most"</th>
                        </tr>
                    </thead>
                    <tbody>{rows} {row("a good day".into(), &evidence.good_day, part)}</tbody>
                </table>
            </div>
            <p class="quiet">"“Out” is the time from checkout to checkin. A good day: the same service when nothing happens, on average."</p>
        </section>
    }
    .into_any()
}

/// What the sessions did just before the first failure.
fn sessions(evidence: &Evidence) -> AnyView {
    let sessions = &evidence.sessions;
    let out = sessions.out.iter().take(8).map(|out| {
        let second = if out.wants_second { "; asks for a second one" } else { "" };
        view! { <li>{format!("#{}: request {}, for {}{second}", out.connection.0, out.who, rounded(out.lasts))}</li> }
    });
    let more = sessions.out.len().saturating_sub(8);
    let is_empty = sessions.out.is_empty();
    view! {
        <section class="sheet">
            <h2>{format!("Just before, at {} s", tenths(sessions.at))}</h2>
            <dl class="states" data-figure="sessions">
                <div><dt>"active"</dt><dd>{sessions.active}</dd></div>
                <div><dt>"idle in transaction"</dt><dd>{sessions.idle_in_transaction}</dd></div>
                <div><dt>"idle"</dt><dd>{sessions.idle}</dd></div>
                <div><dt>"requests that wait"</dt><dd>{sessions.waiting}</dd></div>
            </dl>
            <p hidden=is_empty>"Connections that are out:"</p>
            <ul>{out.collect_view()} {(more > 0).then(|| view! { <li>{format!("and {more} more")}</li> })}</ul>
        </section>
    }
    .into_any()
}

/// The pool's log.
fn log(outage: &Outage, evidence: &Evidence) -> AnyView {
    let several = outage.plan().setup.workers > 1;
    let lines = |entries: &[LogEntry]| -> String {
        let line = |entry: &LogEntry| {
            let worker = if several { format!(" process {}", entry.worker) } else { String::new() };
            let who = entry.who.map_or(String::new(), |who| format!(" [{who}]"));
            format!("{:>6.2}{worker}{who} {}\n", entry.at.as_secs_f64(), entry.text)
        };
        entries.iter().map(line).collect()
    };
    let begins = lines(&evidence.log_begins);
    let until = lines(&evidence.log_until);
    let gap = if begins.is_empty() { "" } else { "   ...\n" };
    view! {
        <section class="sheet wide">
            <h2>"The pool’s log, from the beginning, and until the first failure"</h2>
            <pre tabindex="0" aria-label="The pool’s log" data-figure="log">{format!("{begins}{gap}{until}")}</pre>
            <p class="quiet">"In brackets: the request. A b: it asks for a second connection."</p>
        </section>
    }
    .into_any()
}

/// A moment in tenths of a second.
fn tenths(at: Instant) -> String {
    format!("{:.1}", at.as_secs_f64())
}
