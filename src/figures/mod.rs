//! What a run shows: one table of figures, read by everything that shows one.
//!
//! A [`Measurement`] is what a stretch of a run came to. A [`Figure`] is a row of the one table: its name, its title, its unit,
//! and how it is read from a measurement. A fact of a lesson's prose and a challenge's goal find their row by
//! [name](figure()); a map, a comparison, a kept run and a panel name theirs; a file has a column for every [counter](COUNTERS).
//!
//! A [`Window`] is a stretch of a [`Journal`](crate::sim::Journal) in fractions of seconds, for theory and for files; its means
//! are exact. An [`Interval`] says how far a figure can be trusted, [`theory`] what mathematics says of it, and [`csv()`] and
//! [`json()`] write a run out.
//!
//! To add a counter: a field in [`Tally`](crate::service::Tally), counted where it happens, and a row here; without the row it
//! does not compile. To add another figure: a row. What else it needs (a line in `docs/figures.md`, a place where it is shown)
//! the tests say.
//!
//! ```
//! use valet::figures::theory::{broken_assumptions, compare};
//! use valet::figures::{ERRORS, Measurement, P95, Window, figure, warm_up};
//! use valet::sim::{Distribution, Journal, Setup, Traffic, Work, World};
//! use valet::time::{Instant, Span};
//!
//! // SQLAlchemy's own pool of 5 + 10, and 135 requests a second of 100 ms on average: 90 % are in use.
//! let work = Work { shape: Distribution::Exponential, ..Work::constant(Span::from_millis(100)) };
//! let setup = Setup { traffic: Traffic::poisson(135.0), work, ..Setup::default() };
//! let (mut world, mut journal) = (World::unwatched(setup.clone()), Journal::new());
//! world.run_until(Instant::from_micros(300_000_000), &mut journal);
//!
//! let measurement = Measurement::so_far(&world, &journal);
//! assert_eq!(ERRORS.number(&measurement), 0);
//! assert_eq!((P95.title, figure("p95")), ("p95 wait", Some(&P95)));
//! assert!(figure("served").unwrap().number(&measurement) > 40_000);
//!
//! let window = Window::of(&journal, warm_up(&journal), world.now()).unwrap();
//! assert!((window.utilisation(&setup).unwrap() - 0.9).abs() < 0.02);
//! assert!(window.wait_at(0.5).unwrap() < window.wait_at(0.95).unwrap());
//!
//! let rows = compare(&setup, &journal, warm_up(&journal), world.now());
//! assert!(rows.iter().any(|row| row.name == "mean wait" && row.theory.is_some() && row.measured.is_some()));
//! assert!(broken_assumptions(&setup, &world.tally(), []).is_empty());
//! ```

mod batch_means;
mod counters;
mod csv;
mod figure;
mod interval;
mod json;
mod measurement;
mod milestone;
mod series;
mod table;
pub mod theory;
mod value;
mod waits;
mod watched;
mod window;

pub use batch_means::{batch_means, warm_up};
pub use counters::*;
pub use csv::csv;
pub use figure::Figure;
pub use interval::Interval;
pub use json::{VERSION, json};
pub use measurement::Measurement;
pub use milestone::Milestone;
pub use table::*;
pub use value::{Unit, Value};
pub use waits::{WaitSummary, percentile};
pub use watched::{FirstWorker, Watched};
pub use window::Window;
