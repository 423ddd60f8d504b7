//! One value of `create_engine`, typed by a person.

use crate::time::Span;

/// The largest pool that is played here. SQLAlchemy has no such limit.
const LARGEST: i64 = 500;
/// The longest time that is played here, in seconds: a year.
const LONGEST: i64 = 31_536_000;

/// Why a value is not taken, as a sentence for the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not an integer literal.
    #[error("{0} takes a whole number, such as {1}.")]
    NotWhole(&'static str, i64),
    /// Neither a number nor `None`.
    #[error("pool_timeout takes seconds, such as 30 or 0.5, or None to wait for ever.")]
    NotSeconds,
    /// A negative `pool_size`.
    #[error("pool_size takes 0 (no limit) or more. SQLAlchemy would take a negative one, but it makes no sense.")]
    NegativeSize,
    /// `max_overflow` below -1.
    #[error(
        "max_overflow takes -1 (no limit) or more. SQLAlchemy does not reject less, but raises RecursionError at the limit."
    )]
    Endless,
    /// A negative `pool_timeout`.
    #[error(
        "pool_timeout takes 0 or more. SQLAlchemy raises ValueError (\"'timeout' must be a positive number\") when a wait begins."
    )]
    NegativeTimeout,
    /// More than can be drawn.
    #[error("{0} is played up to {LARGEST} here. SQLAlchemy has no such limit.")]
    TooMany(&'static str),
    /// Longer than a year.
    #[error("{0} is played up to a year here. SQLAlchemy has no such limit.")]
    TooLong(&'static str),
}

/// `pool_size`.
///
/// # Errors
/// A [`Refusal`] for what is no whole number, negative, or more than is played here.
///
/// ```
/// use valet::python::{Refusal, pool_size};
/// assert_eq!(pool_size(" 20 "), Ok(20));
/// assert_eq!(pool_size("five"), Err(Refusal::NotWhole("pool_size", 5)));
/// assert_eq!(pool_size("-1"), Err(Refusal::NegativeSize));
/// ```
pub fn pool_size(text: &str) -> Result<i64, Refusal> {
    match whole(text).ok_or(Refusal::NotWhole("pool_size", 5))? {
        size if size < 0 => Err(Refusal::NegativeSize),
        size if size > LARGEST => Err(Refusal::TooMany("pool_size")),
        size => Ok(size),
    }
}

/// `max_overflow`.
///
/// # Errors
/// A [`Refusal`] for what is no whole number, below -1, or more than is played here.
pub fn max_overflow(text: &str) -> Result<i64, Refusal> {
    match whole(text).ok_or(Refusal::NotWhole("max_overflow", 10))? {
        more if more < -1 => Err(Refusal::Endless),
        more if more > LARGEST => Err(Refusal::TooMany("max_overflow")),
        more => Ok(more),
    }
}

/// `pool_timeout` in seconds; `None` waits for ever.
///
/// # Errors
/// A [`Refusal`] for what is neither a number nor `None`, negative, or longer than is played here.
pub fn pool_timeout(text: &str) -> Result<Option<Span>, Refusal> {
    let text = text.trim();
    if text == "None" {
        return Ok(None);
    }
    match millionths(text).ok_or(Refusal::NotSeconds)? {
        micros if micros < 0 => Err(Refusal::NegativeTimeout),
        micros if micros > LONGEST * 1_000_000 => Err(Refusal::TooLong("pool_timeout")),
        micros => Ok(Some(Span::from_micros(micros))),
    }
}

/// `pool_recycle` in seconds; every negative one is -1, never.
///
/// # Errors
/// A [`Refusal`] for what is no whole number, or longer than is played here.
pub fn pool_recycle(text: &str) -> Result<Span, Refusal> {
    match whole(text).ok_or(Refusal::NotWhole("pool_recycle", 1800))? {
        secs if secs < 0 => Ok(Span::from_secs(-1)),
        secs if secs > LONGEST => Err(Refusal::TooLong("pool_recycle")),
        secs => Ok(Span::from_secs(secs)),
    }
}

/// A decimal such as `30`, `0.5`, `.5` or `-1`, in millionths; further digits are dropped. `None` for anything else, and for
/// what is out of all bounds. By hand because the standard library's float reader is 10 kB of tables to download.
///
/// ```
/// use valet::python::millionths;
/// assert_eq!(millionths("0.1"), Some(100_000));
/// assert_eq!(millionths("1e3"), None);
/// ```
pub fn millionths(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || whole.len() > 12 || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let read = |digits: &str| digits.bytes().fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let fraction = &fraction[..fraction.len().min(6)];
    let micros = read(whole) * 1_000_000 + read(fraction) * 10_i64.pow(6 - fraction.len() as u32);
    Some(if negative { -micros } else { micros })
}

/// A Python integer literal, with its underscores.
fn whole(text: &str) -> Option<i64> {
    let text = text.trim();
    let lone = |c: char| c == '_';
    if text.starts_with(lone) || text.ends_with(lone) || text.contains("__") {
        return None;
    }
    text.replace('_', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_python_takes() {
        assert_eq!(pool_size("1_00"), Ok(100));
        assert_eq!(pool_size("0"), Ok(0));
        assert_eq!(max_overflow("-1"), Ok(-1));
        assert_eq!(pool_timeout("0.5"), Ok(Some(Span::from_millis(500))));
        assert_eq!(pool_timeout(".1234567"), Ok(Some(Span::from_micros(123_456))));
        assert_eq!(pool_timeout("7."), Ok(Some(Span::from_secs(7))));
        assert_eq!(pool_timeout("None"), Ok(None));
        assert_eq!(pool_recycle("1800"), Ok(Span::from_secs(1800)));
        assert_eq!(pool_recycle("-7"), Ok(Span::from_secs(-1)));
    }

    #[test]
    fn refuses_the_rest_in_a_sentence() {
        let refused = |refusal: Refusal| refusal.to_string();
        assert_eq!(pool_size("").map_err(refused), Err("pool_size takes a whole number, such as 5.".into()));
        assert_eq!(pool_size("5.0"), Err(Refusal::NotWhole("pool_size", 5)));
        assert_eq!(pool_size("_5"), Err(Refusal::NotWhole("pool_size", 5)));
        assert_eq!(pool_size("99999999999999999999"), Err(Refusal::NotWhole("pool_size", 5)));
        assert_eq!(pool_size("501"), Err(Refusal::TooMany("pool_size")));
        assert_eq!(max_overflow("-2"), Err(Refusal::Endless));
        assert_eq!(pool_timeout("-1"), Err(Refusal::NegativeTimeout));
        assert_eq!(pool_timeout("nan"), Err(Refusal::NotSeconds));
        assert_eq!(pool_timeout("inf"), Err(Refusal::NotSeconds));
        assert_eq!(pool_timeout("99999999999"), Err(Refusal::TooLong("pool_timeout")));
        assert_eq!(pool_timeout("9999999999999"), Err(Refusal::NotSeconds));
        assert_eq!(pool_timeout("."), Err(Refusal::NotSeconds));
        assert_eq!(pool_timeout("1.5.2"), Err(Refusal::NotSeconds));
        assert_eq!(pool_timeout("0,5"), Err(Refusal::NotSeconds));
        assert_eq!(pool_recycle("30 min"), Err(Refusal::NotWhole("pool_recycle", 1800)));
    }
}
