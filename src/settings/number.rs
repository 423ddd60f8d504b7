//! Reads numbers as a person types them.

/// Reads a decimal such as `30`, `0.5`, `.5` or `-1`, in millionths; further digits are dropped. Returns `None` for anything
/// else, and for numbers that are far too large. It is written by hand because the standard library's float parser adds 10 kB
/// of tables to the download.
///
/// ```
/// use valet::settings::millionths;
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

/// Reads a decimal, as [`millionths`] does.
///
/// ```
/// use valet::settings::decimal;
/// assert_eq!(decimal("2.4"), Some(2.4));
/// assert_eq!(decimal("2.4 s"), None);
/// ```
pub fn decimal(text: &str) -> Option<f64> {
    millionths(text).map(|millionths| millionths as f64 / 1e6)
}

/// Reads a Python integer literal, which may have underscores.
pub(super) fn whole(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.starts_with('_') || text.ends_with('_') || text.contains("__") {
        return None;
    }
    text.replace('_', "").parse().ok()
}
