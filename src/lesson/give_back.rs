//! Giving back: when a request's connection goes back to the pool, and in what state.

use super::{Adjustable, Challenge, Choice, Goal, Lesson, Plan, Prediction, Wrong};
use crate::apps::flask::{Application, Form, View};
use crate::pool::Settings;
use crate::service::RequestSpec;
use crate::settings::{Act, SettingId};
use crate::sim::{Database, Latency, Pattern, Setup, Site, Traffic, Work, WorldAct};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "return",
    title: "Giving back",
    subject: "commit, close, reset on return",
    plan: run,
    knobs: &[SettingId::PoolSize, SettingId::PoolResetOnReturn, SettingId::QueryMs],
    acts: &[
        ("Call /flush", || call("/flush", 1)),
        ("Call /commit", || call("/commit", 1)),
        ("Call /forgotten", || call("/forgotten", 1)),
    ],
    speed: 1.0,
    prediction: Prediction { fact: "run@7.4.checked-out", options: &["3", "1", "0"] },
    board: &[2.9, 7.4, 11.2, 18.0],
    extra: &[],
    challenge: Challenge {
        plan: mails,
        adjustable: &[
            Adjustable::Choice(&CODE),
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolTimeout),
        ],
        goals: &[Goal::at_most("errors", 0), Goal::at_most("longest", 500)],
        solution: &[("view", "commit, mail")],
        wrong: &[
            Wrong {
                changes: &[("pool_size", "6")],
                says: "The pool asks for more connections than the server has, and the server refuses: {refused} requests fail at once instead of after a while.",
            },
            Wrong {
                changes: &[("max_overflow", "4")],
                says: "Extra connections come from the same server, and it has none to give: {refused} requests are refused.",
            },
            Wrong {
                changes: &[("pool_timeout", "30")],
                says: "More patience, the same line. More requests come than mails can be sent with two connections, so the line grows as long as they come: up to {longest} by now.",
            },
            Wrong {
                changes: &[("view", "commit, read user.name, mail")],
                says: "commit() gave the connection back, and the next line took one again: after a commit user.name is read anew, and the mail goes out with the connection held. Failed requests: {errors}, and {was:errors} at first.",
            },
        ],
        still: 6.9,
    },
    others: &[("raw", raw)],
};

/// What the view does, in order.
static CODE: Choice = Choice {
    name: "view",
    title: "The view",
    options: &[
        "flush, mail, commit",
        "commit, read user.name, mail",
        "the same with expire_on_commit=False",
        "commit, mail",
    ],
    take: |plan, place| plan.setup.site = site(["/flush", "/expire", "/keep", "/commit"][place]),
};

fn site(path: &str) -> Option<Site> {
    View::find(Application::Session, path).map(|view| Site { form: Form::Original, view })
}

fn call(path: &str, times: u32) -> Act {
    let view = View::find(Application::Session, path);
    WorldAct::Send(
        RequestSpec { takes: Span::from_millis(200), view, ..RequestSpec::default() },
        times,
        Span::from_millis(60),
    )
    .into()
}

fn world(settings: Settings) -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings,
        traffic: Traffic::poisson(0.0),
        work: Work::constant(ms(200)),
        database: Database {
            latency: Latency { connect: ms(250), ping: ms(5), reset: ms(20), close: ms(5) },
            ..Database::default()
        },
        site: site("/flush"),
        ..Setup::default()
    }
}

/// One view after the other, and how long each holds its connection.
fn run() -> Plan {
    Plan::new(world(Application::Session.settings(Form::Original)), Span::from_secs(28))
        .at(1.0, call("/flush", 3))
        .at(5.5, call("/commit", 3))
        .at(10.0, call("/raw", 1))
        .at(12.0, call("/late", 1))
        .at(15.0, call("/forgotten", 2))
}

/// One connection: a row that nobody commits, then somebody who commits another, then they are counted.
fn raw() -> Plan {
    let settings = Settings { pool_size: 1, max_overflow: 0, ..Settings::DEFAULT };
    Plan::new(world(settings), Span::from_secs(12))
        .at(1.0, call("/raw", 1))
        .at(4.0, call("/commit", 1))
        .at(8.0, call("/late", 1))
}

/// A mail takes a second, and the server has two connections for this worker.
fn mails() -> Plan {
    let pool_timeout = Some(Span::from_secs(3));
    let mut setup = world(Settings { pool_size: 2, max_overflow: 0, pool_timeout, ..Settings::DEFAULT });
    setup.traffic = Traffic { pattern: Pattern::Constant, rate: 2.5, ..Traffic::poisson(0.0) };
    setup.database.max_connections = Some(2);
    Plan::new(setup, Span::from_secs(20))
}
