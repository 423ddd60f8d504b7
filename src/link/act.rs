//! What was done to a world, as a link says it.

use super::key::key;
use super::keys::KEYS;
use crate::apps::flask::View;
use crate::service::RequestSpec;
use crate::sim::{Act, MAX_IN_SYSTEM, Setup};
use crate::time::{Instant, Span};

/// One act in words. In a link `3200000-restart`: after 3.2 seconds the server restarts.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// A key gets another value.
    Set(&'static str, String),
    /// One more request comes.
    Arrive(RequestSpec),
    /// So many requests come that call a view, one after the other at this distance.
    Send(RequestSpec, u32, Span),
    /// The server restarts.
    Restart,
    /// Another server takes over.
    Failover,
    /// The network is cut.
    Cut,
}

impl Deed {
    /// What an act comes to in words, given the setup before it. Several when it changes several keys; none for what a link
    /// does not say.
    pub fn of(act: &Act, before: &Setup) -> Vec<Deed> {
        match act {
            Act::Change(after) => KEYS
                .iter()
                .filter(|key| (key.show)(before) != (key.show)(after))
                .map(|key| Deed::Set(key.name, (key.show)(after)))
                .collect(),
            Act::Arrive(visit) => vec![Deed::Arrive(*visit)],
            Act::Send(visit, times, every) => vec![Deed::Send(*visit, *times, *every)],
            Act::Restart => vec![Deed::Restart],
            Act::Failover => vec![Deed::Failover],
            Act::Cut => vec![Deed::Cut],
            Act::Ended(_) | Act::Report { .. } => Vec::new(),
        }
    }

    /// The act, given the setup before it.
    ///
    /// # Errors
    /// The key's own sentence about a value that it does not take.
    pub fn act(&self, before: &Setup) -> Result<Act, String> {
        Ok(match self {
            Deed::Set(name, value) => {
                let mut setup = before.clone();
                if let Some(key) = key(name) {
                    (key.take)(&mut setup, value)?;
                }
                Act::Change(Box::new(setup))
            }
            Deed::Arrive(visit) => Act::Arrive(*visit),
            Deed::Send(visit, times, every) => Act::Send(*visit, *times, *every),
            Deed::Restart => Act::Restart,
            Deed::Failover => Act::Failover,
            Deed::Cut => Act::Cut,
        })
    }

    /// As a link says it, with its moment.
    pub(super) fn write(&self, at: Instant) -> String {
        let at = at.as_micros();
        match self {
            Deed::Set(name, value) => format!("{at}-{name}-{value}"),
            Deed::Arrive(visit) => {
                let RequestSpec { takes, nested, leaks, .. } = visit;
                let (nested, leaks) = (if *nested { "n" } else { "" }, if *leaks { "l" } else { "" });
                format!("{at}-arrive-{}{nested}{leaks}", takes.as_micros())
            }
            Deed::Send(visit, times, every) => {
                let view = visit.view.map(View::name).unwrap_or_default();
                format!("{at}-send-{times}x{}x{}{view}", every.as_micros(), visit.takes.as_micros())
            }
            Deed::Restart => format!("{at}-restart"),
            Deed::Failover => format!("{at}-failover"),
            Deed::Cut => format!("{at}-cut"),
        }
    }

    /// Reads what [`Deed::write`] wrote.
    pub(super) fn read(text: &str) -> Option<(Instant, Deed)> {
        let mut parts = text.splitn(3, '-');
        let at = Instant::from_micros(parts.next()?.parse().ok().filter(|at| (0..=MOST_MICROS).contains(at))?);
        let deed = match (parts.next()?, parts.next()) {
            ("restart", None) => Deed::Restart,
            ("failover", None) => Deed::Failover,
            ("cut", None) => Deed::Cut,
            ("send", Some(visits)) => read_visits(visits)?,
            ("arrive", Some(visit)) => {
                let end = visit.find(|c: char| !c.is_ascii_digit()).unwrap_or(visit.len());
                let (takes, rest) = visit.split_at(end);
                let takes = Span::from_micros(takes.parse().ok().filter(|takes| (0..=MOST_MICROS).contains(takes))?);
                if !matches!(rest, "" | "n" | "l" | "nl") {
                    return None;
                }
                Deed::Arrive(RequestSpec {
                    takes,
                    nested: rest.contains('n'),
                    leaks: rest.contains('l'),
                    tries: 0,
                    view: None,
                })
            }
            (name, Some(value)) => Deed::Set(key(name)?.name, value.to_string()),
            _ => return None,
        };
        Some((at, deed))
    }
}

/// Reads what [`Deed::write`] wrote of visits to a view: `20x150000x300000users/register`.
fn read_visits(text: &str) -> Option<Deed> {
    let (times, rest) = text.split_once('x')?;
    let (every, rest) = rest.split_once('x')?;
    let (takes, view) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
    let span = |text: &str| text.parse().ok().filter(|it| (0..=MOST_MICROS).contains(it)).map(Span::from_micros);
    let visit = RequestSpec { takes: span(takes)?, view: Some(View::named(view)?), ..RequestSpec::default() };
    Some(Deed::Send(visit, times.parse().ok().filter(|times| (1..=MAX_IN_SYSTEM).contains(times))?, span(every)?))
}

/// The last moment that a link can say: a day.
pub(super) const MOST_MICROS: i64 = 86_400_000_000;
