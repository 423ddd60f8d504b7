//! Comparing worlds, and searching for a good pool.
//!
//! [`measure`] runs a world for a while and returns its results. A [`Comparison`] does this with two worlds and the same
//! requests; a [`Sweep`] with a whole grid of worlds and several seeds. An [`Objective`] finds the smallest pool of a sweep that
//! is good enough, and [`confirm`] tests that pool with requests that had no part in the choice. All of them can run in slices
//! ([`MeasuredRun`], [`RunningComparison`], [`Sweep`], [`Confirmation`]), so that a page can paint in between. The results do not
//! depend on where the slices end.
//!
//! ```
//! use valet::pool::Settings;
//! use valet::figures::P95;
//! use valet::search::Comparison;
//! use valet::sim::{Setup, Traffic};
//! use valet::time::Span;
//!
//! let a = Setup { traffic: Traffic::poisson(60.0), ..Setup::default() }; // six connections' worth of work
//! let b = Setup { settings: Settings { pool_size: 7, max_overflow: 0, ..a.settings }, ..a.clone() };
//! let comparison = Comparison::new(&a, &b, Span::from_secs(10), Span::from_secs(60));
//! assert_eq!(comparison.a.tally.arrived, comparison.b.tally.arrived);
//! let p95 = &comparison.difference(&P95).unwrap().sentence;
//! assert!(p95.starts_with("p95 wait: 0 ms with 5 + 10, ") && p95.contains(" with 7 + 0: A waits "));
//! ```

mod axis;
mod cell;
mod comparison;
mod confirmation;
mod measured_run;
mod objective;
mod on_map;
mod pool_name;
mod sweep;
mod sweep_error;

pub use axis::{Axis, Range};
pub use cell::{Cell, Spread};
pub use comparison::{COMPARED, Comparison, Difference, RunningComparison};
pub use confirmation::{Confirmation, Confirmed, confirm};
pub use measured_run::{MeasuredRun, measure};
pub use objective::{Objective, ObjectiveResult, Smallest};
pub use on_map::ON_MAP;
pub use sweep::{MOST_RUNS, Sweep, SweepProgress};
pub use sweep_error::SweepError;
