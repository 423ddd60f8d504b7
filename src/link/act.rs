//! An act as a link says it, with its moment: `3200000-restart`, after 3.2 seconds the server restarts.

use super::LinkError;
use super::address::LATEST;
use crate::apps::View;
use crate::pool::ConnectionId;
use crate::service::RequestSpec;
use crate::settings::{Act, setting};
use crate::sim::{MAX_IN_SYSTEM, WorldAct};
use crate::time::{Instant, Span};

/// As a link says it. `None` for what no link says: what a real store did.
pub(super) fn write(at: Instant, act: &Act) -> Option<String> {
    let said = match act {
        Act::Set(id, value) => format!("{}-{}", id.name(), id.setting().text_of(value)),
        Act::World(WorldAct::Arrive(visit)) => {
            let (nested, leaks) = (if visit.nested { "n" } else { "" }, if visit.leaks { "l" } else { "" });
            let outside = match (visit.outside, visit.returns_early) {
                (Span::ZERO, _) => String::new(),
                (outside, false) => format!("o{}", outside.as_micros()),
                (outside, true) => format!("e{}", outside.as_micros()),
            };
            format!("arrive-{}{nested}{leaks}{outside}", visit.takes.as_micros())
        }
        Act::World(WorldAct::Send(visit, times, every)) => {
            let view = visit.view.map(View::name).unwrap_or_default();
            format!("send-{times}x{}x{}{view}", every.as_micros(), visit.takes.as_micros())
        }
        Act::World(WorldAct::Cancel) => "cancel".into(),
        Act::World(WorldAct::Restart) => "restart".into(),
        Act::World(WorldAct::Failover) => "failover".into(),
        Act::World(WorldAct::Cut) => "cut".into(),
        Act::World(WorldAct::Kill(connection)) => format!("kill-{}", connection.0),
        Act::World(WorldAct::Change(_) | WorldAct::Ended(_) | WorldAct::Report { .. }) => return None,
    };
    Some(format!("{}-{said}", at.as_micros()))
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// What in it means nothing, or is no value of its setting.
pub(super) fn read(text: &str) -> Result<(Instant, Act), LinkError> {
    let unknown = || LinkError::UnknownAct(text.into());
    let mut parts = text.splitn(3, '-');
    let at = parts.next().and_then(micros).ok_or_else(unknown)?;
    let act = match (parts.next().unwrap_or_default(), parts.next()) {
        ("cancel", None) => WorldAct::Cancel.into(),
        ("restart", None) => WorldAct::Restart.into(),
        ("failover", None) => WorldAct::Failover.into(),
        ("cut", None) => WorldAct::Cut.into(),
        ("kill", Some(connection)) => WorldAct::Kill(ConnectionId(connection.parse().map_err(|_| unknown())?)).into(),
        ("send", Some(visits)) => read_visits(visits).ok_or_else(unknown)?.into(),
        ("arrive", Some(visit)) => read_visit(visit).ok_or_else(unknown)?.into(),
        (name, Some(value)) => {
            let setting = setting(name).ok_or_else(unknown)?;
            let refused = |error| LinkError::Act { act: text.into(), error };
            Act::Set(setting.id, setting.parse(value).map_err(refused)?)
        }
        _ => return Err(unknown()),
    };
    Ok((Instant::ZERO + at, act))
}

/// One visitor: `900000nl` takes 0.9 s, wants a second connection, and never gives it back; `900000o2000000` works for 2 s
/// outside the database while it holds its connection, `900000e2000000` after it has given it back.
fn read_visit(text: &str) -> Option<WorldAct> {
    let (takes, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let (rest, outside) = rest.split_at(rest.find(['o', 'e']).unwrap_or(rest.len()));
    let returns_early = outside.starts_with('e');
    let outside = if outside.is_empty() { Span::ZERO } else { micros(&outside[1..])? };
    let (nested, leaks) = match rest {
        "" => (false, false),
        "n" => (true, false),
        "l" => (false, true),
        "nl" => (true, true),
        _ => return None,
    };
    let takes = micros(takes)?;
    Some(WorldAct::Arrive(RequestSpec { takes, nested, leaks, outside, returns_early, ..RequestSpec::default() }))
}

/// Visits to a view: `20x150000x300000users/register` is 20 of them, 0.15 s apart, of 0.3 s each.
fn read_visits(text: &str) -> Option<WorldAct> {
    let (times, rest) = text.split_once('x')?;
    let (every, rest) = rest.split_once('x')?;
    let (takes, view) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
    let visit = RequestSpec { takes: micros(takes)?, view: Some(View::named(view)?), ..RequestSpec::default() };
    Some(WorldAct::Send(visit, times.parse().ok().filter(|times| (1..=MAX_IN_SYSTEM).contains(times))?, micros(every)?))
}

/// Whole microseconds, up to the latest moment that a link says.
fn micros(text: &str) -> Option<Span> {
    let micros = text.parse().ok().filter(|micros| (0..=LATEST.as_micros()).contains(micros))?;
    Some(Span::from_micros(micros))
}
