//! Texts in a program: those that are put together, and those in a call.

use super::{Masking, is_word};
use crate::paste::secret::{Secret, is_secret_name};

/// How far a call is looked at.
const CALL: usize = 600;

impl Masking<'_> {
    /// Where the text ends that is quoted with this byte and begins at `from`. A backslash takes what follows it along.
    fn text_end(&self, from: usize, quote: u8, last: usize) -> usize {
        let mut at = from;
        while at < last && self.text[at] != quote && self.text[at] != b'\n' {
            at += if self.text[at] == b'\\' { 2 } else { 1 };
        }
        at.min(last)
    }

    /// The texts that are joined with what ends at `from`, by `+` or by standing behind it, up to the first of which `is_last`.
    pub(super) fn pieces(&mut self, from: usize, most: usize, is_last: impl Fn(&[u8]) -> bool) -> Vec<(usize, usize)> {
        let last = self.text.len().min(from + most);
        let (mut at, mut pieces, mut depth, mut is_added) = (from, Vec::new(), 0_u32, false);
        while at < last {
            match self.text[at] {
                quote @ (b'"' | b'\'') => {
                    let end = self.text_end(at + 1, quote, last);
                    if depth == 0 {
                        pieces.push((at + 1, end));
                        if is_last(&self.text[at + 1..end]) {
                            break;
                        }
                    }
                    (at, is_added) = (end, false);
                }
                b'[' => depth += 1,
                b']' if depth > 0 => depth -= 1,
                b'+' => is_added = true,
                b'(' | b')' | b'\\' | b' ' | b'\t' | b'\r' | b'\n' => {}
                // The letter before a text, or a name between two signs.
                byte if is_word(byte) && matches!(self.text.get(at + 1), Some(b'"' | b'\'')) => {}
                byte if is_added && (is_word(byte) || byte == b'.') => {}
                _ => break,
            }
            at += 1;
        }
        self.steps += (at - from) as u64;
        pieces
    }

    /// Masks the texts in a call or list whose bracket is at `open`, but for the name of a variable. Returns where it ends; `None` if
    /// there is none to mask.
    pub(super) fn literals_of_call(&mut self, open: usize, secret: Secret) -> Option<usize> {
        if !matches!(self.text.get(open), Some(b'(' | b'[' | b'{')) {
            return None;
        }
        let last = self.text.len().min(open + CALL);
        let (mut at, mut depth, mut found, mut is_first) = (open, 0_u32, false, true);
        while at < last {
            match self.text[at] {
                quote @ (b'"' | b'\'') => {
                    let end = self.text_end(at + 1, quote, last);
                    let text = &self.text[at + 1..end];
                    let is_name =
                        text.iter().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'0'..=b'9'));
                    let is_key = std::mem::take(&mut is_first) && is_name && is_secret_name(text);
                    if !text.is_empty() && !is_key {
                        self.hide(at + 1, end, secret);
                        found = true;
                    }
                    at = end;
                }
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        self.steps += (at - open) as u64;
        found.then_some(at.min(last))
    }

    /// The arguments of `URL.create(` and of SQLAlchemy 1.3's `URL(`: the third is the password.
    pub(super) fn url_arguments(&mut self, at: usize, word: &[u8]) -> Option<usize> {
        if word != b"URL" {
            return None;
        }
        let open = if self.begins(at + 3, b".create(") { at + 10 } else { at + 3 };
        if self.text.get(open) != Some(&b'(') {
            return None;
        }
        let last = self.text.len().min(open + CALL);
        let (mut at, mut depth, mut argument, mut start, mut hidden) = (open + 1, 0_u32, 0, open + 1, None);
        while at < last {
            let byte = self.text[at];
            match byte {
                b'"' | b'\'' => {
                    let end = self.text_end(at + 1, byte, last);
                    // `password="secret"` is seen by its name.
                    let is_named = self.text[start..at].contains(&b'=');
                    let is_key = depth > 0 && is_secret_name(&self.text[at + 1..end]);
                    if argument == 2 && !is_named && !is_key && end > at + 1 {
                        hidden = Some(self.hide(at + 1, end, Secret::NamedValue));
                    }
                    at = end;
                }
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' if depth > 0 => depth -= 1,
                b')' => break,
                b',' if depth == 0 => (argument, start) = (argument + 1, at + 1),
                _ => {}
            }
            if argument > 2 {
                break;
            }
            at += 1;
        }
        self.steps += (at - open) as u64;
        hidden
    }
}
