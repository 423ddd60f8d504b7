//! A world around pools, repeatable from its seed: visitors, an application in one or more workers, a database server.
//!
//! A [`Setup`] says what the world is like, a [`World`] is one at a moment, and [`Act`]s are what is done to it on the way.
//! [`Service`] is the application in one worker: it takes requests, checks a connection out for each, works with it and
//! gives it back. Whoever carries out its [`Order`]s is the driver: the simulated server inside the world, or IndexedDB in the
//! page. A [`Journal`] beside the world keeps what the figures are made from.

mod act;
mod agenda;
mod calls;
mod chance;
mod course;
mod digest;
mod heed;
mod idle;
mod journal;
mod news;
mod outage;
mod request;
mod server;
mod service;
mod setup;
mod straight;
mod tally;
mod traffic;
mod wait;
mod woken;
mod work;
mod world;

pub use act::Act;
pub use calls::Finished;
pub use course::MOST_WORKERS;
pub use digest::Digest;
pub use journal::{Areas, Journal, Mark, STEP, Sample, percentile};
pub use news::{Failure, Job, News, Order, Report, SECOND};
pub use service::Service;
pub use setup::{Database, Latency, Setup, Site};
pub use tally::Tally;
pub use traffic::{Arrivals, Pattern, Traffic};
pub use wait::Wait;
pub use work::{Shape, Visit, Visitors, Work};
pub use world::{CROWD, World};
