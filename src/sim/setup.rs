//! Everything about a world before it begins.

use super::traffic::Traffic;
use super::work::{Visitors, Work};
use crate::apps::flask::{Form, View};
use crate::pool::Settings;
use crate::sql::Vendor;
use crate::time::Span;

/// A world before it begins. The same setup, and the same acts at the same moments, give the same world.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// Where chance begins.
    pub seed: u64,
    /// The pool's settings, the same in every worker.
    pub settings: Settings,
    /// How many processes there are, each with a pool of its own; at least one.
    pub workers: usize,
    /// When requests come.
    pub traffic: Traffic,
    /// What they do.
    pub work: Work,
    /// How long after it was woken a waiter runs. Meanwhile the key lies on the rack, and a newcomer may be first. In truth a
    /// thread needs micro- to milliseconds, too quick to watch.
    pub wake: Span,
    /// How long after its request a connection that nobody gave back is collected: `None` if something still refers to it, so
    /// that it never is. In truth when enough garbage has piled up.
    pub collected_after: Option<Span>,
    /// What those do who are not served.
    pub visitors: Visitors,
    /// The database server, one for all.
    pub database: Database,
    /// The Flask application that they visit, if it is one.
    pub site: Option<Site>,
}

/// An application as it runs, and what its visitors come for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Site {
    /// As printed, or corrected.
    pub form: Form,
    /// The view that they visit.
    pub view: View,
}

impl Default for Setup {
    /// SQLAlchemy's own pool, four requests a second at random, 100 ms each; no network and a server without limits.
    fn default() -> Setup {
        Setup {
            seed: 1,
            settings: Settings::default(),
            workers: 1,
            traffic: Traffic::poisson(4.0),
            work: Work::constant(Span::from_millis(100)),
            wake: Span::ZERO,
            collected_after: None,
            visitors: Visitors { gives_up: None, retries: 0, retry_after: Span::from_secs(1) },
            database: Database::default(),
            site: None,
        }
    }
}

/// How long each kind of job takes, besides statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Latency {
    /// Opening a connection.
    pub connect: Span,
    /// Asking a connection whether it lives.
    pub ping: Span,
    /// Rolling back on return.
    pub reset: Span,
    /// Closing.
    pub close: Span,
}

/// The database server and the way to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Database {
    /// How long jobs take, besides statements.
    pub latency: Latency,
    /// It has no more connections than these, of all workers together.
    pub max_connections: Option<u32>,
    /// It closes connections that were not used for so long: MySQL's `wait_timeout`.
    pub wait_timeout: Option<Span>,
    /// A firewall forgets connections that were not used for so long. Nobody is told: what is sent is lost, and the server
    /// keeps its session until its own keepalive finds nobody there.
    pub firewall: Option<Span>,
    /// After so long without traffic the server asks whether anybody is still there (TCP keepalive; Linux waits two hours).
    /// For a firewall with more patience than that, a connection is never idle.
    pub keepalive: Span,
    /// The server is busy with each new connection for so long, one after the other, so that a storm of them queues.
    pub accept: Span,
    /// So long one waits for an answer that does not come.
    pub tcp_timeout: Span,
    /// How long a restart, failover or network cut lasts.
    pub outage: Span,
    /// Statements take so many times as long: 1 is well, 10 a lost index.
    pub slowness: f64,
    /// Universal scalability law: the share of the work that only one statement at a time can do.
    pub contention: f64,
    /// Universal scalability law: what each pair of statements costs by keeping each other informed.
    pub coherency: f64,
    /// Whose words errors have. Nothing else is different.
    pub vendor: Vendor,
}

impl Default for Database {
    fn default() -> Database {
        Database {
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

impl Database {
    /// How many times as long a statement takes when `running` of them run at once, itself included.
    pub fn slowdown(&self, running: u32) -> f64 {
        let others = f64::from(running.saturating_sub(1));
        let law = 1.0 + self.contention * others + self.coherency * others * f64::from(running);
        (law * self.slowness).max(1e-6)
    }
}
