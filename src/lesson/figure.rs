//! The figures of a run by name, as goals, prose and feedback mention them.

use super::outcome::Outcome;
use crate::time::{Instant, Span};
use crate::travel::Milestone;

/// A figure of a run.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    /// Its name in prose: `data-fact="run.NAME"`.
    pub name: &'static str,
    /// What it is called on the page, at the beginning of a sentence.
    pub title: &'static str,
    /// Its value.
    pub of: fn(&Outcome) -> Value,
}

/// A figure's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// So many.
    Count(i64),
    /// So long.
    Time(Span),
    /// At this moment, or never.
    When(Option<Instant>),
    /// Something said.
    Words(String),
}

macro_rules! figures {
    ($($name:literal $title:literal $of:expr,)*) => {
        &[$(Figure { name: $name, title: $title, of: $of }),*]
    };
}

/// All of them.
pub static FIGURES: &[Figure] = figures! {
    "arrived" "Requests" |run| count(run.tally.arrived),
    "served" "Requests served" |run| count(run.tally.served),
    "errors" "Failed requests" |run| count(run.tally.errors()),
    "timeouts" "Time-outs" |run| count(run.tally.timeouts),
    "refused" "Connections refused" |run| count(run.tally.refused),
    "lost" "Requests whose connection was dead" |run| count(run.tally.lost),
    "failed" "Failed statements" |run| count(run.tally.failed),
    "leaked" "Connections kept for ever" |run| count(run.tally.leaked),
    "gave-up" "Guests who gave up" |run| count(run.tally.gave_up),
    "wasted" "Requests served to nobody" |run| count(run.tally.wasted),
    "useful" "Guests served" |run| count(run.tally.served - run.tally.wasted),
    "retried" "Requests that came again" |run| count(run.tally.retried),
    "turned-away" "Requests turned away" |run| count(run.tally.turned_away),
    "waited" "Requests that had to wait" |run| count(run.tally.waited),
    "opened" "Connections opened" |run| count(run.tally.opened),
    "overflowed" "Connections opened beyond pool_size" |run| count(run.tally.overflowed),
    "closed" "Connections closed by the pool" |run| count(run.tally.closed),
    "recycled" "Connections recycled" |run| count(run.tally.recycled),
    "disconnected" "Connections found dead" |run| count(run.tally.disconnected),
    "open" "Open connections" |run| count(run.open.into()),
    "most-open" "Most open connections at once" |run| count(run.most_open.into()),
    "waiting" "Requests in line" |run| count(run.waiting as u64),
    "most-waiting" "Longest line" |run| count(run.most_waiting as u64),
    "checked-out" "Checked out" |run| Value::Count(run.counters[0]),
    "idle" "Idle in the pool" |run| Value::Count(run.counters[1]),
    "overflow" "pool.overflow()" |run| Value::Count(run.counters[2]),
    "holding" "Connections in use" |run| count(run.tally.holding.into()),
    "out" "Connections in use, on average" |run| Value::Words(run.mean_out()),
    "held" "Time a connection was held, on average" |run| Value::Time(run.mean_held()),
    "in-system" "Requests under way" |run| count(run.tally.in_system.into()),
    "p50" "Median wait" |run| Value::Time(run.waits[0]),
    "p95" "p95 wait" |run| Value::Time(run.waits[1]),
    "longest" "Longest wait" |run| Value::Time(run.waits[2]),
    "answer" "Last answer" |run| Value::Words(run.answer.clone()),
    "status" "pool.status()" |run| Value::Words(run.status.clone()),
    "first-wait" "First wait" |run| Value::When(run.first(Milestone::Wait)),
    "first-overflow" "First extra connection" |run| Value::When(run.first(Milestone::Overflow)),
    "first-timeout" "First time-out" |run| Value::When(run.first(Milestone::Timeout)),
    "first-recycle" "First recycling" |run| Value::When(run.first(Milestone::Recycle)),
    "first-disconnect" "First connection found dead" |run| Value::When(run.first(Milestone::Disconnect)),
    "first-error" "First failed request" |run| Value::When(run.first(Milestone::Error)),
    "last-unserved" "Last guest not served" |run| Value::When(run.last_unserved),
    "parked" "Cars in the bays" |run| Value::Words(run.parked.clone()),
    "line" "Cars in line" |run| Value::Words(run.line.clone()),
};

fn count(number: u64) -> Value {
    Value::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The figure of this name.
pub fn figure(name: &str) -> Option<&'static Figure> {
    FIGURES.iter().find(|figure| figure.name == name)
}

impl Value {
    /// As a number to compare: counts as they are, times in milliseconds, never as a very large one.
    pub fn number(&self) -> i64 {
        match self {
            Value::Count(number) => *number,
            Value::Time(time) => time.as_micros() / 1_000,
            Value::When(at) => at.map_or(i64::MAX, |at| (at - Instant::ZERO).as_micros() / 1_000),
            Value::Words(_) => 0,
        }
    }
}

impl std::fmt::Display for Value {
    /// As prose says it: below a second in whole milliseconds, then in seconds to the tenth.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Count(number) => write!(f, "{number}"),
            Value::Time(time) => say(*time, f),
            Value::When(Some(at)) => say(*at - Instant::ZERO, f),
            Value::When(None) => f.write_str("never"),
            Value::Words(words) => f.write_str(words),
        }
    }
}

fn say(time: Span, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    let micros = time.as_micros();
    if micros < 999_500 {
        return write!(f, "{} ms", (micros + 500) / 1_000);
    }
    let tenths = (micros + 50_000) / 100_000;
    match tenths % 10 {
        0 => write!(f, "{} s", tenths / 10),
        rest => write!(f, "{}.{rest} s", tenths / 10),
    }
}
