//! THE REPORT: a case as one file of HTML that opens from disk, and in which what was found still plays.
//!
//! A [`Reel`] films a plan's world, a [`Report`] writes the file around two such films: as it is, and with the cure. [`Making`] does
//! all of it picture by picture, so that whoever has it made can do other things in between. `report.js` and `report.css` go into it, and
//! `public/film.js`, which paints.

mod making;
mod reel;
#[expect(clippy::module_inception, reason = "the report is what the room is about")]
mod report;

pub use making::Making;
pub use reel::{Reel, Screening};
pub use report::Report;
