//! The kinds of values that settings have, and how they are written as text.

use super::number::{decimal, millionths};
use super::{SettingReason, SettingValue};
use crate::time::{Instant, Span};
use std::sync::Arc;

/// The longest time that can be given in seconds: a day, so that MySQL's default `wait_timeout` of eight hours fits.
const DAY: i64 = 86_400;
/// The most moments that a list may have.
const MOST_MOMENTS: usize = 500;

/// The kind of values that a setting has.
#[derive(Debug, Clone, Copy)]
pub enum ValueKind {
    /// A value as `create_engine` takes it. This function reads it, because its errors explain more than bounds do.
    Pool(fn(&str) -> Result<SettingValue, SettingReason>),
    /// A whole number within these bounds.
    Whole(i64, i64),
    /// A number within these bounds.
    Number(f64, f64),
    /// A share, in percent.
    Percent,
    /// Seconds, up to a day.
    Seconds,
    /// Whole milliseconds, up to this many.
    Millis(i64),
    /// `None`, or a value of this kind.
    OrNone(&'static ValueKind),
    /// One of these words.
    Word(&'static [&'static str]),
    /// On (1) or off (0).
    Switch,
    /// Moments in seconds, up to a day, separated by spaces.
    Moments,
}

impl ValueKind {
    /// Reads a value from text.
    ///
    /// # Errors
    /// Why the text is not a value.
    pub(super) fn parse(&self, text: &str) -> Result<SettingValue, SettingReason> {
        let text = text.trim();
        let value = match self {
            ValueKind::Pool(parse) => return parse(text),
            ValueKind::Moments => return moments(text).map(SettingValue::Moments),
            ValueKind::OrNone(_) if text.eq_ignore_ascii_case("none") => Some(SettingValue::None),
            // An error must name this kind as a whole, `None` included, so the inner error is dropped.
            ValueKind::OrNone(kind) => kind.parse(text).ok(),
            ValueKind::Whole(from, to) => {
                text.parse().ok().filter(|whole| (from..=to).contains(&whole)).map(SettingValue::Whole)
            }
            ValueKind::Number(from, to) => number(text, *from, *to).map(SettingValue::Number),
            ValueKind::Percent => number(text, 0.0, 100.0).map(|percent| SettingValue::Number(percent / 100.0)),
            ValueKind::Seconds => seconds(text).map(SettingValue::Time),
            ValueKind::Millis(most) => {
                let millis = text.parse().ok().filter(|millis| (0..=*most).contains(millis));
                millis.map(|millis| SettingValue::Time(Span::from_millis(millis)))
            }
            ValueKind::Word(words) => {
                words.iter().find(|word| word.eq_ignore_ascii_case(text)).map(|word| SettingValue::Word(word))
            }
            ValueKind::Switch => match text {
                "1" | "true" | "True" | "on" => Some(SettingValue::Switch(true)),
                "0" | "false" | "False" | "off" => Some(SettingValue::Switch(false)),
                _ => None,
            },
        };
        value.ok_or(SettingReason::Not(*self))
    }

    /// Writes a value as text that [`ValueKind::parse`] reads.
    pub(super) fn text(&self, value: &SettingValue) -> String {
        match (self, value) {
            (_, SettingValue::None) => "None".into(),
            (_, SettingValue::Whole(whole)) => whole.to_string(),
            (ValueKind::Percent, SettingValue::Number(share)) => ((share * 1e8).round() / 1e6).to_string(),
            (_, SettingValue::Number(number)) => number.to_string(),
            (ValueKind::Millis(_), SettingValue::Time(time)) => (time.as_micros() / 1_000).to_string(),
            (_, SettingValue::Time(time)) => time.in_secs(),
            (_, SettingValue::Switch(on)) => u8::from(*on).to_string(),
            (_, SettingValue::Word(word)) => (*word).into(),
            (_, SettingValue::Moments(moments)) => {
                let secs: Vec<String> = moments.iter().map(|&at| (at - Instant::ZERO).in_secs()).collect();
                secs.join(" ")
            }
        }
    }
}

/// A phrase that can follow "It takes".
impl std::fmt::Display for ValueKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ValueKind::Pool(_) => f.write_str("what create_engine takes"),
            ValueKind::Whole(from, to) => write!(f, "a whole number from {from} to {to}"),
            ValueKind::Number(from, to) => write!(f, "a number from {from} to {to}"),
            ValueKind::Percent => f.write_str("a number from 0 to 100"),
            ValueKind::Seconds => write!(f, "seconds, from 0 to {DAY}"),
            ValueKind::Millis(most) => write!(f, "a whole number of milliseconds from 0 to {most}"),
            ValueKind::OrNone(kind) => write!(f, "None, or {kind}"),
            ValueKind::Word(words) => write!(f, "one of {}", words.join(", ")),
            ValueKind::Switch => f.write_str("1 (on) or 0 (off)"),
            ValueKind::Moments => write!(f, "at most {MOST_MOMENTS} moments in seconds, from 0 to {DAY}"),
        }
    }
}

fn number(text: &str, from: f64, to: f64) -> Option<f64> {
    decimal(text).filter(|number| (from..=to).contains(number))
}

fn seconds(text: &str) -> Option<Span> {
    millionths(text).filter(|micros| (0..=DAY * 1_000_000).contains(micros)).map(Span::from_micros)
}

fn moments(text: &str) -> Result<Arc<[Instant]>, SettingReason> {
    let mut list = Vec::new();
    for part in text.split_whitespace() {
        let at = seconds(part).ok_or_else(|| SettingReason::NoMoment(part.into()))?;
        list.push(Instant::ZERO + at);
    }
    if list.len() > MOST_MOMENTS {
        return Err(SettingReason::Not(ValueKind::Moments));
    }
    list.sort_unstable();
    Ok(list.into())
}
