//! Claims about how large a pool should be.

use super::setting::{pool, world};
use super::{Claim, Ruling};
use crate::lesson::Plan;
use crate::sim::Setup;
use crate::time::Span;

/// Claim: `pool_size` should be twice the number of worker processes.
pub(super) static TWICE_THE_WORKERS: Claim = Claim {
    name: "twice-the-workers",
    plan: || {
        let rush: Vec<i64> = (0..12).map(|number| 500 + 100 * number).collect();
        Plan::new(Setup { workers: 2, ..world(pool(4, 0), &rush, 3_000) }, Span::from_secs(9))
    },
    speed: 1.0,
    fact: "run.most-open",
    expects: "4",
    ruling: Ruling::Misleading,
};
