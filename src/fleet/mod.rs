//! Sizing the pools of a whole fleet: how many processes there are, how often requests come, how long each holds a connection,
//! and what the server allows; out of these a `pool_size` and a `max_overflow`, with reasons.
//!
//! A [`Fleet`] is what the reader knows. [`Advice`] is worked out by the formulas of [`theory`](crate::theory), and a
//! [`Rehearsal`] plays the advice on the engine, because no traffic is what a formula assumes.
//!
//! ```
//! use valet::fleet::{Advice, Fleet};
//!
//! let fleet = Fleet::read("hosts=2&workers=4&rate=200&hold=50&limit=100").unwrap();
//! let advice = Advice::of(&fleet);
//! assert_eq!((fleet.processes(), advice.pool_size, advice.max_overflow), (8, 3, 2));
//! assert!(advice.sum() <= advice.room);
//! ```

mod advice;
mod error;
mod field;
#[expect(clippy::module_inception, reason = "a fleet is what the room is about")]
mod fleet;
mod rehearsal;

pub use advice::{Advice, Limit, Need};
pub use error::FleetError;
pub use field::{FIELDS, Field};
pub use fleet::Fleet;
pub use rehearsal::{Band, Rehearsal};
