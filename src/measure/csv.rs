//! The samples of a run as a table.

use super::fields::fields;
use crate::service::Tally;
use crate::sim::{Journal, Sample};
use crate::time::Instant;
use std::fmt::Write;

/// One row a sample, as RFC 4180 has it: a header, commas, CRLF at every line's end. No field needs quotes.
///
/// Units stand in the header: seconds; counts so far (`arrived` to `disconnected`) and present numbers without any; areas in
/// microseconds times the number of them.
pub fn csv(journal: &Journal) -> String {
    let mut text = String::new();
    let header = ["time_s", "checked_out", "waiting", "open"].into_iter();
    let header = header.chain(fields(&Tally::default()).map(|(name, _)| name));
    let areas = ["asking_area_us", "holding_area_us", "waits_ended"];
    line(&mut text, header.chain(areas).map(str::to_owned));
    for Sample { at, checked_out, waiting, open, tally, areas, waits } in journal.samples() {
        let first = [(*at - Instant::ZERO).in_secs(), checked_out.to_string(), waiting.to_string(), open.to_string()];
        let counts = fields(tally).map(|(_, count)| count.to_string());
        let last = [areas.asking.to_string(), areas.holding.to_string(), waits.to_string()];
        line(&mut text, first.into_iter().chain(counts).chain(last));
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
