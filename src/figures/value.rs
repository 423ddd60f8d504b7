//! A figure's value, and what it is in.

use crate::format::{duration, rounded, signed_number};
use crate::time::{Instant, Span};
use std::fmt;

/// What a figure's value is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Requests, visitors and checkouts.
    Requests,
    /// Connections.
    Connections,
    /// Thousandths: of a request a second, of a connection.
    Thousandths,
    /// A length of time.
    Time,
    /// A moment of the run.
    Moment,
    /// Words, which cannot be compared.
    Text,
}

/// A figure's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// So many.
    Count(i64),
    /// So many thousandths.
    Thousandths(i64),
    /// So long.
    Time(Span),
    /// At this moment, or never.
    When(Option<Instant>),
    /// Something said.
    Text(String),
    /// Nothing is known: the measurement does not have what the figure is read from.
    Unknown,
}

impl Unit {
    /// The value that is this number: times and moments in microseconds, everything else as it is counted.
    pub fn value(self, number: i64) -> Value {
        match self {
            Unit::Requests | Unit::Connections => Value::Count(number),
            Unit::Thousandths => Value::Thousandths(number),
            Unit::Time => Value::Time(Span::from_micros(number)),
            Unit::Moment => Value::When(Some(Instant::from_micros(number))),
            Unit::Text => Value::Text(number.to_string()),
        }
    }
}

impl Value {
    /// As a number to compare: times and moments in microseconds, never as the greatest of all, words as nothing.
    pub fn number(&self) -> i64 {
        match self {
            Value::Count(number) | Value::Thousandths(number) => *number,
            Value::Time(time) => time.as_micros(),
            Value::When(at) => at.map_or(i64::MAX, Instant::as_micros),
            Value::Text(_) | Value::Unknown => 0,
        }
    }

    /// As a panel shows it.
    pub fn in_panel(&self) -> String {
        match self {
            Value::Count(number) => signed_number(*number),
            Value::Time(time) => duration(*time),
            Value::When(Some(at)) => duration(*at - Instant::ZERO),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Value {
    /// As prose says it: times to the tenth of a second, and below a second to the millisecond; thousandths to the tenth.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Count(number) => write!(f, "{number}"),
            Value::Thousandths(number) => write!(f, "{:.1}", *number as f64 / 1e3),
            Value::Time(time) => f.write_str(&rounded(*time)),
            Value::When(Some(at)) => f.write_str(&rounded(*at - Instant::ZERO)),
            Value::When(None) => f.write_str("never"),
            Value::Text(words) => f.write_str(words),
            Value::Unknown => f.write_str("–"),
        }
    }
}
