//! Giving back: when a request's connection goes back to the pool, and in what state.

use super::{Adjustable, Challenge, Choice, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::apps::{Application, Form, View};
use crate::pool::Settings;
use crate::service::RequestSpec;
use crate::settings::{Act, SettingId};
use crate::sim::{HostedApp, Latency, Pattern, ServerSetup, Setup, Traffic, Work, WorldAct};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "return",
    title: "What happens on return?",
    subject: "commit, close, reset on return",
    plan: run,
    knobs: &[SettingId::PoolSize, SettingId::PoolResetOnReturn, SettingId::QueryMs],
    acts: &[
        ("Call /flush", || call("/flush", 1)),
        ("Call /commit", || call("/commit", 1)),
        ("Call /forgotten", || call("/forgotten", 1)),
    ],
    speed: 1.0,
    prediction: Prediction {
        fact: "run@7.4.checked-out",
        options: &["3", "1", "0"],
        replies: &[
            "Flask-SQLAlchemy keeps a session for the whole request, but not a connection. commit() ends the transaction and returns it: {run@7.4.checked-out} are checked out while the emails go out.",
            "Nothing is left open to share. Each commit() returns the connection of its request: {run@7.4.checked-out} are checked out.",
            "",
        ],
    },
    board: &[2.9, 7.4, 11.2, 18.0],
    extra: &[],
    challenge: Challenge {
        plan: mails,
        adjustable: &[
            Adjustable::Choice(&CODE),
            Adjustable::Choice(&LIST),
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolTimeout),
        ],
        goals: &[Goal::at_most("errors", 0), Goal::at_most("longest", 500)],
        solution: &[("view", "commit, mail"), ("list", "with connect(): query; render")],
        ideas: &[Idea {
            needs: &[
                Condition::Is("view", &["commit, mail", "commit, read user.name, mail, with expire_on_commit=False"]),
                Condition::Is("list", &["with connect(): query; render"]),
            ],
            example: &[("view", "commit, mail"), ("list", "with connect(): query; render")],
            cured: "Both views return their connection before the slow part. A connection is held for {held} on average instead of {was:held}, so two are enough, and the longest wait is {longest}.",
        }],
        wrong: &[
            Wrong::new(
                &[("view", "commit, mail"), ("list", "with connect(): query; render")],
                "Both views return their connection early. What is left is up to the pool: {timeouts} timed out, {refused} refused.",
            )
            .when(&[Goal::at_least("errors", 1)]),
            Wrong::new(
                &[("view", "commit, read user.name, mail, with expire_on_commit=False"), ("list", "with connect(): query; render")],
                "Both views return their connection early. What is left is up to the pool: {timeouts} timed out, {refused} refused.",
            )
            .when(&[Goal::at_least("errors", 1)]),
            Wrong::new(
                &[("view", "commit, read user.name, mail")],
                "commit() returned the connection, and the next line took one again: after a commit, user.name is read anew, and the email goes out with a connection held. Failed requests: {errors}; before: {was:errors}.",
            ),
            Wrong::new(
                &[("list", "connect(), query, render")],
                "No session knows of this connection, so nothing returns it at the end of the request. It comes back when the garbage collector finds it. Failed requests: {errors}; before: {was:errors}.",
            ),
            Wrong::new(
                &[("view", "commit, mail")],
                "The emails go out without a connection now. But there is another view: whatever it does slowly, it does with a connection held. Failed requests: {errors}; longest wait: {longest}.",
            ),
            Wrong::new(
                &[("view", "commit, read user.name, mail, with expire_on_commit=False")],
                "The emails go out without a connection now. But there is another view: whatever it does slowly, it does with a connection held. Failed requests: {errors}; longest wait: {longest}.",
            ),
            Wrong::new(
                &[("list", "with connect(): query; render")],
                "The list returns its connection before it renders. But an email still goes out with a connection held. Failed requests: {errors}; before: {was:errors}.",
            ),
            Wrong::new(
                &[("pool_size", "6")],
                "The pool asks for more connections than the server allows, and the server refuses: {refused} {refused?request is|requests are} refused.",
            )
            .either()
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("max_overflow", "4")],
                "Overflow connections come from the same server, and it has none to spare: {refused} {refused?request is|requests are} refused.",
            )
            .either()
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("pool_size", "1")],
                "Fewer connections, and both are held while something slow happens. Failed requests: {errors}; longest wait: {longest}.",
            ),
            Wrong::new(
                &[("pool_timeout", "30")],
                "Longer timeout, same queue. Requests arrive faster than two connections can send emails, so the wait keeps growing: it is up to {longest}.",
            ),
            Wrong::new(
                &[("pool_timeout", "1")],
                "Shorter timeout, same queue: requests fail sooner. Failed requests: {errors}; before: {was:errors}.",
            ),
            Wrong::new(
                &[("view", "commit, mail"), ("list", "with connect(): query; render")],
                "Both views return their connection early. What is left is up to the pool: the longest wait is {longest}.",
            )
            .when(&[Goal::at_least("longest", 501)]),
            Wrong::new(
                &[("view", "commit, read user.name, mail, with expire_on_commit=False"), ("list", "with connect(): query; render")],
                "Both views return their connection early. What is left is up to the pool: the longest wait is {longest}.",
            )
            .when(&[Goal::at_least("longest", 501)]),
            Wrong::any(
                "Failed requests: {errors}; longest wait: {longest}. Connections are held as long as before.",
            ),
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
        "commit, read user.name, mail, with expire_on_commit=False",
        "commit, mail",
    ],
    take: |plan, place| plan.setup.site = site(["/flush", "/expire", "/keep", "/commit"][place]),
};

/// What the view that lists the users does, in order.
static LIST: Choice = Choice {
    name: "list",
    title: "The view that lists the users",
    options: &["User.query, render", "connect(), query, render", "with connect(): query; render"],
    take: |plan, place| {
        for (_, act) in &mut plan.acts {
            if let Act::World(WorldAct::Send(request, ..)) = act {
                request.view = View::find(Application::Session, ["/read", "/forgotten", "/with"][place]);
            }
        }
    },
};

fn site(path: &str) -> Option<HostedApp> {
    View::find(Application::Session, path).map(|view| HostedApp { form: Form::Original, view })
}

fn visit() -> RequestSpec {
    RequestSpec { takes: Span::from_millis(200), ..RequestSpec::default() }
}

fn call(path: &str, times: u32) -> Act {
    let view = View::find(Application::Session, path);
    WorldAct::Send(RequestSpec { view, ..visit() }, times, Span::from_millis(60)).into()
}

fn world(settings: Settings) -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings,
        traffic: Traffic::poisson(0.0),
        work: Work::constant(ms(200)),
        database: ServerSetup {
            latency: Latency { connect: ms(250), ping: ms(5), reset: ms(20), close: ms(5) },
            ..ServerSetup::default()
        },
        site: site("/flush"),
        ..Setup::default()
    }
}

/// One view after the other, to show how long each holds its connection.
fn run() -> Plan {
    Plan::new(world(Application::Session.settings(Form::Original)), Span::from_secs(28))
        .at(1.0, call("/flush", 3))
        .at(5.5, call("/commit", 3))
        .at(10.0, call("/raw", 1))
        .at(12.0, call("/late", 1))
        .at(15.0, call("/forgotten", 2))
}

/// One connection: a request that does not commit its row, then one that commits another row, then one that counts the rows.
fn raw() -> Plan {
    let settings = Settings { pool_size: 1, max_overflow: 0, ..Settings::DEFAULT };
    Plan::new(world(settings), Span::from_secs(12))
        .at(1.0, call("/raw", 1))
        .at(4.0, call("/commit", 1))
        .at(8.0, call("/late", 1))
}

/// An email takes a second, and the server has two connections for this worker.
fn mails() -> Plan {
    let pool_timeout = Some(Span::from_secs(3));
    let mut setup = world(Settings { pool_size: 2, max_overflow: 0, pool_timeout, ..Settings::DEFAULT });
    setup.traffic = Traffic { pattern: Pattern::Constant, rate: 2.5, ..Traffic::poisson(0.0) };
    setup.database.max_connections = Some(2);
    let list = RequestSpec { view: View::find(Application::Session, "/read"), ..visit() };
    Plan::new(setup, Span::from_secs(20)).at(1.0, WorldAct::Send(list, 18, Span::from_secs(1)))
}
