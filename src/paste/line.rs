//! The lines of a paste, taken out of what they were wrapped in.

use super::clean::clean;
use super::frame;
use super::prefix::{self, Prefix};
use super::stamp::Stamp;
use super::wrapping::Wrapping;

/// A line as it was written. A line of the paste that holds several, with `\n` between them, gives several with the same number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number in the paste, from 1.
    pub number: u32,
    /// Its text, without colours and boxes.
    pub text: String,
    /// Where its message begins, behind the prefix of a log.
    pub message: usize,
    /// When it was written, if it says so.
    pub stamp: Option<Stamp>,
    /// The process that wrote it, if it says so.
    pub pid: Option<u32>,
}

/// The lines of a paste.
pub(super) fn lines(text: &str, wrappings: &mut Vec<Wrapping>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        if line.trim_end().is_empty() {
            continue;
        }
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let text = clean(line, wrappings);
        if let Some(wrapping) = frame::wrapping(&text) {
            wrapping.note(wrappings);
        }
        let inside = wrapped(&text, wrappings);
        let stamp = inside.then(|| json_stamp(&text)).flatten();
        if inside && text.contains("\\n") {
            let parts =
                text.split("\\n").map(|part| part.trim_end_matches('\\').replace("\\\"", "\"").replace("\\t", " "));
            lines.extend(parts.map(|text| Line { number, text, message: 0, stamp: stamp.clone(), pid: None }));
        } else {
            let Prefix { stamp: before, pid, message } = prefix::read(&text, wrappings);
            let message = if text.is_char_boundary(message) { message } else { 0 };
            lines.push(Line { number, text, message, stamp: before.or(stamp), pid });
        }
    }
    lines
}

/// How a bytes literal begins, at the beginning of a line and inside of one.
const BYTES: [(&str, &str); 2] = [("b'", "b'{"), ("b\"", "b\"{")];

/// Whether the line is an answer or a log line in JSON, or a bytes literal, or holds escaped lines.
fn wrapped(text: &str, wrappings: &mut Vec<Wrapping>) -> bool {
    let start = text.trim_start();
    let bytes = BYTES.iter().any(|(open, inside)| start.starts_with(open) || text.contains(inside));
    if bytes {
        Wrapping::Bytes.note(wrappings);
    }
    let json = (text.contains("{\"") || text.contains("{ \"") || start.starts_with('"')) && text.contains("\":");
    if json {
        Wrapping::Json.note(wrappings);
    }
    let escaped = text.contains("\\n")
        && ["File \\\"", "Traceback", "QueuePool", "Background on", "[SQL:", "  File "]
            .iter()
            .any(|sign| text.contains(sign));
    bytes || json || escaped
}

/// The moment that a log line in JSON gives.
pub(super) fn json_stamp(text: &str) -> Option<Stamp> {
    for name in
        ["\"timestamp\"", "\"asctime\"", "\"time\"", "\"@timestamp\"", "\"ts\"", "\"Timestamp\"", "\"datetime\""]
    {
        let Some((_, after)) = text.split_once(name) else { continue };
        let value = after.trim_start_matches([':', ' ', '"']);
        if let Some((stamp, _)) = Stamp::read(value) {
            return Some(stamp);
        }
        let digits: String = value.chars().take_while(char::is_ascii_digit).take(19).collect();
        // Seconds, milliseconds, microseconds or nanoseconds since 1970.
        let number: i64 = digits.parse().ok()?;
        let millis = match digits.len() {
            10 => number * 1_000,
            13 => number,
            16 => number / 1_000,
            19 => number / 1_000_000,
            _ => return None,
        };
        return Some(Stamp { text: digits, millis });
    }
    None
}
