//! One act as a line of a run file.

use super::settings_text::SettingsText;
use crate::apps::View;
use crate::pool::{Answer, Client, ConnectionId};
use crate::service::{Report, RequestSpec};
use crate::sim::{MAX_IN_SYSTEM, Setup, WorldAct};
use crate::sql::{Fault, Reply, Rows};
use crate::time::{Instant, Span};
use crate::travel::TapedAct;
use serde::{Deserialize, Serialize};

/// An act with its place in the run. `do` says which kind of act it is; each field after it belongs to some kinds only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActLine {
    /// When it happens, in microseconds.
    pub at: i64,
    /// How many events and acts come before it.
    pub after: u64,
    /// The kind of act: a word such as `set` or `arrive`.
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
    /// `arrive`: how long it works outside the database, in microseconds, and whether it has given its connection back before.
    #[serde(default, skip_serializing_if = "is_nothing")]
    outside: i64,
    #[serde(default, skip_serializing_if = "is_false")]
    early: bool,
    /// `send`: the view that is called, how often, and the time between two calls in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    view: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    every: Option<i64>,
    /// `arrive`: how many tries the client has made before.
    #[serde(default, skip_serializing_if = "is_zero")]
    tries: u32,
    /// A report: the pool's generation, the client of the order, and the connection that was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pool: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    connection: Option<u32>,
    /// A report: the number of rows in the table, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rows: Option<u32>,
    /// `inserted`: the key; `found`: how many rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    /// The rows. Equal neighbours are written once, with their count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    found: Vec<(String, u32)>,
}

/// What a real database can report. `Opened`, `Inserted` and `Found` are not listed, because each carries a number.
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

/// The longest time that a request's statements may take, in microseconds: a day.
const LONGEST: i64 = 86_400_000_000;

impl ActLine {
    /// The line for an entry, given the setup before it.
    pub fn of(entry: &TapedAct, before: &Setup) -> ActLine {
        let line = ActLine { at: entry.at.as_micros(), after: entry.events, ..ActLine::default() };
        let word = |what: &str| ActLine { what: what.into(), ..line.clone() };
        match &entry.act {
            WorldAct::Change(after) => ActLine { to: Some(SettingsText::changes(before, after)), ..word("set") },
            WorldAct::Arrive(RequestSpec { takes, nested, leaks, outside, returns_early, tries, .. }) => {
                let (takes, nested, leaks, tries) = (Some(takes.as_micros()), *nested, *leaks, *tries);
                let (outside, early) = (outside.as_micros(), *returns_early);
                ActLine { takes, nested, leaks, outside, early, tries, ..word("arrive") }
            }
            WorldAct::Send(visit, times, every) => ActLine {
                takes: Some(visit.takes.as_micros()),
                view: visit.view.map(View::name),
                times: Some(*times),
                every: Some(every.as_micros()),
                ..word("send")
            },
            WorldAct::Ended(connection) => ActLine { connection: Some(connection.0), ..word("ended") },
            WorldAct::Cancel => word("cancel"),
            WorldAct::Restart => word("restart"),
            WorldAct::Failover => word("failover"),
            WorldAct::Cut => word("cut"),
            WorldAct::Kill(connection) => ActLine { connection: Some(connection.0), ..word("kill") },
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

    /// The entry of this line, given the setup before it.
    ///
    /// # Errors
    /// A sentence about what the line lacks, or has too much of.
    pub fn entry(&self, before: &Setup) -> Result<TapedAct, String> {
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
                    outside: Span::from_micros(self.outside.clamp(0, LONGEST)),
                    returns_early: self.early,
                    tries: self.tries,
                    ..RequestSpec::default()
                })
            }
            "send" => self.visits().ok_or(
                "It needs \"view\", one of this page's, \"times\", and \"takes\" and \"every\" in microseconds.",
            )?,
            "ended" => WorldAct::Ended(ConnectionId(self.connection.ok_or("What ended needs its \"connection\".")?)),
            "cancel" => WorldAct::Cancel,
            "restart" => WorldAct::Restart,
            "failover" => WorldAct::Failover,
            "cut" => WorldAct::Cut,
            "kill" => WorldAct::Kill(ConnectionId(self.connection.ok_or("To kill one it needs its \"connection\".")?)),
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
        let entry = TapedAct { at: Instant::from_micros(self.at), events: self.after, act };
        // A field that does not belong to this act is an error, because it would be lost silently. Settings may be in any order.
        let to = self.to.clone().filter(|_| self.what == "set");
        if (ActLine { to, ..ActLine::of(&entry, before) }) != *self {
            return Err(format!("\"{}\" has more with it than belongs to it.", self.what));
        }
        Ok(entry)
    }
}

impl ActLine {
    /// The act `send`: requests to a view.
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

fn is_nothing(micros: &i64) -> bool {
    *micros == 0
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}
