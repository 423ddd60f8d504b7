//! The call that holds a connection: a request waits for another service, and its connection waits with it, idle in
//! transaction.

use super::parts::{latency, listed};
use super::{Adjustable, Challenge, Choice, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::pool::{Class, Settings};
use crate::service::Borrow;
use crate::settings::{Act, SettingId, SettingValue};
use crate::sim::{ServerSetup, Setup, Traffic, Work};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "outside",
    title: "The call that holds a connection",
    subject: "idle in transaction",
    plan: run,
    knobs: &[
        SettingId::OutsideHolds,
        SettingId::OutsideMs,
        SettingId::PoolSize,
        SettingId::MaxOverflow,
        SettingId::PoolTimeout,
    ],
    acts: &[
        ("Commit before the call", || commits_first(true)),
        ("Hold the connection again", || commits_first(false)),
    ],
    speed: 4.0,
    prediction: Prediction {
        fact: "run@45.longest",
        options: &["<1", "1..5", "15..25", ">29"],
        replies: &[
            "The database has nothing to do, that is true. But the pool does not look at the database: it counts the connections that are out, and all of them are. The longest wait is {run@45.longest}.",
            "The queries would be done that soon. But a connection comes back when its transaction ends, after the call: the longest wait is {run@45.longest}.",
            "",
            "That is what happens to the last of fifty. Of thirty, the second half gets its connections when the first calls end: the longest wait is {run@45.longest}.",
        ],
    },
    board: &[4.0, 10.0, 24.0, 54.0],
    others: &[("fifty", fifty), ("larger", larger)],
    extra: &[],
    challenge: Challenge {
        plan: slow_service,
        adjustable: &[
            Adjustable::Choice(&ENDPOINT),
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolTimeout),
        ],
        goals: &[Goal::at_most("errors", 0), Goal::at_most("longest", 500)],
        solution: &[("endpoint", "query, commit, call")],
        ideas: &[Idea {
            needs: &[Condition::Is("endpoint", &["query, commit, call"])],
            example: &[("endpoint", "query, commit, call")],
            cured: "The commit returns the connection before the call. Each request holds one for {held} on average instead of {was:held}, so at most {most-open} were needed at once, and the longest wait is {longest}.",
        }],
        wrong: &[
            Wrong::new(
                &[("endpoint", "query, commit, call")],
                "No call holds a connection any more. What is left is up to the pool: {errors} {errors?request fails|requests fail}.",
            )
            .when(&[Goal::at_least("errors", 1)]),
            Wrong::new(
                &[("endpoint", "query, commit, call")],
                "No call holds a connection any more. What is left is up to the pool: the longest wait is {longest}.",
            )
            .when(&[Goal::at_least("longest", 501)]),
            Wrong::new(
                &[("pool_size", "10")],
                "More connections, and each is soon held by another call. The server allows ten: {refused} {refused?request is|requests are} refused.",
            )
            .either()
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("max_overflow", "10")],
                "More overflow, and each connection is soon held by another call. The server allows ten: {refused} {refused?request is|requests are} refused.",
            )
            .either()
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("endpoint", "query, flush, call, commit")],
                "flush() sends what there is to write, and leaves the transaction open: the call still holds its connection. Failed requests: {errors}; longest wait: {longest}.",
            ),
            Wrong::new(
                &[("endpoint", "query, call in a thread, commit")],
                "The event loop is free, and was before. The request waits for its thread, and its connection waits with it. Failed requests: {errors}; longest wait: {longest}.",
            ),
            Wrong::new(
                &[("endpoint", "query, expunge, call, commit")],
                "The session forgets the objects, not its transaction. The connection stays out. Failed requests: {errors}; longest wait: {longest}.",
            ),
            Wrong::new(
                &[("endpoint", "query, commit, refresh, call")],
                "The commit returns the connection, and the refresh takes one again: a new transaction begins, and the call holds it. Failed requests: {errors}; longest wait: {longest}.",
            ),
            Wrong::new(
                &[("pool_timeout", "30")],
                "Longer timeout, same calls. {errors} {errors?request fails|requests fail}, and the wait is up to {longest}.",
            ),
            Wrong::new(
                &[("pool_timeout", "1")],
                "Shorter timeout, same calls: requests fail sooner. Failed requests: {errors}; before: {was:errors}.",
            ),
            Wrong::new(
                &[("pool_size", "1")],
                "Fewer connections, held for as long as before: {errors} {errors?request fails|requests fail}; before: {was:errors}.",
            )
            .either(),
            Wrong::new(
                &[("max_overflow", "1")],
                "Other limits, and every call still holds a connection: {errors} {errors?request fails|requests fail}; before: {was:errors}.",
            )
            .either(),
        ],
        still: 14.0,
    },
};

/// What the endpoint does, in order.
static ENDPOINT: Choice = Choice {
    name: "endpoint",
    title: "The endpoint",
    options: &[
        "query, call, commit",
        "query, flush, call, commit",
        "query, call in a thread, commit",
        "query, expunge, call, commit",
        "query, commit, refresh, call",
        "query, commit, call",
    ],
    take: |plan, place| plan.setup.work.outside_holds = place < 5,
};

fn commits_first(first: bool) -> Act {
    Act::Set(SettingId::OutsideHolds, SettingValue::Switch(!first))
}

fn world(traffic: Traffic, calls: i64) -> Setup {
    Setup {
        settings: Settings { class: Class::AsyncAdaptedQueuePool, ..Settings::DEFAULT },
        traffic,
        borrow: Borrow::Session,
        work: Work { outside: Span::from_millis(calls), ..Work::constant(Span::from_millis(100)) },
        database: ServerSetup { latency: latency(200), ..ServerSetup::default() },
        ..Setup::default()
    }
}

/// So many requests, one every 20 ms, from a moment on, in milliseconds.
fn together(from: i64, many: i64) -> impl Iterator<Item = i64> {
    (0..many).map(move |request| from + 20 * request)
}

/// Thirty requests that hold their connection during a call of 20 s; then thirty that commit first.
fn run() -> Plan {
    let arrivals: Vec<i64> = together(1_000, 30).chain(together(50_000, 30)).collect();
    Plan::new(world(listed(&arrivals), 20_000), Span::from_secs(75)).at(48.0, commits_first(true))
}

/// Fifty requests at once.
fn fifty() -> Plan {
    let arrivals: Vec<i64> = together(1_000, 50).collect();
    Plan::new(world(listed(&arrivals), 20_000), Span::from_secs(75))
}

/// A pool of thirty, and sixty requests at once.
fn larger() -> Plan {
    let arrivals: Vec<i64> = together(1_000, 60).collect();
    let mut setup = world(listed(&arrivals), 20_000);
    setup.settings.pool_size = 20;
    Plan::new(setup, Span::from_secs(75))
}

/// A service that takes four seconds, and a server with ten connections.
fn slow_service() -> Plan {
    let mut setup = world(Traffic::poisson(4.0), 4_000);
    setup.settings.max_overflow = 5;
    setup.settings.pool_timeout = Some(Span::from_secs(5));
    setup.database.max_connections = Some(10);
    Plan::new(setup, Span::from_secs(40))
}
