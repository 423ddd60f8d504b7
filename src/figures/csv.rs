//! The samples of a run as a table.

use super::series::series;
use crate::sim::Journal;
use crate::time::Instant;
use std::fmt::Write;

/// One row a sample, as RFC 4180 has it: a header, commas, CRLF at every line's end. No field needs quotes.
///
/// Units stand in the header: seconds; counts so far (`arrived` to `disconnected`) and present numbers without any; sums over
/// time in microseconds times the number of them.
pub fn csv(journal: &Journal) -> String {
    let mut text = String::new();
    let header = std::iter::once("time_s".to_owned()).chain(series().map(|column| column.name()));
    line(&mut text, header);
    for sample in journal.samples() {
        let time = std::iter::once((sample.at - Instant::ZERO).in_secs());
        line(&mut text, time.chain(series().map(|column| column.of(sample).to_string())));
    }
    text
}

fn line(text: &mut String, fields: impl Iterator<Item = String>) {
    for (place, field) in fields.enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}{field}", if place > 0 { "," } else { "" });
    }
    text.push_str("\r\n");
}
