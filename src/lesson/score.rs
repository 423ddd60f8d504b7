//! The score of a solved challenge.
//!
//! A solution begins with 3 points and loses one for each of these, but keeps the last:
//!
//! - it changes more than is needed;
//! - it costs the server more than is needed: more connections opened, or more open at the same time;
//! - it may break something that our solution does not: see [`RISKS`].
//!
//! What is needed is what our solution needs. How far a value is from where it began does not count.

use super::plan::Plan;
use crate::figures::{MOST_OPEN, Measurement, OPENED};
use crate::pool::Class;
use crate::sim::Setup;
use crate::time::Span;

/// What counts towards the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// How many controls have another value than at first.
    pub changes: usize,
    /// How many connections were opened.
    pub opened: i64,
    /// How many were open at the same time, at most.
    pub most_open: i64,
    /// Which of the [`RISKS`] it takes.
    pub risks: [bool; RISKS.len()],
}

/// Something that a configuration may break with other traffic, even if all goes well with this.
#[derive(Debug, Clone, Copy)]
pub struct Risk {
    /// Whether a configuration takes the risk.
    pub is_in: fn(&Setup) -> bool,
    /// What it does then.
    pub does: &'static str,
}

/// The risks that cost a point.
pub const RISKS: [Risk; 3] = [
    Risk {
        is_in: |setup| setup.database.max_connections.is_some_and(|most| may_open(setup) > i64::from(most)),
        does: "allows more connections than the server does",
    },
    Risk {
        is_in: |setup| setup.settings.pool_timeout.is_none_or(|timeout| timeout > Span::from_secs(30)),
        does: "lets a request wait for longer than most callers do",
    },
    Risk {
        is_in: |setup| {
            let (settings, limit) = (&setup.settings, setup.database.wait_timeout);
            let pings = settings.pool_pre_ping || settings.class == Class::NullPool;
            let recycle = settings.pool_recycle;
            !pings && limit.is_some_and(|limit| recycle < Span::ZERO || recycle >= limit)
        },
        does: "keeps connections until the server closes them",
    },
];

/// The most connections that all workers together may open.
fn may_open(setup: &Setup) -> i64 {
    let settings = &setup.settings;
    let is_limited = settings.pool_size > 0 && settings.max_overflow >= 0 && settings.class != Class::NullPool;
    let each = if is_limited { settings.pool_size.saturating_add(settings.max_overflow) } else { i64::MAX };
    i64::try_from(setup.workers).unwrap_or(i64::MAX).saturating_mul(each)
}

impl Cost {
    /// The cost of a plan with so many changes that came to this.
    pub fn of(plan: &Plan, changes: usize, run: &Measurement) -> Cost {
        Cost {
            changes,
            opened: OPENED.number(run),
            most_open: MOST_OPEN.number(run),
            risks: RISKS.map(|risk| (risk.is_in)(&plan.setup)),
        }
    }

    /// The points that this earns where `needed` is enough: 3, 2 or 1.
    pub fn points(&self, needed: &Cost) -> u8 {
        3_u8.saturating_sub(self.reasons(needed).len().min(3) as u8).max(1)
    }

    /// Why it earns fewer than 3 points, in a sentence.
    pub fn missing(&self, needed: &Cost) -> Option<String> {
        let reasons = self.reasons(needed);
        (!reasons.is_empty()).then(|| format!("It works, and {}.", reasons.join(", and ")))
    }

    /// What costs a point, each as a clause.
    fn reasons(&self, needed: &Cost) -> Vec<String> {
        let are = |number: i64| if number == 1 { "is" } else { "are" };
        let connections = |number: i64| if number == 1 { "connection" } else { "connections" };
        let mut reasons = Vec::new();
        if self.changes > needed.changes {
            let enough = needed.changes as i64;
            reasons.push(format!("takes {} changes where {enough} {} enough", self.changes, are(enough)));
        }
        if self.opened > needed.opened {
            let enough = needed.opened;
            let (what, are) = (connections(self.opened), are(enough));
            reasons.push(format!("opens {} {what} where {enough} {are} enough", self.opened));
        } else if self.most_open > needed.most_open {
            let enough = needed.most_open;
            let (what, are) = (connections(self.most_open), are(enough));
            reasons.push(format!("has {} {what} open at once where {enough} {are} enough", self.most_open));
        }
        let risks = RISKS.iter().zip(self.risks).zip(needed.risks);
        let taken = risks.filter(|((_, taken), anyway)| *taken && !anyway).map(|((risk, _), _)| risk.does);
        let taken: Vec<_> = taken.collect();
        if !taken.is_empty() {
            reasons.push(taken.join(" and "));
        }
        reasons
    }
}
