//! Masking: secrets are replaced with `***` before anything else keeps the text. Lines stay where they are.

use super::escape;
use super::secret::{Masked, Secret, TOKENS, is_secret_name};

mod address;
mod command;
mod literal;
mod named;
mod statement;

/// The text with its secrets masked, and how many there were. What was escaped for a page or for JSON is plain.
pub fn mask(text: &str) -> (String, Masked) {
    let (text, masked, _) = mask_counted(&escape::plain(text).0);
    (text, masked)
}

/// The same, with the number of characters that were looked at.
pub(super) fn mask_counted(text: &str) -> (String, Masked, u64) {
    let mut masking = Masking {
        text: text.as_bytes(),
        done: 0,
        out: String::with_capacity(text.len()),
        from: text,
        masked: Masked::default(),
        sign: None,
        encoded_sign: None,
        steps: 0,
    };
    let mut at = 0;
    while at < masking.text.len() {
        masking.steps += 1;
        let next = masking.step(at);
        at = next.max(at + 1);
    }
    masking.copy(text.len());
    (masking.out, masking.masked, masking.steps)
}

struct Masking<'a> {
    text: &'a [u8],
    from: &'a str,
    /// Up to here the text is in `out`.
    done: usize,
    out: String,
    masked: Masked,
    /// From where the next `@` was looked for, and where it is.
    sign: Option<(usize, usize)>,
    /// The same of the next `%40`.
    encoded_sign: Option<(usize, usize)>,
    steps: u64,
}

/// What stands for a secret.
const MASK: &str = "***";
/// The longest name of a value, and the longest address, that is looked at.
const NAME: usize = 64;
const ADDRESS: usize = 4_096;

impl Masking<'_> {
    /// Looks at one place. Returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        let starts_word = at == 0 || !is_word(self.text[at - 1]);
        match self.text[at] {
            b':' if self.begins(at, b"://") => self.address(at),
            b'%' if self.begins_nocase(at, b"%3a%2f%2f") => self.encoded_address(at),
            b'[' => self.bracket(at),
            b'-' if self.begins(at, b"-----BEGIN ") => self.private_key(at),
            b'-' if at > 0 && self.text[at - 1].is_ascii_whitespace() => self.option(at),
            b')' if self.begins(at, b")=(") => self.until(at + 3, Secret::Literal, b")"),
            // The trees of values that better-exceptions draws.
            0xe2 if self.begins(at, "└".as_bytes()) => {
                let end = self.run(at, |byte| byte != b'\n');
                self.literals(at, end);
                end
            }
            byte if starts_word && is_word(byte) => self.word(at),
            _ => at + 1,
        }
    }

    /// A word: a name whose value is a secret, a token, or the beginning of a statement.
    fn word(&mut self, at: usize) -> usize {
        let end = self.run(at, |byte| is_word(byte) || byte == b'-').min(at + NAME);
        // An environment's name may stand before the hyphen: `x-api-key`, `session-token`.
        let word = &self.text[at..end];
        if let Some(to) = self.token(at, end) {
            return to;
        }
        if let Some(to) = self.phrase(at, word) {
            return to;
        }
        if let Some(to) = self.url_arguments(at, word).or_else(|| self.entry(at, word)) {
            return to;
        }
        let name_end = self.run(at, is_word);
        let end = self.boundary(end);
        for end in [end, name_end] {
            if is_secret_name(&self.text[at..end])
                && let Some(to) = self.named(at, end)
            {
                return to;
            }
        }
        name_end
    }

    /// Bearer tokens, JSON web tokens, and keys with a known beginning.
    fn token(&mut self, at: usize, end: usize) -> Option<usize> {
        let word = &self.text[at..end];
        if word.eq_ignore_ascii_case(b"bearer") && self.text.get(end) == Some(&b' ') {
            let to = self.run(end + 1, is_base64);
            return (to > end + 7).then(|| self.hide(end + 1, to, Secret::Token));
        }
        if word.starts_with(b"eyJ") {
            let to = self.run(at, is_base64);
            let dots = self.text[at..to].iter().filter(|&&byte| byte == b'.').count();
            // Without a dot it is none; what it is made of is looked at once only.
            return Some(if dots >= 1 && to > at + 20 { self.hide(at, to, Secret::Token) } else { to });
        }
        let known = TOKENS
            .iter()
            .any(|(begins, more)| word.starts_with(begins.as_bytes()) && word.len() >= begins.len() + more);
        known.then(|| self.hide(at, self.run(at, is_base64), Secret::Token))
    }

    fn private_key(&mut self, at: usize) -> usize {
        let line = self.run(at, |byte| byte != b'\n' && byte != b'\\');
        if !contains(&self.text[at..line], b"PRIVATE KEY") {
            return line;
        }
        let mut to = line;
        while to < self.text.len() && !self.begins(to, b"-----END ") {
            to += 1;
        }
        self.steps += (to - line) as u64;
        self.hide(line, to, Secret::Token)
    }

    /// Masks from a place up to one of these bytes in the same line, if there is something to mask.
    fn until(&mut self, from: usize, secret: Secret, ends: &[u8]) -> usize {
        let to = self.run(from, |byte| byte != b'\n' && !ends.contains(&byte));
        self.hide(from, to, secret)
    }

    /// Masks a stretch, unless it is empty or masked already. Line ends in it stay. Returns its end.
    fn hide(&mut self, from: usize, to: usize, secret: Secret) -> usize {
        let (from, to) = (self.boundary(from), self.boundary(to));
        let secret_bytes = self.text.get(from..to).unwrap_or_default();
        let is_masked =
            secret_bytes.iter().all(|byte| matches!(byte, b'*' | b'x' | b'X' | b' ' | b'.' | b'\n' | b'\r'));
        if from < self.done || is_masked || secret_bytes == b"[REDACTED]" || secret_bytes == b"[Filtered]" {
            return to;
        }
        self.copy(from);
        self.out.push_str(MASK);
        self.out.extend(secret_bytes.iter().filter(|&&byte| byte == b'\n').map(|_| '\n'));
        self.done = to;
        self.masked.add(secret);
        to
    }

    /// Copies everything up to a place that is not copied yet.
    fn copy(&mut self, to: usize) {
        self.out.push_str(self.from.get(self.done..to).unwrap_or_default());
        self.done = self.done.max(to);
    }

    /// The place, or the end of the character that it is in.
    fn boundary(&self, mut at: usize) -> usize {
        while at < self.text.len() && !self.from.is_char_boundary(at) {
            at += 1;
        }
        at
    }

    /// Where a run of such bytes ends that begins here.
    fn run(&self, from: usize, of: impl Fn(u8) -> bool) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        from + rest.iter().position(|&byte| !of(byte)).unwrap_or(rest.len())
    }

    fn begins(&self, at: usize, with: &[u8]) -> bool {
        self.text.get(at..).is_some_and(|rest| rest.starts_with(with))
    }

    fn begins_nocase(&self, at: usize, with: &[u8]) -> bool {
        self.text.get(at..at + with.len()).is_some_and(|rest| rest.eq_ignore_ascii_case(with))
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_base64(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'-' | b'.' | b'+' | b'/' | b'=' | b'~')
}

/// Where `part` begins in `text`.
fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len().max(1)).position(|window| window == part)
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    find(text, part).is_some()
}
