//! What a name can stand for.

use super::heap::ObjectId;
use crate::python::Argument;
use std::rc::Rc;

/// A value, and what was assumed to know it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    pub(super) what: What,
    /// Numbers of assumptions, few and in order.
    pub(super) assumed: Vec<u32>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    Plain(Argument),
    /// A dictionary, list, class, or anything else that can change.
    Object(ObjectId),
    Function(usize),
    /// A method, with what it belongs to.
    Bound(Rc<(Value, Value)>),
    /// What the text does not say: a name of another file, as a dotted path, or what it takes to work it out.
    Unknown(Rc<str>, Why),
    /// One value if a condition holds, another if it does not.
    Either(Rc<(u32, Value, Value)>),
    /// Nothing: the other side of an assignment that a condition decides about.
    Absent,
}

/// Why a value is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A name that is defined elsewhere.
    Elsewhere,
    /// A variable of the environment, without a default.
    Environment,
    /// A parameter of a function that is not called.
    Parameter,
    /// It would have to be worked out.
    Computed,
}

/// Not more than so many assumptions are kept.
const MOST: usize = 8;

impl Value {
    pub(super) fn new(what: What) -> Value {
        Value { what, assumed: Vec::new() }
    }

    pub(super) fn plain<T: Into<Argument>>(argument: T) -> Value {
        Value::new(What::Plain(argument.into()))
    }

    pub(super) fn none() -> Value {
        Value::plain(Argument::None)
    }

    pub(super) fn absent() -> Value {
        Value::new(What::Absent)
    }

    pub(super) fn object(id: ObjectId) -> Value {
        Value::new(What::Object(id))
    }

    pub(super) fn unknown(text: impl Into<Rc<str>>, why: Why) -> Value {
        Value::new(What::Unknown(text.into(), why))
    }

    /// The same, with the assumptions of another.
    pub(super) fn with(mut self, other: &Value) -> Value {
        for number in &other.assumed {
            self.assuming(*number);
        }
        self
    }

    pub(super) fn assuming(&mut self, number: u32) {
        if self.assumed.len() < MOST && !self.assumed.contains(&number) {
            self.assumed.push(number);
        }
    }

    pub(super) fn argument(&self) -> Option<&Argument> {
        match &self.what {
            What::Plain(argument) => Some(argument),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.what {
            What::Plain(Argument::Str(text)) => Some(text),
            _ => None,
        }
    }

    /// The last name of a path that leads elsewhere.
    pub(super) fn last_name(&self) -> Option<&str> {
        match &self.what {
            What::Unknown(path, Why::Elsewhere) => path.rsplit('.').next(),
            _ => None,
        }
    }

    /// Which side, if the condition is decided.
    pub(super) fn decided(&self, decide: &dyn Fn(u32) -> Option<bool>) -> Value {
        let mut value = self;
        while let What::Either(sides) = &value.what {
            value = match decide(sides.0) {
                Some(true) => &sides.1,
                Some(false) => &sides.2,
                None => break,
            };
        }
        value.clone()
    }
}

/// The key of an entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    None,
    Index(i128),
    Name(Rc<str>),
}

impl Key {
    pub(super) fn name(name: &str) -> Key {
        Key::Name(name.into())
    }

    /// The key that a value is.
    pub(super) fn of(value: &Value) -> Option<Key> {
        match value.argument()? {
            Argument::None => Some(Key::None),
            Argument::Int(whole) => Some(Key::Index(*whole)),
            Argument::Bool(yes) => Some(Key::Index(i128::from(*yes))),
            Argument::Str(text) => Some(Key::name(text)),
            _ => None,
        }
    }

    pub(super) fn to_value(&self) -> Value {
        match self {
            Key::None => Value::none(),
            Key::Index(index) => Value::plain(Argument::Int(*index)),
            Key::Name(name) => Value::plain(&**name),
        }
    }
}
