//! Cancelled: what becomes of the connection of a task that is cancelled. In a statement it is closed, and an empty record goes
//! back; anywhere else nothing is lost.

use super::parts::{latency, listed, visit};
use super::{Adjustable, Challenge, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::pool::{Class, Settings};
use crate::service::{Borrow, RequestSpec};
use crate::settings::SettingId;
use crate::sim::{Distribution, ServerSetup, Setup, Traffic, Work, WorldAct};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "cancelled",
    title: "Cancelled: where does the connection go?",
    subject: "`asyncio.timeout`, cancelled tasks",
    plan: run,
    knobs: &[SettingId::CancelAfter, SettingId::PoolSize, SettingId::MaxOverflow],
    acts: &[
        ("Send a request with a slow query", || WorldAct::Arrive(visit(8_000)).into()),
        ("Send a request with a slow call", || WorldAct::Arrive(calls(8_000)).into()),
        ("Cancel the oldest request", || WorldAct::Cancel.into()),
    ],
    speed: 1.0,
    prediction: Prediction {
        fact: "run@6.open",
        options: &["2", "1", "0", "2"],
        replies: &[
            "So it is when a statement fails. But a driver that is stopped in the middle of an answer cannot tell what is still to come. SQLAlchemy throws such a connection away: {run@6.open} is open.",
            "",
            "That is what a disconnect does: it says that the server was gone, so all connections are suspect. A cancelled task says nothing about the others: {run@6.open} is open.",
            "Nobody waits for the garbage collector: the exception passes through SQLAlchemy, which closes the connection at once. {run@6.open} is open.",
        ],
    },
    board: &[3.6, 6.0, 8.6, 10.2, 15.0],
    others: &[("together", together), ("apart", apart)],
    extra: &[],
    challenge: Challenge {
        plan: limited,
        adjustable: &[
            Adjustable::Setting(SettingId::CancelAfter),
            Adjustable::Setting(SettingId::OutsideHolds),
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::PoolTimeout),
        ],
        goals: &[Goal::at_most("errors", 0), Goal::at_most("opened", 5), Goal::at_most("longest", 3_000)],
        solution: &[("cancel_after", "30"), ("outside_holds", "0")],
        ideas: &[Idea {
            needs: &[Condition::AtLeast("cancel_after", 8.5), Condition::Is("outside_holds", &["0"])],
            example: &[("cancel_after", "30"), ("outside_holds", "0")],
            cured: "Reports run to their end, so no connection is thrown away: {opened} were opened instead of {was:opened}. And since no call holds a connection, there is room for them: the longest wait is {longest}.",
        }],
        wrong: &[
            Wrong::new(
                &[("cancel_after", "30"), ("outside_holds", "0")],
                "Nothing is cut off, and no call holds a connection. What is left is up to the pool: {errors} {errors?request fails|requests fail}.",
            )
            .when(&[Goal::at_least("errors", 1)]),
            Wrong::new(
                &[("cancel_after", "30"), ("outside_holds", "0")],
                "Nothing is cut off, and no call holds a connection. What is left is up to the pool: the longest wait is {longest}.",
            )
            .when(&[Goal::at_least("longest", 3_001)]),
            Wrong::new(
                &[("pool_size", "8")],
                "The server allows five connections, and the pool asks for more: {refused} {refused?request is|requests are} refused.",
            )
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("cancel_after", "30")],
                "Nothing is cut off so soon, but each call still holds a connection, and the reports need them: {errors} {errors?request fails|requests fail}, and the longest wait is {longest}.",
            ),
            Wrong::new(
                &[("outside_holds", "0")],
                "No call holds a connection any more, and still reports are cut off in the middle of their query: {cancelled} cancelled, and {opened} connections opened to replace what was thrown away.",
            )
            .when(&[Goal::at_least("cancelled", 1)]),
            Wrong::new(
                &[("cancel_after", "1")],
                "A shorter limit cuts off more: {cancelled} cancelled; before: {was:cancelled}. Connections opened: {opened}; before: {was:opened}.",
            ),
            Wrong::new(
                &[("pool_size", "3")],
                "Another size, and reports are cut off as before: {cancelled} cancelled, {opened} opened.",
            )
            .either(),
            Wrong::new(
                &[("pool_timeout", "30")],
                "The limit of the task is over before this one is: {cancelled} cancelled; before: {was:cancelled}.",
            ),
            Wrong::new(
                &[("pool_timeout", "1")],
                "Now requests fail in line as well: {timeouts} timed out, {cancelled} cancelled.",
            ),
        ],
        still: 20.0,
    },
};

/// A request that waits for another service for so many milliseconds, with its connection held.
fn calls(millis: i64) -> RequestSpec {
    RequestSpec { outside: Span::from_millis(millis), ..visit(300) }
}

fn world(settings: Settings, traffic: Traffic) -> Setup {
    Setup {
        settings: Settings { class: Class::AsyncAdaptedQueuePool, ..settings },
        traffic,
        borrow: Borrow::Session,
        work: Work::constant(Span::from_millis(2_000)),
        database: ServerSetup { latency: latency(300), ..ServerSetup::default() },
        ..Setup::default()
    }
}

/// One is cancelled in its query, one while it waits for another service, and one in line.
fn run() -> Plan {
    let mut setup = world(Settings { pool_size: 2, max_overflow: 0, ..Settings::DEFAULT }, listed(&[]));
    setup.database.latency.reset = Span::from_millis(100);
    Plan::new(setup, Span::from_secs(20))
        .at(1.0, WorldAct::Arrive(visit(10_000)))
        .at(1.3, WorldAct::Arrive(calls(12_000)))
        .at(4.0, WorldAct::Cancel)
        .at(7.0, WorldAct::Arrive(visit(800)))
        .at(9.5, WorldAct::Cancel)
        .at(11.5, WorldAct::Arrive(visit(1_500)))
        .at(11.8, WorldAct::Arrive(visit(5_000)))
        .at(12.1, WorldAct::Arrive(visit(5_000)))
}

/// Four requests in the same instant, that hold for as long as each other.
fn together() -> Plan {
    returns(&[500, 500, 500, 500])
}

/// The same, a few milliseconds apart.
fn apart() -> Plan {
    returns(&[500, 510, 520, 530])
}

fn returns(arrivals: &[i64]) -> Plan {
    let mut setup = world(Settings { pool_size: 1, max_overflow: 1, ..Settings::DEFAULT }, listed(arrivals));
    setup.database = ServerSetup::default();
    Plan::new(setup, Span::from_secs(10))
}

/// A time limit round each request; some of them are reports that take longer.
fn limited() -> Plan {
    let settings =
        Settings { pool_size: 5, max_overflow: 0, pool_timeout: Some(Span::from_secs(10)), ..Settings::DEFAULT };
    let mut setup = world(settings, Traffic::poisson(1.6));
    setup.work = Work {
        shape: Distribution::Exponential,
        slow_share: 0.15,
        slow: Span::from_secs(5),
        outside: Span::from_secs(3),
        ..Work::constant(Span::from_millis(300))
    };
    setup.cancel_after = Some(Span::from_secs(4));
    setup.database.latency.connect = Span::from_secs(1);
    setup.database.max_connections = Some(5);
    Plan::new(setup, Span::from_secs(50))
}
