//! The outage: a slow query ends, but the queue that it left behind keeps the site down.

use super::parts::latency;
use super::{Adjustable, Challenge, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::settings::{Act, SettingId, SettingValue};
use crate::sim::{Pattern, ServerSetup, Setup, Traffic, Visitors, Work};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "outage",
    title: "Why the outage goes on",
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
    prediction: Prediction {
        fact: "run.last-unserved",
        options: &["<15", "15..19", "19.1..39", ">39"],
        replies: &[
            "The database is fast at once, but the queue is still there, and its users have begun to give up and come back. The last one gives up at {run.last-unserved}.",
            "It would be so if every served request helped somebody. But users give up and come back faster than the queue is worked off: the last one gives up at {run.last-unserved}.",
            "It looks as if it must end some time. But with retries more requests come than the pool can serve, and the queue grows: the last user gives up at {run.last-unserved}.",
            "",
        ],
    },
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
        ideas: &[
            Idea {
                needs: &[Condition::AtMost("pool_timeout", 2.5)],
                example: &[("pool_timeout", "2")],
            cured: "A request that cannot be served in time is told so while its user is still there. So the queue stays short, and connections go to requests that somebody waits for: {useful} are served in time instead of {was:useful}.",
            },
            Idea {
                needs: &[Condition::AtLeast("retry_after", 5.0)],
                example: &[("retry_after", "20")],
            cured: "Users who give up come back only after the queue has been worked off. The retries no longer keep it alive, and {useful} requests are served in time instead of {was:useful}.",
            },
        ],
        wrong: &[
            Wrong::new(
                &[("pool_size", "10")],
                "More statements at once make each of them slower here: {useful} requests were served in time; before: {was:useful}.",
            )
            .either()
            .when(&[Goal::at_least("most-open", 4)]),
            Wrong::new(
                &[("max_overflow", "5")],
                "More overflow means more statements at once, and each of them gets slower: {useful} requests were served in time; before: {was:useful}.",
            )
            .either()
            .when(&[Goal::at_least("most-open", 4)]),
            Wrong::new(
                &[("retries", "0")],
                "Nothing adds to the storm any more, and the last request goes unserved at {last-unserved}. But users who gave up are lost: {useful} requests were served in time, and the goal is higher.",
            )
            .exact()
            .when(&[Goal::at_most("last-unserved", 20000)]),
            Wrong::new(
                &[("pool_timeout", "60")],
                "A longer pool_timeout keeps requests waiting whose users have gone. {wasted} {wasted?request was|requests were} served to nobody, and {waiting} {waiting?is|are} waiting.",
            ),
            Wrong::new(
                &[("pool_timeout", "0.5")],
                "Now requests time out that could have been served in time: {timeouts} time out. The last request goes unserved at {last-unserved}, and {useful} are served in time.",
            ),
            Wrong::new(
                &[("pool_timeout", "10")],
                "Shorter than before, but a user still gives up sooner: {wasted} {wasted?request was|requests were} served to nobody. The last request goes unserved at {last-unserved}, and {useful} are served in time.",
            ),
            Wrong::new(
                &[("retries", "5")],
                "Now everybody retries more often, and {waiting} {waiting?request is|requests are} waiting; before: {was:waiting}. Served in time: {useful}; before: {was:useful}.",
            ),
            Wrong::new(
                &[("retries", "1")],
                "Fewer retries: the last request goes unserved at {last-unserved}, and {useful} are served in time. Users who do not come back are not served either.",
            ),
            Wrong::new(
                &[("retry_after", "0")],
                "Users come back sooner, while the queue is still as long. The last request goes unserved at {last-unserved}; {useful} are served in time.",
            ),
            Wrong::new(
                &[("retry_after", "2")],
                "Users come back later. That helps only if the queue is gone by then: the last request goes unserved at {last-unserved}, and {useful} are served in time.",
            ),
            Wrong::new(
                &[("pool_size", "1")],
                "Fewer connections serve fewer requests: the last request goes unserved at {last-unserved}, and {useful} are served in time; before: {was:useful}.",
            ),
            Wrong::any(
                "The last request goes unserved at {last-unserved}, and {useful} are served in time; before: {was:useful}.",
            ),
        ],
        still: 26.0,
    },
};

/// Three users a second. Each gives up after three seconds and retries after one more second, at most twice.
fn world(query: i64) -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings: Settings { pool_size: 3, max_overflow: 0, ..Settings::DEFAULT },
        traffic: Traffic { pattern: Pattern::Constant, ..Traffic::poisson(3.0) },
        work: Work::constant(ms(query)),
        visitors: Visitors { gives_up: Some(Span::from_secs(3)), retries: 2, retry_after: Span::from_secs(1) },
        database: ServerSetup { latency: latency(200), ..ServerSetup::default() },
        ..Setup::default()
    }
}

fn set(setting: SettingId, number: f64) -> Act {
    Act::Set(setting, SettingValue::Number(number))
}

/// Sets a setting to `then` at `from`, and to `after` at `to`.
fn meanwhile(plan: Plan, setting: SettingId, (from, to): (f64, f64), [then, after]: [f64; 2]) -> Plan {
    plan.at(from, set(setting, then)).at(to, set(setting, after))
}

/// Statements are slow for six seconds. They do not slow each other down.
fn run() -> Plan {
    meanwhile(Plan::new(world(600), Span::from_secs(40)), SettingId::Slowness, (8.0, 14.0), [5.0, 1.0])
}

/// The same, but the statements are fast again after half the time.
fn short() -> Plan {
    meanwhile(Plan::new(world(600), Span::from_secs(40)), SettingId::Slowness, (8.0, 11.0), [5.0, 1.0])
}

/// The statements stay fast, but for six seconds four times as many requests come.
fn burst() -> Plan {
    meanwhile(Plan::new(world(600), Span::from_secs(40)), SettingId::Rate, (8.0, 14.0), [12.0, 3.0])
}

/// The same as the run, on a server that gets slower with each concurrent statement; three at once take 600 ms each.
fn storm() -> Plan {
    let setup = world(385);
    let database = ServerSetup { contention: 0.1, coherency: 0.06, ..setup.database };
    let plan = Plan::new(Setup { database, ..setup }, Span::from_secs(45));
    meanwhile(plan, SettingId::Slowness, (8.0, 14.0), [5.0, 1.0])
}
