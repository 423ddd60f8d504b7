//! Lines as they were before tools and programs decorated them.

use super::wrapping::Wrapping;

/// A line without colours, typographic quotes, box lines and invisible characters.
pub(super) fn clean(line: &str, wrappings: &mut Vec<Wrapping>) -> String {
    let mut rest = line.trim_end_matches(['\r', '\n']);
    let mut text = String::with_capacity(rest.len());
    // Most lines are plain, and are copied as they are.
    if rest.bytes().all(|byte| byte.is_ascii() && !matches!(byte, b'\x1b' | b'\\' | b'#' | b'\0')) {
        text.push_str(rest);
        return without_doubled_quotes(text, wrappings);
    }
    while let Some(first) = rest.chars().next() {
        let skip = match first {
            '\u{1b}' => colour(&rest[1..]).map(|after| after + 1),
            '\\' => ["\\x1b", "\\u001b", "\\033"]
                .into_iter()
                .find(|escape| rest.get(..escape.len()).is_some_and(|start| start.eq_ignore_ascii_case(escape)))
                .and_then(|escape| colour(&rest[escape.len()..]).map(|after| after + escape.len())),
            '#' if rest.starts_with("#033") => colour(&rest[4..]).map(|after| after + 4),
            '\u{2190}' => colour(&rest['\u{2190}'.len_utf8()..]).map(|after| after + '\u{2190}'.len_utf8()),
            _ => None,
        };
        if let Some(skip) = skip {
            Wrapping::Colours.note(wrappings);
            rest = &rest[skip..];
            continue;
        }
        rest = &rest[first.len_utf8()..];
        match first {
            '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{ad}' | '\0' => {}
            '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2003}' => text.push(' '),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => text.push('"'),
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2b9}' => text.push('\''),
            '\u{2010}'..='\u{2013}' => text.push('-'),
            // The signs with which terminals show that a line goes on.
            '\u{21b5}' | '\u{23ce}' | '\u{21a9}' | '\u{21b3}' => {}
            '\u{2514}' => {
                Wrapping::BetterExceptions.note(wrappings);
                text.push('-');
            }
            '\u{2500}'..='\u{257f}' => text.push(if matches!(first, '\u{2502}' | '\u{2503}') { '|' } else { '-' }),
            '\u{276f}' | '\u{2771}' => text.push('>'),
            other => text.push(other),
        }
    }
    without_doubled_quotes(text, wrappings)
}

/// The quotes of a table's cell, which doubles them.
fn without_doubled_quotes(text: String, wrappings: &mut Vec<Wrapping>) -> String {
    if text.matches("\"\"").nth(1).is_none() {
        return text;
    }
    Wrapping::Csv.note(wrappings);
    text.replace("\"\"", "\"")
}

/// The number of bytes of a terminal's code behind its escape: `[1;31m`.
fn colour(rest: &str) -> Option<usize> {
    let code = rest.strip_prefix('[')?;
    let digits = code.bytes().take(16).take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
    code.as_bytes().get(digits).filter(|byte| byte.is_ascii_alphabetic()).map(|_| digits + 2)
}
