//! Values beside names such as `password`: `name=value`, `name: value`, `"name": "value"`, `<name>value</name>`, in whatever is
//! escaped around it.

use super::{Masking, contains, is_word};
use crate::paste::secret::{Secret, is_secret_name};

/// How values begin that are no secrets: what reads one from elsewhere, and placeholders.
const ELSEWHERE: [&[u8]; 15] = [
    b"os.environ",
    b"os.getenv",
    b"getenv(",
    b"environ[",
    b"env(",
    b"env.",
    b"settings.",
    b"config[",
    b"config.",
    b"self.",
    b"app.config",
    b"process.env",
    b"${",
    b"{{",
    b"urllib.",
];
/// Whole values that are no secrets.
const NOTHING: [&[u8]; 12] = [
    b"None",
    b"null",
    b"True",
    b"False",
    b"true",
    b"false",
    b"%s",
    b"?",
    b"str",
    b"Optional[str]",
    b"required",
    b"...",
];

/// How annotations of texts begin: `password: str = "secret"`.
const TYPES: [&[u8]; 12] = [
    b"str",
    b"bytes",
    b"Optional",
    b"Secret",
    b"Any",
    b"Union",
    b"Final",
    b"ClassVar",
    b"Annotated",
    b"typing.",
    b"t.",
    b"pydantic.",
];
/// How far apart an entry's name and its value are at most.
const ENTRY: usize = 120;

impl Masking<'_> {
    /// An entry of a list whose name says that its value is a secret: `name: DB_PASSWORD` and `value: secret` beneath it, or
    /// beside it.
    pub(super) fn entry(&mut self, at: usize, word: &[u8]) -> Option<usize> {
        if ![b"name".as_slice(), b"key", b"type", b"id"].iter().any(|name| word.eq_ignore_ascii_case(name)) {
            return None;
        }
        let between = |byte: u8| matches!(byte, b'"' | b'\'' | b'\\' | b' ' | b'\t' | b':' | b'=');
        let from = self.run(at + word.len(), between);
        let to = self.run(from, |byte| is_word(byte) || byte == b'-');
        if from == at + word.len() || !is_secret_name(&self.text[from..to]) {
            return None;
        }
        let next =
            self.run(to, |byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b',' | b'\\' | b';'));
        if next > to + ENTRY
            || !self.begins_nocase(next, b"value")
            || self.text.get(next + 5).is_some_and(|&byte| is_word(byte))
        {
            return None;
        }
        self.named(next, next + 5)
    }

    /// A name whose value is a secret stands from `at` to `end`. Masks the value, if one follows.
    pub(super) fn named(&mut self, at: usize, end: usize) -> Option<usize> {
        if self.begins_nocase(end, b"%3d") {
            let to =
                self.run(end + 3, |byte| !byte.is_ascii_whitespace() && byte != b'&' && byte != b'"' && byte != b'\'');
            let value = self.text[end + 3..to].to_ascii_lowercase();
            let stop = super::find(&value, b"%3b").or_else(|| super::find(&value, b"%20")).unwrap_or(value.len());
            return Some(self.hide(end + 3, end + 3 + stop, Secret::NamedValue));
        }
        // The quote that closes the name, with the backslashes before it; then `=`, `:` or `=>`.
        let mut place = self.run(end, |byte| matches!(byte, b'"' | b'\'' | b'\\' | b']'));
        place = self.run(place, |byte| matches!(byte, b' ' | b'\t'));
        let mut separator = *self.text.get(place)?;
        if separator == b'>' {
            return self.element(at, place + 1);
        }
        if !matches!(separator, b'=' | b':' | b',') || self.begins(place, b"==") || self.begins(place, b"://") {
            return None;
        }
        // `("password", "value")` only where the name is quoted.
        if separator == b','
            && (!matches!(self.text.get(end), Some(b'"' | b'\'' | b'\\')) || self.text[end..place].contains(&b']'))
        {
            return None;
        }
        place += 1;
        place = self.run(place, |byte| matches!(byte, b'>' | b' ' | b'\t'));
        if let Some(value) = self.annotated(place).filter(|_| separator == b':') {
            (place, separator) = (value, b'=');
        }
        if ELSEWHERE.iter().any(|begins| self.begins(place, begins)) {
            return self.instead(place);
        }
        let call = self.run(place, |byte| is_word(byte) || byte == b'.');
        if call > place
            && self.text.get(call) == Some(&b'(')
            && let Some(to) = self.literals_of_call(call, Secret::NamedValue)
        {
            return Some(to);
        }
        if let Some(to) = self.block(at, place).filter(|_| separator == b':') {
            return Some(to);
        }
        let (from, to) = self.value(at, place, separator)?;
        let value = &self.text[from..to];
        let elsewhere = NOTHING.contains(&value);
        let is_count =
            self.text[at..end].to_ascii_lowercase().ends_with(b"tokens") && value.iter().all(u8::is_ascii_digit);
        let is_type = value.iter().all(|byte| byte.is_ascii_whitespace());
        if elsewhere || is_count || is_type {
            return None;
        }
        let from = if value.len() > 7 && value[..7].eq_ignore_ascii_case(b"bearer ") { from + 7 } else { from };
        self.hide(from, to, Secret::NamedValue);
        Some(self.continued(to).unwrap_or(to))
    }

    /// What a value is joined with: `"sec" + "ret"`. Returns where that ends.
    fn continued(&mut self, to: usize) -> Option<usize> {
        let quoted = matches!(self.text.get(to), Some(b'"' | b'\''));
        let plus = self.run(to + usize::from(quoted), |byte| matches!(byte, b' ' | b'\t'));
        if self.text.get(plus) != Some(&b'+') {
            return None;
        }
        let end = self.run(plus, |byte| byte != b'\n');
        let pieces = self.pieces(plus, end - plus, |_| false);
        for &(from, to) in &pieces {
            self.hide(from, to, Secret::NamedValue);
        }
        pieces.last().map(|&(_, to)| to)
    }

    /// Where the value begins behind an annotation.
    fn annotated(&self, place: usize) -> Option<usize> {
        if !TYPES.iter().any(|name| self.begins(place, name)) {
            return None;
        }
        let to = self.run(place, |byte| is_word(byte) || matches!(byte, b'[' | b']' | b',' | b'.' | b'|' | b' '));
        let is_value = self.text.get(to) == Some(&b'=') && self.text.get(to + 1) != Some(&b'=');
        is_value.then(|| self.run(to + 1, |byte| byte == b' '))
    }

    /// What is taken where the value that is read from elsewhere is not there: `os.getenv("PASSWORD", "secret")`,
    /// `settings.password or "secret"`, `${PASSWORD:-secret}`.
    fn instead(&mut self, place: usize) -> Option<usize> {
        if self.begins(place, b"${") {
            let end = self.run(place, |byte| byte != b'}' && byte != b'\n');
            let text = &self.text[place..end];
            let default = text.windows(2).position(|pair| pair == b":-" || pair == b":=")?;
            return Some(self.hide(place + default + 2, end, Secret::NamedValue));
        }
        let open = self.run(place, |byte| is_word(byte) || byte == b'.');
        let called = self.literals_of_call(open, Secret::NamedValue);
        let end = self.run(called.unwrap_or(open), |byte| byte != b'\n');
        let rest = &self.text[called.unwrap_or(open)..end];
        let or = super::find(rest, b" or ").map(|or| called.unwrap_or(open) + or + 4);
        let Some(or) = or.filter(|&or| matches!(self.text.get(or), Some(b'"' | b'\''))) else { return called };
        let to = self.run(or + 1, |byte| byte != self.text[or] && byte != b'\n');
        Some(self.hide(or + 1, to, Secret::NamedValue))
    }

    /// A block of YAML: `password: |`, and the secret in the lines beneath it.
    fn block(&mut self, name: usize, place: usize) -> Option<usize> {
        if !matches!(self.text.get(place), Some(b'|' | b'>')) {
            return None;
        }
        let end = self.run(place + 1, |byte| matches!(byte, b'-' | b'+' | b'0'..=b'9' | b' ' | b'\r'));
        if self.text.get(end) != Some(&b'\n') {
            return None;
        }
        let indent = |at: usize| self.run(at, |byte| byte == b' ') - at;
        let line = self.text[..name].iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        let (most, from, mut to) = (indent(line), end + 1, end + 1);
        while to < self.text.len() {
            let text = to + indent(to);
            if indent(to) <= most && self.text.get(text).is_some_and(|&byte| byte != b'\n') {
                break;
            }
            to = self.run(text, |byte| byte != b'\n') + 1;
        }
        let to = to.min(self.text.len());
        self.steps += (to - from) as u64;
        let last = if to > from && self.text[to - 1] == b'\n' { to - 1 } else { to };
        (last > from).then(|| self.hide(from, last, Secret::NamedValue))
    }

    /// The text of an element: `<password>secret</password>`, `<entry key="password">secret</entry>`.
    fn element(&mut self, name: usize, from: usize) -> Option<usize> {
        let before = &self.text[name.saturating_sub(ENTRY)..name];
        let is_open =
            before.iter().rposition(|&byte| byte == b'<').is_some_and(|open| !contains(&before[open..], b">"));
        let to = self.run(from, |byte| byte != b'<');
        (is_open && to > from).then(|| self.hide(from, to, Secret::NamedValue))
    }

    /// From where to where the value goes that begins at `place`.
    fn value(&mut self, name: usize, place: usize, separator: u8) -> Option<(usize, usize)> {
        let slashes = self.run(place, |byte| byte == b'\\');
        let escaped = slashes - place;
        // A prefix of a Python string: r"...", b'...'.
        let open = if matches!(self.text.get(slashes), Some(b'r' | b'b' | b'f' | b'u'))
            && matches!(self.text.get(slashes + 1), Some(b'"' | b'\''))
        {
            slashes + 1
        } else {
            slashes
        };
        let first = *self.text.get(open)?;
        if matches!(first, b'"' | b'\'') {
            let to = self.quoted_end(open + 1, first, escaped);
            self.steps += (to - open) as u64;
            return Some((open + 1, to));
        }
        if first == b'{' && separator == b'=' && !self.begins(open, b"{{") {
            return Some((open + 1, self.run(open + 1, |byte| byte != b'}' && byte != b'\n')));
        }
        let line_start = self.text[..name].iter().rev().take_while(|&&byte| byte != b'\n').take(40);
        let is_yaml =
            separator == b':' && line_start.clone().all(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'>' | b'+'));
        let in_query = name > 0 && matches!(self.text[name - 1], b'?' | b'&');
        let to = self.run(place, |byte| match byte {
            b'\n' | b'\r' => false,
            b' ' | b'\t' => is_yaml,
            b'&' => !in_query,
            b'"' | b'\'' => false,
            b')' | b',' | b'}' => separator == b'=' && in_query,
            _ => true,
        });
        // An unquoted value of a DSN may have commas and brackets in it: it ends at the blank.
        let wide = self.run(place, |byte| !(byte.is_ascii_whitespace() || in_query && byte == b'&'));
        let is_dsn = separator == b'=' && !in_query && self.text.get(place - 1) == Some(&b'=');
        let to = if is_dsn { self.trim_call(place, wide) } else { to };
        self.steps += (to - place) as u64;
        (to > place).then_some((place, to))
    }

    /// Where the quoted value ends: at the quote that is escaped as the first one is.
    fn quoted_end(&self, from: usize, quote: u8, escaped: usize) -> usize {
        let mut at = from;
        while at < self.text.len() && self.text[at] != b'\n' {
            if self.text[at] == b'\\' {
                let after = self.run(at, |byte| byte == b'\\');
                if self.text.get(after) == Some(&quote) && after - at <= escaped {
                    return at;
                }
                at = after + 1;
            } else if self.text[at] == quote {
                // libpq doubles a quote, as CSV does.
                if self.text.get(at + 1) == Some(&quote) {
                    at += 2;
                    continue;
                }
                return at;
            } else {
                at += 1;
            }
        }
        at.min(self.text.len())
    }

    /// What ends a call or a list stays: `password=abc, host=x)`.
    fn trim_call(&self, from: usize, to: usize) -> usize {
        let tail = self.text[from..to]
            .iter()
            .rev()
            .take_while(|byte| matches!(byte, b',' | b')' | b'}' | b']' | b'"' | b'\'' | b';'));
        (to - tail.count()).max(from)
    }
}
