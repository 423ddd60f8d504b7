//! Numbers and texts as they are written out.

use super::expression::{Expr, Node, Piece};
use super::parser::Parser;
use super::token::{Kind, quote};
use crate::python::Argument;

/// A number. Complex ones, and what is none, are not read.
pub(super) fn number<'a>(written: &str) -> Node<'a> {
    let digits = written.replace('_', "");
    let radix = match digits.get(..2) {
        Some("0x" | "0X") => 16,
        Some("0o" | "0O") => 8,
        Some("0b" | "0B") => 2,
        _ => 10,
    };
    let value = if radix != 10 {
        i128::from_str_radix(&digits[2..], radix).ok().map(Argument::Int)
    } else if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        // One that is longer is taken as the nearest, as everywhere.
        Some(Argument::Int(digits.parse().unwrap_or(i128::MAX)))
    } else {
        digits.parse().ok().map(Argument::Float)
    };
    value.map_or(Node::Unread, Node::Constant)
}

/// Texts one after the other are one text.
pub(super) fn texts<'a>(parser: &mut Parser<'a>) -> Node<'a> {
    let mut pieces: Vec<Piece> = Vec::new();
    while parser.kind() == Kind::Text {
        let token = parser.token();
        parser.at += 1;
        let written = parser.written(token);
        let open = written.find(|c| quote(c).is_some()).unwrap_or(0);
        let prefix = written[..open].to_ascii_lowercase();
        let (begin, end) = inner(&written[open..]);
        let (begin, end) = (open + begin, open + end);
        if prefix.contains('b') {
            let text = format!("b'{}'", &written[begin..end]);
            return Node::Constant(Argument::Object {
                class: "bytes".into(),
                text,
                truthy: end > begin,
                hashable: true,
            });
        }
        let raw = prefix.contains('r');
        if prefix.contains('f') {
            formatted(parser, token.at as usize + begin, token.at as usize + end, raw, &mut pieces);
        } else {
            add(&mut pieces, &unescaped(&written[begin..end], raw));
        }
    }
    match pieces.as_mut_slice() {
        [] => Node::Constant(Argument::Str(String::new())),
        [Piece::Text(text)] => Node::Constant(Argument::Str(std::mem::take(text))),
        _ => Node::Pieces(pieces),
    }
}

fn add(pieces: &mut Vec<Piece>, more: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(text)) => text.push_str(more),
        _ => pieces.push(Piece::Text(more.to_owned())),
    }
}

/// Where the text between the quotes begins and ends. The closing ones may be missing.
fn inner(quoted: &str) -> (usize, usize) {
    for triple in ["\"\"\"", "'''"] {
        if quoted.len() >= 6 && quoted.starts_with(triple) && quoted.ends_with(triple) {
            return (3, quoted.len() - 3);
        }
    }
    let first = quoted.chars().next();
    let begin = first.map_or(0, char::len_utf8);
    let last = quoted[begin..].chars().next_back();
    let closes = last.is_some_and(|last| first.and_then(quote).is_some_and(|quotes| quotes.contains(&last)));
    (begin, quoted.len() - if closes { last.map_or(0, char::len_utf8) } else { 0 })
}

/// Backslashes undone.
fn unescaped(text: &str, raw: bool) -> String {
    if raw || !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let c = after.chars().next().unwrap_or('\\');
        rest = &after[if after.is_empty() { 0 } else { c.len_utf8() }..];
        let digits = match c {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let code = rest.get(..digits).and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        match c {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            '0' => out.push('\0'),
            'a' => out.push('\x07'),
            'b' => out.push('\x08'),
            'f' => out.push('\x0c'),
            'v' => out.push('\x0b'),
            '\\' | '\'' | '"' => out.push(c),
            '\n' => {}
            _ => match code.filter(|_| digits > 0) {
                Some(code) => {
                    out.push(code);
                    rest = &rest[digits..];
                }
                None => out.extend(['\\', c]),
            },
        }
    }
    out + rest
}

/// An f-string's text and values.
fn formatted<'a>(parser: &Parser<'a>, from: usize, to: usize, raw: bool, pieces: &mut Vec<Piece<'a>>) {
    let text = parser.text;
    let mut at = from;
    while at < to {
        let rest = &text[at..to];
        let brace = rest.find(['{', '}']).unwrap_or(rest.len());
        add(pieces, &unescaped(&rest[..brace], raw));
        at += brace;
        let rest = &text[at..to];
        if rest.starts_with("{{") || rest.starts_with("}}") || rest.starts_with('}') {
            add(pieces, &rest[..1]);
            at += rest.len().min(if rest.starts_with("{{") || rest.starts_with("}}") { 2 } else { 1 });
        } else if !rest.is_empty() {
            let end = at + 1 + value_end(&rest[1..]);
            pieces.push(value(parser, at + 1, end));
            at = (end + 1).min(to);
        }
    }
}

/// Where the brace is closed.
fn value_end(text: &str) -> usize {
    let (mut depth, mut quoted) = (0_usize, None);
    for (at, c) in text.char_indices() {
        match (quoted, c) {
            (Some(open), c) if open == c => quoted = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quoted = Some(c),
            (None, '{' | '(' | '[') => depth += 1,
            (None, '}') if depth == 0 => return at,
            (None, '}' | ')' | ']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

/// `expression!r:format`.
fn value<'a>(parser: &Parser<'a>, from: usize, to: usize) -> Piece<'a> {
    let unread = || Expr { at: from as u32, end: to as u32, node: Node::Unread };
    if parser.depth + 1 >= super::parser::DEEPEST {
        return Piece::Value(unread(), None, "");
    }
    let mut inside = Parser::new(parser.text, from, to, parser.depth + 1);
    inside.at = 1; // behind the beginning of a line
    let expression = inside.expression();
    let conversion = inside.eat("!").then(|| inside.name().and_then(|name| name.chars().next())).flatten();
    let format = if inside.word() == ":" { &parser.text[inside.token().end as usize..to] } else { "" };
    if format.is_empty() && !inside.at_end() && conversion.is_none() {
        return Piece::Value(unread(), None, "");
    }
    Piece::Value(expression, conversion, format)
}
