//! `pool_timeout` limits how long a request waits for a connection, never how long it holds one.

use super::parts::latency;
use super::{Adjustable, Challenge, Choice, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::service::RequestSpec;
use crate::settings::{Act, SettingId};
use crate::sim::{Distribution, Pattern, ServerSetup, Setup, Traffic, Work, WorldAct};
use crate::time::{Instant, Span};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "timeout",
    title: "Who times out?",
    subject: "`pool_timeout`",
    plan: run,
    knobs: &[SettingId::PoolTimeout, SettingId::PoolSize, SettingId::MaxOverflow, SettingId::PoolRecycle],
    acts: &[],
    speed: 1.0,
    prediction: Prediction {
        fact: "run@12.timeouts",
        options: &["3", "2", "5", "0"],
        replies: &[
            "The name suggests it, but pool_timeout does not look at requests that have a connection. A request may hold one for ever. Those that time out are the {run@12.timeouts} that wait.",
            "",
            "A request has no time limit of its own here. Only the time in the queue counts, and only {run@12.timeouts} had to wait.",
            "Without pool_timeout they would. With it, a request waits for {run.pool_timeout} s at most and then fails with TimeoutError.",
        ],
    },
    board: &[6.0, 9.4, 14.0, 40.0],
    others: &[],
    extra: &[],
    challenge: Challenge {
        plan: month_end,
        adjustable: &[
            Adjustable::Setting(SettingId::PoolTimeout),
            Adjustable::Setting(SettingId::PoolRecycle),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Choice(&REPORT),
        ],
        goals: &[Goal::at_most("errors", 0), Goal::at_most("longest", 4_000)],
        solution: &[("report", "query, close, PDF"), ("pool_timeout", "5")],
        ideas: &[Idea {
            needs: &[Condition::Is("report", &["query, close, PDF"]), Condition::AtLeast("pool_timeout", 1.5)],
            example: &[("report", "query, close, PDF"), ("pool_timeout", "5")],
            cured: "A report holds its connection only while it reads, so connections come back soon: the longest wait is {longest}. pool_timeout now is longer than the waits that are left, and ends none of them.",
        }],
        wrong: &[
            Wrong::new(
                &[("report", "query, close, PDF")],
                "The reports return their connections early now. But the pool may open more connections than the server allows: {refused} {refused?request is|requests are} refused.",
            )
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("report", "query, close, PDF")],
                "The reports return their connections early now, and the queue is short. But some requests still wait for longer than pool_timeout allows: {timeouts} {timeouts?request times|requests time} out.",
            )
            .when(&[Goal::at_least("timeouts", 1)]),
            Wrong::new(
                &[("report", "query, fetchall(), PDF, close")],
                "fetchall() reads all the rows, but a connection goes back when it is closed: after the PDF. Failed requests: {errors}; longest wait: {longest}.",
            ),
            Wrong::new(
                &[("report", "query, PDF in a thread, wait, close")],
                "The report waits for its thread, and its connection waits with it. Failed requests: {errors}; longest wait: {longest}.",
            ),
            Wrong::new(
                &[("max_overflow", "10")],
                "The next report takes the next connection too, and the server allows only five. Timed out: {timeouts}; refused: {refused}; longest wait: {longest}.",
            )
            .either(),
            Wrong::new(
                &[("pool_timeout", "30")],
                "With a longer timeout {errors} {errors?request fails|requests fail} instead of {was:errors}, and the longest wait is {longest}. The reports hold their connections exactly as long as before.",
            ),
            Wrong::new(
                &[("pool_timeout", "0.5")],
                "The same queue fails sooner: {errors} {errors?request fails|requests fail}; before: {was:errors}. No connection comes back any earlier.",
            ),
            Wrong::new(
                &[("pool_recycle", "5")],
                "pool_recycle checks a connection when it is checked out. While a report holds it, nothing checks it: {errors} {errors?request fails|requests fail}.",
            )
            .either(),
        ],
        still: 18.0,
    },
};

/// What a report does with its connection while it makes the PDF.
static REPORT: Choice = Choice {
    name: "report",
    title: "What a report does",
    options: &[
        "query, PDF, close",
        "query, fetchall(), PDF, close",
        "query, PDF in a thread, wait, close",
        "query, close, PDF",
    ],
    take: |plan, place| plan.acts = reports([20_000, 20_000, 20_000, 2_500][place]).collect(),
};

const fn ms(ms: i64) -> Span {
    Span::from_millis(ms)
}

fn world(size: i64, traffic: Traffic, work: Work) -> Setup {
    Setup {
        settings: Settings {
            pool_size: size,
            max_overflow: 0,
            pool_timeout: Some(Span::from_secs(5)),
            ..Settings::DEFAULT
        },
        traffic,
        work,
        database: ServerSetup { latency: latency(200), ..ServerSetup::default() },
        ..Setup::default()
    }
}

/// Three requests take long, and three more come meanwhile; then for half a minute more come than can be served.
fn run() -> Plan {
    let three = [4_000, 5_000, 13_000];
    let many = (0..90).map(|car| 20_000 + car * 1_000 / 3);
    let list = three.into_iter().chain(many).map(|at| Instant::ZERO + ms(at)).collect();
    let traffic = Traffic { pattern: Pattern::List, list, ..Traffic::poisson(0.0) };
    let stays = || WorldAct::Arrive(stay(14_000));
    Plan::new(world(3, traffic, Work::constant(ms(1_500))), Span::from_secs(50))
        .at(1.0, stays())
        .at(1.3, stays())
        .at(1.6, stays())
}

/// Quick requests, and six reports at the end of the month; the server allows five connections.
fn month_end() -> Plan {
    let work = Work { shape: Distribution::Exponential, ..Work::constant(ms(300)) };
    let mut setup = world(4, Traffic::poisson(2.5), work);
    setup.database.max_connections = Some(5);
    setup.settings.pool_timeout = Some(Span::from_secs(1));
    let mut plan = Plan::new(setup, Span::from_secs(45));
    plan.acts = reports(20_000).collect();
    plan
}

/// Six reports, each of which holds a connection for `holds` milliseconds.
fn reports(holds: i64) -> impl Iterator<Item = (Instant, Act)> {
    (0..6).map(move |report| (Instant::ZERO + ms(8_000 + 200 * report), WorldAct::Arrive(stay(holds)).into()))
}

fn stay(holds: i64) -> RequestSpec {
    RequestSpec { takes: ms(holds), ..RequestSpec::default() }
}
