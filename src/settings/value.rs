//! The value of a setting, and how it is read from and written to the fields of a world's setup.

use crate::pool::{Class, Reset};
use crate::service::Borrow;
use crate::sim::{Distribution, Pattern, Setup};
use crate::sql::Vendor;
use crate::time::{Instant, Span};
use std::sync::Arc;

/// The value of a setting. The setting's [kind](super::ValueKind) says which of these it has, and within which bounds.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingValue {
    /// Python's `None`: no limit, never, for ever.
    None,
    /// A whole number.
    Whole(i64),
    /// A number; a share is from 0 to 1.
    Number(f64),
    /// A length of time.
    Time(Span),
    /// On or off.
    Switch(bool),
    /// One of a few words.
    Word(&'static str),
    /// Moments, in order.
    Moments(Arc<[Instant]>),
}

/// A type of field, in a world's setup, that can hold the value of a setting.
pub(super) trait Field: Sized {
    /// The field as a value.
    fn to_value(&self) -> SettingValue;
    /// The field from a value; `None` for a value of another kind.
    fn of_value(value: &SettingValue) -> Option<Self>;
}

macro_rules! field {
    ($($type:ty: $variant:ident,)*) => {
        $(impl Field for $type {
            fn to_value(&self) -> SettingValue {
                SettingValue::$variant(self.clone() as _)
            }

            fn of_value(value: &SettingValue) -> Option<Self> {
                if let SettingValue::$variant(value) = value { Some(value.clone() as _) } else { None }
            }
        })*
    };
}

field! {
    i64: Whole,
    u32: Whole,
    usize: Whole,
    f64: Number,
    Span: Time,
    bool: Switch,
    Arc<[Instant]>: Moments,
}

impl<T: Field> Field for Option<T> {
    fn to_value(&self) -> SettingValue {
        self.as_ref().map_or(SettingValue::None, T::to_value)
    }

    fn of_value(value: &SettingValue) -> Option<Self> {
        if *value == SettingValue::None { Some(None) } else { T::of_value(value).map(Some) }
    }
}

/// Implements [`Field`] for types whose values are one of a few words. The words are in the order in which they are shown.
macro_rules! words {
    ($($list:ident: $type:ident [$($word:literal $variant:ident,)*])*) => {
        $(
            pub(super) const $list: &[&str] = &[$($word),*];

            impl Field for $type {
                fn to_value(&self) -> SettingValue {
                    SettingValue::Word(match self { $($type::$variant => $word,)* })
                }

                fn of_value(value: &SettingValue) -> Option<Self> {
                    match value {
                        $(SettingValue::Word($word) => Some($type::$variant),)*
                        _ => None,
                    }
                }
            }
        )*
    };
}

words! {
    CLASSES: Class [
        "QueuePool" QueuePool,
        "AsyncAdaptedQueuePool" AsyncAdaptedQueuePool,
        "NullPool" NullPool,
        "StaticPool" StaticPool,
        "SingletonThreadPool" SingletonThreadPool,
        "AssertionPool" AssertionPool,
    ]
    BORROWS: Borrow [
        "Session" Session,
        "Connection" Connection,
        "begin" Begin,
        "raw" Raw,
    ]
    RESETS: Reset [
        "rollback" Rollback,
        "commit" Commit,
        "None" None,
    ]
    PATTERNS: Pattern [
        "constant" Constant,
        "poisson" Poisson,
        "bursts" Bursts,
        "spike" Spike,
        "ramp" Ramp,
        "day" Day,
        "list" List,
    ]
    VENDORS: Vendor [
        "plain" Plain,
        "postgresql" Postgresql,
        "mysql" Mysql,
        "sqlite" Sqlite,
    ]
    SHAPES: Distribution [
        "constant" Constant,
        "exponential" Exponential,
        "lognormal" Lognormal,
    ]
}

/// Writes a value to its field. A value of another kind changes nothing; [parsing](super::Setting::parse) never makes one.
pub(super) fn put<T: Field>(field: &mut T, value: &SettingValue) {
    let value = T::of_value(value);
    debug_assert!(value.is_some(), "a value of another kind");
    if let Some(value) = value {
        *field = value;
    }
}

/// How a world's field is read and written.
pub(super) type Access = (fn(&Setup) -> SettingValue, fn(&mut Setup, &SettingValue));
