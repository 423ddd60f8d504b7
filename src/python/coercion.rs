//! What `engine_from_config` makes of values, so that they can come from a text file.

use super::argument::Number;
use super::{Argument, PythonError, repr};

/// More digits than this Python does not read, lest it takes too long.
const MOST_DIGITS: usize = 4300;

/// The value as `engine_from_config` passes it on.
pub(super) fn coerced(name: &str, value: Argument) -> Result<Argument, PythonError> {
    match name {
        "pool_timeout" | "pool_recycle" | "pool_size" | "max_overflow" => whole(value),
        "echo" | "echo_pool" if matches!(&value, Argument::Str(text) if text == "debug") => Ok(value),
        "echo" | "echo_pool" | "future" => truth(&value).map(Argument::Bool),
        _ => Ok(value),
    }
}

/// `int()`, but `None` stays.
fn whole(value: Argument) -> Result<Argument, PythonError> {
    match (&value, value.number()) {
        (Argument::None, _) => Ok(value),
        (_, Some(Number::Int(whole))) => Ok(Argument::Int(whole)),
        (_, Some(Number::Float(float))) if float.is_nan() => Err(PythonError::IntNan),
        (_, Some(Number::Float(float))) if float.is_infinite() => Err(PythonError::IntInfinity),
        (_, Some(Number::Float(float))) => Ok(Argument::Int(float as i128)),
        (Argument::Str(text), _) => int(text).map(Argument::Int),
        // Bytes hold a literal too; they are seldom a setting, and told apart by their type alone.
        (Argument::Object { class, text, .. }, _) if class == "bytes" => bytes(text),
        _ => Err(PythonError::IntType(value.type_name().to_owned())),
    }
}

/// `int(b'5')`.
fn bytes(literal: &str) -> Result<Argument, PythonError> {
    let inner = literal.strip_prefix("b'").and_then(|rest| rest.strip_suffix('\''));
    match inner.map(int) {
        Some(Ok(whole)) => Ok(Argument::Int(whole)),
        _ => Err(PythonError::IntLiteral(cut(literal))),
    }
}

/// `int()` of a text: blanks around, a sign, underscores between digits.
pub(super) fn int(text: &str) -> Result<i128, PythonError> {
    let refused = || PythonError::IntLiteral(cut(&repr::text(text)));
    let bare = text.trim();
    let (negative, digits) = match bare.strip_prefix(['-', '+']) {
        Some(rest) => (bare.starts_with('-'), rest),
        None => (false, bare),
    };
    if digits.split('_').any(str::is_empty) {
        return Err(refused());
    }
    let mut sum = 0_i128;
    let mut count = 0;
    for c in digits.chars().filter(|c| *c != '_') {
        let digit = c.to_digit(10).ok_or_else(refused)?;
        sum = sum.saturating_mul(10).saturating_add(i128::from(digit));
        count += 1;
    }
    if count > MOST_DIGITS {
        return Err(PythonError::IntDigits(count));
    }
    Ok(if negative { -sum } else { sum })
}

/// `strip()`, to which four separators of old are blanks too. To `int()` they are not.
fn strip(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ('\x1c'..='\x1f').contains(&c))
}

/// At most 200 characters of a `repr()`.
fn cut(text: &str) -> String {
    text.chars().take(200).collect()
}

/// `bool()`, but of a text what it says.
pub(super) fn truth(value: &Argument) -> Result<bool, PythonError> {
    let Argument::Str(text) = value else { return Ok(value.truthy()) };
    let said = strip(text).to_lowercase();
    match said.as_str() {
        "true" | "yes" | "on" | "y" | "t" | "1" => Ok(true),
        "false" | "no" | "off" | "n" | "f" | "0" => Ok(false),
        _ => Err(PythonError::NotTrueFalse(repr::text(&said))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        assert_eq!(int(" +1_000 "), Ok(1000));
        assert_eq!(int("-0"), Ok(0));
        assert_eq!(int(&"9".repeat(60)), Ok(i128::MAX));
        for refused in ["", " ", "_1", "1_", "1__0", "- 1", "--1", "0x1", "1.0"] {
            assert!(matches!(int(refused), Err(PythonError::IntLiteral(_))), "{refused}");
        }
        assert_eq!(int(&"1".repeat(5000)), Err(PythonError::IntDigits(5000)));
    }
}
