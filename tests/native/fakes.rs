//! The recorder's faked database and listeners: what a script has ordered to fail, and in what words.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use valet::pool::{Answer, ConnectionId, Exception, Hook, PoolError};

/// A server, its connections, and the failures that are ordered.
#[derive(Default)]
pub struct Fakes {
    connections: u32,
    pub open: BTreeSet<u32>,
    pub dead: BTreeSet<u32>,
    down: bool,
    /// The older operations' failures, by name.
    counts: BTreeMap<String, i64>,
    /// Those of `fail` and `veto`, by place.
    lines: BTreeMap<String, VecDeque<(i64, Answer)>>,
}

impl Fakes {
    /// What a script does to the faked database and listeners.
    pub fn order(&mut self, name: &str, op: &Value) {
        let n = op["n"].as_i64().unwrap_or(1);
        let mut line = |at: &str, answer| {
            if n > 0 {
                self.lines.entry(at.to_owned()).or_default().push_back((n, answer));
            }
        };
        match name {
            "veto" => line("veto", if op["pool"] == true { Answer::AllGone } else { Answer::Gone }),
            "fail" => {
                let answer = if op["kind"] == "interrupt" { Answer::Interrupted } else { Answer::Failed };
                line(op["at"].as_str().expect("a place"), answer);
            }
            "kill" => {
                let connection = op["conn"].as_u64().expect("a connection") as u32;
                if connection <= self.connections {
                    self.dead.insert(connection);
                }
            }
            "server" => {
                self.down = op["up"] == false;
                if self.down {
                    self.dead.extend(self.open.iter());
                }
            }
            "connect_fail" | "reset_fail" | "ping_error" | "close_fail" | "connect_event_fail" => {
                *self.counts.entry(name.to_owned()).or_default() += n;
            }
            "nop" => {}
            other => panic!("unknown op {other}"),
        }
    }

    fn count(&mut self, name: &str) -> bool {
        let left = self.counts.entry(name.to_owned()).or_default();
        let some = *left > 0;
        *left -= i64::from(some);
        some
    }

    fn next(&mut self, at: &str) -> Answer {
        let Some(line) = self.lines.get_mut(at) else { return Answer::Done };
        let Some((left, answer)) = line.front_mut() else { return Answer::Done };
        let answer = *answer;
        *left -= 1;
        if *left <= 0 {
            line.pop_front();
        }
        answer
    }

    fn fail(&mut self, count: &str, at: &str) -> Answer {
        if self.count(count) { Answer::Failed } else { self.next(at) }
    }

    pub fn connect(&mut self) -> Answer {
        let answer = if self.down { Answer::Failed } else { self.fail("connect_fail", "db.connect") };
        if answer != Answer::Done {
            return answer;
        }
        self.connections += 1;
        self.open.insert(self.connections);
        Answer::Opened(ConnectionId(self.connections))
    }

    fn is_gone(&self, connection: u32) -> bool {
        self.dead.contains(&connection) || !self.open.contains(&connection)
    }

    pub fn ping(&mut self, connection: u32) -> Answer {
        if self.is_gone(connection) { Answer::Gone } else { self.fail("ping_error", "db.ping") }
    }

    pub fn reset(&mut self, connection: u32) -> Answer {
        if self.is_gone(connection) { Answer::Gone } else { self.fail("reset_fail", "db.reset") }
    }

    pub fn close(&mut self, connection: u32) -> Answer {
        self.open.remove(&connection);
        self.fail("close_fail", "db.close")
    }

    pub fn listen(&mut self, hook: Hook) -> Answer {
        match hook {
            Hook::Connect => self.fail("connect_event_fail", hook.name()),
            Hook::Checkout => match self.next("veto") {
                Answer::Done => self.next(hook.name()),
                veto => veto,
            },
            _ => self.next(hook.name()),
        }
    }
}

/// AssertionPool's text ends with a stack, which the recorder leaves out.
pub fn without_stack(text: &str) -> &str {
    text.split(" at:\n").next().unwrap_or_default()
}

/// The class and text of an exception, as the recorder's fakes raise it.
pub fn words(exception: Exception) -> (&'static str, String) {
    let (class, text) = match exception {
        Exception::Client => ("ClientError", "client"),
        Exception::Connect => ("ConnectRefused", "connect refused"),
        Exception::Disconnect => ("FakeDisconnect", "server closed the connection"),
        Exception::Ping => ("FakeError", "ping failed, but not a disconnect"),
        Exception::Reset => ("FakeError", "reset failed"),
        Exception::Close => ("FakeError", "close failed"),
        Exception::Listener(hook) => return ("ListenerError", format!("{} listener", hook.name())),
        Exception::DisconnectionError => ("DisconnectionError", "veto"),
        Exception::InvalidatePoolError => ("InvalidatePoolError", "veto"),
        Exception::Interrupt => ("Interrupt", "interrupt"),
        other => {
            let class = other.class().expect("a class of SQLAlchemy's or Python's");
            return (class, without_stack(&other.to_string()).into());
        }
    };
    (class, text.into())
}

pub fn class(exception: Exception) -> &'static str {
    words(exception).0
}

pub fn error_class(error: PoolError) -> &'static str {
    match error {
        PoolError::Timeout { .. } => "TimeoutError",
        PoolError::Raised(exception) => class(exception),
    }
}
