//! A whole run as JSON.

use super::fields::{COUNT, fields};
use super::window::Window;
use crate::service::Tally;
use crate::sim::{Journal, Sample};
use crate::time::Instant;
use std::fmt::{Display, Write};

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
/// Numbers ending in `_us` are microseconds, in `_s` seconds, rates are per second, areas number times microseconds.
pub fn json(words: &[(&str, &str)], tally: &Tally, windows: &[Window], journal: &Journal) -> String {
    let words = words.iter().map(|(name, value)| (*name, quoted(value)));
    let series = series(journal).into_iter().map(|(name, numbers)| (name, array(numbers)));
    let in_vain = journal.waits().iter().enumerate().filter(|(_, wait)| wait.unserved()).map(|(place, _)| place);
    object([
        ("format", quoted("pool run")),
        ("version", VERSION.to_string()),
        ("settings", object(words)),
        ("tally", object(fields(tally).map(|(name, count)| (name, count.to_string())))),
        ("windows", array(windows.iter().map(window))),
        ("series", object(series)),
        ("waits_us", array(journal.waits().iter().map(|wait| wait.time().as_micros()))),
        ("in_vain", array(in_vain)),
    ])
}

fn window(window: &Window) -> String {
    let wait = |part: f64| window.wait_at(part).map_or_else(|| "null".to_owned(), |wait| wait.as_micros().to_string());
    object([
        ("from_us", window.from().as_micros().to_string()),
        ("to_us", window.to().as_micros().to_string()),
        ("arrived", window.arrived().to_string()),
        ("asked", window.asked().to_string()),
        ("served", window.served().to_string()),
        ("errors", window.errors().to_string()),
        ("timeouts", window.timeouts().to_string()),
        ("opened", window.opened().to_string()),
        ("arrival_rate", number(Some(window.arrival_rate()))),
        ("throughput", number(Some(window.throughput()))),
        ("mean_asking", number(Some(window.mean_asking()))),
        ("mean_holding", number(Some(window.mean_holding()))),
        ("mean_wait_s", number(window.mean_wait())),
        ("mean_wait_by_little_s", number(window.mean_wait_by_little())),
        ("p50_wait_us", wait(0.5)),
        ("p95_wait_us", wait(0.95)),
        ("p99_wait_us", wait(0.99)),
        ("longest_wait_us", wait(1.0)),
        ("share_waited", number(window.share_waited())),
        ("share_in_vain", number(window.share_in_vain())),
    ])
}

fn series(journal: &Journal) -> Vec<(&'static str, Vec<i64>)> {
    let column = |of: &dyn Fn(&Sample) -> i64| journal.samples().iter().map(of).collect();
    let mut columns = vec![
        ("at_us", column(&|sample| (sample.at - Instant::ZERO).as_micros())),
        ("checked_out", column(&|sample| sample.checked_out)),
        ("waiting", column(&|sample| sample.waiting.into())),
        ("open", column(&|sample| sample.open.into())),
    ];
    let names = fields(&Tally::default());
    columns.extend((0..COUNT).map(|place| (names[place].0, column(&|sample| fields(&sample.tally)[place].1 as i64))));
    columns.push(("asking_area_us", column(&|sample| sample.areas.asking)));
    columns.push(("holding_area_us", column(&|sample| sample.areas.holding)));
    columns.push(("waits_ended", column(&|sample| sample.waits as i64)));
    columns
}

fn object<'a>(members: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let members = members.into_iter().map(|(name, value)| format!("{}:{value}", quoted(name)));
    format!("{{{}}}", list(members))
}

fn array(items: impl IntoIterator<Item = impl Display>) -> String {
    format!("[{}]", list(items))
}

fn list(items: impl IntoIterator<Item = impl Display>) -> String {
    let mut text = String::new();
    for (place, item) in items.into_iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}{item}", if place > 0 { "," } else { "" });
    }
    text
}

/// The shortest decimal that is read back as the same number. JSON knows no other than finite ones.
fn number(value: Option<f64>) -> String {
    value.filter(|value| value.is_finite()).map_or_else(|| "null".to_owned(), |value| value.to_string())
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            // So that the text may stand inside a script element too.
            c if c < ' ' || matches!(c, '<' | '\u{7f}' | '\u{2028}' | '\u{2029}') => {
                let _ = write!(quoted, "\\u{:04x}", c as u32);
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
