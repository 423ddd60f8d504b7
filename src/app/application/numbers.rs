//! The numbers in the code, as the knobs set them.

use super::code::PrintedNumbers;
use crate::pool::{Reset, Settings};
use crate::time::Span;

/// What the code says about its pool.
#[derive(Debug, Clone, PartialEq)]
pub enum Numbers {
    /// `pool_size` and `max_overflow` under keys that Flask-SQLAlchemy ignores.
    Unread(PrintedNumbers),
    /// The pool's current settings, and the settings in the file, with how the file writes their names.
    Read(Settings, Settings, Quoting),
}

/// How a file writes an option's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// `'pool_size': 3`, in a dictionary.
    Key,
    /// `pool_size=3`, as an argument.
    Argument,
}

impl Quoting {
    /// The name, up to its value.
    fn before_value(self, name: &str) -> String {
        match self {
            Quoting::Key => format!("'{name}': "),
            Quoting::Argument => format!("{name}="),
        }
    }
}

impl Numbers {
    /// The line with these numbers. A changed option that has no line in the file is added to the line of `max_overflow`, so that
    /// line numbers stay the same.
    pub fn on(&self, line: &str) -> String {
        if line.trim_start().starts_with('#') {
            return line.to_string();
        }
        match self {
            Numbers::Unread((size, overflow)) => {
                let line = put(line, "_POOL_SIZE'] = ", size);
                put(&line, "_MAX_OVERFLOW'] = ", overflow)
            }
            Numbers::Read(now, printed, quoting) => {
                let mut text = line.to_string();
                for (key, value) in options(now) {
                    text = put(&text, &quoting.before_value(key), &value);
                }
                if line.contains(&quoting.before_value("max_overflow")) {
                    for ((key, value), (_, before)) in options(now).into_iter().zip(options(printed)).skip(2) {
                        if value != before && !HAVE_LINES.contains(&(key, before.as_str())) {
                            text = format!("{} {}{value},", text.trim_end(), quoting.before_value(key));
                        }
                    }
                }
                text
            }
        }
    }
}

/// Options that have their own lines in the file of the `users` application, with these values.
const HAVE_LINES: [(&str, &str); 3] = [("pool_timeout", "300"), ("pool_recycle", "1800"), ("pool_pre_ping", "True")];

/// Every pool option with its value in Python syntax.
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

/// Replaces the value after `key`, if the line contains the key.
fn put(line: &str, key: &str, value: &str) -> String {
    let Some(at) = line.find(key) else { return line.to_string() };
    let (before, after) = line.split_at(at + key.len());
    let rest = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    format!("{before}{value}{rest}")
}
