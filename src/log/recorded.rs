//! Lines of `valet_pool_log.py`.

use serde::Deserialize;
use std::borrow::Cow;

/// A line: a head, or an event.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Line<'a> {
    /// The version of the format, in a head.
    pub format: u32,
    /// The process that writes what follows.
    pub pid: u32,
    /// Which recorder of that process.
    pub id: u32,
    /// The moment from which times count, in seconds since 1970.
    pub epoch: f64,
    /// The pool's class.
    #[serde(borrow)]
    pub pool: Cow<'a, str>,
    /// `pool_size`.
    pub size: Option<i64>,
    /// `max_overflow`.
    pub overflow: Option<i64>,
    /// `pool_timeout`.
    pub timeout: Option<f64>,
    /// The moment of an event: of a checkout that when it was asked for.
    pub t: f64,
    /// What: "got", "fail", "back", "bad", "full".
    #[serde(borrow)]
    pub e: Cow<'a, str>,
    /// The number of the checkout.
    pub n: u64,
    /// How long it took to get the connection, or to fail.
    pub w: f64,
    /// The thread or task.
    #[serde(borrow)]
    pub by: Option<Cow<'a, str>>,
    /// The line of code.
    #[serde(borrow)]
    pub at: Option<Cow<'a, str>>,
    /// The class of an error.
    #[serde(borrow)]
    pub x: Option<Cow<'a, str>>,
}

/// The line, if it is one.
pub(super) fn read(line: &str) -> Option<Line<'_>> {
    let begins = ["{\"t\": ", "{\"format\": ", "{\"e\": "].iter().any(|begin| line.starts_with(begin));
    if begins { serde_json::from_str(line).ok() } else { None }
}

/// Seconds as whole microseconds.
pub(super) fn micros(secs: f64) -> i64 {
    (secs * 1e6).round() as i64
}
