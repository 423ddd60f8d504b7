//! Numbers in words.

/// A whole number in a panel, with thin spaces between its thousands: figures stand under each other.
pub fn number(number: u64) -> String {
    grouped(&number.to_string(), '\u{202f}')
}

/// The same for a number that may be below zero.
pub fn signed_number(value: i64) -> String {
    format!("{}{}", if value < 0 { "-" } else { "" }, number(value.unsigned_abs()))
}

/// A whole number in a sentence, with commas between its thousands: 12,345.
pub fn count(number: i64) -> String {
    let digits = grouped(&number.unsigned_abs().to_string(), ',');
    if number < 0 { format!("-{digits}") } else { digits }
}

/// So many of a thing, in a sentence: `1 seed`, `5 seeds`.
pub fn many(number: usize, thing: &str) -> String {
    format!("{} {thing}{}", count(number as i64), if number == 1 { "" } else { "s" })
}

/// Digits with their thousands apart.
fn grouped(digits: &str, between: char) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(between);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(
            [0, 7, 999, 1_000, 1_234_567, -12_345].map(count),
            ["0", "7", "999", "1,000", "1,234,567", "-12,345"]
        );
        assert_eq!([999, 1_000].map(number), ["999", "1\u{202f}000"]);
        assert_eq!(signed_number(-1_000), "-1\u{202f}000");
        assert_eq!(count(i64::MIN), "-9,223,372,036,854,775,808");
    }
}
