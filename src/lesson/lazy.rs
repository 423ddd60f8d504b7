//! The pool opens nothing in advance: a connection is opened when a request needs one.

use super::parts::{latency, listed, visit};
use super::{Adjustable, Challenge, Choice, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{ServerSetup, Setup, Work, WorldAct};
use crate::time::{Instant, Span};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "lazy",
    title: "When are connections opened?",
    subject: "`pool_size`",
    plan: run,
    knobs: &[SettingId::PoolSize, SettingId::MaxOverflow, SettingId::QueryMs, SettingId::ConnectMs],
    acts: &[("Send one more request", || WorldAct::Arrive(visit(300)).into())],
    speed: 1.0,
    prediction: Prediction {
        fact: "run@11.opened",
        options: &["20", "10", "1", "0"],
        replies: &[
            "pool_size sounds like a number of connections that exist. It is the most that the pool keeps. Nothing is opened before a request asks: {run@11.opened} so far.",
            "Each request needs a connection, but the one before has given its own back. The pool hands out that one again, so {run@11.opened} is enough.",
            "",
            "Nothing is opened in the background, now or later. The first request had to have a connection, waited for it, and left it to the others.",
        ],
    },
    board: &[0.9, 1.15, 8.8, 13.2],
    challenge: Challenge {
        plan: opening,
        adjustable: &[
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolPrePing),
            Adjustable::Choice(&WARM_UP),
        ],
        goals: &[Goal::at_most("longest", 100), Goal::at_most("errors", 0)],
        solution: &[("warm-up", "four SELECT 1 at once"), ("pool_size", "4")],
        ideas: &[Idea {
            needs: &[Condition::Is("warm-up", &["four SELECT 1 at once"]), Condition::AtLeast("pool_size", 4.0)],
            example: &[("warm-up", "four SELECT 1 at once"), ("pool_size", "4")],
            cured: "Four checkouts at the same time open four connections, and a pool_size of at least four keeps all of them. They are open when the first requests come: the longest wait is {longest} instead of {was:longest}.",
        }],
        wrong: &[
            Wrong::new(
                &[("warm-up", "four SELECT 1 at once")],
                "The four statements open more connections than the pool keeps, and it closes the rest when they come back. The longest wait is {longest}.",
            )
            .when(&[Goal::at_least("closed", 1)]),
            Wrong::new(
                &[("warm-up", "four SELECT 1 at once")],
                "The pool may not open four connections at once, so the four statements share fewer. The longest wait is {longest}.",
            )
            .when(&[Goal::at_most("closed", 0)]),
            Wrong::new(
                &[("warm-up", "four SELECT 1 in a row")],
                "Each statement returns its connection before the next one asks, so all four use the same one. The first request takes it, and the longest wait is {longest}.",
            ),
            Wrong::new(
                &[("warm-up", "ten SELECT 1 in a row")],
                "Each statement returns its connection before the next one asks, so all of them use the same one. The first request takes it, and the longest wait is {longest}.",
            ),
            Wrong::new(
                &[("warm-up", "one SELECT 1")],
                "One statement needs one connection, so one is warm. The first request takes it, and the longest wait is {longest}.",
            ),
            Wrong::new(
                &[("pool_size", "20")],
                "pool_size is how many the pool keeps, not how many it opens: the first requests still wait for their connections. The longest wait is {longest}.",
            )
            .either(),
            Wrong::new(
                &[("max_overflow", "20")],
                "max_overflow is how many more may be open at the same time. It opens none in advance: the longest wait is {longest}.",
            )
            .either(),
            Wrong::new(
                &[("pool_pre_ping", "1")],
                "A ping checks connections that exist. There are none yet: the longest wait is still {longest}.",
            ),
        ],
        still: 6.4,
    },
    others: &[],
    extra: &[],
};

/// When ten statements in a row begin, in seconds: the first waits for its connection.
const TEN: [f64; 10] = [0.0, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0, 2.1];

/// What the application does at its start, before the first request.
static WARM_UP: Choice = Choice {
    name: "warm-up",
    title: "When the application starts",
    options: &["nothing", "one SELECT 1", "four SELECT 1 in a row", "ten SELECT 1 in a row", "four SELECT 1 at once"],
    take: |plan, place| {
        let starts: &[f64] = [&[][..], &[0.0], &[0.0, 1.3, 1.4, 1.5], &TEN, &[0.0; 4]][place];
        for &start in starts {
            plan.add(Instant::ZERO + Span::from_secs_f64(start), WorldAct::Arrive(visit(5)));
        }
    },
};

fn world(connect: i64, arrivals: &[i64]) -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings: Settings { pool_size: 20, max_overflow: 0, ..Settings::DEFAULT },
        traffic: listed(arrivals),
        work: Work::constant(ms(300)),
        database: ServerSetup { latency: latency(connect), ..ServerSetup::default() },
        ..Setup::default()
    }
}

/// Ten requests, one a second; then four at once.
fn run() -> Plan {
    let ones = [1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000, 10_000];
    let four = [12_000, 12_050, 12_100, 12_150];
    Plan::new(world(250, &[&ones[..], &four[..]].concat()), Span::from_secs(15))
}

/// A fresh deployment: after six seconds the first requests are let in, four at once.
fn opening() -> Plan {
    let four = [6_000, 6_020, 6_040, 6_060, 8_000, 8_500, 9_000, 9_500];
    let setup = world(1_200, &four);
    let settings = Settings { pool_size: 2, max_overflow: 10, ..Settings::DEFAULT };
    Plan::new(Setup { settings, ..setup }, Span::from_secs(12)).from(6.0)
}
