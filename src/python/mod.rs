//! Settings as a Python program writes them: what `create_engine`, `engine_from_config` and Flask-SQLAlchemy 3.1.1 make of them,
//! as SQLAlchemy 2.1.9 does on Python 3.11, word for word.
//!
//! ```
//! use valet::pool::{Class, Settings};
//! use valet::python::{Argument, create_engine};
//!
//! let engine = create_engine("postgresql://host/db", &[("pool_size", 20.into()), ("pool_pre_ping", true.into())]).unwrap();
//! assert_eq!(engine.settings, Settings { pool_size: 20, pool_pre_ping: true, ..Settings::DEFAULT });
//!
//! let refused = create_engine("sqlite://", &[("max_overflow", 5.into())]).unwrap_err();
//! assert_eq!(refused.class(), "TypeError");
//! assert!(refused.to_string().starts_with(
//!     "Invalid argument(s) 'max_overflow' sent to create_engine(), using configuration \
//!      SQLiteDialect_pysqlite/SingletonThreadPool/Engine."
//! ));
//! ```

mod argument;
mod attributes;
mod coercion;
mod create_engine;
mod dialect;
mod engine;
mod engine_from_config;
mod error;
mod flask_sqlalchemy;
mod later_error;
mod note;
mod options;
mod repr;
mod url;

pub use argument::Argument;
pub use attributes::Attributes;
pub use create_engine::{create_async_engine, create_engine, create_pool_from_url};
pub use engine::Engine;
pub use engine_from_config::{async_engine_from_config, engine_from_config};
pub use error::PythonError;
pub use flask_sqlalchemy::{Engines, flask_sqlalchemy};
pub use later_error::{LaterError, LaterErrorMoment};
pub use note::Note;
