//! Lists and dictionaries, made of their members.

use super::expression::{Arg, Expr, Role};
use super::heap::Shape;
use super::interpreter::Interpreter;
use super::value::{Key, Value, What};

impl<'a> Interpreter<'a> {
    pub(super) fn list(&mut self, shape: Shape, members: &'a [Arg<'a>]) -> Value {
        let id = self.heap.make(shape);
        for member in members {
            let value = self.value(&member.value);
            match (member.role, &value.what) {
                (Role::Star, What::Object(other)) => {
                    let members = self.heap.entries(*other);
                    self.spend(members.len());
                    members.into_iter().for_each(|(_, member)| self.heap.push(id, member));
                }
                _ => self.heap.push(id, value),
            }
        }
        Value::object(id)
    }

    pub(super) fn dict(&mut self, pairs: &'a [(Option<Expr<'a>>, Expr<'a>)]) -> Value {
        let dict = Value::object(self.heap.make(Shape::Dict));
        for (key, value) in pairs {
            let key = key.as_ref().map(|key| (key.at, self.value(key)));
            let value = self.value(value);
            match key {
                None => self.spread(&dict, &value),
                Some((at, key)) => {
                    if let Some(key) = Key::of(&key) {
                        self.set_entry(&dict, key, value, at);
                    }
                }
            }
        }
        dict
    }

    /// Entries of another dictionary; which one may depend on a condition.
    pub(super) fn spread(&mut self, dict: &Value, value: &Value) {
        let value = self.here(value);
        match &value.what {
            What::Either(sides) => {
                let mark = self.heap.fork();
                self.on_side(sides.0, true, |inner| inner.spread(dict, &sides.1));
                let one = self.heap.rewind(mark);
                let mark = self.heap.fork();
                self.on_side(sides.0, false, |inner| inner.spread(dict, &sides.2));
                let other = self.heap.rewind(mark);
                self.merge(sides.0, one, other);
            }
            What::Unknown(text, _) => {
                // Kept under a name that no argument has, so that whoever takes the dictionary can say so.
                let key = Key::name(&format!("**{text}"));
                self.set_entry(dict, key, value.clone(), 0);
            }
            _ => self.update(dict, &value, 0),
        }
    }
}
