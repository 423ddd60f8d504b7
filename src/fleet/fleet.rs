//! A fleet: all processes that use one database server.

use super::error::FleetError;
use super::field::FIELDS;
use crate::time::Span;

/// What is known of a fleet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fleet {
    /// How many machines or containers there are.
    pub hosts: u32,
    /// How many processes run on each: each has a pool of its own.
    pub workers: u32,
    /// How many requests a process works on at once: its threads, or its tasks.
    pub threads: u32,
    /// Requests a second at the busiest time, of all processes together.
    pub rate: f64,
    /// How long a request holds its connection on average.
    pub hold: Span,
    /// How long 95 of 100 requests may wait for a connection at most.
    pub wait: Span,
    /// The server's limit, such as PostgreSQL's `max_connections`.
    pub limit: u32,
    /// How many of these are for others: reserved ones, migrations, consoles, other programs.
    pub others: u32,
}

impl Default for Fleet {
    fn default() -> Fleet {
        Fleet {
            hosts: 2,
            workers: 4,
            threads: 40,
            rate: 200.0,
            hold: Span::from_millis(50),
            wait: Span::from_millis(50),
            limit: 100,
            others: 10,
        }
    }
}

impl Fleet {
    /// Reads a fleet as [`Fleet::text`] writes it. What is not named is as in [`Fleet::default`].
    ///
    /// # Errors
    /// [`FleetError`] for a name that is no field's, and for a value that the field does not take.
    pub fn read(text: &str) -> Result<Fleet, FleetError> {
        let mut fleet = Fleet::default();
        let mut given = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let field = FIELDS.iter().find(|field| field.name == name);
            let field = field.ok_or_else(|| FleetError::Unknown(name.to_owned()))?;
            if given.contains(&name) {
                return Err(FleetError::Twice(field.label));
            }
            given.push(name);
            field.set(&mut fleet, value)?;
        }
        Ok(fleet)
    }

    /// The fleet as a link says it.
    pub fn text(&self) -> String {
        FIELDS.iter().map(|field| format!("{}={}", field.name, field.text(self))).collect::<Vec<_>>().join("&")
    }

    /// How many processes there are: each has a pool.
    pub fn processes(&self) -> u32 {
        self.hosts.saturating_mul(self.workers)
    }

    /// Requests a second that one process gets, when so many times as many come as at the busiest time.
    pub fn rate_each(&self, times: f64) -> f64 {
        self.rate * times / f64::from(self.processes().max(1))
    }

    /// How many connections are in use on average by all processes, by Little's law.
    pub fn in_use(&self) -> f64 {
        crate::theory::littles_law(self.rate, self.hold.as_secs_f64())
    }
}
