//! One act as a line of a file.

use super::settings_text::SettingsText;
use crate::apps::flask::View;
use crate::pool::{Answer, Client, ConnectionId};
use crate::service::{Report, RequestSpec};
use crate::sim::{MAX_IN_SYSTEM, Setup, WorldAct};
use crate::sql::{Fault, Reply, Rows};
use crate::time::{Instant, Span};
use crate::travel::Entry;
use serde::{Deserialize, Serialize};

/// An act with its place. What it is stands in `do`; the fields after it are those of some acts only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActLine {
    /// When, in microseconds.
    pub at: i64,
    /// After so many events and acts.
    pub after: u64,
    /// What: a word of those below.
    #[serde(rename = "do")]
    pub what: String,
    /// `set`: the settings that change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<SettingsText>,
    /// `arrive`: how long the statements take, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    takes: Option<i64>,
    /// `arrive`: whether it wants a second connection, and whether it keeps the first.
    #[serde(default, skip_serializing_if = "is_false")]
    nested: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    leaks: bool,
    /// `send`: the view that is called, how often, and at what distance in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    view: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    every: Option<i64>,
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
    /// `inserted`: the key; `found`: how many rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    /// The rows, those that are alike and beside each other once with their number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    found: Vec<(String, u32)>,
}

/// What a real store can report. `Opened`, `Inserted` and `Found` are not among them: they have a number with them.
const REPORTS: [(&str, Report); 11] = [
    ("done", Report::Answered(Answer::Done)),
    ("gone", Report::Answered(Answer::Gone)),
    ("all gone", Report::Answered(Answer::AllGone)),
    ("not done", Report::Answered(Answer::Failed)),
    ("interrupted", Report::Answered(Answer::Interrupted)),
    ("cancelled", Report::Answered(Answer::Cancelled)),
    ("worked", Report::Worked),
    ("failed", Report::Failed),
    ("lost", Report::Lost(Fault::GoneAway)),
    ("carried out", Report::Executed(Reply::Done)),
    ("conflict", Report::Executed(Reply::Conflict)),
];

/// A request's statements take no longer than this: a day.
const LONGEST: i64 = 86_400_000_000;

impl ActLine {
    /// An entry in words, given the setup before it.
    pub fn of(entry: &Entry, before: &Setup) -> ActLine {
        let line = ActLine { at: entry.at.as_micros(), after: entry.events, ..ActLine::default() };
        let word = |what: &str| ActLine { what: what.into(), ..line.clone() };
        match &entry.act {
            WorldAct::Change(after) => ActLine { to: Some(SettingsText::changes(before, after)), ..word("set") },
            WorldAct::Arrive(RequestSpec { takes, nested, leaks, tries, .. }) => {
                let (takes, nested, leaks, tries) = (Some(takes.as_micros()), *nested, *leaks, *tries);
                ActLine { takes, nested, leaks, tries, ..word("arrive") }
            }
            WorldAct::Send(visit, times, every) => ActLine {
                takes: Some(visit.takes.as_micros()),
                view: visit.view.map(View::name),
                times: Some(*times),
                every: Some(every.as_micros()),
                ..word("send")
            },
            WorldAct::Ended(connection) => ActLine { connection: Some(connection.0), ..word("ended") },
            WorldAct::Restart => word("restart"),
            WorldAct::Failover => word("failover"),
            WorldAct::Cut => word("cut"),
            WorldAct::Report { generation, client, report, rows, found } => {
                let (what, connection, number) = match report {
                    Report::Answered(Answer::Opened(connection)) => ("opened", Some(connection.0), None),
                    Report::Executed(Reply::Inserted(key)) => ("inserted", None, Some(*key)),
                    Report::Executed(Reply::Found(rows)) => ("found", None, Some(*rows)),
                    other => {
                        (REPORTS.iter().find(|(_, report)| report == other).map_or("", |(word, _)| word), None, None)
                    }
                };
                let found = found.runs().map(|(value, times)| (value.to_string(), times)).collect();
                let (pool, client, rows) = (Some(*generation), Some(client.0), *rows);
                ActLine { pool, client, connection, rows, number, found, ..word(what) }
            }
        }
    }

    /// The entry, given the setup before it.
    ///
    /// # Errors
    /// What it lacks, or has too much, in a sentence.
    pub fn entry(&self, before: &Setup) -> Result<Entry, String> {
        let act = match &self.what[..] {
            "set" => {
                WorldAct::Change(Box::new(self.to.as_ref().ok_or("To set something it needs \"to\".")?.on(before)))
            }
            "arrive" => {
                let takes = self.takes.filter(|takes| (0..=LONGEST).contains(takes));
                let takes = takes.ok_or("It needs \"takes\", in microseconds, from 0 to a day.")?;
                WorldAct::Arrive(RequestSpec {
                    takes: Span::from_micros(takes),
                    nested: self.nested,
                    leaks: self.leaks,
                    tries: self.tries,
                    view: None,
                })
            }
            "send" => self.visits().ok_or(
                "It needs \"view\", one of this page's, \"times\", and \"takes\" and \"every\" in microseconds.",
            )?,
            "ended" => WorldAct::Ended(ConnectionId(self.connection.ok_or("What ended needs its \"connection\".")?)),
            "restart" => WorldAct::Restart,
            "failover" => WorldAct::Failover,
            "cut" => WorldAct::Cut,
            what => {
                let (Some(generation), Some(client)) = (self.pool, self.client) else {
                    return Err(format!(
                        "To do \"{what}\" means nothing here, or, if a store reports it, it needs \"pool\" and \"client\"."
                    ));
                };
                let report = match (self.connection, self.number) {
                    (Some(connection), _) if what == "opened" => {
                        Report::Answered(Answer::Opened(ConnectionId(connection)))
                    }
                    (_, Some(key)) if what == "inserted" => Report::Executed(Reply::Inserted(key)),
                    (_, Some(rows)) if what == "found" => Report::Executed(Reply::Found(rows)),
                    _ => {
                        let known = REPORTS.iter().find(|(word, _)| *word == what);
                        known
                            .ok_or_else(|| {
                                format!("\"{what}\" is nothing that a store reports, or lacks its \"connection\" or \"number\".")
                            })?
                            .1
                    }
                };
                let found = Rows::from_runs(self.found.iter().map(|(value, times)| (value, *times)));
                WorldAct::Report { generation, client: Client(client), report, rows: self.rows, found }
            }
        };
        let entry = Entry { at: Instant::from_micros(self.at), events: self.after, act };
        // Whatever else the line says would be lost without a word. Settings may stand in any order.
        let to = self.to.clone().filter(|_| self.what == "set");
        if (ActLine { to, ..ActLine::of(&entry, before) }) != *self {
            return Err(format!("\"{}\" has more with it than belongs to it.", self.what));
        }
        Ok(entry)
    }
}

impl ActLine {
    /// Visits to a view.
    fn visits(&self) -> Option<WorldAct> {
        let span = |micros: Option<i64>| micros.filter(|it| (0..=LONGEST).contains(it)).map(Span::from_micros);
        let view = View::named(self.view.as_deref()?)?;
        let visit = RequestSpec { takes: span(self.takes)?, view: Some(view), ..RequestSpec::default() };
        Some(WorldAct::Send(visit, self.times.filter(|times| (1..=MAX_IN_SYSTEM).contains(times))?, span(self.every)?))
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}
