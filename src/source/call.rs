//! Calls of functions and classes that the text defines.

use super::expression::{Arg, Role};
use super::heap::{ObjectId, Shape};
use super::interpreter::{Cached, Interpreter};
use super::remark::About;
use super::statement::Definition;
use super::value::{Key, Value, What, Why};
use crate::python::Argument;

/// How deep functions call one another.
const DEEPEST: usize = 12;

/// An argument of a call.
#[derive(Debug, Clone)]
pub(super) struct Given {
    /// `None`: by its place. `**`: many, by name.
    pub(super) name: Option<String>,
    pub(super) value: Value,
    pub(super) at: u32,
}

/// Where a class keeps an instance of it; no attribute of a program's is called so.
const SOME: &str = "**some";

/// Decorators after which a body runs once for the same arguments.
const CACHES: [&str; 2] = ["lru_cache", "cache"];

/// Below this a float is every whole number.
const EXACT: i128 = 1 << 53;

/// The name under which a dictionary of arguments is given.
pub(super) const SPREAD: &str = "**";

impl<'a> Interpreter<'a> {
    pub(super) fn call(&mut self, callee: &Value, arguments: &'a [Arg<'a>], at: u32) -> Value {
        let mut given = Vec::new();
        for argument in arguments {
            let value = self.value(&argument.value);
            let at = argument.value.at;
            match (argument.role, &value.what) {
                (Role::Star, What::Object(id)) => {
                    let members = self.heap.entries(*id);
                    self.spend(members.len());
                    given.extend(members.into_iter().map(|(_, value)| Given { name: None, value, at }));
                }
                (Role::Named(name), _) => given.push(Given { name: Some(name.to_owned()), value, at }),
                (Role::Spread, _) => given.push(Given { name: Some(SPREAD.to_owned()), value, at }),
                _ => given.push(Given { name: None, value, at }),
            }
        }
        self.each(callee, &mut |inner, callee| inner.apply(callee, &given, at))
    }

    fn apply(&mut self, callee: &Value, given: &[Given], at: u32) -> Value {
        let result = match &callee.what {
            What::Function(number) => self.call_function(*number, None, Some(given.to_vec())),
            What::Bound(bound) => match &bound.1.what {
                What::Function(number) => self.call_function(*number, Some(bound.0.clone()), Some(given.to_vec())),
                What::Unknown(name, _) => self.method(&bound.0, name, given, at),
                _ => return Value::unknown("a call", Why::Computed),
            },
            What::Object(id) if matches!(self.heap.shape(*id), Shape::Class(_)) => self.instance(*id, given),
            What::Unknown(path, why) => self.external(path, *why, given, at),
            _ => Value::unknown("a call", Why::Computed),
        };
        result.with(callee)
    }

    /// `Class(...)`.
    fn instance(&mut self, class: ObjectId, given: &[Given]) -> Value {
        let id = self.heap.make(Shape::Instance(class));
        let instance = Value::object(id);
        self.heap.set(class, Key::name(SOME), Some(instance.clone()));
        match self.heap.find(class, &Key::name("__init__")).map(|(value, _)| value.what.clone()) {
            Some(What::Function(number)) => {
                self.call_function(number, Some(instance.clone()), Some(given.to_vec()));
            }
            // As data classes and pydantic's models have it.
            _ => {
                for argument in self.unfolded(given) {
                    if let Some(name) = argument.name {
                        self.heap.set(id, Key::name(&name), Some(argument.value));
                    }
                }
            }
        }
        instance
    }

    /// Arguments with the dictionaries among them taken apart.
    pub(super) fn unfolded(&mut self, given: &[Given]) -> Vec<Given> {
        let mut all = Vec::new();
        for argument in given {
            if argument.name.as_deref() != Some(SPREAD) {
                all.push(argument.clone());
                continue;
            }
            let value = self.here(&argument.value);
            match value.what {
                What::Object(id) => {
                    let entries = self.heap.entries(id);
                    self.spend(entries.len());
                    all.extend(entries.into_iter().filter_map(|(key, entry)| match key {
                        Key::Name(name) => {
                            Some(Given { name: Some(name.to_string()), value: entry.with(&value), at: argument.at })
                        }
                        _ => None,
                    }));
                }
                _ => all.push(Given { value, ..argument.clone() }),
            }
        }
        all
    }

    /// Goes through the body of a function with these arguments, or, where nobody calls it, with those that it may have.
    pub(super) fn call_function(&mut self, number: usize, receiver: Option<Value>, given: Option<Vec<Given>>) -> Value {
        let guessed = given.is_none();
        let function = &mut self.functions[number];
        function.called = true;
        let (definition, scope) = (function.definition, function.scope);
        if self.calls >= DEEPEST || !self.spend(1) {
            return Value::unknown(format!("{}()", definition.name), Why::Computed);
        }
        let mut given = self.unfolded(&given.unwrap_or_default());
        if let Some(value) = receiver {
            given.insert(0, Given { name: None, value, at: definition.at });
        }
        let asked = if guessed { None } else { self.asked_of_cache(definition, &given) };
        if let Some(asked) = &asked
            && let Some(known) =
                self.functions[number].cached.iter().find(|known| known.given == *asked && known.path == self.path)
        {
            return known.value.clone();
        }
        let frame = self.heap.make(Shape::Scope(Some(scope)));
        for (place, parameter) in definition.parameters.iter().enumerate() {
            let by_place = given.iter().position(|argument| argument.name.is_none() && !parameter.named);
            let by_name = given.iter().position(|argument| argument.name.as_deref() == Some(parameter.name));
            let value = match parameter.stars {
                1 => {
                    let rest = Value::object(self.heap.make(Shape::Tuple));
                    let What::Object(id) = rest.what else { continue };
                    let (rest_given, others) = given.into_iter().partition(|argument| argument.name.is_none());
                    given = others;
                    Vec::into_iter(rest_given).for_each(|argument: Given| self.heap.push(id, argument.value));
                    rest
                }
                2 => {
                    let rest = Value::object(self.heap.make(Shape::Dict));
                    for argument in given.drain(..) {
                        match argument.name {
                            Some(name) if name != SPREAD => {
                                self.set_entry(&rest, Key::name(&name), argument.value, argument.at)
                            }
                            Some(_) => self.spread(&rest, &argument.value),
                            None => {}
                        }
                    }
                    rest
                }
                _ => match by_name.or(by_place) {
                    Some(place) => given.remove(place).value,
                    None => self.left_out(number, place, guessed),
                },
            };
            self.heap.set(frame, Key::name(parameter.name), Some(value));
        }
        let outside = std::mem::replace(&mut self.scope, frame);
        self.calls += 1;
        let flow = self.block(&definition.body);
        self.calls -= 1;
        self.scope = outside;
        let value = if definition.yields {
            Value::unknown(format!("{}()", definition.name), Why::Computed)
        } else {
            flow.returned()
        };
        if let Some(given) = asked {
            let path = self.path.clone();
            self.functions[number].cached.push(Cached { given, path, value: value.clone() });
        }
        value
    }

    /// What the cache of a function is asked for; `None`: it has no cache. Numbers that are equal are the same there, whatever
    /// their types, but for a whole number on its own.
    fn asked_of_cache(&mut self, definition: &Definition, given: &[Given]) -> Option<Vec<(Option<String>, What)>> {
        let has = definition.decorators.iter().any(|decorator| CACHES.contains(decorator));
        if !has || !self.spend(given.len()) {
            return None;
        }
        let is_alone = given.len() == 1 && given[0].name.is_none();
        let asked = given.iter().map(|given| {
            let what = match self.here(&given.value).what {
                What::Plain(Argument::Int(whole)) if !is_alone && whole.abs() < EXACT => (whole as f64).into(),
                What::Plain(Argument::Bool(yes)) => f64::from(u8::from(yes)).into(),
                other => return (given.name.clone(), other),
            };
            (given.name.clone(), What::Plain(what))
        });
        Some(asked.collect())
    }

    /// What a parameter is that is given nothing.
    fn left_out(&mut self, number: usize, place: usize, guessed: bool) -> Value {
        let function = &self.functions[number];
        let (definition, default) = (function.definition, function.defaults[place].clone());
        let parameter = &definition.parameters[place];
        // None stands for what callers leave out; who calls may well give something.
        let default = default.filter(|value| !guessed || value.what != What::Plain(Argument::None));
        let Some(mut value) = default else { return Value::unknown(parameter.name, Why::Parameter) };
        if matches!(value.what, What::Plain(_)) {
            let taken = self.shown(&value);
            let (function, name) = (definition.name.to_owned(), parameter.name.to_owned());
            let at = parameter.default.as_ref().map_or(definition.at, |default| default.at);
            let number = self.assume(at, About::ParameterDefault { function, name, taken });
            value.assuming(number);
        }
        value
    }

    /// Functions that nobody has called are gone through too: engines are made in them.
    pub(super) fn uncalled(&mut self) {
        let mut number = 0;
        while number < self.functions.len() {
            let function = &self.functions[number];
            if !function.called {
                let is_static = function.definition.decorators.contains(&"staticmethod");
                let receiver = function.owner.filter(|_| !is_static).map(|class| self.some_instance(class));
                self.call_function(number, receiver, None);
            }
            number += 1;
        }
    }

    /// An instance of a class, for its methods: the last that was made, or one whose making is not known.
    fn some_instance(&mut self, class: ObjectId) -> Value {
        if let Some(known) = self.heap.get(class, &Key::name(SOME)) {
            return known.clone();
        }
        let instance = Value::object(self.heap.make(Shape::Instance(class)));
        self.heap.set(class, Key::name(SOME), Some(instance.clone()));
        let making = self.heap.find(class, &Key::name("__init__")).map(|(value, _)| value.what.clone());
        if let Some(What::Function(number)) = making {
            self.call_function(number, Some(instance.clone()), None);
        }
        instance
    }
}
