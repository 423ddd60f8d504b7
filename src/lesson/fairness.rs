//! Fairness: the queue of waiters is first come, first served; the rack of idle connections need not be; and a returned
//! connection goes to whoever takes it first.

use super::parts::{latency, listed, visit};
use super::{Adjustable, Challenge, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{ServerSetup, Setup, Work, WorldAct};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "fairness",
    title: "Who gets the next connection?",
    subject: "`pool_use_lifo`",
    plan: run,
    others: &[],
    knobs: &[SettingId::PoolUseLifo, SettingId::PoolTimeout, SettingId::WakeMs],
    acts: &[("Send one more request", || WorldAct::Arrive(visit(3_000)).into())],
    speed: 1.0,
    prediction: Prediction {
        fact: "run@14.parked",
        options: &["8 9 13", "8 9 10", "8 9 14", "8 9"],
        replies: &[
            "That is the other queue. pool_use_lifo is about the idle connections: which key is taken next. Those who wait are served in the order in which they came: {run@14.parked} have a connection now.",
            "",
            "It can happen, if a newcomer comes at the right moment. Here none comes, and the key goes to the first in line: {run@14.parked} have a connection now.",
            "A request that waits is woken when a connection comes back. The first in line gets it: {run@14.parked} have a connection now.",
        ],
    },
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
        ideas: &[Idea {
            needs: &[Condition::Is("pool_use_lifo", &["1"]), Condition::Is("pool_pre_ping", &["1"])],
            example: &[("pool_use_lifo", "1"), ("pool_pre_ping", "1")],
            cured: "LIFO leaves the surplus connections idle until the server closes them, so {open} {open?is|are} open at the end instead of {was:open}. The ping found {disconnected} dead {disconnected?one|ones} at the next rush, before a request did.",
        }],
        wrong: &[
            Wrong::new(
                &[("pool_use_lifo", "1")],
                "The surplus connections sit idle now until the server closes them, and the pool does not know. In the second rush {lost} {lost?request gets|requests get} a dead connection.",
            )
            .when(&[Goal::at_least("lost", 1)]),
            Wrong::new(
                &[("pool_recycle", "5")],
                "pool_recycle checks age at checkout, and replaces the connection instead of closing it: {opened} {opened?was|were} opened, {open} {open?is|are} open at the end.",
            )
            .when(&[Goal::at_least("recycled", 1)]),
            Wrong::new(
                &[("pool_size", "1")],
                "A smaller pool keeps fewer connections. But then they are closed in the middle of the rush and opened again, or requests wait for them: {opened} {opened?was|were} opened, and the longest wait is {longest}.",
            )
            .when(&[Goal::at_most("open", 5)]),
            Wrong::new(
                &[("pool_pre_ping", "1")],
                "Every connection takes its turn, and each ping counts as use: {open} {open?is|are} still open at the end.",
            )
            .when(&[Goal::at_least("open", 2)]),
            Wrong::new(
                &[("pool_size", "8")],
                "A larger pool keeps as many as the rush has opened: {open} {open?is|are} open at the end.",
            )
            .when(&[Goal::at_least("open", 2)]),
            Wrong::new(
                &[("max_overflow", "0")],
                "The rush needs no overflow, so this changes little: {open} {open?is|are} open at the end.",
            )
            .either()
            .when(&[Goal::at_least("open", 2)]),
            Wrong::any(
                "Connections opened in all: {opened}. At the end {open} {open?is|are} open, the longest wait is {longest}, and {errors} {errors?request fails|requests fail}.",
            ),
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
        database: ServerSetup { latency: latency(150), ..ServerSetup::default() },
        ..Setup::default()
    }
}

/// Three requests at once, then one at a time; then three that take long, four that wait, and one that arrives at the wrong
/// moment.
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

/// Two rushes, each of four waves of six requests, and single requests after each. The server closes connections that are
/// idle for seven seconds.
fn surplus() -> Plan {
    let wave = |at: i64| (0..6).map(move |car| at + 2 * car);
    let rush = |from: i64| (0..4).flat_map(move |number| wave(from + 1_000 * number));
    let single = |from: i64| (0..13).map(move |car| from + 900 * car);
    let arrivals: Vec<i64> = rush(2_000).chain(single(6_500)).chain(rush(18_500)).chain(single(23_000)).collect();
    let mut setup = world(Settings { pool_size: 6, max_overflow: 4, ..Settings::DEFAULT }, &arrivals);
    setup.database.wait_timeout = Some(Span::from_secs(7));
    Plan::new(setup, Span::from_secs(34))
}
