//! Functions, classes, imports and targets, read from tokens.

use super::expression::{Arg, Expr, Node, Role};
use super::parser::Parser;
use super::statement::{ClassDefinition, Definition, Parameter, Statement};

impl<'a> Parser<'a> {
    pub(super) fn definition(&mut self, indent: u32, nesting: usize, decorators: Vec<&'a str>) -> Statement<'a> {
        self.at += 1;
        let at = self.token().at;
        let name = self.name().unwrap_or_default();
        let parameters = if self.word() == "(" { self.bracketed(Parser::parameters) } else { Vec::new() };
        let outside = std::mem::replace(&mut self.yields, false);
        let body = self.suite(indent, nesting);
        let yields = std::mem::replace(&mut self.yields, outside);
        Statement::Define(Definition { at, name, parameters, body, decorators, yields })
    }

    fn parameters(&mut self) -> Vec<Parameter<'a>> {
        let mut parameters = Vec::new();
        let mut named = false;
        while !self.at_end() {
            let stars = if self.eat("**") { 2 } else { usize::from(self.eat("*")) };
            let name = self.name();
            self.skip(&["=", ","]); // an annotation
            let default = self.eat("=").then(|| self.expression());
            if let Some(name) = name {
                parameters.push(Parameter { stars, name, default, named });
            }
            named |= stars == 1;
            self.skip(&[","]);
            self.eat(",");
        }
        parameters
    }

    pub(super) fn class(&mut self, indent: u32, nesting: usize) -> Statement<'a> {
        self.at += 1;
        let at = self.token().at;
        let name = self.name().unwrap_or_default();
        let bases = if self.word() == "(" { self.members() } else { Vec::new() };
        let body = self.suite(indent, nesting);
        Statement::Class(ClassDefinition { at, name, bases, body })
    }

    /// `import a.b as c`, `from a import (b as c, d)`.
    pub(super) fn import(&mut self) -> Statement<'a> {
        let from = self.eat("from").then(|| self.path());
        let mut imported = Vec::new();
        if self.eat("import") {
            if self.word() == "(" {
                self.bracketed(|parser| parser.imported(from.as_deref(), &mut imported));
            } else {
                self.imported(from.as_deref(), &mut imported);
            }
        }
        Statement::Import(imported)
    }

    fn imported(&mut self, from: Option<&str>, imported: &mut Vec<(String, &'a str)>) {
        while !self.at_end() {
            let Some(first) = self.name() else { return };
            self.at -= 1;
            let path = self.path();
            let alias = if self.eat("as") { self.name() } else { None };
            imported.push(match (from, alias) {
                (Some(from), alias) => (format!("{from}.{path}"), alias.unwrap_or(first)),
                (None, Some(alias)) => (path, alias),
                // `import a.b` binds `a`.
                (None, None) => (first.to_owned(), first),
            });
            if !self.eat(",") {
                return;
            }
        }
    }

    fn path(&mut self) -> String {
        let mut path = String::new();
        while let sign @ ("." | "...") = self.word() {
            self.at += 1;
            path += sign;
        }
        while self.word() != "import"
            && let Some(name) = self.name()
        {
            path += name;
            if !self.eat(".") {
                break;
            }
            path += ".";
        }
        path.trim_matches('.').to_owned()
    }

    /// The targets of a `for`.
    pub(super) fn targets(&mut self) -> Expr<'a> {
        let first = self.target();
        if self.word() != "," {
            return first;
        }
        let at = first.at;
        let mut members = vec![Arg { role: Role::Plain, value: first }];
        while self.eat(",") {
            members.push(Arg { role: Role::Plain, value: self.target() });
        }
        self.made(at, Node::Tuple(members))
    }

    /// One target: `in` and `as` are not part of it.
    pub(super) fn target(&mut self) -> Expr<'a> {
        self.eat("*");
        self.deeper(Parser::postfix)
    }
}
