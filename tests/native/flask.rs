//! The applications against real runs of them: `tests/flask/fixture.json` says what Flask, Flask-SQLAlchemy and SQLAlchemy did,
//! event for event, and calls in a world have to do the same.

use serde_json::Value;
use std::collections::BTreeSet;
use valet::apps::flask::{Application, Form, View};
use valet::apps::{Phase, Raised};
use valet::pool::{Answer, Command, ConnectionId, Event, Output, Reset, Settings};
use valet::service::{Job, News, Order, Report, RequestSpec};
use valet::sim::{Journal, Setup, Traffic, World, WorldAct};
use valet::sql::{Fault, Statement, Tables};
use valet::time::{Instant, Span};

fn fixture() -> Value {
    let path = "tests/flask/fixture.json";
    serde_json::from_str(&std::fs::read_to_string(path).expect(path)).expect(path)
}

fn application(name: &str) -> (Application, Form) {
    let (name, form) = match name.strip_suffix("_corrected") {
        Some(name) => (name, Form::Corrected),
        None => (name.strip_suffix("_original").unwrap_or(name), Form::Original),
    };
    (Application::ALL.into_iter().find(|application| application.name() == name).expect(name), form)
}

/// A world, and a driver that does everything at once.
struct Run {
    world: World,
    journal: Journal,
    form: Form,
    tables: Tables,
    opened: u32,
    dead: BTreeSet<ConnectionId>,
    /// The next statement, or commit, finds its connection lost.
    losing: Option<&'static str>,
    events: Vec<String>,
    /// What somebody else keeps.
    held: Vec<Order>,
    line: Option<u16>,
}

impl Run {
    fn new(form: Form, settings: Settings) -> Run {
        let setup = Setup { settings, traffic: Traffic::poisson(0.0), ..Setup::default() };
        Run {
            world: World::driven(setup),
            journal: Journal::new(),
            form,
            tables: Tables::default(),
            opened: 0,
            dead: BTreeSet::new(),
            losing: None,
            events: Vec::new(),
            held: Vec::new(),
            line: None,
        }
    }

    /// Everything that is to be done now.
    fn settle(&mut self) {
        loop {
            while let Some((_, news)) = self.world.news() {
                self.hear(news);
            }
            let call = self.world.services()[0].calls().next();
            let line = call.and_then(|(_, call)| Some((call.view(), call.below()?)));
            let line = line.map(|(view, below)| view.def(self.form) + below);
            if line != self.line {
                self.line = line;
                self.events.extend(line.map(|line| format!("line {line}")));
            }
            let Some(order) = self.world.poll() else { return };
            self.carry_out(order);
        }
    }

    fn hear(&mut self, news: News) {
        let event = match news {
            News::Pool(_, Output::Tell(_, event)) => match event {
                Event::Connect(ConnectionId(id), _) => format!("connect {id}"),
                Event::Checkout(ConnectionId(id), _) => format!("checkout {id}"),
                Event::Checkin(Some(ConnectionId(id)), _) => format!("checkin {id}"),
                Event::Checkin(None, _) => "checkin -".into(),
                Event::Close(ConnectionId(id), ..) => format!("close {id}"),
                Event::Invalidate(ConnectionId(id), ..) => format!("invalidate {id}"),
                Event::Reset { connection: ConnectionId(id), transaction_was_reset, .. } => {
                    format!("reset {id} transaction_was_reset={transaction_was_reset}")
                }
                _ => return,
            },
            News::Pool(_, Output::Do(_, command)) => match command {
                Command::Reset(ConnectionId(id), Reset::Rollback) => format!("dbapi rollback {id}"),
                Command::Reset(ConnectionId(id), Reset::Commit) => format!("dbapi commit {id}"),
                Command::Close(ConnectionId(id)) | Command::Terminate(ConnectionId(id)) => format!("dbapi close {id}"),
                Command::Ping(ConnectionId(id)) => {
                    self.events.push(format!("ping {id}"));
                    format!("sql {id} SELECT 1") // SQLite's ping
                }
                _ => return,
            },
            _ => return,
        };
        self.events.push(event);
    }

    fn carry_out(&mut self, order: Order) {
        let Order { generation, client, job } = order;
        let lives = |connection, dead: &BTreeSet<ConnectionId>| {
            if dead.contains(&connection) { Answer::Gone } else { Answer::Done }
        };
        let mut found = Default::default();
        let report = match job {
            Job::Work(..) | Job::Rollback(_) => {
                self.held.push(order);
                return;
            }
            Job::Execute(connection @ ConnectionId(id), statement, _) => {
                let what = match statement {
                    Statement::Commit => "commit",
                    Statement::Rollback => "rollback",
                    _ => "statement",
                };
                self.events.push(match statement {
                    Statement::Commit => format!("dbapi commit {id}"),
                    Statement::Rollback => format!("dbapi rollback {id}"),
                    statement => format!("sql {id} {statement}"),
                });
                self.lose(what, connection);
                if self.dead.contains(&connection) {
                    self.tables.forget(connection);
                    Report::Lost(Fault::GoneAway)
                } else {
                    let (reply, rows) = self.tables.execute(connection, statement);
                    found = rows;
                    Report::Executed(reply)
                }
            }
            Job::Pool(Command::Open(_)) => {
                self.opened += 1;
                Report::Answered(Answer::Opened(ConnectionId(self.opened)))
            }
            Job::Pool(Command::Ping(connection)) => Report::Answered(lives(connection, &self.dead)),
            Job::Pool(Command::Reset(connection, reset)) => {
                self.lose("rollback", connection);
                if reset == Reset::Rollback {
                    self.tables.forget(connection);
                }
                Report::Answered(lives(connection, &self.dead))
            }
            Job::Pool(_) => Report::Answered(Answer::Done),
        };
        self.world.act(WorldAct::Report { generation, client, report, rows: None, found }, &mut self.journal);
    }

    /// The connection is lost, if it is to be at this kind of thing.
    fn lose(&mut self, what: &str, connection: ConnectionId) {
        match self.losing {
            Some("second") if what == "statement" => self.losing = Some("statement"),
            Some(losing) if losing == what => {
                self.losing = None;
                self.dead.insert(connection);
            }
            _ => {}
        }
    }

    fn do_it(&mut self, act: WorldAct) {
        self.world.act(act, &mut self.journal);
        self.settle();
    }

    fn on(&mut self) {
        assert!(self.world.step(&mut self.journal), "nothing will ever happen");
        self.settle();
    }

    fn out(&self) -> i64 {
        self.world.services()[0].pool().checkedout()
    }

    /// A visit, until the visitor has the answer.
    fn visit(&mut self, view: View) {
        self.do_it(WorldAct::Send(RequestSpec { view: Some(view), ..RequestSpec::default() }, 1, Span::ZERO));
        let goes_on = |world: &World| world.services()[0].calls().any(|(_, call)| !call.is_answered());
        while goes_on(&self.world) {
            self.on();
        }
    }
}

/// What the engine does beside, and lines at which Python only looks for somebody who catches an exception: an `except` that does not
/// match, the end of a `with`.
fn as_told(events: &[Value], status: i64) -> Vec<String> {
    let events = events.iter().map(|event| event.as_str().unwrap());
    let mut raised = false;
    let mut told = Vec::new();
    for event in events {
        let word = event.split(' ').next().unwrap();
        raised |= word == "raise";
        match word {
            "engine" | "leave" | "teardown" | "sleep" | "raise" | "log" => {}
            "line" if raised && status == 500 => {}
            // The exception's class is the driver's.
            "invalidate" => told.push(event.split(' ').take(2).collect::<Vec<_>>().join(" ")),
            _ => told.push(without_key(event)),
        }
    }
    told
}

/// SQLite gives a key again that was rolled back; our store, like a sequence of PostgreSQL's, does not.
fn without_key(event: &str) -> String {
    event.split_once(" WHERE user.id = ").map_or(event.into(), |(before, _)| format!("{before} WHERE user.id = ?"))
}

#[test]
fn pools_are_what_flask_sqlalchemy_makes() {
    for (name, app) in fixture()["apps"].as_object().unwrap() {
        let (application, form) = application(name);
        let Settings { pool_size, max_overflow, pool_timeout, pool_recycle, pool_pre_ping, .. } =
            application.settings(form);
        let pool = &app["pool"];
        assert_eq!(pool["class"], "QueuePool", "{name}");
        assert_eq!(
            (pool["size"].as_i64(), pool["max_overflow"].as_i64()),
            (Some(pool_size), Some(max_overflow)),
            "{name}"
        );
        assert_eq!(pool["timeout"].as_f64(), pool_timeout.map(Span::as_secs_f64), "{name}");
        assert_eq!(pool["recycle"].as_f64(), Some(pool_recycle.as_secs_f64()), "{name}");
        assert_eq!(pool["pre_ping"], pool_pre_ping, "{name}");
        assert_eq!(app["warnings"].as_array().map(Vec::len), Some(0), "{name}: nobody is warned");
    }
}

#[test]
fn calls_do_what_flask_does() {
    let fixture = fixture();
    let (mut steps, mut lines) = (0, 0);
    for sequence in fixture["sequences"].as_array().unwrap() {
        let name = sequence["app"].as_str().unwrap();
        let (application, form) = application(name);
        let mut settings = application.settings(form);
        for (key, value) in sequence["settings"].as_object().unwrap() {
            let value = value.as_i64().unwrap();
            match key.as_str() {
                "pool_size" => settings.pool_size = value,
                "max_overflow" => settings.max_overflow = value,
                "pool_timeout" => settings.pool_timeout = Some(Span::from_secs(value)),
                other => panic!("{other}"),
            }
        }
        let mut run = Run::new(form, settings);
        for step in sequence["steps"].as_array().unwrap() {
            let what = step["do"].as_str().unwrap();
            let say = format!("{name}: {what}");
            let words: Vec<&str> = what.split(' ').collect();
            run.events.clear();
            match words[..] {
                ["visit", path, ..] => {
                    let losses = ["statement", "second", "commit", "rollback"];
                    run.losing = losses.into_iter().find(|loss| words.last() == Some(loss));
                    run.visit(View::find(application, path).expect(path));
                }
                ["hold"] => run.do_it(WorldAct::Arrive(RequestSpec::default())),
                ["release"] => {
                    let Order { generation, client, .. } = run.held.pop().expect("somebody holds one");
                    let report = Report::Worked;
                    run.do_it(WorldAct::Report { generation, client, report, rows: None, found: Default::default() });
                }
                ["restart"] => run.dead = (1..=run.opened).map(ConnectionId).collect(),
                ["wait", seconds] => {
                    let until = run.world.now() + Span::from_secs(seconds.parse().unwrap());
                    run.world.run_until(until, &mut run.journal);
                }
                _ => panic!("{say}"),
            }
            let escaped = step.get("escaped");
            let status = if escaped.is_some() { 500 } else { step["status"].as_i64().unwrap_or(0) };
            let expected = as_told(step["events"].as_array().unwrap(), status);
            let events: Vec<String> = run.events.iter().map(|event| without_key(event)).collect();
            assert_eq!(events, expected, "{say}");
            assert_eq!(step["out"].as_i64(), Some(run.out()), "{say}");
            (steps, lines) = (steps + 1, lines + expected.len());

            // Then the garbage collector comes by, and everybody is done.
            run.events.clear();
            let until = run.world.now() + Span::from_secs(11);
            while run.world.next_at().is_some_and(|next| next <= until) {
                run.on();
            }
            assert_eq!(run.events, as_told(step["garbage"].as_array().unwrap(), 0), "{say}: garbage");
            assert_eq!(step["out_then"].as_i64(), Some(run.out()), "{say}: then");
            if status > 0 {
                let call = &run.world.services()[0].finished().next_back().expect("it is over").call;
                let response = call.response();
                assert_eq!(i64::from(response.status), status, "{say}");
                if let Some(body) = step["body"].as_str() {
                    assert_eq!(response.body(), body, "{say}");
                }
                match response.raised {
                    None => assert_ne!(status, 500, "{say}"),
                    Some(raised) => {
                        let in_view = step["raised"].as_array().and_then(|raised| raised.last());
                        let really = escaped.or(in_view).expect("something was raised");
                        assert_eq!(raised.class(), really["class"], "{say}");
                        let text = really["text"].as_str().unwrap();
                        match raised {
                            // The recorder made these up, and the driver's words and the statement are around them.
                            Raised::Lost(_) | Raised::Driver(_) | Raised::Statement(_) => {
                                assert!(text.contains(&raised.to_string()), "{say}: {raised}, really {text}");
                            }
                            _ => assert_eq!(raised.to_string(), text, "{say}"),
                        }
                    }
                }
            }
        }
    }
    assert!(steps > 200 && lines > 2_000, "{steps} steps, {lines} lines");
}

#[test]
fn every_line_that_does_something_is_in_the_file() {
    for view in View::all() {
        for form in [Form::Original, Form::Corrected] {
            let source: Vec<&str> = view.application().source(form).lines().collect();
            let def = usize::from(view.def(form));
            assert!(def > 0, "{} is not in the file", view.name());
            for line in view.lines().iter().chain(view.handler()) {
                let text = source[def + usize::from(line.below) - 1];
                assert!(text.starts_with("    ") && !text.trim().starts_with('#'), "{}: {text}", view.name());
            }
        }
        assert_eq!(View::named(&view.name()), Some(view));
    }
}

#[test]
fn a_timeline_adds_up() {
    let settings = Settings { pool_size: 1, max_overflow: 0, ..Settings::default() };
    let mut run = Run::new(Form::Original, settings);
    run.do_it(WorldAct::Arrive(RequestSpec::default())); // somebody holds the only connection
    let view = View::find(Application::Example, "/").unwrap();
    run.do_it(WorldAct::Send(RequestSpec { view: Some(view), ..RequestSpec::default() }, 1, Span::ZERO));
    run.world.run_until(Instant::ZERO + Span::from_secs(5), &mut run.journal);
    let Order { generation, client, .. } = run.held.pop().unwrap();
    run.do_it(WorldAct::Report { generation, client, report: Report::Worked, rows: None, found: Default::default() });
    run.visit(view);
    let timeline = run.world.services()[0].finished().next().unwrap().call.timeline();
    let now = run.world.now();
    let sum = timeline.parts(now).fold(Span::ZERO, |sum, part| sum + part.takes());
    assert_eq!(sum, timeline.takes(now), "the parts are the whole");
    let waited = timeline
        .parts(now)
        .filter(|part| part.phase == Phase::Waiting)
        .fold(Span::ZERO, |sum, part| sum + part.takes());
    assert!(waited > Span::from_secs(3), "{waited:?}");
    assert_eq!(timeline.of_pool(now), waited, "the driver takes no time: nothing else is the pool's");
}

#[test]
fn the_page_without_javascript_shows_the_file() {
    let page = std::fs::read_to_string("src/site/flask.html").unwrap();
    let source = Application::Example.source(Form::Original).trim_end();
    let escaped = source.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    assert!(
        page.contains(&format!("<code>{escaped}</code>")),
        "src/site/flask.html has another file than src/apps/flask"
    );
}
