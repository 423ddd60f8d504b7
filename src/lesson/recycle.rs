//! Age, only at checkout: `pool_recycle` is no timer.

use super::parts::{latency, listed, visit};
use super::{Adjustable, Challenge, Goal, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{Database, Setup, Work, WorldAct};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "recycle",
    title: "Age, only at checkout",
    subject: "`pool_recycle`",
    plan: run,
    knobs: &[SettingId::PoolRecycle, SettingId::PoolUseLifo, SettingId::QueryMs, SettingId::ConnectMs],
    acts: &[
        ("Send one more", || WorldAct::Arrive(visit(300)).into()),
        ("Send one who stays", || WorldAct::Arrive(visit(9_000)).into()),
    ],
    speed: 1.0,
    prediction: Prediction { fact: "run.first-recycle", options: &["<8", "8..11", ">11", "never"] },
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
        goals: &[Goal::at_most("errors", 0), Goal::at_most("opened", 12)],
        solution: &[("pool_recycle", "25")],
        wrong: &[
            Wrong {
                changes: &[("pool_recycle", "60")],
                says: "The server loses its patience before the pool does. A connection that the server has closed is handed out as long as it is younger than pool_recycle. Failed requests: {errors}.",
            },
            Wrong {
                changes: &[("pool_recycle", "2")],
                says: "So young no connection is dead yet. But the busy time is longer than that, and in the middle of it connections that were well are closed and opened again: {opened} are opened, and somebody waits for each.",
            },
            Wrong {
                changes: &[("pool_timeout", "60")],
                says: "pool_timeout is about waiting in line for a connection. Nobody waits in line here: {waited} requests did. Those that fail get a connection at once, and it is dead. Failed requests: {errors}.",
            },
            Wrong {
                changes: &[("pool_use_lifo", "1")],
                says: "Another order of the same connections. In the quiet time all of them are idle for too long, the first as well as the last. Failed requests: {errors}.",
            },
            Wrong {
                changes: &[("pool_size", "8")],
                says: "There is room for more idle connections, and nobody needs them: {most-open} are open, as before, and the server closes them as before. Failed requests: {errors}.",
            },
        ],
        still: 38.8,
    },
    others: &[("boundary", boundary), ("slow", slow)],
};

fn world(settings: Settings, arrivals: &[i64]) -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings,
        traffic: listed(arrivals),
        work: Work::constant(ms(300)),
        database: Database { latency: latency(400), ..Database::default() },
        ..Setup::default()
    }
}

fn recycling(secs: i64) -> Settings {
    Settings { pool_size: 2, max_overflow: 0, pool_recycle: Span::from_secs(secs), ..Settings::DEFAULT }
}

/// One connection grows old on the rack, the other in the hands of somebody who stays. Each is replaced when asked for.
fn run() -> Plan {
    let arrivals = [1_000, 2_500, 4_000, 13_000, 18_000, 20_000];
    Plan::new(world(recycling(6), &arrivals), Span::from_secs(22)).at(4.1, WorldAct::Arrive(visit(11_000)))
}

/// Asked for again at exactly the age of `pool_recycle`.
fn boundary() -> Plan {
    Plan::new(world(recycling(6), &[1_000, 7_000]), Span::from_secs(9))
}

/// Connecting takes four seconds, and its connection is asked for again three seconds after it was there.
fn slow() -> Plan {
    let mut setup = world(recycling(6), &[1_000, 8_000]);
    setup.database.latency.connect = Span::from_secs(4);
    Plan::new(setup, Span::from_secs(15))
}

/// An internal tool: a few requests, then nobody for longer than the server keeps an idle connection.
fn quiet_hours() -> Plan {
    let busy = [0, 40, 2_000, 2_040, 4_000, 4_040, 7_000, 7_040, 7_080, 7_120];
    let mut arrivals: Vec<i64> = Vec::new();
    for start in [1_000, 39_000, 78_000] {
        // From the second time on everybody comes at once.
        arrivals.extend([0, 20].iter().filter(|_| start > 1_000).map(|at| start + at));
        arrivals.extend(busy.iter().map(|at| start + at));
    }
    arrivals.sort_unstable();
    let settings = Settings { pool_size: 4, max_overflow: 0, ..Settings::DEFAULT };
    let mut setup = world(settings, &arrivals);
    setup.database.latency.connect = Span::from_millis(250);
    setup.database.wait_timeout = Some(Span::from_secs(30));
    Plan::new(setup, Span::from_secs(89))
}
