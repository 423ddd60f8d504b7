//! The pool checks a connection's age only at checkout: `pool_recycle` is not a timer.

use super::parts::{latency, listed, visit};
use super::{Adjustable, Challenge, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{ServerSetup, Setup, Work, WorldAct};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "recycle",
    title: "When is a connection recycled?",
    subject: "`pool_recycle`",
    plan: run,
    knobs: &[SettingId::PoolRecycle, SettingId::PoolUseLifo, SettingId::QueryMs, SettingId::ConnectMs],
    acts: &[
        ("Send one more request", || WorldAct::Arrive(visit(300)).into()),
        ("Send a long request", || WorldAct::Arrive(visit(9_000)).into()),
    ],
    speed: 1.0,
    prediction: Prediction {
        fact: "run.first-recycle",
        options: &["<8", "8..11", ">11", "never"],
        replies: &[
            "pool_recycle sounds like a timer. There is none: nobody looks at a connection that lies idle. Its age is checked when a request asks for it, at {run.first-recycle}.",
            "Idle time does not count, only age, and nobody looks before a request asks for the connection, at {run.first-recycle}.",
            "",
            "Nothing is wrong with it, but the pool does not ask that. It is older than pool_recycle when the next request comes, and is replaced then, at {run.first-recycle}.",
        ],
    },
    board: &[5.4, 11.6, 13.2, 17.0, 20.2],
    extra: &[],
    challenge: Challenge {
        plan: quiet_hours,
        adjustable: &[
            Adjustable::Setting(SettingId::PoolRecycle),
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::PoolTimeout),
            Adjustable::Setting(SettingId::PoolUseLifo),
        ],
        goals: &[Goal::at_most("errors", 0), Goal::at_most("opened", 12), Goal::at_most("longest", 500)],
        solution: &[("pool_recycle", "25")],
        ideas: &[Idea {
            needs: &[Condition::AtLeast("pool_recycle", 19.0), Condition::AtMost("pool_recycle", 50.0)],
            example: &[("pool_recycle", "25")],
            cured: "After the break every connection is older than pool_recycle, so the pool replaces it at its first checkout, {recycled} in all, before a request can get a dead one. In the busy time none is that old, so only {opened} are opened.",
        }],
        wrong: &[
            Wrong::new(
                &[("pool_recycle", "60")],
                "The server closes idle connections before pool_recycle replaces them. Until then the pool hands out dead ones. Failed requests: {errors}.",
            )
            .when(&[Goal::at_least("lost", 1)]),
            Wrong::new(
                &[("pool_recycle", "2")],
                "No connection gets old enough to die. But the busy time lasts longer than that, so healthy connections are closed and reopened in the middle of it: {opened} are opened, and a request waits for each.",
            )
            .when(&[Goal::at_least("opened", 13)]),
            Wrong::new(
                &[("pool_timeout", "60")],
                "pool_timeout limits the wait for a connection, and that is not the problem here: those that fail get a connection at once, and it is dead. Failed requests: {errors}.",
            )
            .either()
            .when(&[Goal::at_least("lost", 1), Goal::at_most("timeouts", 0)]),
            Wrong::new(
                &[("pool_use_lifo", "1")],
                "The same connections in another order. In the quiet time all of them are idle for too long. Failed requests: {errors}.",
            )
            .when(&[Goal::at_least("lost", 1)]),
            Wrong::new(
                &[("pool_size", "8")],
                "There is room for more idle connections, but no need: {most-open} are open, as before, and the server closes them, as before. Failed requests: {errors}.",
            )
            .when(&[Goal::at_least("lost", 1)]),
            Wrong::new(
                &[("pool_size", "1")],
                "With fewer connections, requests wait for each other. Failed requests: {errors}; longest wait: {longest}.",
            )
            .when(&[Goal::at_least("longest", 501)]),
            Wrong::any(
                "Failed requests: {errors}; connections opened: {opened}; longest wait: {longest}. A connection must be replaced before a request gets it dead, and not while it is in regular use.",
            ),
        ],
        still: 51.8,
    },
    others: &[("boundary", boundary), ("slow", slow)],
};

fn world(settings: Settings, arrivals: &[i64]) -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings,
        traffic: listed(arrivals),
        work: Work::constant(ms(300)),
        database: ServerSetup { latency: latency(400), ..ServerSetup::default() },
        ..Setup::default()
    }
}

fn recycling(secs: i64) -> Settings {
    Settings { pool_size: 2, max_overflow: 0, pool_recycle: Span::from_secs(secs), ..Settings::DEFAULT }
}

/// One connection grows old while idle, the other while a long request holds it. Each is replaced at its next checkout.
fn run() -> Plan {
    let arrivals = [1_000, 2_500, 4_000, 13_000, 18_000, 20_000];
    Plan::new(world(recycling(6), &arrivals), Span::from_secs(22)).at(4.1, WorldAct::Arrive(visit(11_000)))
}

/// The connection is checked out again at exactly the age of `pool_recycle`.
fn boundary() -> Plan {
    Plan::new(world(recycling(6), &[1_000, 7_000]), Span::from_secs(9))
}

/// Connecting takes four seconds, and the connection is checked out again three seconds after it is open.
fn slow() -> Plan {
    let mut setup = world(recycling(6), &[1_000, 8_000]);
    setup.database.latency.connect = Span::from_secs(4);
    Plan::new(setup, Span::from_secs(15))
}

/// An internal tool: a few requests, then none for longer than the server keeps an idle connection.
fn quiet_hours() -> Plan {
    let few = [0, 40, 2_000, 2_040, 4_000, 4_040, 7_000, 7_040, 7_080, 7_120];
    let later = [10_000, 10_040, 13_000, 13_040, 16_000, 16_040, 19_000, 19_040];
    let busy = [&few[..], &later].concat();
    let mut arrivals: Vec<i64> = Vec::new();
    for start in [1_000, 52_000, 103_000] {
        // From the second busy time on, it begins with more requests at once.
        arrivals.extend([0, 20].iter().filter(|_| start > 1_000).map(|at| start + at));
        arrivals.extend(busy.iter().map(|at| start + at));
    }
    arrivals.sort_unstable();
    let settings = Settings { pool_size: 4, max_overflow: 0, ..Settings::DEFAULT };
    let mut setup = world(settings, &arrivals);
    setup.database.latency.connect = Span::from_millis(250);
    setup.database.wait_timeout = Some(Span::from_secs(30));
    Plan::new(setup, Span::from_secs(125))
}
