//! A text without anything that copying changes: white space, quotes, boxes, escapes, capitals. An error that was wrapped,
//! quoted, boxed or escaped is the same in it as one that was not.

use super::line::Line;

/// The squeezed text of all lines, and from which line each of its bytes is.
#[derive(Debug, Clone, Default)]
pub(super) struct Squeezed {
    pub bytes: Vec<u8>,
    /// For each byte the index of its line; the highest bit is set if something was left out before it.
    from: Vec<u32>,
    steps: u64,
}

const GAP: u32 = 1 << 31;

impl Squeezed {
    pub(super) fn of(lines: &[Line]) -> Squeezed {
        let mut squeezed = Squeezed::default();
        for (index, line) in lines.iter().enumerate() {
            squeezed.add(index as u32 & !GAP, &line.text[line.message..]);
        }
        squeezed
    }

    fn add(&mut self, line: u32, text: &str) {
        let mut gap = true;
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            self.steps += 1;
            at += 1;
            match byte {
                b'\\' => {
                    // `\n`, `\\n`, `\"`: the letter belongs to the escape.
                    while bytes.get(at) == Some(&b'\\') {
                        at += 1;
                    }
                    if matches!(bytes.get(at), Some(b'n' | b'r' | b't')) {
                        at += 1;
                    }
                    gap = true;
                }
                b'"' | b'\'' | b'`' | b'|' | b'*' => gap = true,
                byte if byte.is_ascii_whitespace() || byte.is_ascii_control() || !byte.is_ascii() => gap = true,
                byte => {
                    self.bytes.push(byte.to_ascii_lowercase());
                    self.from.push(if gap { line | GAP } else { line });
                    gap = false;
                }
            }
        }
    }

    /// The index of the line that a byte is from.
    pub(super) fn line(&self, at: usize) -> usize {
        self.from.get(at).map_or(0, |from| (from & !GAP) as usize)
    }

    pub(super) fn begins(&self, at: usize, with: &str) -> bool {
        self.bytes.get(at..).is_some_and(|rest| rest.starts_with(with.as_bytes()))
    }

    /// Where `part` begins, between two places.
    pub(super) fn find(&self, from: usize, to: usize, part: &str) -> Option<usize> {
        let to = to.min(self.bytes.len());
        let within = self.bytes.get(from.min(to)..to)?;
        within.windows(part.len().max(1)).position(|window| window == part.as_bytes()).map(|place| from + place)
    }

    /// A whole number at this place, with its sign, and where it ends: at the first byte that is no digit or stood apart.
    pub(super) fn whole(&self, at: usize) -> Option<(i64, usize)> {
        let negative = self.bytes.get(at) == Some(&b'-');
        let from = at + usize::from(negative);
        let end = self.digits_end(from);
        let digits = std::str::from_utf8(self.bytes.get(from..end)?).ok()?;
        let number: i64 = digits.parse().ok()?;
        Some((if negative { -number } else { number }, end))
    }

    /// Where the digits end that begin at this place.
    pub(super) fn digits_end(&self, from: usize) -> usize {
        let mut at = from;
        while self.bytes.get(at).is_some_and(u8::is_ascii_digit)
            && (at == from || self.from[at] & GAP == 0)
            && at < from + 18
        {
            at += 1;
        }
        at
    }

    /// Whether something was left out before this byte.
    pub(super) fn stands_apart(&self, at: usize) -> bool {
        self.from.get(at).is_none_or(|from| from & GAP != 0)
    }

    pub(super) fn steps(&self) -> u64 {
        self.steps
    }
}
