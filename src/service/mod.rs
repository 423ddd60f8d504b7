//! An application around a pool: it takes requests, checks out a connection for each, works with it and gives it back.
//!
//! A [`Service`] is the application in one worker. It does nothing itself: it gives [`Order`]s to its driver (the simulated
//! server of a world, or IndexedDB in the page), gets a [`Report`] on each, and tells observers the [`News`].

mod borrow;
mod calls;
mod cancel;
mod errors;
mod failure;
mod fast_path;
mod news;
mod order;
mod pool_outputs;
mod report;
mod request;
mod request_spec;
#[expect(clippy::module_inception, reason = "the room is named after the thing in it")]
mod service;
mod tally;
mod threads;
mod time_integrals;
mod wait;
mod woken;

pub use borrow::Borrow;
pub use calls::Finished;
pub use failure::Failure;
pub(crate) use fast_path::Step;
pub use news::{News, SECOND};
pub use order::{Job, Order};
pub use report::Report;
pub use request_spec::{Probe, RequestSpec};
pub use service::Service;
pub use tally::Tally;
pub use time_integrals::TimeIntegrals;
pub use wait::Wait;
