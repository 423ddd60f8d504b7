//! What is between brackets, read from tokens: members, pairs, arguments.

use super::expression::{Arg, Expr, Node, Role};
use super::parser::Parser;
use super::token::Kind;

impl<'a> Parser<'a> {
    pub(super) fn braces(&mut self) -> Node<'a> {
        self.bracketed(|parser| {
            let (mut pairs, mut members) = (Vec::new(), Vec::new());
            while !parser.at_end() {
                if parser.eat("**") {
                    pairs.push((None, parser.expression()));
                } else {
                    let member = parser.member(true);
                    if parser.eat(":") {
                        let value = parser.expression();
                        pairs.push((Some(member.value), parser.repeated(value)));
                    } else {
                        members.push(member);
                    }
                }
                if !parser.next_member() {
                    break;
                }
            }
            if pairs.is_empty() && !members.is_empty() { Node::Set(members) } else { Node::Dict(pairs) }
        })
    }

    /// The arguments of a call, or the members of a list.
    pub(super) fn members(&mut self) -> Vec<Arg<'a>> {
        self.bracketed(|parser| {
            let mut members = Vec::new();
            while !parser.at_end() {
                members.push(parser.member(true));
                if !parser.next_member() {
                    break;
                }
            }
            members
        })
    }

    /// Goes behind the next comma. Whether there is one.
    fn next_member(&mut self) -> bool {
        self.skip(&[","]);
        self.eat(",")
    }

    /// `value`, `*value`, `**value`, and in a call `name=value`.
    pub(super) fn member(&mut self, called: bool) -> Arg<'a> {
        let role = match self.word() {
            "*" => Role::Star,
            "**" => Role::Spread,
            name if called && self.kind() == Kind::Name && self.second() == "=" => Role::Named(name),
            _ => Role::Plain,
        };
        self.at += match role {
            Role::Plain => 0,
            Role::Star | Role::Spread => 1,
            Role::Named(_) => 2,
        };
        let value = self.expression();
        Arg { role, value: if called { self.repeated(value) } else { value } }
    }

    /// `value for ...` is a comprehension.
    fn repeated(&mut self, value: Expr<'a>) -> Expr<'a> {
        if !["for", "async"].contains(&self.word()) {
            return value;
        }
        self.skip(&[]);
        self.made(value.at, Node::Comprehension(Box::new(value)))
    }
}
