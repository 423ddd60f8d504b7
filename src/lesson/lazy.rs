//! Nothing is kept ready: connections are opened when somebody needs one.

use super::parts::{latency, listed, visit};
use super::{Adjustable, Challenge, Choice, Goal, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{Database, Setup, Work, WorldAct};
use crate::time::{Instant, Span};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "lazy",
    title: "Nothing is kept ready",
    subject: "`pool_size`",
    plan: run,
    knobs: &[SettingId::PoolSize, SettingId::MaxOverflow, SettingId::QueryMs, SettingId::ConnectMs],
    acts: &[("Send one more", || WorldAct::Arrive(visit(300)).into())],
    speed: 1.0,
    prediction: Prediction { fact: "run@11.opened", options: &["20", "10", "1", "0"] },
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
        solution: &[("warm-up", "four at once")],
        wrong: &[
            Wrong {
                changes: &[("pool_size", "20")],
                says: "pool_size is what the pool keeps, not what it opens: the first guests still wait {longest} for their connections.",
            },
            Wrong {
                changes: &[("pool_pre_ping", "1")],
                says: "A ping asks connections that are there. There are none yet: the longest wait is still {longest}.",
            },
            Wrong {
                changes: &[("warm-up", "one SELECT 1")],
                says: "One statement needs one connection, so one is warm. The first guest uses it; those who come with him wait {longest}.",
            },
        ],
        still: 6.4,
    },
    others: &[],
    extra: &[],
};

/// At the start of the application, before the doors open.
static WARM_UP: Choice = Choice {
    name: "warm-up",
    title: "When the application starts",
    options: &["nothing", "one SELECT 1", "four at once"],
    take: |plan, place| {
        for _ in 0..[0, 1, 4][place] {
            plan.add(Instant::ZERO, WorldAct::Arrive(visit(5)));
        }
    },
};

fn world(connect: i64, arrivals: &[i64]) -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings: Settings { pool_size: 20, max_overflow: 0, ..Settings::DEFAULT },
        traffic: listed(arrivals),
        work: Work::constant(ms(300)),
        database: Database { latency: latency(connect), ..Database::default() },
        ..Setup::default()
    }
}

/// Ten guests, one a second; then four at once.
fn run() -> Plan {
    let ones = [1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000, 10_000];
    let four = [12_000, 12_050, 12_100, 12_150];
    Plan::new(world(250, &[&ones[..], &four[..]].concat()), Span::from_secs(15))
}

/// A fresh deployment: the doors open after six seconds, and four guests come at once.
fn opening() -> Plan {
    let four = [6_000, 6_020, 6_040, 6_060, 8_000, 8_500, 9_000, 9_500];
    let setup = world(1_200, &four);
    let settings = Settings { pool_size: 5, max_overflow: 10, ..Settings::DEFAULT };
    Plan::new(Setup { settings, ..setup }, Span::from_secs(12)).from(6.0)
}
