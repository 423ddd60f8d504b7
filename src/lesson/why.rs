//! Why a pool at all: what opening costs, and who pays it.

use super::parts::latency;
use super::{Adjustable, Challenge, Choice, Goal, Lesson, Plan, Prediction, Wrong};
use crate::pool::{Class, Settings};
use crate::settings::{Act, SettingId, SettingValue};
use crate::sim::{Database, Pattern, Setup, Shape, Traffic, Work};
use crate::time::{Instant, Span};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "why",
    title: "Built once, used again",
    subject: "`NullPool` and `QueuePool`",
    plan: run,
    knobs: &[SettingId::PoolClass, SettingId::QueryMs, SettingId::ConnectMs],
    acts: &[],
    speed: 1.0,
    prediction: Prediction { fact: "run.opened", options: &["20", "15", "12", "10"] },
    board: &[1.2, 2.1, 14.3, 23.9],
    others: &[],
    extra: &[],
    challenge: Challenge {
        plan: crowd,
        adjustable: &[
            Adjustable::Choice(&POOLCLASS),
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolPrePing),
        ],
        goals: &[Goal::at_most("errors", 0), Goal::at_most("p95", 200)],
        solution: &[("poolclass", "QueuePool"), ("max_overflow", "0")],
        wrong: &[
            Wrong {
                changes: &[("pool_size", "20")],
                says: "A NullPool keeps nothing, so it has no pool_size: the real create_engine() refuses it with a TypeError. {opened} connections are opened as before, and {errors} requests fail.",
            },
            Wrong {
                changes: &[("pool_pre_ping", "1")],
                says: "A ping asks a connection that has been kept whether it still lives. A NullPool has kept none: p95 is still {p95}, and {errors} requests fail.",
            },
            Wrong {
                changes: &[("poolclass", "QueuePool")],
                says: "Reuse works: {opened} connections are opened, where it was {was:opened}. But {refused} requests are refused, because pool_size and max_overflow together allow more connections than the server admits.",
            },
            Wrong {
                changes: &[("poolclass", "QueuePool"), ("max_overflow", "0"), ("pool_size", "1")],
                says: "Too few are kept: guests stand in line, or have connections opened that are closed again. p95 is {p95}, the longest wait {longest}, and {refused} requests are refused.",
            },
        ],
        still: 14.0,
    },
};

/// With a pool and without. The other classes are for other purposes, and no answer here.
static POOLCLASS: Choice = Choice {
    name: "poolclass",
    title: "poolclass",
    options: &["NullPool", "QueuePool"],
    take: |plan, place| plan.setup.settings.class = [Class::NullPool, Class::QueuePool][place],
};

const fn ms(ms: i64) -> Span {
    Span::from_millis(ms)
}

fn world(max_overflow: i64, connect: i64, traffic: Traffic, work: Work) -> Setup {
    Setup {
        settings: Settings { class: Class::NullPool, max_overflow, ..Settings::DEFAULT },
        traffic,
        work,
        database: Database { latency: latency(connect), ..Database::default() },
        ..Setup::default()
    }
}

/// Ten guests without a pool; then the same ten with one.
fn run() -> Plan {
    let ten = [1_000, 2_200, 3_400, 3_700, 5_000, 6_200, 7_400, 7_700, 9_000, 10_200];
    let list = [0, 12_000].iter().flat_map(|later| ten.iter().map(move |at| Instant::ZERO + ms(at + later))).collect();
    let traffic = Traffic { pattern: Pattern::List, list, ..Traffic::poisson(0.0) };
    Plan::new(world(0, 400, traffic, Work::constant(ms(600))), Span::from_secs(24))
        .at(12.0, Act::Set(SettingId::PoolClass, SettingValue::Word("QueuePool")))
}

/// A busy half minute, and a server that admits six.
fn crowd() -> Plan {
    let work = Work { shape: Shape::Exponential, ..Work::constant(ms(300)) };
    let mut setup = world(10, 250, Traffic::poisson(9.0), work);
    (setup.seed, setup.database.max_connections) = (11, Some(6));
    Plan::new(setup, Span::from_secs(30))
}
