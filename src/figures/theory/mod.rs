//! What queueing theory says of a run, beside what was measured.
//!
//! A [`SteadyState`] is what theory says of a [`Setup`](crate::sim::Setup), [`compare`] puts it beside the figures of a run, and
//! [`broken_assumptions`] says in words where the two must part.

mod assumptions;
mod comparison;
mod steady_state;

pub use assumptions::broken_assumptions;
pub use comparison::{BATCHES, TheoryRow, compare};
pub use steady_state::{Formula, SteadyState};
