//! A whole run as JSON.

use super::counters::COUNTERS;
use super::measurement::Measurement;
use super::series::{SeriesColumn, series};
use super::window::Window;
use crate::service::Tally;
use crate::sim::{Journal, Sample};
use crate::time::Instant;
use serde::ser::{Serialize, Serializer};

/// Goes up when a name or a meaning in [`json`] changes, not when something is added.
pub const VERSION: u32 = 1;

/// A run as one JSON object.
///
/// * `format` is `"pool run"`, and `version` is [`VERSION`];
/// * `settings`: `words` about the setup as the caller puts them, name and value;
/// * `tally`: the counts, as they are now;
/// * `windows`: the figures of these stretches; what cannot be said is `null`;
/// * `series`: for each name one number a sample;
/// * `waits_us`: every wait that is over, in microseconds and in the order in which they ended; `in_vain` has the
///   places, from 0, of those that ended without a connection.
///
/// ColumnValues ending in `_us` are microseconds, in `_s` seconds, rates are per second, areas number times microseconds.
pub fn json(words: &[(&str, &str)], tally: &Tally, windows: &[Window], journal: &Journal) -> String {
    let unserved = journal.waits().iter().enumerate().filter(|(_, wait)| wait.unserved()).map(|(place, _)| place);
    let file = JsonFile {
        format: "pool run",
        version: VERSION,
        settings: Object(words),
        tally: Counts(tally),
        windows: windows.iter().map(StretchFigures::of).collect(),
        series: Series(journal.samples()),
        waits_us: journal.waits().iter().map(|wait| wait.time().as_micros()).collect(),
        in_vain: unserved.collect(),
    };
    // Texts and numbers cannot fail; and so that the text may stand inside a script element too, it has no "<", which only
    // texts can have.
    serde_json::to_string(&file).unwrap_or_default().replace('<', "\\u003c")
}

#[derive(serde::Serialize)]
struct JsonFile<'a> {
    format: &'static str,
    version: u32,
    settings: Object<'a>,
    tally: Counts<'a>,
    windows: Vec<StretchFigures>,
    series: Series<'a>,
    waits_us: Vec<i64>,
    in_vain: Vec<usize>,
}

/// Names with their values, in this order.
struct Object<'a>(&'a [(&'a str, &'a str)]);

/// Every counter of a tally by name.
struct Counts<'a>(&'a Tally);

/// Every column by name: one number a sample.
struct Series<'a>(&'a [Sample]);

/// The figures of a stretch.
#[derive(serde::Serialize)]
struct StretchFigures {
    from_us: i64,
    to_us: i64,
    arrived: u64,
    asked: u64,
    served: u64,
    errors: u64,
    timeouts: u64,
    opened: u64,
    arrival_rate: f64,
    throughput: f64,
    mean_asking: f64,
    mean_holding: f64,
    mean_wait_s: Option<f64>,
    mean_wait_by_little_s: Option<f64>,
    p50_wait_us: Option<i64>,
    p95_wait_us: Option<i64>,
    p99_wait_us: Option<i64>,
    longest_wait_us: Option<i64>,
    share_waited: Option<f64>,
    share_in_vain: Option<f64>,
}

impl StretchFigures {
    fn of(window: &Window) -> StretchFigures {
        let (tally, waits) = (window.tally(), window.wait_summary());
        let wait = |wait: crate::time::Span| (waits.count > 0).then(|| wait.as_micros());
        StretchFigures {
            from_us: window.from().as_micros(),
            to_us: window.to().as_micros(),
            arrived: tally.arrived,
            asked: window.asked(),
            served: tally.served,
            errors: tally.errors(),
            timeouts: tally.timeouts,
            opened: tally.opened,
            arrival_rate: window.arrival_rate(),
            throughput: window.throughput(),
            mean_asking: window.mean_asking(),
            mean_holding: window.mean_holding(),
            mean_wait_s: window.mean_wait(),
            mean_wait_by_little_s: window.mean_wait_by_little(),
            p50_wait_us: wait(waits.p50),
            p95_wait_us: wait(waits.p95),
            p99_wait_us: wait(waits.p99),
            longest_wait_us: wait(waits.longest),
            share_waited: window.share_waited(),
            share_in_vain: window.share_unserved(),
        }
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

impl Serialize for Counts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let now = Measurement { tally: *self.0, ..Measurement::default() };
        serializer.collect_map(COUNTERS.iter().map(|figure| (figure.column(), figure.number(&now))))
    }
}

impl Serialize for Series<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let at = SeriesColumn::Raw("at_us", |sample| (sample.at - Instant::ZERO).as_micros());
        let columns = std::iter::once(at).chain(series());
        serializer.collect_map(columns.map(|column| (column.name(), ColumnValues(column, self.0))))
    }
}

/// One column.
struct ColumnValues<'a>(SeriesColumn, &'a [Sample]);

impl Serialize for ColumnValues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.iter().map(|sample| self.0.of(sample)))
    }
}
