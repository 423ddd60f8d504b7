//! A Python value, as far as settings need it.

use super::repr;
use crate::pool::{Class, Reset, Settings};

/// What a Python program may write for a setting.
///
/// ```
/// use valet::python::Argument;
/// let written: [Argument; 4] = [20.into(), 0.5.into(), "commit".into(), Argument::None];
/// assert_eq!(written.map(|value| value.to_string()), ["20", "0.5", "'commit'", "None"]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// A whole number; one that is longer is taken as the nearest of these.
    Int(i128),
    /// A float.
    Float(f64),
    /// A text.
    Str(String),
    /// A pool class, as for `poolclass=`.
    Class(Class),
    /// A member of `sqlalchemy.pool.base.ResetStyle`.
    Reset(Reset),
    /// A pool that was made before, as for `pool=`.
    Pool(Box<Settings>),
    /// A dictionary. Keys are texts, or `None`, which Flask-SQLAlchemy takes for the default database.
    Dict(Vec<(Option<String>, Argument)>),
    /// Any other object that is no number: lists, functions, `timedelta`.
    Object {
        /// The type as error messages name it: `list`, `function`, `datetime.timedelta`.
        class: String,
        /// What `repr()` says.
        text: String,
        /// What `bool()` says.
        truthy: bool,
        /// Whether it can be the key of a dictionary.
        hashable: bool,
    },
}

/// A value that takes part in arithmetic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    /// A whole number, or a bool.
    Int(i128),
    /// A float.
    Float(f64),
}

impl Number {
    /// As a float, for comparing with small numbers.
    pub(super) fn as_f64(self) -> f64 {
        match self {
            Number::Int(whole) => whole as f64,
            Number::Float(float) => float,
        }
    }
}

impl Argument {
    /// The type as error messages name it.
    pub fn type_name(&self) -> &str {
        match self {
            Argument::None => "NoneType",
            Argument::Bool(_) => "bool",
            Argument::Int(_) => "int",
            Argument::Float(_) => "float",
            Argument::Str(_) => "str",
            Argument::Class(_) => "type",
            Argument::Reset(_) => "ResetStyle",
            Argument::Pool(pool) => pool.class.name(),
            Argument::Dict(_) => "dict",
            Argument::Object { class, .. } => class,
        }
    }

    /// What `bool()` makes of it.
    pub fn truthy(&self) -> bool {
        match self {
            Argument::None => false,
            Argument::Bool(yes) => *yes,
            Argument::Int(whole) => *whole != 0,
            Argument::Float(float) => *float != 0.0,
            Argument::Str(text) => !text.is_empty(),
            Argument::Dict(pairs) => !pairs.is_empty(),
            Argument::Class(_) | Argument::Reset(_) | Argument::Pool(_) => true,
            Argument::Object { truthy, .. } => *truthy,
        }
    }

    /// The number it is, if it is one. Bools are.
    pub(super) fn number(&self) -> Option<Number> {
        match self {
            Argument::Bool(yes) => Some(Number::Int(i128::from(*yes))),
            Argument::Int(whole) => Some(Number::Int(*whole)),
            Argument::Float(float) => Some(Number::Float(*float)),
            _ => None,
        }
    }

    /// Whether it equals a small whole number. `True` equals 1, and so does 1.0.
    pub(super) fn equals(&self, whole: i32) -> bool {
        self.number().is_some_and(|number| number.as_f64() == f64::from(whole))
    }

    /// Whether it can be the key of a dictionary.
    pub(super) fn hashable(&self) -> bool {
        match self {
            Argument::Dict(_) => false,
            Argument::Object { hashable, .. } => *hashable,
            _ => true,
        }
    }

    /// Whether it can be called.
    pub(super) fn callable(&self) -> bool {
        match self {
            Argument::Class(_) => true,
            Argument::Object { class, .. } => {
                ["function", "method", "builtin_function_or_method", "functools.partial"].contains(&class.as_str())
            }
            _ => false,
        }
    }
}

/// As `repr()` writes it. A pool's address in memory is left out.
impl std::fmt::Display for Argument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Argument::None => f.write_str("None"),
            Argument::Bool(true) => f.write_str("True"),
            Argument::Bool(false) => f.write_str("False"),
            Argument::Int(whole) => write!(f, "{whole}"),
            Argument::Float(float) => f.write_str(&repr::float(*float)),
            Argument::Str(text) => f.write_str(&repr::text(text)),
            Argument::Class(class) => write!(f, "<class 'sqlalchemy.pool.impl.{}'>", class.name()),
            Argument::Reset(Reset::Rollback) => f.write_str("<ResetStyle.reset_rollback: 0>"),
            Argument::Reset(Reset::Commit) => f.write_str("<ResetStyle.reset_commit: 1>"),
            Argument::Reset(Reset::None) => f.write_str("<ResetStyle.reset_none: 2>"),
            Argument::Pool(pool) => write!(f, "<sqlalchemy.pool.impl.{} object>", pool.class.name()),
            Argument::Dict(pairs) => {
                f.write_str("{")?;
                for (number, (key, value)) in pairs.iter().enumerate() {
                    let comma = if number == 0 { "" } else { ", " };
                    let key = key.as_deref().map_or("None".to_owned(), repr::text);
                    write!(f, "{comma}{key}: {value}")?;
                }
                f.write_str("}")
            }
            Argument::Object { text, .. } => f.write_str(text),
        }
    }
}

impl From<bool> for Argument {
    fn from(yes: bool) -> Argument {
        Argument::Bool(yes)
    }
}

impl From<i64> for Argument {
    fn from(whole: i64) -> Argument {
        Argument::Int(whole.into())
    }
}

impl From<f64> for Argument {
    fn from(float: f64) -> Argument {
        Argument::Float(float)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Argument {
        Argument::Str(text.to_owned())
    }
}

impl From<Class> for Argument {
    fn from(class: Class) -> Argument {
        Argument::Class(class)
    }
}

impl From<Reset> for Argument {
    fn from(reset: Reset) -> Argument {
        Argument::Reset(reset)
    }
}

impl From<Settings> for Argument {
    fn from(pool: Settings) -> Argument {
        Argument::Pool(Box::new(pool))
    }
}
