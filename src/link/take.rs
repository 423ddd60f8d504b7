//! Values as typed.

use crate::python::{Refusal, millionths};
use crate::time::Span;

/// A refusal in words.
pub(super) fn words(refusal: Refusal) -> String {
    refusal.to_string()
}

/// A number within bounds.
pub(super) fn number(text: &str, from: f64, to: f64) -> Result<f64, String> {
    match millionths(text).map(|millionths| millionths as f64 / 1e6) {
        Some(number) if (from..=to).contains(&number) => Ok(number),
        _ => Err(format!("It takes a number from {from} to {to}.")),
    }
}

/// A whole number within bounds.
pub(super) fn whole(text: &str, from: i64, to: i64) -> Result<i64, String> {
    match text.trim().parse() {
        Ok(number) if (from..=to).contains(&number) => Ok(number),
        _ => Err(format!("It takes a whole number from {from} to {to}.")),
    }
}

/// Whole milliseconds, up to `most`.
pub(super) fn millis(text: &str, most: i64) -> Result<Span, String> {
    match text.trim().parse() {
        Ok(ms) if (0..=most).contains(&ms) => Ok(Span::from_millis(ms)),
        _ => Err(format!("It takes a whole number of milliseconds from 0 to {most}.")),
    }
}

/// Seconds, up to `most`.
pub(super) fn seconds(text: &str, most: i64) -> Result<Span, String> {
    match millionths(text) {
        Some(micros) if (0..=most * 1_000_000).contains(&micros) => Ok(Span::from_micros(micros)),
        _ => Err(format!("It takes seconds, from 0 to {most}.")),
    }
}

/// `None`, or what `take` makes of it.
pub(super) fn maybe<T>(text: &str, take: impl FnOnce(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if text.trim().eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    take(text).map(Some).map_err(|sentence| sentence.replace("It takes", "It takes None, or"))
}

/// One of these words.
pub(super) fn choice<T: Copy>(text: &str, of: &[(&'static str, T)]) -> Result<T, String> {
    let known = of.iter().find(|(name, _)| name.eq_ignore_ascii_case(text.trim()));
    known.map(|&(_, value)| value).ok_or_else(|| {
        let names: Vec<&str> = of.iter().map(|&(name, _)| name).collect();
        format!("It takes one of {}.", names.join(", "))
    })
}

/// On or off.
pub(super) fn switch(text: &str) -> Result<bool, String> {
    match text.trim() {
        "1" | "true" | "True" | "on" => Ok(true),
        "0" | "false" | "False" | "off" => Ok(false),
        _ => Err("It takes 1 (on) or 0 (off).".into()),
    }
}

/// The word of a value.
pub(super) fn word<T: Copy + PartialEq>(value: T, of: &[(&'static str, T)]) -> String {
    of.iter().find(|&&(_, other)| other == value).map_or(String::new(), |&(name, _)| name.into())
}
