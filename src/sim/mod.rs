//! A world around pools, repeatable from its seed: traffic, an application in one or more workers, a database server.
//!
//! A [`Setup`] says what the world is like, a [`World`] is its state at a moment, and [`WorldAct`]s are what is done to it on the
//! way. In each worker runs a [`Service`](crate::service::Service); its driver is the simulated server inside the world, or
//! IndexedDB in the page. A [`Journal`] beside the world keeps the data for the figures.

mod act;
mod cancel;
mod event_loop;
mod event_queue;
mod idle;
mod journal;
mod outage;
mod rng_stream;
mod running_statement;
mod server;
mod setup;
mod traffic;
mod turn;
mod use_queue;
mod work;
mod world;

pub use act::WorldAct;
pub use event_loop::MAX_WORKERS;
pub use journal::{Journal, MOST_SAMPLES, Mark, STEP, Sample};
pub use setup::{HostedApp, Latency, ServerSetup, Setup};
pub use traffic::{Arrivals, Pattern, Traffic};
pub use work::{Distribution, Visitors, Work};
pub use world::{MAX_IN_SYSTEM, World};
