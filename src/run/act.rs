//! One act as a line of a file.

use super::words::Words;
use crate::pool::{Answer, Client, ConnectionId};
use crate::sim::{Act, Report, Setup, Visit};
use crate::time::{Instant, Span};
use crate::travel::Entry;
use serde::{Deserialize, Serialize};

/// An act with its place. What it is stands in `do`; the fields after it are those of some acts only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// When, in microseconds.
    pub at: i64,
    /// After so many events and acts.
    pub after: u64,
    /// What: a word of those below.
    #[serde(rename = "do")]
    pub what: String,
    /// `set`: the settings that change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<Words>,
    /// `arrive`: how long the statements take, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    takes: Option<i64>,
    /// `arrive`: whether it wants a second connection, and whether it keeps the first.
    #[serde(default, skip_serializing_if = "is_false")]
    nested: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    leaks: bool,
    /// `arrive`: how often the visitor has come before.
    #[serde(default, skip_serializing_if = "is_zero")]
    tries: u32,
    /// A report: the pool's generation, in whose name the order was, and what was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pool: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    connection: Option<u32>,
    /// A report: the rows of the table, if they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rows: Option<u32>,
}

/// What a real store can report. `Opened` is not among them: it has a connection with it.
const REPORTS: [(&str, Report); 9] = [
    ("done", Report::Answered(Answer::Done)),
    ("gone", Report::Answered(Answer::Gone)),
    ("all gone", Report::Answered(Answer::AllGone)),
    ("not done", Report::Answered(Answer::Failed)),
    ("interrupted", Report::Answered(Answer::Interrupted)),
    ("cancelled", Report::Answered(Answer::Cancelled)),
    ("worked", Report::Worked),
    ("failed", Report::Failed),
    ("lost", Report::Lost),
];

/// A request's statements take no longer than this: a day.
const LONGEST: i64 = 86_400_000_000;

impl Line {
    /// An entry in words, given the setup before it.
    pub fn of(entry: &Entry, before: &Setup) -> Line {
        let line = Line { at: entry.at.as_micros(), after: entry.events, ..Line::default() };
        let word = |what: &str| Line { what: what.into(), ..line.clone() };
        match &entry.act {
            Act::Change(after) => Line { to: Some(Words::changes(before, after)), ..word("set") },
            Act::Arrive(Visit { takes, nested, leaks, tries }) => {
                let (takes, nested, leaks, tries) = (Some(takes.as_micros()), *nested, *leaks, *tries);
                Line { takes, nested, leaks, tries, ..word("arrive") }
            }
            Act::Restart => word("restart"),
            Act::Failover => word("failover"),
            Act::Cut => word("cut"),
            Act::Report { generation, client, report, rows } => {
                let (what, connection) = match report {
                    Report::Answered(Answer::Opened(connection)) => ("opened", Some(connection.0)),
                    other => (REPORTS.iter().find(|(_, report)| report == other).map_or("", |(word, _)| word), None),
                };
                Line { pool: Some(*generation), client: Some(client.0), connection, rows: *rows, ..word(what) }
            }
        }
    }

    /// The entry, given the setup before it.
    ///
    /// # Errors
    /// What it lacks, or has too much, in a sentence.
    pub fn entry(&self, before: &Setup) -> Result<Entry, String> {
        let act = match &self.what[..] {
            "set" => Act::Change(Box::new(self.to.as_ref().ok_or("To set something it needs \"to\".")?.on(before))),
            "arrive" => {
                let takes = self.takes.filter(|takes| (0..=LONGEST).contains(takes));
                let takes = takes.ok_or("It needs \"takes\", in microseconds, from 0 to a day.")?;
                Act::Arrive(Visit {
                    takes: Span::from_micros(takes),
                    nested: self.nested,
                    leaks: self.leaks,
                    tries: self.tries,
                })
            }
            "restart" => Act::Restart,
            "failover" => Act::Failover,
            "cut" => Act::Cut,
            what => {
                let (Some(generation), Some(client)) = (self.pool, self.client) else {
                    return Err(format!(
                        "To do \"{what}\" means nothing here, or, if a store reports it, it needs \"pool\" and \"client\"."
                    ));
                };
                let report = match self.connection {
                    Some(connection) if what == "opened" => Report::Answered(Answer::Opened(ConnectionId(connection))),
                    _ => {
                        let known = REPORTS.iter().find(|(word, _)| *word == what);
                        known
                            .ok_or_else(|| {
                                format!("\"{what}\" is nothing that a store reports, or lacks its \"connection\".")
                            })?
                            .1
                    }
                };
                Act::Report { generation, client: Client(client), report, rows: self.rows }
            }
        };
        let entry = Entry { at: Instant::from_micros(self.at), events: self.after, act };
        // Whatever else the line says would be lost without a word. Settings may stand in any order.
        let to = self.to.clone().filter(|_| self.what == "set");
        if (Line { to, ..Line::of(&entry, before) }) != *self {
            return Err(format!("\"{}\" has more with it than belongs to it.", self.what));
        }
        Ok(entry)
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}
