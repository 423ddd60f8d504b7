//! Expressions, read from tokens.

use super::expression::{Expr, Node, Role, Trailer};
use super::literal;
use super::parser::Parser;
use super::token::Kind;
use crate::python::Argument;

/// Words that are no names.
const KEYWORDS: [&str; 31] = [
    "and", "as", "assert", "async", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
    "for", "from", "global", "if", "import", "in", "is", "nonlocal", "not", "or", "pass", "raise", "return", "try",
    "while", "with", "await", "yield",
];

/// The rank of `not`, and of comparisons.
const NOT: u8 = 3;

/// How tightly an operator binds.
fn rank(operator: &str) -> u8 {
    match operator {
        "or" => 1,
        "and" => 2,
        "in" | "not" | "is" | "<" | ">" | "<=" | ">=" | "==" | "!=" => 4,
        "|" => 5,
        "^" => 6,
        "&" => 7,
        "<<" | ">>" => 8,
        "+" | "-" => 9,
        "*" | "/" | "//" | "%" | "@" => 10,
        _ => 0,
    }
}

impl<'a> Parser<'a> {
    /// Expressions with commas between them are a tuple.
    pub(super) fn expressions(&mut self) -> Expr<'a> {
        let at = self.token().at;
        let first = self.member(false);
        if self.word() != "," && first.role == Role::Plain {
            return first.value;
        }
        let mut members = vec![first];
        while self.eat(",") {
            if self.at_end() || ["=", ")", "]", "}", ":", "in"].contains(&self.word()) {
                break;
            }
            members.push(self.member(false));
        }
        self.made(at, Node::Tuple(members))
    }

    /// One expression.
    pub(super) fn expression(&mut self) -> Expr<'a> {
        self.deeper(|parser| {
            let at = parser.token().at;
            if parser.eat("lambda") {
                parser.skip(&[":", ","]);
                while parser.eat(",") {
                    parser.skip(&[":", ","]);
                }
                parser.eat(":");
                let body = parser.expression();
                return parser.made(at, Node::Lambda(Box::new(body)));
            }
            let value = parser.binary(1);
            if let (Node::Name(name), ":=") = (&value.node, parser.word()) {
                let name = *name;
                parser.at += 1;
                let value = Box::new(parser.expression());
                return parser.made(at, Node::Walrus(name, value));
            }
            if !parser.eat("if") {
                return value;
            }
            let condition = parser.binary(1);
            if !parser.eat("else") {
                return parser.made(at, Node::Unread);
            }
            let otherwise = parser.expression();
            parser.made(at, Node::Choice(Box::new(value), Box::new(condition), Box::new(otherwise)))
        })
    }

    /// Operators of at least this rank.
    fn binary(&mut self, lowest: u8) -> Expr<'a> {
        let at = self.token().at;
        let mut left = self.unary();
        let mut chained = 0;
        loop {
            let word = self.word();
            let operator = match (word, self.second()) {
                ("not", "in") => "not in",
                ("is", "not") => "is not",
                _ => word,
            };
            let rank = rank(word);
            if rank < lowest || rank == 0 || operator == "not" {
                return left;
            }
            self.at += if operator == word { 1 } else { 2 };
            let right = self.binary(rank + 1);
            match &mut left.node {
                Node::Chain(_, rest) if chained == rank => rest.push((operator, right)),
                _ => left = self.made(at, Node::Chain(Box::new(left), vec![(operator, right)])),
            }
            left.end = self.end();
            chained = rank;
        }
    }

    fn unary(&mut self) -> Expr<'a> {
        let at = self.token().at;
        let word = self.word();
        match word {
            "not" | "-" | "+" | "~" | "await" => self.deeper(|parser| {
                parser.at += 1;
                let operand = if word == "not" { parser.binary(NOT + 1) } else { parser.unary() };
                parser.made(at, Node::Unary(word, Box::new(operand)))
            }),
            _ => {
                let base = self.postfix();
                if !self.eat("**") {
                    return base;
                }
                let power = self.deeper(Parser::unary);
                self.made(at, Node::Chain(Box::new(base), vec![("**", power)]))
            }
        }
    }

    pub(super) fn postfix(&mut self) -> Expr<'a> {
        let at = self.token().at;
        let first = self.atom();
        let mut trailers = Vec::new();
        loop {
            trailers.push(match self.word() {
                "." => {
                    self.at += 1;
                    match self.name() {
                        Some(name) => Trailer::Attribute(name),
                        None => return self.made(at, Node::Unread),
                    }
                }
                "(" => Trailer::Call(self.members()),
                "[" => Trailer::Index(self.bracketed(|parser| {
                    let index = parser.deeper(Parser::expression);
                    (parser.at_end()).then_some(index)
                })),
                _ => break,
            });
        }
        if trailers.is_empty() { first } else { self.made(at, Node::Postfix(Box::new(first), trailers)) }
    }

    fn atom(&mut self) -> Expr<'a> {
        let token = self.token();
        let written = self.written(token);
        let node = match token.kind {
            Kind::Number => {
                self.at += 1;
                literal::number(written)
            }
            Kind::Text => literal::texts(self),
            Kind::Name if written == "yield" => {
                self.at += 1;
                self.yields = true;
                self.eat("from");
                // What is yielded may make an engine; what comes back is not known.
                let yielded = self.deeper(Parser::expressions);
                Node::Comprehension(Box::new(yielded))
            }
            Kind::Name if KEYWORDS.contains(&written) => Node::Unread,
            Kind::Name => {
                self.at += 1;
                match written {
                    "None" => Node::Constant(Argument::None),
                    "True" => Node::Constant(Argument::Bool(true)),
                    "False" => Node::Constant(Argument::Bool(false)),
                    name => Node::Name(name),
                }
            }
            Kind::Sign => return self.display(token.at),
            _ => Node::Unread,
        };
        self.made(token.at, node)
    }

    /// What is in brackets.
    fn display(&mut self, at: u32) -> Expr<'a> {
        let node = match self.word() {
            "(" => {
                let mut members = self.members();
                let inside = self.tokens[..self.at - 1].iter().rev();
                let last = inside.copied().find(|token| token.kind != Kind::Gap);
                let comma = last.is_some_and(|last| self.written(last) == ",");
                match members.pop() {
                    Some(only) if members.is_empty() && !comma && only.role == Role::Plain => return only.value,
                    last => {
                        members.extend(last);
                        Node::Tuple(members)
                    }
                }
            }
            "[" => Node::List(self.members()),
            "{" => self.braces(),
            "..." => {
                self.at += 1;
                Node::Unread
            }
            _ => Node::Unread,
        };
        self.made(at, node)
    }
}
