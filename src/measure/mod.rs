//! What a run shows, as numbers and as files, beside what theory says of it.
//!
//! A [`Window`] is a stretch of a [`Journal`](crate::sim::Journal), and its figures are exact: differences of areas and
//! counts, and every single wait. An [`Interval`] says how far such a figure can be trusted. A [`Prediction`] is what
//! queueing theory says of a [`Setup`](crate::sim::Setup), [`compare`] puts the two side by side, and [`breaches`] says in words
//! which assumptions of the theory do not hold. [`csv`] and [`json`] write the run out.
//!
//! ```
//! use valet::measure::{Window, breaches, compare, warm_up};
//! use valet::sim::{Journal, Setup, Shape, Traffic, Work, World};
//! use valet::time::{Instant, Span};
//!
//! // SQLAlchemy's own pool of 5 + 10, and 135 requests a second of 100 ms on average: 90 % are in use.
//! let work = Work { shape: Shape::Exponential, ..Work::constant(Span::from_millis(100)) };
//! let setup = Setup { traffic: Traffic::poisson(135.0), work, ..Setup::default() };
//! let (mut world, mut journal) = (World::unwatched(setup.clone()), Journal::new());
//! world.run_until(Instant::from_micros(300_000_000), &mut journal);
//!
//! let window = Window::of(&journal, warm_up(&journal), world.now()).unwrap();
//! assert!((window.utilisation(&setup).unwrap() - 0.9).abs() < 0.02);
//! assert!(window.wait_at(0.5).unwrap() < window.wait_at(0.95).unwrap());
//!
//! let rows = compare(&setup, &journal, warm_up(&journal), world.now());
//! assert!(rows.iter().any(|row| row.name == "mean wait" && row.theory.is_some() && row.measured.is_some()));
//! assert!(breaches(&setup, &world.tally(), []).is_empty());
//! ```

mod breach;
mod compare;
mod csv;
mod fields;
mod interval;
mod json;
mod prediction;
mod window;

pub use breach::breaches;
pub use compare::{BATCHES, Row, compare};
pub use csv::csv;
pub use interval::{Interval, batch_means, warm_up};
pub use json::{VERSION, json};
pub use prediction::{Formula, Prediction};
pub use window::Window;
