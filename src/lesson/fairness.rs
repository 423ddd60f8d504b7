//! Fairness: the line is first come, first served; the rack need not be; and a key belongs to whoever takes it.

use super::parts::{latency, listed, visit};
use super::{Adjustable, Challenge, Goal, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{Database, Setup, Work, WorldAct};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "fairness",
    title: "Who is next",
    subject: "`pool_use_lifo`",
    plan: run,
    others: &[],
    knobs: &[SettingId::PoolUseLifo, SettingId::PoolTimeout, SettingId::WakeMs],
    acts: &[("Send one more", || WorldAct::Arrive(visit(3_000)).into())],
    speed: 1.0,
    prediction: Prediction { fact: "run@14.parked", options: &["8 9 13", "8 9 10", "8 9 14", "8 9"] },
    board: &[8.9, 12.8, 16.46, 17.3, 19.5],
    extra: &[],
    challenge: Challenge {
        plan: surplus,
        adjustable: &[
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolRecycle),
            Adjustable::Setting(SettingId::PoolPrePing),
            Adjustable::Setting(SettingId::PoolUseLifo),
        ],
        goals: &[
            Goal::at_most("open", 1),
            Goal::at_most("opened", 12),
            Goal::at_most("longest", 300),
            Goal::at_most("errors", 0),
        ],
        solution: &[("pool_use_lifo", "1"), ("pool_pre_ping", "1")],
        wrong: &[
            Wrong {
                changes: &[("pool_use_lifo", "1")],
                says: "The surplus ages now, and the server closes it; but nobody told the pool. In the second rush {errors} requests got a dead connection.",
            },
            Wrong {
                changes: &[("pool_pre_ping", "1")],
                says: "Every connection has its turn, one after the other, and each ping counts as use: at the end {open} are still open.",
            },
            Wrong {
                changes: &[("pool_size", "1")],
                says: "On a smaller rack fewer keys have a hook, and what comes back to a full one is closed in the middle of the rush: {opened} connections were opened.",
            },
            Wrong {
                changes: &[("pool_recycle", "5")],
                says: "Age is looked at when a key is taken, and the connection is replaced, not closed: {opened} were opened, {open} are open at the end.",
            },
        ],
        still: 17.5,
    },
};

fn world(settings: Settings, arrivals: &[i64]) -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings: Settings { pool_use_lifo: false, ..settings },
        traffic: listed(arrivals),
        work: Work::constant(ms(300)),
        database: Database { latency: latency(150), ..Database::default() },
        ..Setup::default()
    }
}

/// Three at once, then one at a time; then three that stay long, four that wait, and one that drives up at the wrong moment.
fn run() -> Plan {
    let settings =
        Settings { pool_size: 3, max_overflow: 0, pool_timeout: Some(Span::from_millis(7_500)), ..Settings::DEFAULT };
    let mut setup = world(settings, &[500, 550, 600, 3_000, 5_000, 7_000]);
    setup.settings.pool_use_lifo = true;
    setup.wake = Span::from_millis(400);
    let stay = [(10.0, 3_000), (10.1, 6_000), (10.2, 8_300)];
    let wait = [(10.8, 4_000), (11.2, 3_000), (11.6, 3_000), (12.0, 3_000)];
    let late = [(16.48, 2_900)];
    let cars = stay.into_iter().chain(wait).chain(late);
    cars.fold(Plan::new(setup, Span::from_secs(24)), |plan, (at, takes)| plan.at(at, WorldAct::Arrive(visit(takes))))
}

/// Two rushes, each of four waves of six, and single visitors after each. The server closes what is idle for seven seconds.
fn surplus() -> Plan {
    let wave = |at: i64| (0..6).map(move |car| at + 2 * car);
    let rush = |from: i64| (0..4).flat_map(move |number| wave(from + 1_000 * number));
    let single = |from: i64| (0..13).map(move |car| from + 900 * car);
    let arrivals: Vec<i64> = rush(2_000).chain(single(6_500)).chain(rush(18_500)).chain(single(23_000)).collect();
    let mut setup = world(Settings { pool_size: 6, max_overflow: 4, ..Settings::DEFAULT }, &arrivals);
    setup.database.wait_timeout = Some(Span::from_secs(7));
    Plan::new(setup, Span::from_secs(34))
}
