//! Time travel: a recorded run in which a reader can go back and forth, and from any moment into another future.
//!
//! A [`Travel`] keeps the acts that were done to a world, each with its place in the run, and a checkpoint (a copy of everything)
//! now and then. To reach any moment, it takes a checkpoint and runs the world from there. What is on screen is a
//! [`PicturedWorld`]: the world, and a lot for each of its workers.
//!
//! ```
//! use valet::lot::Format;
//! use valet::sim::{WorldAct, Setup, Traffic};
//! use valet::time::{Instant, Span};
//! use valet::travel::Travel;
//!
//! let mut travel = Travel::new(Setup { traffic: Traffic::poisson(20.0), ..Setup::default() }, Format::Wide);
//! let second = |n| Instant::ZERO + Span::from_secs(n);
//! travel.seek(second(30));
//! let (picture, events) = (travel.picture(0, false), travel.world().events());
//! travel.step_back();
//! travel.seek(second(3));
//! travel.seek(second(30));
//! assert_eq!((travel.picture(0, false), travel.world().events()), (picture, events));
//!
//! travel.seek(second(10));
//! travel.act(WorldAct::Restart).unwrap(); // another future
//! assert_eq!(travel.head(), second(10));
//! ```

mod checkpoint;
mod pictured_world;
mod seek;
mod tape;
mod time_scale;
#[expect(clippy::module_inception, reason = "a travel is what the room is about")]
mod travel;

pub use pictured_world::PicturedWorld;
pub use seek::Place;
pub use tape::TapedAct;
pub use time_scale::{QUIET, TimeScale};
pub use travel::{MOST_ENTRIES, MOST_EVENTS, ReadOnlyPastError, Travel};
