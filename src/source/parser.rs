//! The place in the tokens at which a program is being read.

use super::brackets::matched;
use super::expression::{Expr, Node};
use super::token::{Kind, Token, UNCLOSED, tokens};

/// How deep expressions, and blocks, are read. What is nested deeper is passed over.
pub(super) const DEEPEST: usize = 50;

/// Reads tokens one after the other.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    /// The bracket that ends what is read now: nothing beyond it is looked at.
    pub(super) stop: usize,
    pub(super) depth: usize,
    /// Whether a `yield` was met.
    pub(super) yields: bool,
    /// How often a token was looked at.
    pub(super) looked: usize,
}

impl<'a> Parser<'a> {
    /// Reads a text, or a part of it.
    pub(super) fn new(text: &'a str, from: usize, to: usize, depth: usize) -> Parser<'a> {
        let mut tokens = tokens(text, from, to);
        matched(text, &mut tokens);
        let stop = tokens.len() - 1;
        Parser { text, tokens, at: 0, stop, depth, yields: false, looked: 0 }
    }

    /// The token that comes next.
    pub(super) fn token(&mut self) -> Token {
        self.looked += 1;
        while self.at < self.stop && self.tokens[self.at].kind == Kind::Gap {
            self.at += 1;
            self.looked += 1;
        }
        let token = self.tokens[self.at.min(self.stop)];
        if self.at < self.stop { token } else { Token { kind: Kind::End, ..token } }
    }

    pub(super) fn kind(&mut self) -> Kind {
        self.token().kind
    }

    /// The text of a token.
    pub(super) fn written(&self, token: Token) -> &'a str {
        &self.text[token.at as usize..token.end as usize]
    }

    /// The name or sign that comes next; nothing at an end.
    pub(super) fn word(&mut self) -> &'a str {
        let token = self.token();
        match token.kind {
            Kind::Name | Kind::Sign => self.written(token),
            _ => "",
        }
    }

    /// The one after.
    pub(super) fn second(&mut self) -> &'a str {
        self.token();
        let at = self.at;
        self.at += 1;
        let word = self.word();
        self.at = at;
        word
    }

    /// Takes this name or sign, if it comes next.
    pub(super) fn eat(&mut self, word: &str) -> bool {
        let is = self.word() == word;
        self.at += usize::from(is);
        is
    }

    /// Takes a name.
    pub(super) fn name(&mut self) -> Option<&'a str> {
        let token = self.token();
        let is = token.kind == Kind::Name;
        self.at += usize::from(is);
        is.then(|| self.written(token))
    }

    /// Where the last token taken has ended.
    pub(super) fn end(&self) -> u32 {
        self.tokens[self.at.saturating_sub(1)].end
    }

    /// Whether a statement ends here.
    pub(super) fn at_end(&mut self) -> bool {
        matches!(self.kind(), Kind::Line | Kind::End)
    }

    /// Passes over what is not understood: to one of these signs or the end. A closing bracket that is met belongs to none.
    pub(super) fn skip(&mut self, signs: &[&str]) {
        while !self.at_end() {
            let token = self.token();
            if signs.contains(&self.word()) {
                break;
            }
            self.at = if token.other == UNCLOSED { self.at + 1 } else { token.other as usize + 1 };
        }
    }

    /// Passes over the rest of a line.
    pub(super) fn skip_line(&mut self) {
        while !self.at_end() {
            self.at += 1;
        }
    }

    /// Reads what is between brackets, the first of which comes next, and is behind them afterwards, whatever was between.
    pub(super) fn bracketed<T>(&mut self, read: impl FnOnce(&mut Parser<'a>) -> T) -> T {
        let close = self.token().other;
        self.at += 1;
        if close == UNCLOSED {
            return read(self);
        }
        let outside = std::mem::replace(&mut self.stop, close as usize);
        let inside = read(self);
        self.stop = outside;
        self.at = close as usize + 1;
        inside
    }

    /// An expression that began at `at` and has just ended.
    pub(super) fn made(&self, at: u32, node: Node<'a>) -> Expr<'a> {
        Expr { at, end: self.end().max(at), node }
    }

    /// Reads something nested; too deep it is passed over.
    pub(super) fn deeper(&mut self, read: impl FnOnce(&mut Parser<'a>) -> Expr<'a>) -> Expr<'a> {
        if self.depth >= DEEPEST {
            let at = self.token().at;
            self.skip(&[",", ":", "=", "for", "else"]);
            return self.made(at, Node::Unread);
        }
        self.depth += 1;
        let expression = read(self);
        self.depth -= 1;
        expression
    }
}
