//! Claims about when connections are opened, and when they are closed again.

use super::setting::{pool, world};
use super::{Claim, Ruling};
use crate::lesson::Plan;
use crate::time::Span;

/// Claim: `pool_size` connections are open before the first request.
pub(super) static KEPT_READY: Claim = Claim {
    name: "kept-ready",
    plan: || Plan::new(world(pool(5, 0), &[5_000, 7_000], 1_000), Span::from_secs(10)),
    speed: 1.0,
    fact: "run@4.9.open",
    expects: "5",
    ruling: Ruling::Misleading,
};

/// Claim: a connection is reused instead of opening another.
pub(super) static REUSE: Claim = Claim {
    name: "reuse",
    plan: || {
        let one_by_one = [500, 2_000, 3_500, 5_000, 6_500, 8_000];
        Plan::new(world(pool(3, 2), &one_by_one, 800), Span::from_secs(10))
    },
    speed: 1.0,
    fact: "run.opened",
    expects: "1",
    ruling: Ruling::True,
};

/// Claim: when all connections are checked out, a request waits, "or worse", another is opened.
pub(super) static OR_WORSE: Claim = Claim {
    name: "or-worse",
    plan: || Plan::new(world(pool(3, 2), &[500, 700, 900, 2_500, 2_700, 2_900], 5_000), Span::from_secs(9)),
    speed: 1.0,
    fact: "run@2.8.waited",
    expects: ">0",
    ruling: Ruling::Misleading,
};

/// Claim: the extra connections are temporary.
pub(super) static TEMPORARY: Claim = Claim {
    name: "temporary",
    plan: || Plan::new(world(pool(2, 3), &[500, 600, 700, 800, 900], 4_000), Span::from_secs(8)),
    speed: 1.0,
    fact: "run.open",
    expects: "2",
    ruling: Ruling::True,
};

/// Claim: overflow that is used all the time means that `pool_size` is too small.
pub(super) static ALWAYS_HIT: Claim = Claim {
    name: "always-hit",
    plan: || {
        let pairs: Vec<i64> = (0..10).flat_map(|pair| [pair * 1_000 + 500, pair * 1_000 + 550]).collect();
        Plan::new(world(pool(1, 3), &pairs, 300), Span::from_secs(11))
    },
    speed: 1.0,
    fact: "run.opened",
    expects: ">10",
    ruling: Ruling::True,
};
