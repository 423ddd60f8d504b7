//! What a paste is, and what was found in it.

use crate::clinic::Case;
use crate::pool::Settings;
use crate::settings::{SETTINGS, Scope, ValueKind};
use crate::sim::Setup;
use crate::source::EngineFound;
use leptos::prelude::*;
use std::sync::Arc;

/// What was found.
pub fn view(case: &Arc<Case>) -> AnyView {
    let paste = &case.paste;
    let findings = paste.findings.iter().map(|finding| {
        let often = if finding.count > 1 { format!(" · {} times", finding.count) } else { String::new() };
        let lines = lines(&finding.lines);
        view! {
            <li>
                <strong>{finding.kind.title()}</strong>
                <span class="quiet">{format!("{often} · {lines}")}</span>
                <samp>{finding.excerpt.clone()}</samp>
            </li>
        }
        .into_any()
    });
    let findings: Vec<_> = findings.collect();
    let engines = case.reading.iter().flat_map(|reading| &reading.engines).map(engine);
    let engines: Vec<_> = engines.collect();
    let remarks = case.reading.iter().flat_map(|reading| &reading.remarks);
    let remarks: Vec<_> = remarks.map(|remark| view! { <li>{remark.to_string()}</li> }.into_any()).collect();
    let masked = case.paste.masked.sentence().unwrap_or_default();
    let summary = match (findings.len(), engines.len()) {
        (0, 0) => "Nothing here is known as an error of a pool, or as its configuration.".to_owned(),
        (found, 0) => format!("Found: {}.", many(found, "thing", "things")),
        (0, engines) => format!("Found: {}.", many(engines, "engine", "engines")),
        (found, engines) => {
            format!("Found: {}, and {}.", many(found, "thing", "things"), many(engines, "engine", "engines"))
        }
    };
    view! {
        <h2>"What it is"</h2>
        <p role="status" data-figure="found">{summary}</p>
        <p class="quiet" data-figure="masked" hidden=masked.is_empty()>{masked.clone()}</p>
        <ul class="findings">{findings}</ul>
        <div class="engines">{engines}</div>
        <ul class="remarks">{remarks}</ul>
        <ul class="quiet">
            {case.diagnosis.unknown.iter().map(|&unknown| view! { <li>{unknown}</li> }.into_any()).collect::<Vec<_>>()}
        </ul>
    }
    .into_any()
}

/// An engine, as the library makes it of these arguments.
fn engine(found: &EngineFound) -> AnyView {
    let name = found.call.name();
    let made = match &found.made {
        Ok(engine) => {
            let notes =
                engine.notes.iter().map(|note| view! { <li>{note.to_string()}</li> }.into_any()).collect::<Vec<_>>();
            view! {
                <p><code>{engine.settings.class.name()}</code> ": " {said(&engine.settings)}</p>
                <ul>{notes}</ul>
            }
            .into_any()
        }
        Err(error) => view! {
            <p>"SQLAlchemy refuses this:"</p>
            <p><samp>{format!("{}: {error}", error.class())}</samp></p>
        }
        .into_any(),
    };
    let remarks =
        found.remarks.iter().map(|remark| view! { <li>{remark.to_string()}</li> }.into_any()).collect::<Vec<_>>();
    view! {
        <section class="engine">
            <h3>{format!("Line {}: {name}", found.place.line)}</h3>
            <p class="quiet">{found.url.clone()}</p>
            {made}
            <ul>{remarks}</ul>
        </section>
    }
    .into_any()
}

/// The pool's settings in a line.
fn said(settings: &Settings) -> String {
    let setup = Setup { settings: *settings, ..Setup::default() };
    let of_pool = SETTINGS.iter().filter(|setting| setting.scope == Scope::Pool && setting.name != "poolclass");
    let said = of_pool.map(|setting| {
        let text = setting.text(&setup);
        let text = match (setting.kind, text.as_str()) {
            (ValueKind::Switch, "0") => "off",
            (ValueKind::Switch, _) => "on",
            (_, text) => text,
        };
        format!("{} {text}", setting.name)
    });
    let said: Vec<_> = said.collect();
    said.join(", ")
}

/// "line 3", "lines 3, 5 and more".
pub fn lines(lines: &[u32]) -> String {
    match lines {
        [] => "the whole of it".into(),
        [line] => format!("line {line}"),
        [first, second] => format!("lines {first} and {second}"),
        [first, second, ..] => format!("lines {first}, {second} and more"),
    }
}

fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}
