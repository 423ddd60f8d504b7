//! The two texts that hold numbers: the pool's time-out, and `pool.status()`.

use super::squeeze::Squeezed;
use crate::time::Span;

/// What a pool's time-out says: `QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The number after "size".
    pub size: i64,
    /// The number after "overflow".
    pub overflow: i64,
    /// The number after "timeout", if that part was pasted.
    pub timeout: Option<Span>,
    /// Whether it has two decimals, as since SQLAlchemy 1.4.
    pub has_decimals: bool,
}

impl Limit {
    /// How many connections the pool has at most, if the numbers are those of a pool with a limit.
    pub fn total(&self) -> i64 {
        self.size.saturating_add(self.overflow).max(0)
    }

    /// The timeout as SQLAlchemy writes it since 1.4.
    pub fn timeout_text(&self) -> Option<String> {
        let hundredths = self.timeout?.as_micros() / 10_000;
        Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
    }
}

/// A line of `pool.status()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// "Pool size".
    pub size: i64,
    /// "Connections in pool": idle ones, and empty records.
    pub idle: i64,
    /// "Current Overflow": negative until `pool_size` connections have been opened.
    pub overflow: i64,
    /// "Current Checked out connections".
    pub out: i64,
}

/// How far the parts of such a text are apart at most, squeezed.
const NEAR: usize = 48;

/// The time-out whose word "overflow" is at `at`, and where its text ends.
pub(super) fn limit(text: &Squeezed, at: usize) -> Option<(Limit, usize)> {
    let from = at.saturating_sub(NEAR);
    let before = &text.bytes[from..at];
    if before.ends_with(b"max_") || before.ends_with(b"current") || before.ends_with(b"pool_") {
        return None;
    }
    let word = before.windows(5).rposition(|window| window == b"limit")? + from + 5;
    let place = (word..at).find(|&place| text.bytes[place].is_ascii_digit())?;
    let (size, size_end) = text.whole(place)?;
    if at - size_end > 12 {
        return None;
    }
    let (overflow, end) = number_near(text, at + 8, 8)?;
    let Some((timeout, has_decimals, end)) = timeout(text, end) else {
        return Some((Limit { size, overflow, timeout: None, has_decimals: false }, end));
    };
    Some((Limit { size, overflow, timeout: Some(timeout), has_decimals }, end))
}

/// "timeout 30.00", somewhere behind.
fn timeout(text: &Squeezed, from: usize) -> Option<(Span, bool, usize)> {
    let word = text.find(from, from + 2 * NEAR, "timeout")? + 7;
    // The class of the next error is no part of this one.
    if text.begins(word, "error") || text.find(from, word, "limit").is_some() {
        return None;
    }
    let (seconds, end) = number_near(text, word, 4)?;
    let is_point = text.bytes.get(end) == Some(&b'.') && !text.stands_apart(end + 1);
    let decimals_end = if is_point { text.digits_end(end + 1).min(end + 4) } else { end };
    if decimals_end <= end + 1 {
        return Some((Span::from_secs(seconds), false, end));
    }
    let decimals = &text.bytes[end + 1..decimals_end];
    let micros = (0..6).fold(0, |sum, digit| sum * 10 + decimals.get(digit).map_or(0, |byte| i64::from(byte - b'0')));
    let sign = if seconds < 0 { -1 } else { 1 };
    Some((Span::from_micros(Span::from_secs(seconds).as_micros().saturating_add(sign * micros)), true, decimals_end))
}

/// A number that begins at most so many bytes behind a place.
fn number_near(text: &Squeezed, from: usize, near: usize) -> Option<(i64, usize)> {
    let to = (from + near).min(text.bytes.len());
    let place = (from..to).find(|&place| text.bytes[place].is_ascii_digit())?;
    let signed = place > from && text.bytes[place - 1] == b'-';
    text.whole(if signed { place - 1 } else { place })
}

/// The status whose words "connections in pool:" end at `at`, and where its text ends.
pub(super) fn status(text: &Squeezed, at: usize) -> Option<(Status, usize)> {
    let from = at.saturating_sub(NEAR);
    let word = text.bytes[from..at].windows(9).rposition(|window| window == b"poolsize:")? + from + 9;
    let (size, _) = text.whole(word)?;
    let (idle, end) = text.whole(at)?;
    let (overflow, end) = text.whole(text.find(end, end + NEAR, "overflow:")? + 9)?;
    let (out, end) = text.whole(text.find(end, end + NEAR, "connections:")? + 12)?;
    Some((Status { size, idle, overflow, out }, end))
}
