//! Visits to the applications, in a world whose driver does everything at once: what happens at each line, event for event.

use serde_json::Value;
use std::collections::BTreeSet;
use valet::apps::{Application, Form, Framework, View};
use valet::pool::{Answer, Command, ConnectionId, Event, Output, Reset, Settings};
use valet::service::{Job, News, Order, Report, RequestSpec};
use valet::sim::{Journal, Setup, Traffic, World, WorldAct};
use valet::sql::{Fault, Statement, Tables};
use valet::time::Span;

/// What a recorder has written.
pub fn fixture(path: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect(path)).expect(path)
}

/// An application and its form by the name of its file.
pub fn application(name: &str) -> (Application, Form) {
    let (name, form) = match name.strip_suffix("_corrected") {
        Some(name) => (name, Form::Corrected),
        None => (name.strip_suffix("_original").unwrap_or(name), Form::Original),
    };
    (Application::ALL.into_iter().find(|application| application.name() == name).expect(name), form)
}

/// A world, and a driver that does everything at once.
pub struct Run {
    pub world: World,
    pub journal: Journal,
    form: Form,
    tables: Tables,
    pub opened: u32,
    pub dead: BTreeSet<ConnectionId>,
    /// The next statement, or commit, finds its connection lost.
    pub losing: Option<&'static str>,
    pub events: Vec<String>,
    /// What somebody else keeps.
    pub held: Vec<Order>,
    line: Option<u16>,
    answered: bool,
    /// The connection that the garbage collector has found.
    cannot_await: Option<ConnectionId>,
}

impl Run {
    pub fn new(form: Form, settings: Settings) -> Run {
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
            answered: false,
            cannot_await: None,
        }
    }

    /// Everything that is to be done now.
    pub fn settle(&mut self) {
        loop {
            while let Some((_, news)) = self.world.news() {
                self.hear(news);
            }
            let call = self.world.services()[0].calls().next();
            let line = call.and_then(|(_, call)| Some((call.view(), call.place()?)));
            let line = line.map(|(view, place)| view.line(place, self.form));
            if line != self.line {
                self.line = line;
                self.events.extend(line.map(|line| format!("line {line}")));
            }
            let answered = self.world.services()[0].calls().next().is_some_and(|(_, call)| {
                call.view().application().framework() == Framework::FastApi && call.is_answered() && !call.is_cut_off()
            });
            if answered && !std::mem::replace(&mut self.answered, answered) {
                self.events.push("answer".into());
            }
            self.answered = answered;
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
                Event::Reset { connection, transaction_was_reset, terminate_only, asyncio_safe, .. } => {
                    self.cannot_await = (!asyncio_safe).then_some(connection);
                    let more = if terminate_only { " terminate_only" } else { "" };
                    format!("reset {} transaction_was_reset={transaction_was_reset}{more}", connection.0)
                }
                Event::Detach(ConnectionId(id), _) => format!("detach {id}"),
                Event::CloseDetached(ConnectionId(id)) => format!("close_detached {id}"),
                _ => return,
            },
            News::Pool(_, Output::Do(_, command)) => match command {
                Command::Reset(ConnectionId(id), Reset::Rollback) => format!("dbapi rollback {id}"),
                Command::Reset(ConnectionId(id), Reset::Commit) => format!("dbapi commit {id}"),
                // Where nothing can be awaited, the driver is told to stop.
                Command::Terminate(connection) if self.cannot_await == Some(connection) => {
                    format!("dbapi stop {}", connection.0)
                }
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

    pub fn do_it(&mut self, act: WorldAct) {
        self.world.act(act, &mut self.journal);
        self.settle();
    }

    pub fn on(&mut self) {
        assert!(self.world.step(&mut self.journal), "nothing will ever happen");
        self.settle();
    }

    pub fn out(&self) -> i64 {
        self.world.services()[0].pool().checkedout()
    }

    /// A visit whose statements take so long, until everything is over that does not wait for the garbage collector, or until the
    /// visitor has the answer.
    pub fn visit(&mut self, view: View, takes: Span, goes_on: impl Fn(&World) -> bool) {
        let spec = RequestSpec { view: Some(view), takes, ..RequestSpec::default() };
        self.do_it(WorldAct::Send(spec, 1, Span::ZERO));
        while goes_on(&self.world) {
            self.on();
        }
    }

    /// What happens until so many seconds from now.
    pub fn wait(&mut self, seconds: i64) {
        let until = self.world.now() + Span::from_secs(seconds);
        while self.world.next_at().is_some_and(|next| next <= until) {
            self.on();
        }
    }
}

/// SQLite gives a key again that was rolled back; our store, like a sequence of PostgreSQL's, does not.
pub fn without_key(event: &str) -> String {
    event.split_once(" WHERE user.id = ").map_or(event.into(), |(before, _)| format!("{before} WHERE user.id = ?"))
}
