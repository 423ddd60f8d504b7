//! When a line of a log was written, and by whom.

use super::line::json_stamp;
use super::prefix;
use super::wrapping::Wrapping;

/// When a line of a log was written, in microseconds since 1970 (or since midnight, if it has no date), and which service or
/// process wrote it, as far as its prefix says.
pub fn moment(line: &str) -> (Option<i64>, String) {
    let mut wrappings = Vec::new();
    let cleaned;
    let line = if line.contains('\u{1b}') {
        cleaned = super::clean::clean(line, &mut wrappings);
        &cleaned
    } else {
        line
    };
    let prefix = prefix::read(line, &mut wrappings);
    let stamp = prefix.stamp.or_else(|| if line.contains('{') { json_stamp(line) } else { None });
    let service = if wrappings.contains(&Wrapping::Compose) {
        line.split('|').next().map(str::trim)
    } else if wrappings.contains(&Wrapping::Heroku) {
        line.split_once('[').and_then(|(_, name)| name.split(']').next())
    } else {
        None
    };
    let process = match (service, prefix.pid) {
        (Some(service), Some(pid)) => format!("{service}, process {pid}"),
        (Some(service), None) => service.to_owned(),
        (None, Some(pid)) => format!("process {pid}"),
        (None, None) => String::new(),
    };
    (stamp.map(|stamp| stamp.millis * 1_000), process)
}
