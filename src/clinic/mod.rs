//! The clinic: from what somebody pasted to the likely causes, each with a world that reproduces it with the reader's own
//! numbers, and cures that can be seen to work.
//!
//! A [`Case`] is a text with all that is read out of it. [`diagnose`] weighs what a [`Paste`](crate::paste::Paste) shows; all weights are rows of one table (`weight.rs`). A [`Cause`]
//! has a [`World`], [cures](Cause::cures) and [wrong moves](Cause::wrong_moves); [`play`] plays a world, and [`Trial`] is what it
//! came to. [`ERRORS`] are the named errors, with what they say and what they do not.
//!
//! ```
//! use valet::clinic::{Cause, diagnose, play};
//! let paste = valet::paste::read("QueuePool limit of size 3 overflow 2 reached, connection timed out, timeout 5.00");
//! let diagnosis = diagnose(&paste, None);
//! assert_eq!(diagnosis.causes[0].cause, Cause::HeldAcrossSlowWork);
//!
//! let world = Cause::HeldAcrossSlowWork.world(&diagnosis.numbers).unwrap();
//! let sick = play(&world.plan);
//! assert!(sick.error.as_deref().unwrap().starts_with("QueuePool limit of size 3 overflow 2 reached, connection timed out, timeout 5.00"));
//! let cure = &Cause::HeldAcrossSlowWork.cures()[0];
//! assert!(play(&cure.cured(&world, &diagnosis.numbers)).is_well(&diagnosis.numbers));
//! ```

mod case;
mod cause;
mod code;
mod cure;
mod cures;
mod diagnosis;
mod error_page;
mod link;
mod night;
mod numbers;
mod sign;
mod trial;
mod weight;
mod world;
mod wrong_moves;

pub use case::Case;
pub use cause::Cause;
pub use code::{Dialect, Diff};
pub use cure::{Cure, WrongMove};
pub use diagnosis::{DEBUG_ON, Diagnosis, Evidence, Ranked, diagnose};
pub use error_page::{ERRORS, ErrorPage, error_page};
pub use night::{Limit, Night};
pub use numbers::{Known, Numbers};
pub use sign::Sign;
pub use trial::{Effect, Trial, effects, play};
pub use weight::{WEIGHTS, Weight};
pub use world::World;
