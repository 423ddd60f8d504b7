//! Engines in a paste: Python and configuration files, read without running them.
//!
//! A small tolerant reader of Python (tokens, expressions, statements; a line that is not understood costs itself and no
//! other) and an interpreter that follows names, dictionaries, calls and conditions as far as they are known. What it
//! finds is handed to the [`python`](crate::python) room, which says what the libraries make of it. What the text does
//! not say is taken as the default, and a [`Remark`] says so, with its line and column.
//!
//! ```
//! use valet::source::{Kind, read};
//!
//! let reading = read(
//!     "options = {'pool_size': 2 * 4, 'max_overflow': settings.EXTRA}\n\
//!      engine = create_engine('postgresql://me:secret@db/shop', **options)\n",
//! )
//! .unwrap();
//! assert_eq!(reading.kind, Kind::Python);
//! let [engine] = &reading.engines[..] else { panic!() };
//! assert_eq!(engine.url.as_deref(), Some("postgresql://me:***@db/shop"));
//! let settings = engine.made.as_ref().unwrap().settings;
//! assert_eq!((settings.pool_size, settings.max_overflow), (8, 10));
//! assert_eq!(
//!     engine.remarks[0].to_string(),
//!     "line 2, column 60: max_overflow comes from settings.EXTRA, which is not in the paste: taken as the default 10."
//! );
//! ```

mod application;
mod assign;
mod attribute;
mod brackets;
mod branch;
mod call;
mod collect;
mod combine;
mod configuration;
mod engine;
mod evaluate;
mod execute;
mod expression;
mod external;
mod flask;
mod found;
mod given;
mod heap;
mod hole;
mod interpolate;
mod interpreter;
mod lines;
mod literal;
mod method;
mod operate;
mod parse_definition;
mod parse_expression;
mod parse_members;
mod parse_statement;
mod parser;
mod place;
mod read;
mod remark;
mod secret;
mod settle;
mod spelling;
mod statement;
mod tidy;
mod token;
mod value;

pub use found::{Call, Condition, EngineFound, GivenArgument, GivenValue, Kind, Reading};
pub use place::Place;
pub use read::{read, work};
pub use remark::{About, Remark};
pub use value::Why;
