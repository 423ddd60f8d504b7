//! Claims about waiting: who waits, for how long, and what `pool_timeout` ends.

use super::setting::{pool, world};
use super::{Claim, Ruling};
use crate::lesson::Plan;
use crate::pool::Settings;
use crate::time::Span;

const fn patient(settings: Settings, secs: i64) -> Settings {
    Settings { pool_timeout: Some(Span::from_secs(secs)), ..settings }
}

/// Claim: a pool without overflow makes requests fail at once.
pub(super) static FAIL_AT_ONCE: Claim = Claim {
    name: "fail-at-once",
    plan: || Plan::new(world(pool(2, 0), &[500, 600, 1_500, 1_600], 3_000), Span::from_secs(9)),
    speed: 1.0,
    fact: "run.errors",
    expects: ">0",
    ruling: Ruling::False,
};

/// Claim: `pool_timeout` is the longest time that a caller waits.
pub(super) static LONGEST_WAIT: Claim = Claim {
    name: "longest-wait",
    plan: || Plan::new(world(patient(pool(2, 0), 3), &[500, 600, 1_500, 2_000], 8_000), Span::from_secs(8)),
    speed: 1.0,
    fact: "run.longest",
    expects: "3 s",
    ruling: Ruling::True,
};

/// Claim: a rule makes cars leave after some minutes.
pub(super) static MUST_LEAVE: Claim = Claim {
    name: "must-leave",
    plan: || {
        let settings = Settings { pool_recycle: Span::from_secs(3), ..patient(pool(2, 0), 3) };
        Plan::new(world(settings, &[500, 1_000], 8_500), Span::from_secs(9))
    },
    speed: 1.0,
    fact: "run.checked-out",
    expects: "0",
    ruling: Ruling::False,
};

/// Claim: a longer `pool_timeout` means fewer failures and longer waits.
pub(super) static HANG_LONGER: Claim = Claim {
    name: "hang-longer",
    plan: || {
        let four = [500, 600, 1_000, 1_100, 1_200, 1_300];
        Plan::new(world(patient(pool(2, 0), 10), &four, 3_000), Span::from_secs(11))
    },
    speed: 1.0,
    fact: "run.errors",
    expects: "0",
    ruling: Ruling::True,
};
