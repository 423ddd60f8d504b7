//! Claims about `pool_pre_ping`.

use super::setting::{pool, world};
use super::{Claim, Ruling};
use crate::lesson::Plan;
use crate::pool::Settings;
use crate::sim::{Latency, ServerSetup, Setup, WorldAct};
use crate::time::Span;

const fn pinging(settings: Settings) -> Settings {
    Settings { pool_pre_ping: true, ..settings }
}

/// Claim: `SELECT 1` runs before a connection is handed out.
pub(super) static SELECT_ONE: Claim = Claim {
    name: "select-one",
    plan: || {
        // A ping as slow as this is easily told from no ping.
        let setup = world(pinging(pool(3, 0)), &[500, 600, 700, 4_500], 2_000);
        let latency = Latency { ping: Span::from_millis(2_000), ..setup.database.latency };
        let database = ServerSetup { latency, ..setup.database };
        Plan::new(Setup { database, ..setup }, Span::from_secs(9))
    },
    speed: 1.0,
    fact: "run@4.longest",
    expects: "2.4 s",
    ruling: Ruling::Misleading,
};

/// Claim: a dead connection is discarded, and another is opened.
pub(super) static DISCARDED: Claim = Claim {
    name: "discarded",
    plan: || {
        let setup = world(pinging(pool(3, 0)), &[500, 600, 700, 7_000, 7_100, 7_200], 1_000);
        Plan::new(setup, Span::from_secs(10)).at(4.0, WorldAct::Restart)
    },
    speed: 1.25,
    fact: "run.errors",
    expects: "0",
    ruling: Ruling::True,
};

/// Claim: with all of these settings, connections are healthy and ready.
pub(super) static HEALTHY: Claim = Claim {
    name: "healthy",
    plan: || {
        let settings = Settings { pool_recycle: Span::from_secs(5), ..pinging(pool(3, 2)) };
        let setup = world(settings, &[500, 600, 700, 5_000, 7_500], 2_000);
        Plan::new(setup, Span::from_secs(10)).at(6.0, WorldAct::Restart)
    },
    speed: 1.25,
    fact: "run.errors",
    expects: "0",
    ruling: Ruling::Misleading,
};
