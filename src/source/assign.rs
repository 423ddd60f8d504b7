//! Targets, written to.

use super::expression::{Expr, Node, Trailer};
use super::heap::Shape;
use super::interpreter::Interpreter;
use super::value::{Key, Value, What, Why};

/// Keys of a Flask application that are about its database.
pub(super) const FLASK: &str = "SQLALCHEMY_";

impl<'a> Interpreter<'a> {
    /// Gives a name a value in this scope, or where the name was declared to be.
    pub(super) fn bind(&mut self, name: &'a str, value: Value) {
        let key = Key::name(name);
        let scope = if self.global.contains(&(self.scope, name)) {
            let outer = match self.heap.shape(self.scope) {
                Shape::Scope(outer) => *outer,
                _ => None,
            };
            let known = outer.and_then(|outer| self.heap.name(outer, &key));
            known.map_or(self.module, |(_, scope)| scope)
        } else {
            self.scope
        };
        self.heap.set(scope, key, Some(value));
    }

    pub(super) fn assign(&mut self, target: &'a Expr<'a>, value: Value) {
        match &target.node {
            Node::Name(name) => self.bind(name, value),
            Node::Tuple(targets) | Node::List(targets) => {
                let value = self.here(&value);
                let members = match value.what {
                    What::Object(id) if matches!(self.heap.shape(id), Shape::List | Shape::Tuple) => {
                        self.heap.entries(id).into_iter().map(|(_, member)| member.with(&value)).collect()
                    }
                    _ => Vec::new(),
                };
                let fits = members.len() == targets.len();
                for (place, target) in targets.iter().enumerate() {
                    let member = if fits {
                        members[place].clone()
                    } else {
                        Value::unknown(self.source(&target.value), Why::Computed)
                    };
                    self.deeper(|inner| inner.assign(&target.value, member));
                }
            }
            Node::Postfix(base, trailers) => {
                let Some((last, before)) = trailers.split_last() else { return };
                let container = self.trail(target.at, base, before);
                match last {
                    Trailer::Attribute(name) => self.set_attribute(&container, name, value),
                    Trailer::Index(Some(index)) => {
                        let index = self.value(index);
                        if let Some(key) = Key::of(&self.here(&index)) {
                            self.set_entry(&container, key, value, target.at);
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn set_attribute(&mut self, container: &Value, name: &str, value: Value) {
        match self.here(container).what {
            What::Object(id) => self.heap.set(id, Key::name(name), Some(value)),
            What::Unknown(path, _) => {
                let path = format!("{path}.{name}");
                self.heap.set(self.elsewhere, Key::name(&path), Some(value));
            }
            _ => {}
        }
    }

    pub(super) fn set_entry(&mut self, container: &Value, key: Key, value: Value, at: u32) {
        match (self.here(container).what, &key) {
            (What::Object(id), _) => self.heap.set(id, key, Some(value)),
            (What::Unknown(path, _), Key::Name(name)) if is_config(&path) && name.starts_with(FLASK) => {
                self.flask_at.get_or_insert(at);
                self.heap.set(self.flask, key, Some(value));
            }
            _ => {}
        }
    }

    /// `a += b`; a dictionary changes itself by `|=`.
    pub(super) fn augment(&mut self, target: &'a Expr<'a>, operator: &'a str, expression: &'a Expr<'a>) {
        let before = self.value(target);
        let value = self.value(expression);
        if let (What::Object(_) | What::Unknown(..), "|") = (&self.here(&before).what, operator) {
            self.update(&before, &value, target.at);
            return;
        }
        let result = self.operated(&before, operator, &value, expression);
        self.assign(target, result);
    }

    /// `container.update(from)`.
    pub(super) fn update(&mut self, container: &Value, from: &Value, at: u32) {
        let from = self.here(from);
        let What::Object(id) = from.what else { return };
        let entries = self.heap.entries(id);
        self.spend(entries.len());
        for (key, value) in entries {
            let pair = match (self.heap.shape(id), &value.what) {
                (Shape::Dict, _) => Some((key, value)),
                // A list of pairs.
                (_, What::Object(pair)) => {
                    let part = |index| self.heap.get(*pair, &Key::Index(index));
                    part(0).and_then(Key::of).zip(part(1).cloned())
                }
                _ => None,
            };
            if let Some((key, value)) = pair {
                self.set_entry(container, key, value.with(&from), at);
            }
        }
    }
}

/// Whether a path leads to the configuration of an application.
pub(super) fn is_config(path: &str) -> bool {
    path == "config" || path.ends_with(".config")
}
