//! Expressions, worked out.

use super::assign::{FLASK, is_config};
use super::expression::{Expr, Node, Piece, Trailer};
use super::heap::Shape;
use super::hole::{hole, piece};
use super::interpreter::{Interpreter, either};
use super::value::{Key, Value, What, Why};
use crate::python::Argument;

/// Longer texts are no settings.
const LONGEST: usize = 4_000;

impl<'a> Interpreter<'a> {
    /// What an expression comes to.
    pub(super) fn value(&mut self, expression: &'a Expr<'a>) -> Value {
        self.deeper(|inner| inner.node(expression))
            .unwrap_or_else(|| Value::unknown("what is nested too deep", Why::Computed))
    }

    /// That the expression would have to be worked out.
    pub(super) fn computed(&self, expression: &Expr) -> Value {
        Value::unknown(self.source(expression), Why::Computed)
    }

    fn node(&mut self, expression: &'a Expr<'a>) -> Value {
        match &expression.node {
            Node::Constant(Argument::Str(text)) if text.len() > LONGEST => self.computed(expression),
            Node::Constant(argument) => Value::plain(argument.clone()),
            Node::Pieces(pieces) => self.pieces(pieces),
            Node::Name(name) => match self.heap.name(self.scope, &Key::name(name)) {
                Some((value, _)) => self.here(value),
                None => Value::unknown(*name, Why::Elsewhere),
            },
            Node::Postfix(base, trailers) => self.trail(expression.at, base, trailers),
            Node::List(members) | Node::Set(members) => self.list(Shape::List, members),
            Node::Tuple(members) => self.list(Shape::Tuple, members),
            Node::Dict(pairs) => self.dict(pairs),
            Node::Unary(operator, operand) => {
                let value = self.value(operand);
                self.each(&value, &mut |inner, value| inner.unary(operator, value, expression))
            }
            Node::Chain(first, rest) => self.chain(first, rest, expression),
            Node::Choice(yes, condition, no) => self.choice(yes, condition, no),
            Node::Walrus(name, value) => {
                let value = self.value(value);
                self.bind(name, value.clone());
                value
            }
            Node::Lambda(body) | Node::Comprehension(body) => {
                self.value(body);
                match expression.node {
                    Node::Lambda(_) => Value::plain(function("<lambda>")),
                    _ => self.computed(expression),
                }
            }
            Node::Unread => self.computed(expression),
        }
    }

    fn choice(&mut self, yes: &'a Expr<'a>, condition: &'a Expr<'a>, no: &'a Expr<'a>) -> Value {
        let value = self.value(condition);
        let value = self.here(&value);
        let number = self.condition(condition);
        match value.argument().map(Argument::truthy).or_else(|| self.side(number)) {
            Some(true) => self.value(yes).with(&value),
            Some(false) => self.value(no).with(&value),
            None => {
                let one = self.on_side(number, true, |inner| inner.value(yes));
                let other = self.on_side(number, false, |inner| inner.value(no));
                either(number, one, other)
            }
        }
    }

    /// A value as part of a text; a hole where it is not known.
    pub(super) fn written(&mut self, value: &Value) -> String {
        match &self.here(value).what {
            What::Plain(argument) => piece(argument),
            What::Unknown(text, _) => hole(text),
            _ => hole("…"),
        }
    }

    fn pieces(&mut self, pieces: &'a [Piece<'a>]) -> Value {
        let mut text = Value::plain("");
        for piece in pieces {
            let part = match piece {
                Piece::Text(more) => Value::plain(more.as_str()),
                Piece::Value(expression, conversion, format) => {
                    let value = self.value(expression);
                    self.each(&value, &mut |inner, value| {
                        let written = match (value.argument(), conversion) {
                            (Some(argument), Some('r')) => argument.to_string(),
                            _ if !format.is_empty() => hole(&inner.source(expression)),
                            _ => inner.written(value),
                        };
                        Value::plain(written.as_str()).with(value)
                    })
                }
            };
            text = self.each(&text, &mut |inner, text| {
                inner.each(&part, &mut |_, part| {
                    let joined = text.text().unwrap_or_default().to_owned() + part.text().unwrap_or_default();
                    Value::plain(joined.as_str()).with(text).with(part)
                })
            });
            if text.text().is_some_and(|text| text.len() > LONGEST) {
                break;
            }
        }
        text
    }

    /// `a.b(c)[d]`.
    pub(super) fn trail(&mut self, at: u32, base: &'a Expr<'a>, trailers: &'a [Trailer<'a>]) -> Value {
        let mut value = self.value(base);
        for trailer in trailers {
            if !self.spend(1) {
                break;
            }
            value = match trailer {
                Trailer::Attribute(name) => self.each(&value, &mut |inner, value| inner.attribute(value, name)),
                Trailer::Call(arguments) => self.call(&value, arguments, at),
                Trailer::Index(index) => {
                    let index = index.as_ref().map_or_else(Value::absent, |index| self.value(index));
                    self.each(&value, &mut |inner, value| inner.entry(value, &index))
                }
            };
        }
        value
    }

    fn entry(&mut self, container: &Value, index: &Value) -> Value {
        let index = self.here(index);
        let found = match (&container.what, Key::of(&index)) {
            (What::Object(id), Some(Key::Index(at))) if at < 0 => {
                let key = Key::Index(at.saturating_add(self.heap.len(*id) as i128));
                self.heap.get(*id, &key).cloned()
            }
            (What::Object(id), Some(key)) => self.heap.get(*id, &key).cloned(),
            (What::Unknown(path, _), Some(Key::Name(name))) if path.ends_with("environ") => {
                Some(Value::unknown(name, Why::Environment))
            }
            (What::Unknown(path, _), Some(key @ Key::Name(_))) if is_config(path) => {
                self.heap.get(self.flask, &key).cloned()
            }
            _ => None,
        };
        found.map(|value| value.with(container)).unwrap_or_else(|| {
            let key = index.argument().map(|key| key.to_string());
            let text = match &container.what {
                What::Unknown(path, _) if path.len() < 200 => format!("{path}[{}]", key.unwrap_or_default()),
                _ => format!("…[{}]", key.unwrap_or_default()),
            };
            Value::unknown(text, Why::Computed).with(container)
        })
    }

    /// A value for people to read.
    pub(super) fn shown(&self, value: &Value) -> String {
        self.given(value, 0).to_string()
    }
}

/// A function, as far as settings tell.
pub(super) fn function(name: &str) -> Argument {
    let text = format!("<function {name}>");
    Argument::Object { class: "function".into(), text, truthy: true, hashable: true }
}

/// Whether a key is one of a Flask application's database.
pub(super) fn is_flask_key(key: &Key) -> bool {
    matches!(key, Key::Name(name) if name.starts_with(FLASK))
}
