//! `pool_timeout` bounds waiting, never holding.

use super::parts::latency;
use super::{Adjustable, Challenge, Choice, Goal, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::service::RequestSpec;
use crate::settings::{Act, SettingId};
use crate::sim::{Database, Pattern, Setup, Shape, Traffic, Work, WorldAct};
use crate::time::{Instant, Span};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "timeout",
    title: "Nobody has to leave",
    subject: "`pool_timeout`",
    plan: run,
    knobs: &[SettingId::PoolTimeout, SettingId::PoolSize, SettingId::MaxOverflow, SettingId::PoolRecycle],
    acts: &[],
    speed: 1.0,
    prediction: Prediction { fact: "run@12.timeouts", options: &["3", "2", "5", "0"] },
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
        goals: &[Goal::at_most("errors", 0), Goal::at_most("longest", 2_000)],
        solution: &[("report", "gives it back first")],
        wrong: &[
            Wrong {
                changes: &[("pool_timeout", "30")],
                says: "With more patience {errors} requests fail, where it was {was:errors}, and the longest wait is {longest}. The reports hold their connections exactly as long as before.",
            },
            Wrong {
                changes: &[("pool_timeout", "2")],
                says: "The same line hears its answer sooner, and more of it fails: {errors} requests, where it was {was:errors}. No bay comes free any earlier.",
            },
            Wrong {
                changes: &[("pool_recycle", "5")],
                says: "pool_recycle looks at a connection when somebody asks for one. While a report has it, nobody looks: {errors} requests fail.",
            },
            Wrong {
                changes: &[("max_overflow", "10")],
                says: "The next report takes the next bay too, and the server admits only five: {timeouts} time-outs, {refused} refused, the longest wait {longest}.",
            },
        ],
        still: 18.0,
    },
};

/// What a report does with its connection while it makes the PDF.
static REPORT: Choice = Choice {
    name: "report",
    title: "While it makes the PDF, a report",
    options: &["keeps its connection", "gives it back first"],
    take: |plan, place| plan.acts = reports([20_000, 1_500][place]).collect(),
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
        database: Database { latency: latency(200), ..Database::default() },
        ..Setup::default()
    }
}

/// Three stay long, and three come meanwhile; then for half a minute more come than can be served.
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

/// Quick requests, and six reports at the end of the month; the server admits five connections.
fn month_end() -> Plan {
    let work = Work { shape: Shape::Exponential, ..Work::constant(ms(300)) };
    let mut setup = world(4, Traffic::poisson(2.5), work);
    setup.database.max_connections = Some(5);
    let mut plan = Plan::new(setup, Span::from_secs(45));
    plan.acts = reports(20_000).collect();
    plan
}

/// Six reports, each with a connection for so long.
fn reports(holds: i64) -> impl Iterator<Item = (Instant, Act)> {
    (0..6).map(move |report| (Instant::ZERO + ms(8_000 + 1_500 * report), WorldAct::Arrive(stay(holds)).into()))
}

fn stay(holds: i64) -> RequestSpec {
    RequestSpec { takes: ms(holds), ..RequestSpec::default() }
}
