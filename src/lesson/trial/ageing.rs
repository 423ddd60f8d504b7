//! Claims about connections that grow old: `pool_recycle`, idle connections, and the server's own limit.

use super::setting::{pool, world};
use super::{Claim, Ruling};
use crate::lesson::Plan;
use crate::pool::Settings;
use crate::sim::{ServerSetup, Setup, WorldAct};
use crate::time::Span;

const fn recycling(settings: Settings, secs: i64) -> Settings {
    Settings { pool_recycle: Span::from_secs(secs), ..settings }
}

/// A server that closes connections that are idle for `secs` seconds.
fn with_limit(setup: Setup, secs: i64) -> Setup {
    let database = ServerSetup { wait_timeout: Some(Span::from_secs(secs)), ..setup.database };
    Setup { database, ..setup }
}

/// Claim: every so often, connections are recycled.
pub(super) static EVERY_HALF_HOUR: Claim = Claim {
    name: "every-half-hour",
    plan: || Plan::new(world(recycling(pool(2, 0), 3), &[500, 600, 10_000], 800), Span::from_secs(12)),
    speed: 1.5,
    fact: "run@9.9.recycled",
    expects: ">0",
    ruling: Ruling::Misleading,
};

/// Claim: after some time, a connection is disconnected.
pub(super) static DISCONNECTS: Claim = Claim {
    name: "disconnects",
    plan: || Plan::new(world(recycling(pool(1, 0), 3), &[500, 9_500], 7_000), Span::from_secs(11)),
    speed: 1.5,
    fact: "run@7.recycled",
    expects: ">0",
    ruling: Ruling::Misleading,
};

/// Claim: connections are refreshed before they become stale.
pub(super) static BEFORE_STALE: Claim = Claim {
    name: "before-stale",
    plan: || {
        let setup = world(recycling(pool(3, 0), 3), &[500, 600, 700, 10_000], 800);
        Plan::new(with_limit(setup, 5), Span::from_secs(12))
    },
    speed: 1.5,
    fact: "run@9.open",
    expects: "3",
    ruling: Ruling::Misleading,
};

/// Claim: `pool_recycle` avoids stale connections.
pub(super) static AVOID_STALE: Claim = Claim {
    name: "avoid-stale",
    plan: || {
        let setup = world(recycling(pool(3, 0), 30), &[500, 600, 700, 8_000], 800);
        Plan::new(setup, Span::from_secs(10)).at(4.0, WorldAct::Restart)
    },
    speed: 1.25,
    fact: "run.errors",
    expects: "0",
    ruling: Ruling::Misleading,
};

/// Claim: a `pool_recycle` below the server's own limit keeps requests from getting connections that the server has closed.
pub(super) static BELOW_THE_LIMIT: Claim = Claim {
    name: "below-the-limit",
    plan: || {
        let setup = world(recycling(pool(2, 0), 3), &[500, 600, 8_000, 8_100], 800);
        Plan::new(with_limit(setup, 5), Span::from_secs(10))
    },
    speed: 1.25,
    fact: "run.errors",
    expects: "0",
    ruling: Ruling::True,
};

/// Claim: the pool closes connections that are idle for long.
pub(super) static IDLE_CLOSED: Claim = Claim {
    name: "idle-closed",
    plan: || {
        let settings = Settings { pool_pre_ping: true, ..recycling(pool(3, 0), 10) };
        Plan::new(world(settings, &[500, 600, 700], 1_000), Span::from_secs(60))
    },
    speed: 6.0,
    fact: "run.closed",
    expects: ">0",
    ruling: Ruling::False,
};
