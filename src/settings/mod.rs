//! The one table of everything that can be set about a world.
//!
//! Each [`Setting`] is a row: its name (SQLAlchemy's own, where there is one), unit, hint, [kind of values](ValueKind), and the
//! field of a world's [`Setup`](crate::sim::Setup) that holds it. Knobs, links, stored runs and lessons all use this table, so
//! whatever has a knob can also be shared, stored and taught. A text is [parsed](Setting::parse) once, where it comes in, to a
//! [`SettingValue`] or a [`SettingError`]; an [`Act`] carries the value from there.
//!
//! ```
//! use valet::settings::{Act, SettingId, SettingValue, setting};
//! use valet::sim::{Setup, WorldAct};
//!
//! let pool_size = setting("pool_size").unwrap();
//! assert_eq!(pool_size.parse("20").unwrap(), SettingValue::Whole(20));
//! assert_eq!(pool_size.parse("many").unwrap_err().to_string(), "pool_size takes a whole number, such as 5.");
//!
//! let act = Act::Set(SettingId::PoolSize, SettingValue::Whole(20));
//! let WorldAct::Change(after) = act.on(&Setup::default()) else { panic!() };
//! assert_eq!((after.settings.pool_size, pool_size.text(&after).as_str()), (20, "20"));
//! ```
//!
//! To add a setting, add a line in `table.rs` and a field of [`Setup`](crate::sim::Setup) that has an effect;
//! `tests/native/table.rs` says what is missing.

mod act;
mod application;
mod error;
mod kind;
mod number;
mod pool_value;
mod setting;
mod table;
mod value;

pub use act::Act;
pub use application::{UnknownApplicationError, set_application, site_name};
pub use error::{SettingError, SettingReason};
pub use kind::ValueKind;
pub use number::{decimal, millionths};
pub use pool_value::PoolValueError;
pub use setting::{Group, Scope, Setting, Slider, setting};
pub use table::{SETTINGS, SettingId};
pub use value::SettingValue;
