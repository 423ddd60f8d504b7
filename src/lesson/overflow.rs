//! `max_overflow` is a count, not a kind of connection: any connection that comes back to a full pool is closed.

use super::parts::latency;
use super::{Adjustable, Challenge, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{Pattern, ServerSetup, Setup, Traffic, Work};
use crate::time::{Instant, Span};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "overflow",
    title: "What overflow really is",
    subject: "`max_overflow`",
    plan: run,
    knobs: &[SettingId::PoolSize, SettingId::MaxOverflow, SettingId::PoolUseLifo, SettingId::ConnectMs],
    acts: &[],
    speed: 1.0,
    prediction: Prediction {
        fact: "run.opened",
        options: &["30..36", "<5", "5", "<30", ">74", ">36"],
        replies: &[
            "",
            "Too low: all {run.most-open} connections are in use at once, so at least that many are opened.",
            "That is how many are open at the same time. But the pool keeps only {run.pool_size}: at each load the others are opened, closed, and opened again at the next.",
            "Too low: after the first load, each one opens again the {run.max_overflow} connections that the pool did not keep.",
            "Too high: one for each request would be {run.served}. Most are used again, because the pool keeps {run.pool_size} from one load to the next.",
            "Too high: the pool keeps {run.pool_size} connections from one load to the next. Only the other {run.max_overflow} are opened each time.",
        ],
    },
    board: &[1.6, 2.3, 2.8, 31.5],
    others: &[],
    extra: &[],
    challenge: Challenge {
        plan: reports,
        adjustable: &[
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolUseLifo),
        ],
        goals: &[Goal::at_most("opened", 8), Goal::at_most("errors", 0), Goal::at_most("longest", 800)],
        solution: &[("pool_size", "8"), ("max_overflow", "0")],
        ideas: &[Idea {
            needs: &[Condition::AtLeast("pool_size", 5.0), Condition::OpensAtMost(8.0)],
            example: &[("pool_size", "8"), ("max_overflow", "0")],
            cured: "The pool keeps what the dashboard needs at each load: {opened} connections are opened instead of {was:opened}. pool_size and max_overflow together are no more than the server allows, so none is refused.",
        }],
        wrong: &[
            Wrong::new(
                &[("max_overflow", "-1")],
                "-1 means no limit, so when ten requests come, the pool asks for more connections than the server allows: {refused} {refused?request is|requests are} refused.",
            )
            .exact()
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("max_overflow", "20")],
                "When ten requests come, the pool now asks for more connections than the server allows: {refused} {refused?request is|requests are} refused. {opened} connections are opened.",
            )
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("pool_size", "8")],
                "More are kept, so {opened} connections are opened instead of {was:opened}. But max_overflow still comes on top, and the server allows no more than before: {refused} {refused?request is|requests are} refused.",
            )
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("pool_use_lifo", "1")],
                "That changes which connection is handed out next, not how many are kept: {opened} are opened.",
            )
            .when(&[Goal::at_least("opened", 60)]),
            Wrong::any(
                "pool_size and max_overflow together allow more connections than the server does: {refused} {refused?request is|requests are} refused.",
            )
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::any(
                "The pool keeps fewer connections than each load needs. What comes back to a full pool is closed, and opened again at the next load: {opened} connections are opened, and the longest wait is {longest}.",
            )
            .when(&[Goal::at_least("opened", 9)]),
            Wrong::any(
                "Few connections are opened, but too few for a load: the longest wait is {longest}.",
            )
            .when(&[Goal::at_most("opened", 8)]),
        ],
        still: 5.6,
    },
};

const fn ms(ms: i64) -> Span {
    Span::from_millis(ms)
}

/// A page that is loaded every two seconds and sends several requests at once; `loads` says how many each time.
fn world(seed: u64, size: i64, overflow: i64, loads: impl Iterator<Item = i64>) -> Setup {
    let list = loads
        .enumerate()
        .flat_map(|(load, questions)| (0..questions).map(move |q| ms(1_000 + 2_000 * load as i64 + 40 * q)))
        .map(|at| Instant::ZERO + at)
        .collect();
    Setup {
        seed,
        settings: Settings { pool_size: size, max_overflow: overflow, ..Settings::DEFAULT },
        traffic: Traffic { pattern: Pattern::List, list, ..Traffic::poisson(0.0) },
        work: Work { slow_share: 0.4, slow: ms(1_200), ..Work::constant(ms(300)) },
        database: ServerSetup { latency: latency(300), ..ServerSetup::default() },
        ..Setup::default()
    }
}

/// Five requests every two seconds.
fn run() -> Plan {
    Plan::new(world(24, 3, 2, (0..15).map(|_| 5)), Span::from_secs(32))
}

/// Seven requests every two seconds, and ten every third time; the server allows eight connections.
fn reports() -> Plan {
    let mut setup = world(1, 3, 5, (0..15).map(|load| if load % 3 == 2 { 10 } else { 7 }));
    setup.database.max_connections = Some(8);
    Plan::new(setup, Span::from_secs(31))
}
