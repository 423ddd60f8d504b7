//! Time travel: a recorded run in which one can go back, forth, and off into another future.
//!
//! A [`Travel`] keeps the acts that were done to a world, each with its place in the story, and a copy of everything now
//! and then. Any moment is then a copy and a little running. What is on screen is a [`Scene`]: the world, and a lot for
//! each of its workers.
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
mod run;
mod scene;
mod tape;
mod time_scale;

pub use run::{MOST_ENTRIES, ReadOnlyPastError, Travel};
pub use scene::Scene;
pub use tape::Entry;
pub use time_scale::{QUIET, TimeScale};
