//! The one table of what a run shows: the counters, and what is worked out from them or seen otherwise.

use super::counters::COUNTERS;
use super::figure::Figure;
use super::measurement::Measurement;
use super::milestone::Milestone;
use super::value::{Unit, Value};
use super::watched::{FirstWorker, Watched};
use crate::time::Span;

/// A static for each row, so that a program has only the rows that it names, and the list of them all.
macro_rules! figures {
    ($(#[$doc:meta])* $list:ident; $($id:ident $name:literal $title:literal $unit:ident $of:expr,)*) => {
        $(
            #[doc = concat!($title, ": `", $name, "`.")]
            pub static $id: Figure = Figure { name: $name, title: $title, unit: Unit::$unit, of: $of };
        )*
        $(#[$doc])*
        pub static $list: &[&Figure] = &[$(&$id),*];
    };
}
pub(super) use figures;

figures! {
    /// Everything that is no counter.
    OTHERS;
    ERRORS "errors" "Failed requests" Requests |run| count(run.tally.errors()),
    OTHER_FAILURES "other-failures" "Other failures" Requests |run| count(run.tally.errors() - run.tally.timeouts),
    USEFUL "useful" "Requests served in time" Requests |run| count(run.tally.served - run.tally.wasted),
    ANSWERED "answered" "Requests answered" Requests |run| count(run.tally.served + run.tally.leaked),
    THROUGHPUT "throughput" "Requests served a second" Thousandths |run| Value::Thousandths(run.throughput()),
    OPEN "open" "Open connections" Connections |run| count(run.open),
    MOST_OPEN "most-open" "Most open connections at once" Connections |run| watched(run, |seen| count(seen.most_open)),
    WAITING "waiting" "Requests in line" Requests |run| count(run.waiting),
    MOST_WAITING "most-waiting" "Longest line" Requests |run| watched(run, |seen| count(seen.most_waiting as u64)),
    CHECKED_OUT "checked-out" "Checked out" Connections |run| worker(run, |first| Value::Count(first.checked_out)),
    IDLE "idle" "Idle in the pool" Connections |run| worker(run, |first| Value::Count(first.checked_in)),
    OVERFLOW "overflow" "pool.overflow()" Connections |run| worker(run, |first| Value::Count(first.overflow)),
    OUT "out" "Connections in use, on average" Thousandths |run| Value::Thousandths(run.mean_in_use()),
    HELD "held" "Time a connection was held, on average" Time |run| Value::Time(run.mean_held()),
    P50 "p50" "Median wait" Time |run| wait(run, run.waits.p50),
    P95 "p95" "p95 wait" Time |run| wait(run, run.waits.p95),
    P99 "p99" "p99 wait" Time |run| wait(run, run.waits.p99),
    LONGEST "longest" "Longest wait" Time |run| wait(run, run.waits.longest),
    NO_THREAD "no-thread" "Requests without a thread" Requests |run| worker(run, |first| count(first.without_thread as u64)),
    HEALTH "health" "Slowest health check" Time |run| worker(run, |first| Value::Time(first.slowest_probe)),
    ANSWER "answer" "Last answer" Text |run| worker(run, |first| Value::Text(first.answer.clone())),
    STATUS "status" "pool.status()" Text |run| worker(run, |first| Value::Text(first.status.clone())),
    FIRST_TIMEOUT "first-timeout" "First time-out" Moment |run| first(run, Milestone::Timeout),
    FIRST_RECYCLE "first-recycle" "First recycling" Moment |run| first(run, Milestone::Recycle),
    FIRST_ERROR "first-error" "First failed request" Moment |run| first(run, Milestone::Error),
    LAST_UNSERVED "last-unserved" "Last request not served" Moment |run| watched(run, |seen| Value::When(Some(seen.last_unserved))),
    PARKED "parked" "Requests with a connection" Text |run| worker(run, |first| Value::Text(first.served.clone())),
    LINE "line" "Requests in line, by number" Text |run| worker(run, |first| Value::Text(first.line.clone())),
}

/// What a panel under a picture shows, in this order.
pub static PANEL: [&Figure; 8] =
    [&super::SERVED, &WAITING, &P50, &P95, &super::TIMEOUTS, &OTHER_FAILURES, &OPEN, &super::OPENED];

/// The same where requests call an application's views: who keeps a connection has given an answer all the same.
pub static PANEL_OF_VIEWS: [&Figure; PANEL.len()] =
    [&ANSWERED, &WAITING, &P50, &P95, &super::TIMEOUTS, &OTHER_FAILURES, &OPEN, &super::OPENED];

/// Every figure.
pub fn all() -> impl Iterator<Item = &'static Figure> {
    COUNTERS.iter().chain(OTHERS).copied()
}

/// The figure of this name.
pub fn figure(name: &str) -> Option<&'static Figure> {
    all().find(|figure| figure.name == name)
}

/// A count, as large as it can be said.
pub(super) fn count(number: impl Into<u64>) -> Value {
    Value::Count(i64::try_from(number.into()).unwrap_or(i64::MAX))
}

/// A wait, if anybody asked for a connection.
fn wait(run: &Measurement, wait: Span) -> Value {
    if run.waits.count > 0 { Value::Time(wait) } else { Value::Unknown }
}

fn first(run: &Measurement, milestone: Milestone) -> Value {
    watched(run, |seen| Value::When(seen.first(milestone)))
}

fn watched(run: &Measurement, of: impl Fn(&Watched) -> Value) -> Value {
    run.watched.as_deref().map_or(Value::Unknown, of)
}

fn worker(run: &Measurement, of: impl Fn(&FirstWorker) -> Value) -> Value {
    run.first_worker.as_deref().map_or(Value::Unknown, of)
}
