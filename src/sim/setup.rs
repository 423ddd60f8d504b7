//! The setup of a world: everything that determines it before it begins.

use super::traffic::Traffic;
use super::work::{Visitors, Work};
use crate::apps::{Form, View};
use crate::pool::Settings;
use crate::service::Borrow;
use crate::sql::Vendor;
use crate::time::Span;

/// The setup of a world. The same setup, with the same acts at the same moments, gives the same world.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// The seed of all random numbers.
    pub seed: u64,
    /// The pool's settings, the same in every worker.
    pub settings: Settings,
    /// How many worker processes there are, each with its own pool; at least one.
    pub workers: usize,
    /// How many threads each worker has. A request that finds none free waits for one, and has not asked for a connection yet.
    /// `None` if there is one for each request. Tasks need no threads.
    pub threads: Option<u32>,
    /// When requests come.
    pub traffic: Traffic,
    /// What requests do.
    pub work: Work,
    /// How long it takes until a woken waiter runs. Meanwhile the connection is idle in the pool, and a newcomer may take it
    /// first. In reality a thread needs micro- to milliseconds, too quick to watch.
    pub wake: Span,
    /// What requests borrow from their engine, unless they call a view.
    pub borrow: Borrow,
    /// How long after its request a connection that was not returned is garbage-collected: `None` if something still refers to
    /// it, so that it never is. In reality it is collected when enough garbage has piled up.
    pub collected_after: Option<Span>,
    /// How long after a request came its task is cancelled, as by `asyncio.timeout`: `None` if never. Threads cannot be cancelled.
    pub cancel_after: Option<Span>,
    /// What users do when they are not served.
    pub visitors: Visitors,
    /// The database server, one for all workers.
    pub database: ServerSetup,
    /// The application that the workers run, if there is one.
    pub site: Option<HostedApp>,
}

/// An application with its form, and the view that requests call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostedApp {
    /// Whether it is as printed, or corrected.
    pub form: Form,
    /// The view that requests call.
    pub view: View,
}

impl Default for Setup {
    /// SQLAlchemy's default pool, four requests a second at random, 100 ms each; no network delay, and a server without limits.
    fn default() -> Setup {
        Setup {
            seed: 1,
            settings: Settings::default(),
            workers: 1,
            threads: None,
            traffic: Traffic::poisson(4.0),
            work: Work::constant(Span::from_millis(100)),
            wake: Span::ZERO,
            borrow: Borrow::default(),
            collected_after: None,
            cancel_after: None,
            visitors: Visitors { gives_up: None, retries: 0, retry_after: Span::from_secs(1) },
            database: ServerSetup::default(),
            site: None,
        }
    }
}

/// How long each kind of job takes, besides statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Latency {
    /// Opening a connection.
    pub connect: Span,
    /// Checking whether a connection is alive.
    pub ping: Span,
    /// Rolling back on return.
    pub reset: Span,
    /// Closing a connection.
    pub close: Span,
}

/// The database server, and the network on the way to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServerSetup {
    /// How long jobs take, besides statements.
    pub latency: Latency,
    /// The most connections that it allows, from all workers together.
    pub max_connections: Option<u32>,
    /// It closes connections that are idle for this long, like MySQL's `wait_timeout`.
    pub wait_timeout: Option<Span>,
    /// A firewall forgets connections that are idle for this long, and tells neither side: what is sent is lost, and the server
    /// keeps its session until its own keepalive finds that the client is gone.
    pub firewall: Option<Span>,
    /// After this long without traffic, the server checks whether the client is still there (TCP keepalive; Linux waits two
    /// hours). For a firewall with a longer limit than that, a connection is never idle.
    pub keepalive: Span,
    /// How long the server is busy with each new connection. It accepts one after the other, so a storm of them has to queue.
    pub accept: Span,
    /// How long a client waits for an answer that does not come.
    pub tcp_timeout: Span,
    /// How long a restart, failover or network cut lasts.
    pub outage: Span,
    /// How many times as long statements take: 1 is normal, 10 is a lost index.
    pub slowness: f64,
    /// Universal scalability law: the share of the work that only one statement at a time can do.
    pub contention: f64,
    /// Universal scalability law: what each pair of statements costs by keeping each other informed.
    pub coherency: f64,
    /// The vendor whose wording errors have. Nothing else depends on it.
    pub vendor: Vendor,
}

impl Default for ServerSetup {
    fn default() -> ServerSetup {
        ServerSetup {
            latency: Latency::default(),
            max_connections: None,
            wait_timeout: None,
            firewall: None,
            keepalive: Span::from_secs(7_200),
            accept: Span::ZERO,
            tcp_timeout: Span::from_secs(15),
            outage: Span::from_secs(3),
            slowness: 1.0,
            contention: 0.0,
            coherency: 0.0,
            vendor: Vendor::default(),
        }
    }
}

impl ServerSetup {
    /// How many times as long a statement takes when `running` of them run at once, itself included.
    pub fn slowdown(&self, running: u32) -> f64 {
        let others = f64::from(running.saturating_sub(1));
        let law = 1.0 + self.contention * others + self.coherency * others * f64::from(running);
        (law * self.slowness).max(1e-6)
    }
}
