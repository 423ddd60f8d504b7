//! What a fleet should set, and why.

use super::fleet::Fleet;
use crate::theory::Queue;
use crate::time::Span;

/// More connections than these of one pool are not looked for.
const MOST: u32 = 20_000;
/// The share of requests that waits no longer than the fleet allows.
const MOST_REQUESTS: f64 = 0.95;

/// What keeps a pool from having as many connections as the load asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Each process gets so large a part of what the server allows.
    Server,
    /// A process works on so few requests at once: more connections would never be used.
    Threads,
}

/// What a load asks of one process's pool.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Need {
    /// The fewest connections with which 95 of 100 requests wait no longer than they may. `None` if even [thousands](Advice)
    /// are too few.
    pub connections: Option<u32>,
    /// How long 95 of 100 wait at most with the pool that is advised. `None` if requests come faster than they are served: the
    /// queue grows until they time out.
    pub p95: Option<Span>,
}

/// What each process of a fleet should set, and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Advice {
    /// `pool_size`: enough for the load.
    pub pool_size: u32,
    /// `max_overflow`: what twice the load needs beyond that, as far as there is room.
    pub max_overflow: u32,
    /// How many processes there are.
    pub processes: u32,
    /// How many connections the server has for all of them.
    pub room: u32,
    /// How many of those each may have.
    pub share: u32,
    /// What the load asks for.
    pub now: Need,
    /// What twice the load asks for.
    pub twice: Need,
    /// What keeps the pool smaller than the load asks for, if anything does.
    pub limit: Option<Limit>,
    /// The same for twice the load.
    pub limit_of_twice: Option<Limit>,
    /// The fewest connections that one pool for all requests would need. `None` as for [`Need::connections`].
    pub shared: Option<u32>,
    /// The longest time that a request may hold its connection on average so that the pool is enough. `None` if it is enough
    /// already, or if there is no room for a single connection each.
    pub hold: Option<Span>,
}

impl Advice {
    /// The advice for a fleet.
    pub fn of(fleet: &Fleet) -> Advice {
        let processes = fleet.processes();
        let room = fleet.limit.saturating_sub(fleet.others);
        let share = room / processes.max(1);
        let most = share.min(fleet.threads);
        let need = |times: f64| fewest(fleet.rate_each(times), fleet.hold, fleet.wait);
        let limited = |need: Option<u32>| match need {
            Some(need) if need <= most => None,
            _ if share <= fleet.threads => Some(Limit::Server),
            _ => Some(Limit::Threads),
        };
        let (now, twice) = (need(1.0), need(2.0));
        let pool_size = now.unwrap_or(MOST).min(most).max(1);
        let with_overflow = twice.unwrap_or(MOST).min(most).max(pool_size);
        let p95 = |times: f64| p95(fleet.rate_each(times), fleet.hold, with_overflow);
        let limit = limited(now);
        Advice {
            pool_size,
            max_overflow: with_overflow - pool_size,
            processes,
            room,
            share,
            now: Need { connections: now, p95: p95(1.0) },
            twice: Need { connections: twice, p95: p95(2.0) },
            limit,
            limit_of_twice: limited(twice),
            shared: fewest(fleet.rate, fleet.hold, fleet.wait),
            hold: if limit.is_some() { longest_hold(fleet, most) } else { None },
        }
    }

    /// The most connections that a process may open.
    pub fn each(&self) -> u32 {
        self.pool_size + self.max_overflow
    }

    /// The most connections that all processes may open together.
    pub fn sum(&self) -> u32 {
        self.each().saturating_mul(self.processes)
    }

    /// Whether there is less than one connection for each process.
    pub fn is_without_room(&self) -> bool {
        self.share == 0
    }
}

/// How long 95 of 100 requests wait at most for one of so many connections. `None` if the queue grows without end.
fn p95(rate: f64, hold: Span, connections: u32) -> Option<Span> {
    let queue = Queue { arrivals: rate, service: 1.0 / hold.as_secs_f64(), servers: connections };
    queue.waiting()?.wait_quantile(MOST_REQUESTS).map(Span::from_secs_f64)
}

/// The fewest connections with which 95 of 100 requests wait no longer than `wait`. More of them never make it longer.
fn fewest(rate: f64, hold: Span, wait: Span) -> Option<u32> {
    let is_enough = |connections: u32| p95(rate, hold, connections).is_some_and(|p95| p95 <= wait);
    if !is_enough(MOST) {
        return None;
    }
    let (mut too_few, mut enough) = (0, MOST);
    while enough - too_few > 1 {
        let middle = too_few + (enough - too_few) / 2;
        if is_enough(middle) { enough = middle } else { too_few = middle }
    }
    Some(enough)
}

/// The longest time on average for which requests may hold one of so many connections.
fn longest_hold(fleet: &Fleet, connections: u32) -> Option<Span> {
    let is_enough = |micros: i64| {
        let hold = Span::from_micros(micros);
        p95(fleet.rate_each(1.0), hold, connections).is_some_and(|p95| p95 <= fleet.wait)
    };
    let (mut enough, mut too_long) = (0, fleet.hold.as_micros());
    while too_long - enough > 1 {
        let middle = enough + (too_long - enough) / 2;
        if is_enough(middle) { enough = middle } else { too_long = middle }
    }
    (connections > 0 && enough > 0).then(|| Span::from_micros(enough))
}
