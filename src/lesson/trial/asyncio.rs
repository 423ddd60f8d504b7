//! Claims about event loops, cancelled tasks and threads.

use super::setting::{pool, world};
use super::{Claim, Ruling};
use crate::lesson::Plan;
use crate::pool::{Class, Settings};
use crate::service::{Borrow, Probe, RequestSpec};
use crate::settings::{Act, SettingId, SettingValue};
use crate::sim::{Setup, WorldAct};
use crate::time::Span;

const fn tasks(size: i64, overflow: i64) -> Settings {
    Settings { class: Class::AsyncAdaptedQueuePool, ..pool(size, overflow) }
}

/// Requests with sessions, that work outside the database for so many milliseconds with their connections held.
fn sessions(settings: Settings, arrivals: &[i64], takes: i64, outside: i64) -> Setup {
    let mut setup = Setup { borrow: Borrow::Session, ..world(settings, arrivals, takes) };
    setup.work.outside = Span::from_millis(outside);
    setup
}

/// Claim: while an endpoint awaits something else, others can use its connection.
pub(super) static AWAIT_LENDS: Claim = Claim {
    name: "await-lends",
    plan: || Plan::new(sessions(tasks(2, 0), &[500, 700, 1_000], 300, 4_000), Span::from_secs(8)),
    speed: 1.0,
    fact: "run.longest",
    expects: "<1",
    ruling: Ruling::False,
};

/// Claim: a task that is cancelled never gives its connection back.
pub(super) static CANCEL_LEAKS: Claim = Claim {
    name: "cancel-leaks",
    plan: || Plan::new(sessions(tasks(2, 0), &[500, 700], 5_000, 0), Span::from_secs(6)).at(2.5, WorldAct::Cancel),
    speed: 1.0,
    fact: "run@4.checked-out",
    expects: "2",
    ruling: Ruling::False,
};

/// Claim: cancelling a query costs a connection.
pub(super) static CANCEL_COSTS: Claim = Claim {
    name: "cancel-costs",
    plan: || {
        let plan = Plan::new(sessions(tasks(1, 0), &[500, 4_000], 2_500, 0), Span::from_secs(8));
        plan.at(2.5, WorldAct::Cancel)
    },
    speed: 1.0,
    fact: "run.opened",
    expects: "2",
    ruling: Ruling::True,
};

/// Claim: a time limit round the request limits its wait for a connection, too.
pub(super) static LIMIT_COVERS: Claim = Claim {
    name: "limit-covers",
    plan: || {
        let limit = Some(Span::from_secs(2));
        let setup = Setup { cancel_after: limit, ..sessions(tasks(1, 0), &[], 400, 0) };
        let limited = |by: Option<Span>| {
            let value = by.map_or(SettingValue::None, SettingValue::Time);
            Act::Set(SettingId::CancelAfter, value)
        };
        let second = RequestSpec { takes: Span::from_millis(400), ..RequestSpec::default() };
        let first = RequestSpec { outside: Span::from_secs(5), ..second };
        // The first has no limit.
        let plan = Plan::new(setup, Span::from_secs(6)).at(0.1, limited(None)).at(0.5, WorldAct::Arrive(first));
        plan.at(0.8, limited(limit)).at(1.0, WorldAct::Arrive(second))
    },
    speed: 1.0,
    fact: "run.longest",
    expects: "2 s",
    ruling: Ruling::True,
};

/// Claim: nobody waits while `overflow()` is below `max_overflow`.
pub(super) static FREE_ROOM: Claim = Claim {
    name: "free-room",
    plan: || {
        let mut setup = sessions(tasks(1, 1), &[500, 500, 500, 500], 2_000, 0);
        setup.database.latency = Default::default();
        Plan::new(setup, Span::from_secs(7))
    },
    speed: 1.0,
    fact: "run@3.5.waiting",
    expects: "0",
    ruling: Ruling::False,
};

/// Claim: threads limit how many requests stand at the pool.
pub(super) static THREADS_HOLD_BACK: Claim = Claim {
    name: "threads-hold-back",
    plan: || {
        let rush: Vec<i64> = (0..10).map(|number| 500 + 100 * number).collect();
        Plan::new(Setup { threads: Some(6), ..sessions(pool(2, 0), &rush, 1_000, 0) }, Span::from_secs(9))
    },
    speed: 1.0,
    fact: "run.most-waiting",
    expects: "4",
    ruling: Ruling::True,
};

/// Claim: a health check without the database does not depend on the pool.
pub(super) static HEALTH_CHECK: Claim = Claim {
    name: "health-check",
    plan: || {
        let rush: Vec<i64> = (0..10).map(|number| 500 + 50 * number).collect();
        let setup = Setup { threads: Some(6), ..sessions(pool(2, 0), &rush, 1_000, 0) };
        let check = RequestSpec { probe: Some(Probe::Thread), ..RequestSpec::default() };
        Plan::new(setup, Span::from_secs(9)).at(1.5, WorldAct::Arrive(check))
    },
    speed: 1.0,
    fact: "run.health",
    expects: "<0.5",
    ruling: Ruling::Misleading,
};
