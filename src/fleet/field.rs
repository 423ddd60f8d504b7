//! The numbers of a fleet: one table for the form, the link, and what is said of a wrong one.

use super::error::FleetError;
use super::fleet::Fleet;
use crate::settings::millionths;
use crate::time::Span;

const MILLION: i64 = 1_000_000;

/// A number of a fleet.
pub struct Field {
    /// Its name in links.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it means, and where to read it.
    pub help: &'static str,
    /// The least and the most that it takes, in millionths.
    range: (i64, i64),
    get: fn(&Fleet) -> i64,
    set: fn(&mut Fleet, i64),
}

impl Field {
    /// Sets it to a number as a person types it.
    ///
    /// # Errors
    /// [`FleetError`] if it is none, or out of range.
    pub fn set(&self, fleet: &mut Fleet, text: &str) -> Result<(), FleetError> {
        let (least, most) = self.range;
        let value =
            millionths(text).ok_or_else(|| FleetError::NoNumber { label: self.label, text: text.to_owned() })?;
        if !(least..=most).contains(&value) {
            return Err(FleetError::OutOfRange { label: self.label, least: decimal(least), most: decimal(most) });
        }
        (self.set)(fleet, value);
        Ok(())
    }

    /// Its number.
    pub fn text(&self, fleet: &Fleet) -> String {
        decimal((self.get)(fleet))
    }
}

/// A number of millionths without zeros at its end.
fn decimal(millionths: i64) -> String {
    let (whole, rest) = (millionths / MILLION, millionths % MILLION);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:06}").trim_end_matches('0').to_owned()
}

/// A count in millionths, cut off to a whole number.
fn count(value: i64) -> u32 {
    u32::try_from(value / MILLION).unwrap_or(u32::MAX)
}

fn millis(value: i64) -> Span {
    Span::from_micros(value / 1_000)
}

const fn whole(least: i64, most: i64) -> (i64, i64) {
    (least * MILLION, most * MILLION)
}

/// All numbers of a fleet, in the order in which they are asked for.
pub static FIELDS: &[Field] = &[
    Field {
        name: "hosts",
        label: "Machines or containers",
        help: "Replicas too, and those that a rolling deployment adds for a while.",
        range: whole(1, 1_000),
        get: |fleet| i64::from(fleet.hosts) * MILLION,
        set: |fleet, value| fleet.hosts = count(value),
    },
    Field {
        name: "workers",
        label: "Processes on each",
        help: "Gunicorn’s or Uvicorn’s workers, Celery’s processes. Each has a pool of its own.",
        range: whole(1, 256),
        get: |fleet| i64::from(fleet.workers) * MILLION,
        set: |fleet, value| fleet.workers = count(value),
    },
    Field {
        name: "threads",
        label: "Requests that a process works on at once",
        help: "Its threads: 1 for Gunicorn’s sync worker, 40 for endpoints written with def in FastAPI. For asyncio, your own limit, or a large number.",
        range: whole(1, 10_000),
        get: |fleet| i64::from(fleet.threads) * MILLION,
        set: |fleet, value| fleet.threads = count(value),
    },
    Field {
        name: "rate",
        label: "Requests per second, all together",
        help: "At the busiest time, and only those that use the database.",
        range: (MILLION / 100, 100_000 * MILLION),
        get: |fleet| (fleet.rate * 1e6) as i64,
        set: |fleet, value| fleet.rate = value as f64 / 1e6,
    },
    Field {
        name: "hold",
        label: "A request holds its connection for, in ms",
        help: "On average, from its first statement to commit, rollback or close: not the duration of the queries. A recording of your pool tells it.",
        range: (MILLION / 100, 600_000 * MILLION),
        get: |fleet| fleet.hold.as_micros() * 1_000,
        set: |fleet, value| fleet.hold = millis(value),
    },
    Field {
        name: "wait",
        label: "95 of 100 requests may wait at most, in ms",
        help: "For a connection. With 0, at most 5 of 100 wait at all.",
        range: (0, 60_000 * MILLION),
        get: |fleet| fleet.wait.as_micros() * 1_000,
        set: |fleet, value| fleet.wait = millis(value),
    },
    Field {
        name: "limit",
        label: "Connections that the server allows",
        help: "PostgreSQL: SHOW max_connections. MySQL: SHOW VARIABLES LIKE 'max_connections'.",
        range: whole(1, 100_000),
        get: |fleet| i64::from(fleet.limit) * MILLION,
        set: |fleet, value| fleet.limit = count(value),
    },
    Field {
        name: "others",
        label: "Of these for others",
        help: "Reserved ones, migrations, consoles, monitoring, other programs.",
        range: whole(0, 100_000),
        get: |fleet| i64::from(fleet.others) * MILLION,
        set: |fleet, value| fleet.others = count(value),
    },
];
