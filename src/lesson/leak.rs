//! The leak hunt: a view that never gives its connection back.

use super::parts::latency;
use super::{Adjustable, Challenge, Choice, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::apps::{Application, Form, View};
use crate::pool::{Echo, LogLine, Names, Output, Settings};
use crate::service::{News, RequestSpec};
use crate::settings::{Act, SettingId};
use crate::sim::{HostedApp, Journal, ServerSetup, Setup, Traffic, Work, World, WorldAct};
use crate::time::{Instant, Span};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "leak",
    title: "Find the leak",
    subject: "who keeps a connection",
    plan: run,
    knobs: &[SettingId::PoolSize, SettingId::MaxOverflow, SettingId::PoolTimeout, SettingId::PoolRecycle],
    acts: &[("Visit /with", || send("/with", 1, 1.0)), ("Visit /kept", || send("/kept", 1, 1.0))],
    speed: 2.0,
    prediction: Prediction {
        fact: "run+max_overflow=7.first-error",
        options: &["never", "30..60", "<30"],
        replies: &[
            "More room does not stop a leak. /kept takes one connection after the other, however many there are: the first request fails after {run+max_overflow=7.first-error}.",
            "",
            "The leak is as fast as before, but it has more connections to take. The first request fails after {run+max_overflow=7.first-error} instead of {run.first-error}.",
        ],
    },
    board: &[3.6, 11.5, 23.0, 29.0],
    others: &[],
    challenge: Challenge {
        plan: hunt,
        adjustable: &[
            Adjustable::Choice(&MEND),
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolTimeout),
            Adjustable::Setting(SettingId::PoolRecycle),
        ],
        goals: &[Goal::at_most("errors", 0), Goal::at_most("waiting", 0), Goal::at_most("most-open", 4)],
        solution: &[("mend", "/kept: with db.engine.connect()")],
        ideas: &[
            Idea {
                needs: &[Condition::Is("mend", &["/kept: with db.engine.connect()"])],
                example: &[("mend", "/kept: with db.engine.connect()")],
            cured: "/kept was the leak: its list held every connection for ever. Now the end of the block returns the connection, and {most-open} {most-open?is|are} enough for the whole minute.",
            },
        ],
        wrong: &[
            Wrong::new(
                &[("mend", "/kept: without forever.append()")],
                "The right view. Nothing refers to its connections any more, but they come back only when the garbage collector runs: {most-open} {most-open?is|are} open at once. Failed requests: {errors}.",
            ),
            Wrong::new(
                &[("mend", "/kept: connection.commit() at the end")],
                "commit() ends a transaction. It does not return a connection that connect() has given out. Failed requests: {errors}; open at once: {most-open}.",
            ),
            Wrong::new(
                &[("mend", "/forgotten: with db.engine.connect()")],
                "/forgotten is better now, but it was not the leak: the garbage collector returned its connections in the end. Something else keeps its connections. Failed requests: {errors}; open at once: {most-open}.",
            ),
            Wrong::new(
                &[("mend", "/forgotten: connection.commit() at the end")],
                "commit() ends a transaction. It does not return a connection that connect() has given out. And this view was not the leak. Failed requests: {errors}; open at once: {most-open}.",
            ),
            Wrong::new(
                &[("mend", "/flush: commit() before the email")],
                "/flush held its connection while the email went out, and then returned it: slow, but no leak. Failed requests: {errors}; open at once: {most-open}.",
            ),
            Wrong::new(
                &[("mend", "/flush: db.session.close() at the end")],
                "Flask-SQLAlchemy does that at the end of every request, and this view was not the leak. Failed requests: {errors}; open at once: {most-open}.",
            ),
            Wrong::new(
                &[("max_overflow", "10")],
                "You raised max_overflow. First failed request: {first-error}; before: {was:first-error}. The leak still wins: it takes the pool’s connections one by one, and then the server’s.",
            )
            .when(&[Goal::at_least("errors", 1)]),
            Wrong::new(
                &[("pool_size", "10")],
                "A larger pool takes longer to empty. First failed request: {first-error}; before: {was:first-error}. The leak still wins.",
            )
            .when(&[Goal::at_least("errors", 1)]),
            Wrong::new(
                &[("pool_timeout", "60")],
                "With a longer pool_timeout, requests wait longer for connections that never come back: {waiting} {waiting?is|are} waiting at the end.",
            )
            .when(&[Goal::at_least("waiting", 1)]),
            Wrong::new(
                &[("pool_recycle", "10")],
                "pool_recycle looks at a connection when it is checked out. One that is never returned is never looked at: {errors} {errors?request fails|requests fail}.",
            )
            .when(&[Goal::at_least("errors", 1)]),
            Wrong::any(
                "Something still keeps connections: {leaked} never came back. Failed requests: {errors}; open at once: {most-open}; waiting at the end: {waiting}.",
            )
            .when(&[Goal::at_least("leaked", 1)]),
        ],
        still: 33.0,
    },
    extra: &[("log", log)],
};

/// What each suspect view is replaced with: a view of the same file that does it right.
const MENDED: [(&str, &str); 7] = [
    ("/flush", "/commit"),
    ("/flush", "/flush"),
    ("/forgotten", "/with"),
    ("/forgotten", "/forgotten"),
    ("/kept", "/kept"),
    ("/kept", "/forgotten"),
    ("/kept", "/with"),
];

static MEND: Choice = Choice {
    name: "mend",
    title: "Change one view",
    options: &[
        "none",
        "/flush: commit() before the email",
        "/flush: db.session.close() at the end",
        "/forgotten: with db.engine.connect()",
        "/forgotten: connection.commit() at the end",
        "/kept: connection.commit() at the end",
        "/kept: without forever.append()",
        "/kept: with db.engine.connect()",
    ],
    take: |plan, place| {
        let Some((bad, good)) = place.checked_sub(1).and_then(|place| MENDED.get(place)) else { return };
        for (_, act) in &mut plan.acts {
            if let Act::World(WorldAct::Send(visit, ..)) = act
                && visit.view == view(bad)
            {
                visit.view = view(good);
            }
        }
    },
};

/// The view that is not among the suspects.
const INNOCENT: &str = "/with";

fn view(path: &str) -> Option<View> {
    View::find(Application::Session, path)
}

/// Sends `times` requests to a view, one every `every` seconds.
fn send(path: &str, times: u32, every: f64) -> Act {
    let visit = RequestSpec { takes: Span::from_millis(100), view: view(path), ..RequestSpec::default() };
    WorldAct::Send(visit, times, Span::from_secs_f64(every)).into()
}

/// The application with its pool of 3 + 2. There is no traffic of its own; the plan's acts send every request.
fn world() -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings: Settings { pool_timeout: Some(Span::from_secs(5)), ..Application::Session.settings(Form::Corrected) },
        traffic: Traffic::poisson(0.0),
        work: Work::constant(ms(100)),
        database: ServerSetup { latency: latency(200), ..ServerSetup::default() },
        site: view("/with").map(|view| HostedApp { form: Form::Corrected, view }),
        ..Setup::default()
    }
}

/// Many requests to a view that gives its connection back, and a few to one that does not.
fn run() -> Plan {
    Plan::new(world(), Span::from_secs(50)).at(1.0, send("/with", 33, 1.5)).at(2.0, send("/kept", 12, 4.0))
}

/// Four views, three of them suspects, on a server that allows ten connections.
fn hunt() -> Plan {
    let setup = world();
    let database = ServerSetup { max_connections: Some(10), ..setup.database };
    Plan::new(Setup { database, ..setup }, Span::from_secs(60))
        .at(0.5, send("/with", 20, 3.0))
        .at(1.2, send("/flush", 12, 5.0))
        .at(3.0, send("/forgotten", 5, 12.0))
        .at(5.0, send("/kept", 11, 5.0))
}

/// The log of the first seconds of the challenge: which requests came, and what `echo_pool="debug"` says about checking out
/// and returning.
fn log() -> String {
    let plan = hunt();
    let settings = Settings { echo_pool: Echo::Debug, ..plan.setup.settings };
    let mut world = World::new(Setup { settings, ..plan.setup.clone() });
    let (mut journal, mut lines) = (Journal::new(), String::new());
    let end = Instant::ZERO + Span::from_secs(14);
    let mut acts = plan.acts.iter().filter(|(at, _)| *at <= end).peekable();
    loop {
        while let Some((_, news)) = world.news() {
            lines += &heard(&world, news).unwrap_or_default();
        }
        let next = world.next_at().unwrap_or(end);
        if let Some((at, act)) = acts.next_if(|(at, _)| *at <= next) {
            world.run_until(*at, &mut journal);
            let act = act.on(world.setup());
            world.act(act, &mut journal);
        } else if next >= end || !world.step(&mut journal) {
            return lines;
        }
    }
}

fn heard(world: &World, news: News) -> Option<String> {
    let service = &world.services()[0];
    let client = match news {
        News::Arrived(client, _)
        | News::Pool(_, Output::Log(client, LogLine::CheckedOut(_) | LogLine::Returned(_))) => client,
        _ => return None,
    };
    let (number, call) = service.calls().find(|(number, _)| service.number(client) == Some(*number))?;
    let said = match news {
        _ if call.view().path() == INNOCENT => return None,
        News::Pool(_, Output::Log(_, line)) => line.text(&Names {
            connection: &|connection| format!("#{}", connection.0),
            record: &|_| String::new(),
            exception: &|_| Default::default(),
        }),
        _ => format!("GET {}", call.view().path()),
    };
    // A request that has its response does nothing more: the garbage collector returns its connection.
    let whose = if call.is_answered() { "--".into() } else { format!("{number:>2}") };
    let at = (world.now() - Instant::ZERO).as_micros() / 100_000;
    Some(format!("{:>2}.{} [{whose}] {said}\n", at / 10, at % 10))
}
