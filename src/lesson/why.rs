//! Why there is a pool at all: what opening a connection costs, and which requests pay for it.

use super::parts::latency;
use super::{Adjustable, Challenge, Choice, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::pool::{Class, Settings};
use crate::settings::{Act, SettingId, SettingValue};
use crate::sim::{Distribution, Pattern, ServerSetup, Setup, Traffic, Work};
use crate::time::{Instant, Span};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "why",
    title: "What a pool saves",
    subject: "`NullPool` and `QueuePool`",
    plan: run,
    knobs: &[SettingId::PoolClass, SettingId::QueryMs, SettingId::ConnectMs],
    acts: &[],
    speed: 1.0,
    prediction: Prediction {
        fact: "run.opened",
        options: &["20", "15", "12", "10"],
        replies: &[
            "Every request needs a connection, but not a new one. In the second half a connection that comes back stays open, and the next request takes it: only {run.idle} are opened there.",
            "pool_size is how many connections the pool keeps, not how many it opens. It opens one when a request finds none, and here {run.idle} are always enough.",
            "",
            "The new pool begins with nothing: a NullPool has closed every connection by then, and a pool does not take over another’s connections anyway. It opens {run.idle} of its own.",
        ],
    },
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
        ideas: &[Idea {
            needs: &[Condition::Is("poolclass", &["QueuePool"]), Condition::OpensAtMost(6.0)],
            example: &[("poolclass", "QueuePool"), ("max_overflow", "0")],
            cured: "The pool keeps its connections and hands them out again: {opened} {opened?is|are} opened instead of {was:opened}. And it counts them. It never asks the server for more than it allows, so requests wait a moment instead of being refused.",
        }],
        wrong: &[
            Wrong::new(
                &[("poolclass", "QueuePool")],
                "Reuse works: {opened} connections are opened instead of {was:opened}. But pool_size and max_overflow together allow more connections than the server does, and {refused} {refused?request is|requests are} refused.",
            )
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("poolclass", "QueuePool"), ("max_overflow", "0"), ("pool_size", "1")],
                "Too few are kept: requests wait for each other. p95 is {p95}, and the longest wait is {longest}.",
            )
            .when(&[Goal::at_most("refused", 0)]),
            Wrong::new(
                &[("pool_size", "20")],
                "A NullPool keeps nothing, so it has no pool_size: the real create_engine() refuses it with a TypeError. {opened} connections are opened as before, and {errors} {errors?request fails|requests fail}.",
            )
            .either(),
            Wrong::new(
                &[("max_overflow", "0")],
                "A NullPool counts nothing, so it has no max_overflow: the real create_engine() refuses it with a TypeError. {opened} connections are opened as before, and {errors} {errors?request fails|requests fail}.",
            )
            .either(),
            Wrong::new(
                &[("pool_pre_ping", "1")],
                "A ping checks whether a kept connection is still alive. A NullPool keeps none: p95 is still {p95}, and {errors} {errors?request fails|requests fail}.",
            ),
            Wrong::any(
                "Requests wait for too few connections, or for new ones to be opened: p95 is {p95}, and {errors} {errors?request fails|requests fail}.",
            ),
        ],
        still: 14.0,
    },
};

/// With a pool or without. The other classes are for other purposes and do not help here.
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
        database: ServerSetup { latency: latency(connect), ..ServerSetup::default() },
        ..Setup::default()
    }
}

/// Ten requests without a pool; then the same ten with one.
fn run() -> Plan {
    let ten = [1_000, 2_200, 3_400, 3_700, 5_000, 6_200, 7_400, 7_700, 9_000, 10_200];
    let list = [0, 12_000].iter().flat_map(|later| ten.iter().map(move |at| Instant::ZERO + ms(at + later))).collect();
    let traffic = Traffic { pattern: Pattern::List, list, ..Traffic::poisson(0.0) };
    Plan::new(world(0, 400, traffic, Work::constant(ms(600))), Span::from_secs(24))
        .at(12.0, Act::Set(SettingId::PoolClass, SettingValue::Word("QueuePool")))
}

/// A busy half minute, and a server that allows six connections.
fn crowd() -> Plan {
    let work = Work { shape: Distribution::Exponential, ..Work::constant(ms(300)) };
    let mut setup = world(10, 250, Traffic::poisson(9.0), work);
    (setup.seed, setup.database.max_connections) = (11, Some(6));
    setup.settings.pool_size = 6;
    Plan::new(setup, Span::from_secs(60))
}
