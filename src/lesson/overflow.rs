//! `max_overflow` is a count, not a kind: what comes back to a full rack is closed.

use super::parts::latency;
use super::{Adjustable, Challenge, Goal, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{Database, Pattern, Setup, Traffic, Work};
use crate::time::{Instant, Span};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "overflow",
    title: "What comes back to a full rack",
    subject: "`max_overflow`",
    plan: run,
    knobs: &[SettingId::PoolSize, SettingId::MaxOverflow, SettingId::PoolUseLifo, SettingId::ConnectMs],
    acts: &[],
    speed: 1.0,
    prediction: Prediction { fact: "run.opened", options: &["3", "5", "33", "75"] },
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
        wrong: &[
            Wrong {
                changes: &[("pool_use_lifo", "1")],
                says: "That changes which key is handed out next, not how many the rack holds: {opened} connections are opened.",
            },
            Wrong {
                changes: &[("max_overflow", "20")],
                says: "The rack is as small as before, so {opened} are opened. And when ten come, the pool now asks for more than the server admits: {refused} requests are refused.",
            },
            Wrong {
                changes: &[("max_overflow", "0")],
                says: "Fewer are added, so {opened} are opened. Whoever gets none has to wait in line: the longest wait is {longest}.",
            },
            Wrong {
                changes: &[("max_overflow", "-1")],
                says: "-1 stands for no limit. The rack is as small as before, so {opened} are opened, and the pool asks for more than the server admits: {refused} requests are refused.",
            },
            Wrong {
                changes: &[("pool_size", "8")],
                says: "More are kept, so {opened} are opened. But max_overflow still comes on top, and the server admits no more than before: {refused} requests are refused.",
            },
            Wrong {
                changes: &[("pool_size", "6"), ("max_overflow", "2")],
                says: "Those are the two to turn. Now {opened} connections are opened, {refused} requests are refused, and the longest wait is {longest}.",
            },
        ],
        still: 5.6,
    },
};

const fn ms(ms: i64) -> Span {
    Span::from_millis(ms)
}

/// A page that asks several questions at once, again and again: so many each time.
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
        database: Database { latency: latency(300), ..Database::default() },
        ..Setup::default()
    }
}

/// Five questions every two seconds.
fn run() -> Plan {
    Plan::new(world(24, 3, 2, (0..15).map(|_| 5)), Span::from_secs(32))
}

/// Seven questions every two seconds, and ten each third time; the server admits eight connections.
fn reports() -> Plan {
    let mut setup = world(1, 3, 5, (0..15).map(|load| if load % 3 == 2 { 10 } else { 7 }));
    setup.database.max_connections = Some(8);
    Plan::new(setup, Span::from_secs(31))
}
