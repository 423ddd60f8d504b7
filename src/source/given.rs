//! Values as they are given to the library, and as they are shown.

use super::evaluate::function;
use super::found::{GivenArgument, GivenValue};
use super::heap::{ObjectId, Shape};
use super::hole::{has_hole, shown};
use super::interpreter::Interpreter;
use super::secret;
use super::value::{Key, Value, What, Why};
use crate::pool::{Class, Reset};
use crate::python::Argument;

/// How deep dictionaries are shown.
pub(super) const DEEPEST: usize = 6;

impl<'a> Interpreter<'a> {
    /// A value as it is given.
    pub(super) fn given(&self, value: &Value, depth: usize) -> GivenValue {
        match &self.here(value).what {
            What::Plain(Argument::Str(text)) if has_hole(text) => {
                GivenValue::Unknown { text: secret::masked(&shown(text)), why: Why::Computed }
            }
            What::Plain(argument) => GivenValue::Known(argument.clone()),
            What::Function(number) => GivenValue::Known(function(self.functions[*number].definition.name)),
            What::Bound(_) => GivenValue::Known(object("method", "<method>".to_owned())),
            What::Object(id) => GivenValue::Known(self.given_object(*id, depth)),
            What::Unknown(text, why) => match value.last_name().and_then(library) {
                Some(argument) => GivenValue::Known(argument),
                None => GivenValue::Unknown { text: secret::masked(text), why: *why },
            },
            What::Either(sides) => self.given(&sides.1, depth + 1),
            What::Absent => GivenValue::Unknown { text: String::new(), why: Why::Computed },
        }
    }

    fn given_object(&self, id: ObjectId, depth: usize) -> Argument {
        match self.heap.shape(id) {
            Shape::Dict if depth < DEEPEST => {
                let entries = self.heap.entries(id).into_iter().take(50);
                let shown = entries.filter(|(_, value)| self.here(value).what != What::Absent).map(|(key, value)| {
                    let key = match key {
                        Key::None => None,
                        Key::Index(index) => Some(index.to_string()),
                        Key::Name(name) => Some(name.to_string()),
                    };
                    let value = match self.given(&value, depth + 1) {
                        GivenValue::Known(argument) => argument,
                        GivenValue::Unknown { text, .. } => object("object", text),
                    };
                    (key, value)
                });
                Argument::Dict(shown.collect())
            }
            Shape::Dict => Argument::Dict(Vec::new()),
            Shape::List => self.given_list(id, "list", depth),
            Shape::Tuple => self.given_list(id, "tuple", depth),
            Shape::Class(class) => object("type", format!("<class '{}'>", class.name)),
            Shape::Scope(_) | Shape::Instance(_) => object("object", "<object>".to_owned()),
        }
    }

    fn given_list(&self, id: ObjectId, class: &str, depth: usize) -> Argument {
        let members = if depth < DEEPEST && self.heap.len(id) < 20 { self.heap.entries(id) } else { Vec::new() };
        let shown: Vec<_> = members.iter().map(|(_, member)| self.given(member, depth + 1).to_string()).collect();
        let mut inside = shown.join(", ");
        if members.len() != self.heap.len(id) {
            inside = "…".to_owned();
        }
        let text = match (class, members.len()) {
            ("list", _) => format!("[{inside}]"),
            (_, 1) => format!("({inside},)"),
            _ => format!("({inside})"),
        };
        Argument::Object { class: class.to_owned(), text, truthy: self.heap.len(id) > 0, hashable: class == "tuple" }
    }
}

/// The arguments as the library is asked about them: what is not known is what it is by default, and what has no default
/// here is something.
pub(super) fn taken(arguments: &[GivenArgument]) -> Vec<(&str, Argument)> {
    let one = |given: &GivenArgument| match &given.value {
        GivenValue::Known(argument) => argument.clone(),
        GivenValue::Unknown { .. } => usual(&given.name).unwrap_or_else(|| function("unknown")),
    };
    arguments.iter().map(|given| (given.name.as_str(), one(given))).collect()
}

/// What an argument is that is not given.
pub(super) fn usual(name: &str) -> Option<Argument> {
    Some(match name {
        "pool_size" => 5.into(),
        "max_overflow" => 10.into(),
        "pool_timeout" | "timeout" => 30.0.into(),
        "pool_recycle" | "recycle" => (-1).into(),
        "pool_pre_ping" | "pool_use_lifo" | "pre_ping" | "use_lifo" => false.into(),
        "pool_reset_on_return" | "reset_on_return" => "rollback".into(),
        "poolclass" | "pool" | "pool_events" | "echo_pool" | "echo" => Argument::None,
        "future" => true.into(),
        _ => return None,
    })
}

/// A pool class or way of resetting, by its name.
fn library(name: &str) -> Option<Argument> {
    let reset = match name {
        "reset_rollback" => Some(Reset::Rollback),
        "reset_commit" => Some(Reset::Commit),
        "reset_none" => Some(Reset::None),
        _ => None,
    };
    let class = Class::ALL.into_iter().find(|class| class.name() == name);
    class.map(Argument::Class).or(reset.map(Argument::Reset))
}

fn object(class: &str, text: String) -> Argument {
    Argument::Object { class: class.to_owned(), text, truthy: true, hashable: true }
}
