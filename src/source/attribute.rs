//! `a.b`.

use super::heap::{ObjectId, Shape};
use super::interpreter::Interpreter;
use super::remark::About;
use super::value::{Key, Value, What, Why};
use std::rc::Rc;

/// Decorators that make a function an attribute.
const PROPERTIES: [&str; 4] = ["property", "cached_property", "computed_field", "hybrid_property"];

/// No dotted path of more characters is followed.
const LONGEST_PATH: usize = 200;

impl<'a> Interpreter<'a> {
    pub(super) fn attribute(&mut self, value: &Value, name: &str) -> Value {
        match &value.what {
            What::Object(id) => self.member(*id, value, name),
            // What is made of it is known as little, and for the same reason.
            What::Unknown(_, Why::Environment | Why::Parameter) => {
                Value::new(What::Bound(Rc::new((value.clone(), Value::unknown(name, Why::Elsewhere)))))
            }
            What::Unknown(path, why) => {
                let path = if path.len() > LONGEST_PATH { path.to_string() } else { format!("{path}.{name}") };
                let set = self.heap.get(self.elsewhere, &Key::name(&path)).cloned();
                set.unwrap_or_else(|| Value::unknown(path, *why)).with(value)
            }
            // What texts can do, and functions have.
            _ => Value::new(What::Bound(Rc::new((value.clone(), Value::unknown(name, Why::Elsewhere))))),
        }
    }

    fn member(&mut self, id: ObjectId, value: &Value, name: &str) -> Value {
        let (class, instance) = match self.heap.shape(id) {
            Shape::Instance(class) => (*class, true),
            Shape::Class(_) => (id, false),
            _ => return Value::new(What::Bound(Rc::new((value.clone(), Value::unknown(name, Why::Elsewhere))))),
        };
        let Some((found, owner)) = self.heap.find(id, &Key::name(name)) else {
            let class = match self.heap.shape(class) {
                Shape::Class(class) => class.name.as_str(),
                _ => "",
            };
            return Value::unknown(format!("{class}.{name}"), Why::Elsewhere);
        };
        let (found, owner) = (self.here(found), owner);
        match found.what {
            What::Function(number) if owner != id || !instance => {
                let decorators = &self.functions[number].definition.decorators;
                let has = |names: &[&str]| decorators.iter().any(|decorator| names.contains(decorator));
                if has(&["staticmethod"]) || (!instance && !has(&["classmethod"])) {
                    return found;
                }
                let bound = (value.clone(), found.clone());
                if has(&PROPERTIES) {
                    self.call_function(number, Some(bound.0), Some(Vec::new()))
                } else {
                    Value::new(What::Bound(Rc::new(bound)))
                }
            }
            _ => self.setting(owner, class, name, found),
        }
    }

    /// The value of a class's attribute, which the environment may replace.
    fn setting(&mut self, owner: ObjectId, class: ObjectId, name: &str, found: Value) -> Value {
        let (Shape::Class(class), Shape::Class(_)) = (self.heap.shape(class), self.heap.shape(owner)) else {
            return found;
        };
        if !class.from_environment || matches!(found.what, What::Unknown(..)) {
            return found;
        }
        let (class, at) = (class.name.clone(), class.at);
        let about = About::SettingDefault { class, name: name.to_owned(), taken: self.shown(&found) };
        let number = self.assume(at, about);
        let mut found = found;
        found.assuming(number);
        found
    }
}
