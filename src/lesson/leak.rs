//! The leak hunt: a view that never gives its connection back.

use super::parts::latency;
use super::{Adjustable, Challenge, Choice, Goal, Lesson, Plan, Prediction, Wrong};
use crate::apps::flask::{Application, Form, View};
use crate::pool::{Echo, LogLine, Names, Output, Settings};
use crate::service::{News, RequestSpec};
use crate::settings::{Act, SettingId};
use crate::sim::{Database, Journal, Setup, Site, Traffic, Work, World, WorldAct};
use crate::time::{Instant, Span};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "leak",
    title: "The leak hunt",
    subject: "who keeps a connection",
    plan: run,
    knobs: &[SettingId::PoolSize, SettingId::MaxOverflow, SettingId::PoolTimeout, SettingId::PoolRecycle],
    acts: &[("Visit /with", || send("/with", 1, 1.0)), ("Visit /kept", || send("/kept", 1, 1.0))],
    speed: 2.0,
    prediction: Prediction { fact: "run+max_overflow=7.first-error", options: &["never", "30..60", "<30"] },
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
        goals: &[Goal::at_most("errors", 0), Goal::at_most("waiting", 0)],
        solution: &[("mend", "/kept")],
        wrong: &[
            Wrong {
                changes: &[("max_overflow", "10")],
                says: "You raised max_overflow. First failed request: {first-error}; before: {was:first-error}. The leak still wins: it takes the pool’s connections one after the other, and in the end the server’s.",
            },
            Wrong {
                changes: &[("pool_size", "10")],
                says: "A larger pool takes longer to empty. First failed request: {first-error}; before: {was:first-error}. The leak still wins.",
            },
            Wrong {
                changes: &[("pool_timeout", "60")],
                says: "With a longer pool_timeout they wait longer for connections that do not come back: {waiting} requests stand in line at the end.",
            },
            Wrong {
                changes: &[("pool_recycle", "10")],
                says: "pool_recycle looks at a connection when it is checked out. One that is never returned is never looked at: {errors} requests fail.",
            },
            Wrong {
                changes: &[("mend", "/forgotten")],
                says: "/forgotten is better now. But it did let go, when the garbage collector came by. The first request still fails after {first-error}: something else keeps its connections.",
            },
            Wrong {
                changes: &[("mend", "/flush")],
                says: "/flush held its connection while the mail went out, and then gave it back: slow, and no leak. {errors} requests fail.",
            },
        ],
        still: 33.0,
    },
    extra: &[("log", log)],
};

/// What each suspect is replaced with: the view of the same file that does it right.
const MENDED: [(&str, &str); 3] = [("/flush", "/commit"), ("/forgotten", "/with"), ("/kept", "/with")];

static MEND: Choice = Choice {
    name: "mend",
    title: "Mend this view",
    options: &["none", "/flush", "/forgotten", "/kept"],
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

/// The view that nobody suspects.
const INNOCENT: &str = "/with";

fn view(path: &str) -> Option<View> {
    View::find(Application::Session, path)
}

/// So many visits to a view, one every so many seconds.
fn send(path: &str, times: u32, every: f64) -> Act {
    let visit = RequestSpec { takes: Span::from_millis(100), view: view(path), ..RequestSpec::default() };
    WorldAct::Send(visit, times, Span::from_secs_f64(every)).into()
}

/// The application with its pool of 3 + 2. Nobody comes by himself.
fn world() -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings: Settings { pool_timeout: Some(Span::from_secs(5)), ..Application::Session.settings(Form::Corrected) },
        traffic: Traffic::poisson(0.0),
        work: Work::constant(ms(100)),
        database: Database { latency: latency(200), ..Database::default() },
        site: view("/with").map(|view| Site { form: Form::Corrected, view }),
        ..Setup::default()
    }
}

/// One view that gives back, often, and one that does not, now and then.
fn run() -> Plan {
    Plan::new(world(), Span::from_secs(50)).at(1.0, send("/with", 33, 1.5)).at(2.0, send("/kept", 12, 4.0))
}

/// Four views, three of them suspect, on a server that has ten connections.
fn hunt() -> Plan {
    let setup = world();
    let database = Database { max_connections: Some(10), ..setup.database };
    Plan::new(Setup { database, ..setup }, Span::from_secs(60))
        .at(0.5, send("/with", 20, 3.0))
        .at(1.2, send("/flush", 12, 5.0))
        .at(3.0, send("/forgotten", 5, 12.0))
        .at(5.0, send("/kept", 11, 5.0))
}

/// Who came in the first seconds of the challenge, and what `echo_pool="debug"` says of checking out and returning.
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
    // Who has answered does nothing any more: it is the garbage collector who gives back.
    let whose = if call.is_answered() { "--".into() } else { format!("{number:>2}") };
    let at = (world.now() - Instant::ZERO).as_micros() / 100_000;
    Some(format!("{:>2}.{} [{whose}] {said}\n", at / 10, at % 10))
}
