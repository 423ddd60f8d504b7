//! Python's `repr()` of texts and floats.

/// A text in quotes: single ones, unless it has such and no double ones.
pub(super) fn text(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if printable(c) => out.push(c),
            c if (c as u32) < 0x100 => out.push_str(&format!("\\x{:02x}", c as u32)),
            c if (c as u32) < 0x1_0000 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push_str(&format!("\\U{:08x}", c as u32)),
        }
    }
    out.push(quote);
    out
}

/// Rust escapes what is not printable by the same Unicode categories as Python. It also escapes an accent that begins a text,
/// hence the letter before.
fn printable(c: char) -> bool {
    let plain = ['"', '\'', '\\'].contains(&c);
    plain || String::from_iter(['a', c]).escape_debug().nth(1) != Some('\\')
}

/// The shortest digits that mean this float, with an exponent where Python writes one.
pub(super) fn float(float: f64) -> String {
    if float.is_nan() {
        return "nan".into();
    }
    if float.is_infinite() {
        return if float > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let short = format!("{float:e}");
    let Some((digits, exponent)) = short.split_once('e') else { return short };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        let plain = format!("{float}");
        if plain.contains('.') { plain } else { plain + ".0" }
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{digits}e{sign}{:02}", exponent.abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_python_writes_them() {
        assert_eq!(text("it's"), "\"it's\"");
        assert_eq!(text("it's \"b\""), "'it\\'s \"b\"'");
        assert_eq!(text("é\u{a0}\u{200b}\n\0"), "'é\\xa0\\u200b\\n\\x00'");
        assert_eq!(text("e\u{301}"), "'e\u{301}'");
        assert_eq!([30.0, -0.0, 1e16, 1.5e-7, 0.0001].map(float), ["30.0", "-0.0", "1e+16", "1.5e-07", "0.0001"]);
    }
}
