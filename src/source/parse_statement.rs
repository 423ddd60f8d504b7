//! Statements, read from tokens. What is not understood costs its own line and no other.

use super::expression::{Expr, Node, Trailer};
use super::parser::{DEEPEST, Parser};
use super::statement::{Block, Statement};
use super::token::{Kind, UNCLOSED};

/// All that a text says, and how often a token was looked at for it.
pub(super) fn program(text: &str) -> (Block<'_>, usize) {
    let mut parser = Parser::new(text, 0, text.len(), 0);
    let mut block = Block::new();
    while parser.kind() == Kind::Line {
        parser.line(&mut block, 0);
    }
    (block, parser.looked)
}

impl<'a> Parser<'a> {
    /// The lines that are indented further than this.
    fn block(&mut self, indent: u32, nesting: usize) -> Block<'a> {
        let mut block = Block::new();
        while self.kind() == Kind::Line && self.token().other > indent && self.token().other != UNCLOSED {
            self.line(&mut block, nesting);
        }
        block
    }

    /// The block behind a colon. Too deep, its lines are taken as lines of the block around it.
    pub(super) fn suite(&mut self, indent: u32, nesting: usize) -> Block<'a> {
        self.skip(&[":"]);
        self.eat(":");
        if self.at_end() {
            return if nesting < DEEPEST { self.block(indent, nesting + 1) } else { Block::new() };
        }
        let mut block = Block::new();
        self.simple(&mut block);
        block
    }

    /// One line, with the block that belongs to it.
    fn line(&mut self, block: &mut Block<'a>, nesting: usize) {
        let mut indent = self.token().other;
        self.at += 1;
        let mut decorators = Vec::new();
        while self.eat("@") {
            let decorator = self.expression();
            decorators.extend(last_name(&decorator));
            self.skip_line();
            if self.kind() == Kind::Line {
                indent = self.token().other;
                self.at += 1;
            }
        }
        let asynchronous = self.word() == "async";
        self.at += usize::from(asynchronous);
        let statement = match self.word() {
            "def" => self.definition(indent, nesting, decorators),
            "class" => self.class(indent, nesting),
            "if" => self.condition(indent, nesting),
            "for" => {
                self.at += 1;
                let target = self.targets();
                self.eat("in");
                let through = self.expressions();
                Statement::For(target, through, self.suite(indent, nesting))
            }
            "while" => {
                self.at += 1;
                let condition = self.expression();
                Statement::While(condition, self.suite(indent, nesting))
            }
            "with" => self.with(indent, nesting),
            "try" => {
                let body = self.suite(indent, nesting);
                let mut handlers = Vec::new();
                while self.follows(indent, &["except"]) {
                    handlers.push(self.suite(indent, nesting));
                }
                Statement::Try(body, handlers)
            }
            "else" | "finally" => Statement::Also(self.suite(indent, nesting)),
            // Without their beginning, or of a `match`: it may be so, or not.
            "elif" | "except" => self.maybe(indent, nesting),
            "case" if self.is_header() => self.maybe(indent, nesting),
            "match" if self.is_header() => Statement::Also(self.suite(indent, nesting)),
            _ => return self.simple(block),
        };
        block.push(statement);
        self.skip_line();
    }

    fn maybe(&mut self, indent: u32, nesting: usize) -> Statement<'a> {
        let at = self.token().at;
        self.skip(&[":"]);
        let condition = self.made(at, Node::Unread);
        Statement::If(vec![(condition, self.suite(indent, nesting))], Block::new())
    }

    /// Whether the line is `word something:`.
    fn is_header(&mut self) -> bool {
        let at = self.at;
        let second = self.second();
        self.skip_line();
        let colon = self.tokens[..self.at].last().is_some_and(|last| self.written(*last) == ":");
        self.at = at;
        colon && !["=", ".", ",", ":", ")"].contains(&second)
    }

    /// Whether the next line belongs to the statement before, and is then begun.
    fn follows(&mut self, indent: u32, words: &[&str]) -> bool {
        let is = self.kind() == Kind::Line && self.token().other == indent && words.contains(&self.second());
        self.at += if is { 2 } else { 0 };
        is
    }

    fn condition(&mut self, indent: u32, nesting: usize) -> Statement<'a> {
        let mut branches = Vec::new();
        self.at += 1;
        loop {
            let condition = self.expression();
            branches.push((condition, self.suite(indent, nesting)));
            if !self.follows(indent, &["elif"]) {
                break;
            }
        }
        let otherwise = if self.follows(indent, &["else"]) { self.suite(indent, nesting) } else { Block::new() };
        Statement::If(branches, otherwise)
    }

    fn with(&mut self, indent: u32, nesting: usize) -> Statement<'a> {
        self.at += 1;
        // Several may stand in brackets.
        let bracket = self.token();
        let inside = self.word() == "(" && {
            let behind = self.tokens.get(bracket.other as usize + 1);
            behind.is_some_and(|token| self.written(*token) == ":")
        };
        let items = if inside { self.bracketed(Parser::items) } else { self.items() };
        Statement::With(items, self.suite(indent, nesting))
    }

    fn items(&mut self) -> Vec<(Expr<'a>, Option<Expr<'a>>)> {
        let mut items = Vec::new();
        while !self.at_end() && self.word() != ":" {
            let value = self.expression();
            let target = self.eat("as").then(|| self.target());
            items.push((value, target));
            self.skip(&[",", ":"]);
            self.eat(",");
        }
        items
    }

    /// Statements with semicolons between them.
    fn simple(&mut self, block: &mut Block<'a>) {
        while !self.at_end() {
            block.extend(self.statement());
            self.skip(&[";"]);
            self.eat(";");
        }
    }

    fn statement(&mut self) -> Option<Statement<'a>> {
        let word = self.word();
        let followed = ["=", ".", "(", "[", ":", ","].contains(&self.second());
        Some(match word {
            "return" => {
                self.at += 1;
                Statement::Return((!self.at_end()).then(|| self.expressions()))
            }
            "raise" | "continue" | "break" => Statement::Leave,
            "import" | "from" => self.import(),
            "del" => {
                self.at += 1;
                let targets = self.expressions();
                Statement::Delete(match targets.node {
                    Node::Tuple(members) => members.into_iter().map(|member| member.value).collect(),
                    _ => vec![targets],
                })
            }
            "global" | "nonlocal" => {
                self.at += 1;
                let mut names: Vec<_> = self.name().into_iter().collect();
                while self.eat(",") {
                    names.extend(self.name());
                }
                Statement::Global(names)
            }
            "pass" | "assert" if !followed => return None,
            _ => return self.assignment(),
        })
    }

    fn assignment(&mut self) -> Option<Statement<'a>> {
        let mut value = self.expressions();
        if self.eat(":") {
            self.expression();
            if self.word() != "=" {
                return None;
            }
        }
        let sign = self.word();
        if sign.len() > 1 && sign.ends_with('=') {
            self.at += 1;
            return Some(Statement::Augment(value, &sign[..sign.len() - 1], self.expressions()));
        }
        let mut targets = Vec::new();
        while self.eat("=") {
            targets.push(std::mem::replace(&mut value, self.expressions()));
        }
        Some(if targets.is_empty() { Statement::Expression(value) } else { Statement::Assign(targets, value) })
    }
}

/// `c` of `a.b.c(d)`.
fn last_name<'a>(decorator: &Expr<'a>) -> Option<&'a str> {
    match &decorator.node {
        Node::Name(name) => Some(name),
        Node::Postfix(_, trailers) => trailers.iter().rev().find_map(|trailer| match trailer {
            Trailer::Attribute(name) => Some(*name),
            _ => None,
        }),
        _ => None,
    }
}
