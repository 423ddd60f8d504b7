//! The outage: a slow query ends, and what it left in line keeps the site down.

use super::parts::latency;
use super::{Adjustable, Challenge, Goal, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::settings::{Act, SettingId, SettingValue};
use crate::sim::{Database, Pattern, Setup, Traffic, Visitors, Work};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "outage",
    title: "The outage that outlives its cause",
    subject: "retries and time-outs",
    plan: run,
    others: &[("short", short), ("burst", burst)],
    knobs: &[
        SettingId::PoolTimeout,
        SettingId::PoolSize,
        SettingId::GivesUp,
        SettingId::Retries,
        SettingId::RetryAfter,
    ],
    acts: &[
        ("Slow the queries down", || set(SettingId::Slowness, 5.0)),
        ("Make them fast again", || set(SettingId::Slowness, 1.0)),
    ],
    speed: 2.0,
    prediction: Prediction { fact: "run.last-unserved", options: &["<15", "15..19", "19.1..39", ">39"] },
    board: &[7.9, 13.5, 20.0, 39.5],
    extra: &[],
    challenge: Challenge {
        plan: storm,
        adjustable: &[
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolTimeout),
            Adjustable::Setting(SettingId::Retries),
            Adjustable::Setting(SettingId::RetryAfter),
        ],
        goals: &[Goal::at_most("last-unserved", 20_000), Goal::at_least("useful", 130)],
        solution: &[("pool_timeout", "2")],
        wrong: &[
            Wrong {
                changes: &[("pool_timeout", "60")],
                says: "A longer pool_timeout keeps cars in line whose guests have gone. {wasted} requests were served to nobody, and the line is {waiting} long.",
            },
            Wrong {
                changes: &[("retries", "5")],
                says: "Now everybody comes more often, and the line is {waiting} long instead of {was:waiting}. Guests served: {useful}, and {was:useful} before.",
            },
            Wrong {
                changes: &[("retries", "1")],
                says: "One retry less, and still too many: three guests a second who come twice are six cars, and the lot serves five. The last guest goes unserved at {last-unserved}, and {useful} are served.",
            },
            Wrong {
                changes: &[("retries", "0")],
                says: "Nobody adds to the storm any more, and the last guest goes unserved at {last-unserved}. But whoever gave up was lost: {useful} guests were served, and more were asked for.",
            },
            Wrong {
                changes: &[("pool_size", "10")],
                says: "More statements at once make each of them slower here: {useful} guests were served in time, and {was:useful} before.",
            },
            Wrong {
                changes: &[("max_overflow", "5")],
                says: "Extra connections are more statements at once, and each of them gets slower: {useful} guests were served in time, and {was:useful} before.",
            },
        ],
        still: 26.0,
    },
};

/// Three visitors a second, who go after three seconds, come again after one more, and again.
fn world(query: i64) -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings: Settings { pool_size: 3, max_overflow: 0, ..Settings::DEFAULT },
        traffic: Traffic { pattern: Pattern::Constant, ..Traffic::poisson(3.0) },
        work: Work::constant(ms(query)),
        visitors: Visitors { gives_up: Some(Span::from_secs(3)), retries: 2, retry_after: Span::from_secs(1) },
        database: Database { latency: latency(200), ..Database::default() },
        ..Setup::default()
    }
}

fn set(setting: SettingId, number: f64) -> Act {
    Act::Set(setting, SettingValue::Number(number))
}

/// From `from` to `to` a setting is something else than before and after.
fn meanwhile(plan: Plan, setting: SettingId, (from, to): (f64, f64), [then, after]: [f64; 2]) -> Plan {
    plan.at(from, set(setting, then)).at(to, set(setting, after))
}

/// The statements do not disturb each other.
fn run() -> Plan {
    meanwhile(Plan::new(world(600), Span::from_secs(40)), SettingId::Slowness, (8.0, 14.0), [5.0, 1.0])
}

/// The index is back after half the time.
fn short() -> Plan {
    meanwhile(Plan::new(world(600), Span::from_secs(40)), SettingId::Slowness, (8.0, 11.0), [5.0, 1.0])
}

/// The queries are as quick as ever, but for six seconds four times as many guests come.
fn burst() -> Plan {
    meanwhile(Plan::new(world(600), Span::from_secs(40)), SettingId::Rate, (8.0, 14.0), [12.0, 3.0])
}

/// The same as the run on a server that gets slower with each statement more at once; three at once take 600 ms.
fn storm() -> Plan {
    let setup = world(385);
    let database = Database { contention: 0.1, coherency: 0.06, ..setup.database };
    let plan = Plan::new(Setup { database, ..setup }, Span::from_secs(45));
    meanwhile(plan, SettingId::Slowness, (8.0, 14.0), [5.0, 1.0])
}
