//! Syntax colours for Python, only as many as help a reader.

/// The kind of a stretch of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Names, numbers, operators, spaces.
    Plain,
    /// `def`, `return` and the like.
    Keyword,
    /// A string literal.
    Text,
    /// A comment.
    Comment,
    /// A decorator.
    Decorator,
}

impl TokenKind {
    /// The class in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            TokenKind::Plain => "",
            TokenKind::Keyword => "keyword",
            TokenKind::Text => "text",
            TokenKind::Comment => "comment",
            TokenKind::Decorator => "decorator",
        }
    }
}

const KEYWORDS: [&str; 21] = [
    "False", "None", "True", "as", "async", "await", "class", "def", "except", "finally", "for", "from", "if",
    "import", "in", "pass", "raise", "return", "try", "with", "yield",
];

/// Splits a line into stretches, each of one kind.
pub fn stretches(line: &str) -> Vec<(TokenKind, &str)> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = match first {
            '#' => (TokenKind::Comment, rest.len()),
            '@' => (TokenKind::Decorator, rest.find('(').unwrap_or(rest.len())),
            '\'' | '"' => (TokenKind::Text, rest[1..].find(first).map_or(rest.len(), |end| end + 2)),
            _ if first.is_alphabetic() || first == '_' => {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                (if KEYWORDS.contains(&&rest[..end]) { TokenKind::Keyword } else { TokenKind::Plain }, end)
            }
            _ => {
                let ends = |c: char| c.is_alphabetic() || "#@'\"_".contains(c);
                (TokenKind::Plain, rest.find(ends).unwrap_or(rest.len()))
            }
        };
        found.push((kind, &rest[..length]));
        rest = &rest[length..];
    }
    found
}
