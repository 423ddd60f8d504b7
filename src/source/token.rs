//! Python's words and signs. Anything is a token; nothing is refused.

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Where it begins, in bytes.
    pub(super) at: u32,
    /// Where it has ended.
    pub(super) end: u32,
    /// Of a line: how far it is indented. Of an opening bracket: the token that closes it.
    pub(super) other: u32,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line begins that continues no other.
    Line,
    /// A line begins within brackets, where that means nothing.
    Gap,
    Name,
    Number,
    /// With prefix and quotes.
    Text,
    /// An operator, bracket, or a character that Python does not have.
    Sign,
    /// The end, once.
    End,
}

/// No bracket closes it.
pub(super) const UNCLOSED: u32 = u32::MAX;

const SIGNS: [&str; 27] = [
    "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", ":=", "+=", "-=", "*=",
    "/=", "%=", "&=", "|=", "^=", "@=", "<>", "&&", "||",
];

/// The tokens of a text, or of a part of it that begins at `from`. The first is a [`Kind::Line`], the last [`Kind::End`].
pub(super) fn tokens(text: &str, from: usize, to: usize) -> Vec<Token> {
    let mut reader = Reader { text: &text[..to], at: from, endless: [false; 2], tokens: Vec::new() };
    reader.line();
    while reader.at < to {
        reader.next();
    }
    reader.push(Kind::End, to);
    reader.tokens
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Whether `"""` and `'''` are known not to come any more.
    endless: [bool; 2],
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn push(&mut self, kind: Kind, end: usize) {
        self.tokens.push(Token { kind, at: self.at as u32, end: end as u32, other: UNCLOSED });
        self.at = end;
    }

    /// The indentation of a line; those with nothing on them are left out.
    fn line(&mut self) {
        let mut indent = 0;
        while let Some(c) = self.text[self.at..].chars().next().filter(|c| c.is_whitespace() || *c == '\u{200b}') {
            self.at += c.len_utf8();
            indent = match c {
                '\n' => 0,
                '\t' => indent / 8 * 8 + 8,
                '\u{200b}' => indent,
                _ => indent + 1,
            };
        }
        if self.text[self.at..].starts_with('#') {
            return self.comment();
        }
        match self.tokens.last_mut() {
            // Nothing stood on it but a comment.
            Some(last) if last.kind == Kind::Line => {
                *last = Token { at: self.at as u32, end: self.at as u32, other: indent, ..*last }
            }
            _ => {
                self.push(Kind::Line, self.at);
                if let Some(line) = self.tokens.last_mut() {
                    line.other = indent;
                }
            }
        }
    }

    fn comment(&mut self) {
        self.at = self.text[self.at..].find('\n').map_or(self.text.len(), |end| self.at + end);
        if self.tokens.is_empty() {
            self.push(Kind::Line, self.at); // the first token is a line, whatever follows
        }
    }

    fn next(&mut self) {
        let rest = &self.text[self.at..];
        let Some(c) = rest.chars().next() else { return };
        match c {
            '\n' => self.line(),
            '#' => self.comment(),
            '\\' if rest[1..].trim_start_matches([' ', '\t']).starts_with('\n') => {
                self.at += rest.find('\n').unwrap_or(0) + 1;
            }
            c if c.is_whitespace() || c == '\u{200b}' => self.at += c.len_utf8(),
            c if c.is_ascii_digit() || (c == '.' && rest[1..].starts_with(|next: char| next.is_ascii_digit())) => {
                self.push(Kind::Number, self.at + number(rest));
            }
            c if c.is_alphabetic() || c == '_' => {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                let prefix = end <= 2 && rest.bytes().take(end).all(|byte| b"rRbBuUfFtT".contains(&byte));
                match rest[end..].chars().next().and_then(quote) {
                    Some(quotes) if prefix => self.quoted(end, quotes),
                    _ => self.push(Kind::Name, self.at + end),
                }
            }
            c => match quote(c) {
                Some(quotes) => self.quoted(0, quotes),
                None => {
                    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
                    self.push(Kind::Sign, self.at + sign.map_or(c.len_utf8(), |sign| sign.len()));
                }
            },
        }
    }

    /// A text in quotes, after its prefix. One that does not end, ends with its line.
    fn quoted(&mut self, prefix: usize, quotes: &'static [char]) {
        let rest = &self.text[self.at..];
        let first = rest[prefix..].chars().next().map_or(1, char::len_utf8);
        let which = usize::from(quotes.contains(&'\''));
        let triple = ["\"\"\"", "'''"][which];
        if rest[prefix..].starts_with(triple) && !self.endless[which] {
            if let Some(end) = closing(&rest[prefix + 3..], |rest| rest.starts_with(triple), false) {
                return self.push(Kind::Text, self.at + prefix + 3 + end + 3);
            }
            self.endless[which] = true;
        }
        let inner = &rest[prefix + first..];
        let is_quote = |rest: &str| rest.starts_with(|c| c == '\n' || quotes.contains(&c));
        let end = closing(inner, is_quote, true).unwrap_or(inner.len());
        let last = inner[end..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
        self.push(Kind::Text, self.at + prefix + first + end + last);
    }
}

/// What ends a text that this character begins. Word processors bend quotes; a bent one ends with any of its kind.
pub(super) fn quote(c: char) -> Option<&'static [char]> {
    match c {
        '"' => Some(&['"']),
        '\'' => Some(&['\'']),
        '“' | '”' | '„' => Some(&['“', '”', '"']),
        '‘' | '’' | '‚' => Some(&['‘', '’', '\'']),
        _ => None,
    }
}

/// Where it ends: backslashes hide what follows them.
fn closing(text: &str, ends: impl Fn(&str) -> bool, one_line: bool) -> Option<usize> {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c == '\\' {
            at += 1;
            at += text[at..].chars().next().map_or(0, char::len_utf8);
            continue;
        }
        if ends(&text[at..]) {
            return Some(at);
        }
        if one_line && c == '\n' {
            return Some(at);
        }
        at += c.len_utf8();
    }
    None
}

/// How long a number is: `1_000`, `0x1f`, `1.5e-7`, `.5`.
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let hex = bytes.len() > 1 && bytes[0] == b'0' && b"xX".contains(&bytes[1]);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let sign = b"+-".contains(byte) && at > 0 && b"eE".contains(&bytes[at - 1]) && !hex;
        if !(byte.is_ascii_alphanumeric() || b"._".contains(byte) || sign) {
            break;
        }
        at += 1;
    }
    at
}
