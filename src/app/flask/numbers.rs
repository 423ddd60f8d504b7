//! The numbers in the code, as the knobs say them.

use super::code::PrintedNumbers;
use crate::pool::{Reset, Settings};
use crate::time::Span;

/// What the code says of its pool.
#[derive(Debug, Clone, PartialEq)]
pub enum Numbers {
    /// `pool_size` and `max_overflow`, for keys that nobody reads.
    Unread(PrintedNumbers),
    /// The pool as it is, and as the file has it.
    Read(Settings, Settings),
}

impl Numbers {
    /// The line with these numbers. What the file does not say and the pool has otherwise is added to the line of
    /// `max_overflow`, so that lines keep their numbers.
    pub fn on(&self, line: &str) -> String {
        if line.trim_start().starts_with('#') {
            return line.to_string();
        }
        match self {
            Numbers::Unread((size, overflow)) => {
                let line = put(line, "_POOL_SIZE'] = ", size);
                put(&line, "_MAX_OVERFLOW'] = ", overflow)
            }
            Numbers::Read(now, printed) => {
                let mut text = line.to_string();
                for (key, value) in options(now) {
                    text = put(&text, &format!("'{key}': "), &value);
                }
                if line.contains("'max_overflow': ") {
                    for ((key, value), (_, before)) in options(now).into_iter().zip(options(printed)).skip(2) {
                        if value != before && !HAVE_LINES.contains(&(key, before.as_str())) {
                            text = format!("{} '{key}': {value},", text.trim_end());
                        }
                    }
                }
                text
            }
        }
    }
}

/// Keys that the users' file has on lines of their own, with these values.
const HAVE_LINES: [(&str, &str); 3] = [("pool_timeout", "300"), ("pool_recycle", "1800"), ("pool_pre_ping", "True")];

/// Every option, as Python writes it.
fn options(settings: &Settings) -> [(&'static str, String); 6] {
    let python = |flag: bool| if flag { "True" } else { "False" }.to_string();
    [
        ("pool_size", settings.pool_size.to_string()),
        ("max_overflow", settings.max_overflow.to_string()),
        ("pool_timeout", settings.pool_timeout.map_or("None".into(), Span::in_secs)),
        ("pool_recycle", settings.pool_recycle.in_secs()),
        ("pool_pre_ping", python(settings.pool_pre_ping)),
        (
            "pool_reset_on_return",
            match settings.pool_reset_on_return {
                Reset::Rollback => "'rollback'".into(),
                Reset::Commit => "'commit'".into(),
                Reset::None => "None".into(),
            },
        ),
    ]
}

/// The line with another value after `key`, if the key is in it.
fn put(line: &str, key: &str, value: &str) -> String {
    let Some(at) = line.find(key) else { return line.to_string() };
    let (before, after) = line.split_at(at + key.len());
    let rest = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    format!("{before}{value}{rest}")
}
