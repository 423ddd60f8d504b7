//! Values of statements: SQLAlchemy's `[parameters: ...]` and `[SQL: ...]`, the echo of an engine, and what databases quote.

use super::{Masking, contains, is_word};
use crate::paste::secret::Secret;

/// Where parameters stand in an engine's echo: behind one of these.
const ECHOED: [&[u8]; 6] =
    [b"[generated in", b"[cached since", b"[no key", b"[raw sql]", b"[caching disabled", b"[dialect "];
/// How parameters begin in an echo without brackets.
const ECHO_OPEN: [&[u8]; 4] = [b" (", b" {", b":(", b":{"];
/// How far a phrase is looked at before something in it is masked.
const LOOK: usize = 600;
/// The longest word with which a phrase begins.
const PHRASE: usize = 10;
/// What ends parameters at the latest.
const BACKGROUND: &[u8] = b"(Background on this error";

impl Masking<'_> {
    /// A bracket is at `at`.
    pub(super) fn bracket(&mut self, at: usize) -> usize {
        if self.begins_nocase(at, b"[parameters:") {
            let from = self.run(at + 12, |byte| byte == b' ');
            let to = self.parameters_end(from);
            self.steps += (to - from) as u64;
            return self.hide(from, to, Secret::Parameters);
        }
        if self.begins_nocase(at, b"[sql:") {
            let mut to = at + 5;
            while to < self.text.len() && !self.ends_statement(to) {
                to += 1;
            }
            self.literals(at + 5, to);
            return to;
        }
        if ECHOED.iter().any(|echo| self.begins(at, echo)) {
            let close = self.run(at, |byte| byte != b']' && byte != b'\n').min(at + LOOK);
            let from = self.run(close, |byte| byte == b']' || byte == b' ');
            let to = self.run(from, |byte| byte != b'\n');
            let is_list = matches!(self.text.get(from), Some(b'(' | b'{' | b'['));
            if is_list && to > from + 2 {
                return self.hide(from, to, Secret::Parameters);
            }
        }
        at + 1
    }

    /// Where the parameters end that begin at `from`: at the bracket that closes them, outside of quotes.
    fn parameters_end(&mut self, from: usize) -> usize {
        let (mut open, mut quote, mut at) = (vec![b']'], None, from);
        while at < self.text.len() {
            let byte = self.text[at];
            match (byte, quote) {
                _ if self.begins(at, BACKGROUND) => return at,
                (b'\n', None) if self.begins(at, b"\n\n") || self.begins(at, b"\n\r\n") => return at,
                (b'\\', _) => at += 1,
                (_, Some(inside)) if byte == inside => quote = None,
                (_, Some(_)) => {}
                (b'"' | b'\'', None) => quote = Some(byte),
                (b'(', None) => open.push(b')'),
                (b'[', None) => open.push(b']'),
                (b'{', None) => open.push(b'}'),
                (b')' | b']' | b'}', None) if open.last() == Some(&byte) => {
                    if open.len() > 1 {
                        open.pop();
                    } else if self.ends_block(at + 1) {
                        return at;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        at.min(self.text.len())
    }

    /// Whether the word `Engine` here ends the name of an engine's logger, with parameters behind it.
    fn is_logger(&self, at: usize) -> bool {
        at > 0 && self.text[at - 1] == b'.' && ECHO_OPEN.iter().any(|open| self.begins(at + 6, open))
    }

    /// Whether `[SQL: ...]` ends here.
    fn ends_statement(&self, at: usize) -> bool {
        let closed = self.text[at] == b']' && self.ends_block(at + 1);
        closed || self.begins(at, BACKGROUND) || self.begins(at, b"[parameters")
    }

    /// Whether a block that is closed before this place ends there.
    fn ends_block(&self, at: usize) -> bool {
        let rest = self.text.get(self.run(at, |byte| byte == b' ')..).unwrap_or_default();
        let ends: [&[u8]; 8] = [b"\n", b"\r", b"\\n", b"\\\\n", b"\"", b"(Background", b"[parameters", b"<"];
        rest.is_empty()
            || ends.iter().any(|end| rest.starts_with(end))
            || rest.starts_with(b"'")
            || rest.starts_with(b"|")
    }

    /// Phrases in which databases quote values, and statements in logs.
    pub(super) fn phrase(&mut self, at: usize, word: &[u8]) -> Option<usize> {
        let mut lower = [0; PHRASE];
        let lower = lower.get_mut(..word.len())?;
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        match &*lower {
            b"duplicate" if self.begins_nocase(at, b"duplicate entry ") => {
                let open = at + 16;
                let quote = self.text.get(open).copied().filter(|byte| matches!(byte, b'\'' | b'"' | b'\\'))?;
                let from = if quote == b'\\' { open + 2 } else { open + 1 };
                let key = self.line_end(from);
                let end = super::find(&self.text[from..key], b" for key").map_or(key, |place| from + place);
                Some(self.hide(from, end.saturating_sub(1).max(from), Secret::Literal))
            }
            // SQLAlchemy until 1.3 echoes parameters in a line of their own; PostgreSQL has them behind "parameters:".
            b"engine" if word == b"Engine" && self.is_logger(at) => Some(self.until(at + 7, Secret::Parameters, b"")),
            b"parameters" if self.begins(at + 10, b": $1 =") => Some(self.until(at + 11, Secret::Parameters, b"")),
            // PostgreSQL shows the line of the statement in which an error is.
            b"line" if self.begins(at + 4, b" 1:") => {
                let end = self.run(at, |byte| byte != b'\n');
                self.literals(at + 7, end);
                Some(end)
            }
            b"duplicate" if self.begins_nocase(at, b"duplicate key value is (") => {
                Some(self.until(at + 24, Secret::Literal, b")"))
            }
            b"failing" if self.begins_nocase(at, b"failing row contains (") => {
                Some(self.until(at + 22, Secret::Literal, b")"))
            }
            b"select" | b"insert" | b"update" | b"delete" => {
                let end = self.line_end(at);
                let line = self.text[at..end].to_ascii_lowercase();
                let keys: [&[u8]; 5] = [b" from ", b" into ", b" set ", b" where ", b" values"];
                if !keys.iter().any(|key| contains(&line, key)) || !line.contains(&b'\'') {
                    return None;
                }
                // The statement has begun: all of its line is masked, however long it is.
                let end = self.run(at, |byte| byte != b'\n');
                self.literals(at, end);
                Some(end)
            }
            _ => None,
        }
    }

    /// Where the line ends, or what of it is looked at.
    fn line_end(&self, from: usize) -> usize {
        let rest = &self.text[from..self.text.len().min(from + LOOK)];
        from + rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len())
    }

    /// Masks the texts and numbers of a statement that stand as values.
    pub(super) fn literals(&mut self, from: usize, to: usize) {
        let (mut at, mut before) = (from, b' ');
        self.steps += (to - from) as u64;
        while at < to {
            let byte = self.text[at];
            if byte == b'\'' {
                let end = self.literal_end(at + 1, to);
                self.hide(at + 1, end, Secret::Literal);
                at = end + 1;
                before = b'\'';
            } else if byte.is_ascii_digit() && matches!(before, b'=' | b',' | b'(' | b'<' | b'>') {
                let end = self.run(at, |byte| byte.is_ascii_digit() || byte == b'.').min(to);
                self.hide(at, end, Secret::Literal);
                at = end;
                before = b'0';
            } else {
                if is_word(byte) {
                    at = self.run(at, |byte| is_word(byte) || byte == b'$').min(to).max(at + 1);
                } else {
                    at += 1;
                }
                before = if byte == b' ' || byte == b'\n' { before } else { byte };
            }
        }
    }

    /// Where a text ends that begins at `from`. A doubled quote is part of it.
    fn literal_end(&self, from: usize, to: usize) -> usize {
        let mut at = from;
        while at < to {
            if self.text[at] == b'\'' {
                if self.text.get(at + 1) == Some(&b'\'') {
                    at += 1;
                } else {
                    return at;
                }
            }
            at += 1;
        }
        at.min(to)
    }
}
