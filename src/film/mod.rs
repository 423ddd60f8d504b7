//! THE FILM: the pictures of a stretch of a world, one after another, as a page can play them that has no program.
//!
//! Each picture is taken apart, and what is written down is who is to be seen from when to when, and what moves meanwhile.
//! `public/film.js` plays that: over the home page's still, until the program takes over at the moment that the film has come to;
//! and in a file that a reader took away. Nothing is decided here; `tests/native/film.rs` holds film and pictures together.
//!
//! `look.rs` takes a shape apart into what it is and where, `shot.rs` follows one shape through the pictures, `curve.rs` says how
//! one of its numbers goes. `cut.rs` follows all of a layer, `maker.rs` makes a `film.rs` of three layers.

mod curve;
mod cut;
#[expect(clippy::module_inception, reason = "the film is what the room is about")]
mod film;
mod look;
mod maker;
mod shot;

pub use curve::Curve;
pub use film::Film;
pub use look::{Look, Measure, Part};
pub use maker::FilmMaker;
pub use shot::{Move, Shot};
