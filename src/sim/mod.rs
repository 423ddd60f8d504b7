//! A world around the pool, repeatable from its seed: who asks for connections, and a server that answers.
//!
//! [`Service`] is the application: it takes requests, checks a connection out for each, works with it and gives it
//! back. Whoever carries out its [`Order`]s is the driver: [`Server`] in virtual time here, IndexedDB in the page.
//! [`Traffic`] says when requests come.

mod server;
mod service;
mod traffic;

pub use server::{Latency, Server, run};
pub use service::{Failure, Job, News, Order, Report, Service, Tally};
pub use traffic::Traffic;
