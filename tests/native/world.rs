//! The recorder's world in Rust: a scripted driver and scheduler around the engine, writing the trace format of
//! `tests/sqlalchemy/`. It decides nothing about pools; it fakes the DBAPI and says whose turn it is.

use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use valet::pool::{
    Answer, Client, Command, ConnectionId, Error, Event, Exception, Held, Hook, Input, Listeners, Output, Pool,
    RecordId, Reset, Settings,
};
use valet::time::{Instant, Span};

/// The client of operations that no client makes.
const ADMIN: u32 = 200;

/// What a blocked client waits for.
#[derive(Clone, Copy, Debug)]
enum Pause {
    Line,
    Call(Command),
    /// A statement of the script's `use`.
    Statement,
}

/// A client in the middle of an operation.
struct Fiber {
    op: usize,
    gen_: usize,
    pause: Pause,
    /// When its wait in the line ends, set by the first wait.
    deadline: Option<i64>,
    started: i64,
}

#[derive(Default)]
struct Slice {
    events: Vec<Value>,
    result: Option<Result<Option<Held>, Error>>,
    /// For `use`: the statement's own error.
    statement: Option<(&'static str, &'static str)>,
}

pub struct World {
    config: Value,
    script: Vec<Value>,
    now: i64,
    next_op: usize,
    pools: Vec<Pool>,
    /// Record numbers go on across generations.
    records: BTreeMap<(usize, RecordId), u32>,
    fibers: BTreeMap<u32, Fiber>,
    holds: BTreeMap<u32, (usize, Held)>,
    ready: VecDeque<u32>,
    timers: Vec<(i64, u64, u32)>,
    timers_made: u64,
    connections: u32,
    open: BTreeSet<u32>,
    dead: BTreeSet<u32>,
    server_down: bool,
    connect_fail: i64,
    reset_fail: i64,
    ping_error: i64,
    close_fail: i64,
    connect_event_fail: i64,
    veto: VecDeque<(i64, bool)>,
    lines: Vec<Value>,
}

impl World {
    /// Runs the script of a trace's first line and returns the lines that should follow it.
    pub fn run(header: &Value) -> Vec<Value> {
        let config = header["config"].clone();
        let settings = settings(&config);
        let mut world = World {
            config,
            script: header["script"].as_array().expect("a script").clone(),
            now: 0,
            next_op: 0,
            pools: vec![Pool::new(settings)],
            records: BTreeMap::new(),
            fibers: BTreeMap::new(),
            holds: BTreeMap::new(),
            ready: VecDeque::new(),
            timers: Vec::new(),
            timers_made: 0,
            connections: 0,
            open: BTreeSet::new(),
            dead: BTreeSet::new(),
            server_down: false,
            connect_fail: 0,
            reset_fail: 0,
            ping_error: 0,
            close_fail: 0,
            connect_event_fail: 0,
            veto: VecDeque::new(),
            lines: Vec::new(),
        };
        while world.step() {}
        world.finish();
        world.lines
    }

    fn instant(&self) -> Instant {
        Instant::ZERO + Span::from_millis(self.now)
    }

    /// One turn of the scheduler.
    fn step(&mut self) -> bool {
        if self.config["wake"] == "immediate"
            && let Some(client) = self.ready.pop_front()
        {
            self.resume(client);
            return true;
        }
        let op_due = self.script.get(self.next_op).is_some_and(|op| op["t"] == self.now);
        let timer_due = self.timers.iter().filter(|timer| timer.0 <= self.now).min().copied();
        match timer_due {
            Some(timer) if !op_due || self.config["tie"] == "timers" => {
                self.timers.retain(|other| other != &timer);
                self.ready.push_back(timer.2);
                if matches!(self.fibers[&timer.2].pause, Pause::Line) {
                    let (now, gen_) = (self.instant(), self.fibers[&timer.2].gen_);
                    assert_eq!(self.pools[gen_].next_timeout(), Some(now), "next_timeout");
                    self.pools[gen_].handle(now, Input::Timeout).unwrap();
                    assert_eq!(self.pools[gen_].poll(), Some(Output::Do(Client(timer.2), Command::Wake)));
                }
                return true;
            }
            _ => {}
        }
        if op_due {
            let index = self.next_op;
            self.next_op += 1;
            self.start(index);
            return true;
        }
        if let Some(client) = self.ready.pop_front() {
            self.resume(client);
            return true;
        }
        let next_op = self.script.get(self.next_op).and_then(|op| op["t"].as_i64());
        let next_timer = self.timers.iter().map(|timer| timer.0).min();
        match next_op.into_iter().chain(next_timer).min() {
            Some(next) => {
                self.now = next;
                true
            }
            None => false,
        }
    }

    /// An operation begins, and runs its first slice.
    fn start(&mut self, index: usize) {
        let op = self.script[index].clone();
        let name = op["op"].as_str().expect("an op");
        let client = op["client"].as_u64().map_or(ADMIN, |client| client as u32);
        if self.fibers.contains_key(&client) {
            return self.write(index, self.pools.len() - 1, "skip:busy".into(), Slice::default());
        }
        let held = self.holds.get(&client).copied();
        let current = self.pools.len() - 1;
        let gen_ = held.map_or(current, |(gen_, _)| gen_);
        let reason = (op["reason"] == true).then_some(Exception::Client);
        let id = Client(client);
        let input = match name {
            "checkout" if held.is_some() => return self.write(index, current, "skip:holding".into(), Slice::default()),
            "checkout" => Input::Checkout(id),
            "checkin" | "invalidate" | "soft_invalidate" | "detach" | "drop" | "use" if held.is_none() => {
                return self.write(index, current, "skip:empty".into(), Slice::default());
            }
            "checkin" => Input::Checkin { client: id, transaction_was_reset: op["tx_reset"] == true },
            "invalidate" => Input::Invalidate(id, reason),
            "soft_invalidate" => Input::SoftInvalidate(id, reason),
            "detach" => Input::Detach(id),
            "drop" => Input::Drop(id),
            "dispose" | "recreate" => Input::Dispose(id),
            "use" => {
                let fiber = Fiber { op: index, gen_, pause: Pause::Statement, deadline: None, started: self.now };
                self.fibers.insert(client, fiber);
                let connection = held.unwrap().1.connection;
                let slice = Slice { events: vec![json!(["db.ping", connection.0])], ..Slice::default() };
                return self.statement_or_sleep(client, slice);
            }
            _ => {
                self.act(name, &op);
                let mut line = Slice::default();
                if name == "nop" {
                    line.result = Some(Ok(None));
                }
                return self.write(index, current, "ok".into(), line);
            }
        };
        let pause = Pause::Line;
        self.fibers.insert(client, Fiber { op: index, gen_, pause, deadline: None, started: self.now });
        self.tell(client, input, Slice::default());
    }

    /// What the script does to the faked database.
    fn act(&mut self, name: &str, op: &Value) {
        let n = op["n"].as_i64().unwrap_or(1);
        match name {
            "kill" => {
                let connection = op["conn"].as_u64().unwrap() as u32;
                if connection <= self.connections {
                    self.dead.insert(connection);
                }
            }
            "server" => {
                self.server_down = op["up"] == false;
                if self.server_down {
                    self.dead.extend(self.open.iter());
                }
            }
            "connect_fail" => self.connect_fail += n,
            "reset_fail" => self.reset_fail += n,
            "ping_error" => self.ping_error += n,
            "close_fail" => self.close_fail += n,
            "connect_event_fail" => self.connect_event_fail += n,
            "veto" => self.veto.push_back((n, op["pool"] == true)),
            "nop" => {}
            other => panic!("unknown op {other}"),
        }
    }

    /// A blocked client goes on.
    fn resume(&mut self, client: u32) {
        let mut slice = Slice::default();
        let answer = match self.fibers[&client].pause {
            Pause::Line => Answer::Done,
            Pause::Call(command) => self.obey(client, command, &mut slice),
            Pause::Statement => return self.end_statement(client, slice),
        };
        self.tell(client, Input::Answer(Client(client), answer), slice);
    }

    fn statement_or_sleep(&mut self, client: u32, slice: Slice) {
        match self.latency("ping_ms") {
            0 => self.end_statement(client, slice),
            latency => self.sleep(client, Pause::Statement, latency, slice, "pending:ping"),
        }
    }

    fn end_statement(&mut self, client: u32, mut slice: Slice) {
        let (gen_, held) = self.holds[&client];
        let op = self.fibers[&client].op;
        if self.dead.contains(&held.connection.0) {
            slice.statement = Some(("FakeDisconnect", "server closed the connection"));
            self.tell(client, Input::Disconnected(Client(client)), slice);
        } else {
            if take(&mut self.ping_error) {
                slice.statement = Some(("FakeError", "ping failed, but not a disconnect"));
            } else {
                slice.result = Some(Ok(Some(held)));
            }
            self.fibers.remove(&client);
            self.write_result(op, gen_, slice);
        }
    }

    /// Passes `input` to the client's pool and goes on until the client blocks or its call returns.
    fn tell(&mut self, client: u32, input: Input, mut slice: Slice) {
        let gen_ = self.fibers[&client].gen_;
        let mut input = Some(input);
        let now = self.instant();
        while let Some(next) = input.take() {
            self.pools[gen_].handle(now, next).unwrap_or_else(|misuse| panic!("{next:?}: {misuse}"));
            while let Some(output) = self.pools[gen_].poll() {
                match output {
                    Output::Tell(_, event) => {
                        let event = self.event(gen_, event);
                        slice.events.push(event);
                    }
                    Output::Do(Client(other), Command::Wake) => {
                        // Notified: its timer is cancelled and it is ready.
                        self.timers.retain(|timer| timer.2 != other);
                        self.ready.push_back(other);
                    }
                    Output::Do(_, command) => {
                        let (latency, pending) = self.begin(gen_, command, &mut slice);
                        if latency > 0 {
                            return self.sleep(client, Pause::Call(command), latency, slice, pending);
                        }
                        let answer = self.obey(client, command, &mut slice);
                        input = Some(Input::Answer(Client(client), answer));
                    }
                    Output::Log(..) => {}
                    Output::Return(_, result) => slice.result = Some(result),
                }
            }
        }
        match slice.result {
            Some(result) => self.returned(client, result, slice),
            None => self.wait_in_line(client, slice),
        }
    }

    fn returned(&mut self, client: u32, result: Result<Option<Held>, Error>, slice: Slice) {
        let fiber = self.fibers.remove(&client).unwrap();
        match result {
            Ok(Some(held)) => self.holds.insert(client, (fiber.gen_, held)),
            _ => self.holds.remove(&client),
        };
        let mut gen_ = fiber.gen_;
        if self.script[fiber.op]["op"] == "recreate" {
            let next = self.pools[gen_].recreate(Client(client));
            self.pools.push(next);
            gen_ += 1;
        }
        self.write_result(fiber.op, gen_, slice);
    }

    fn wait_in_line(&mut self, client: u32, slice: Slice) {
        let timeout = self.config["timeout"].as_i64();
        let fiber = self.fibers.get_mut(&client).unwrap();
        fiber.pause = Pause::Line;
        let deadline = fiber.deadline.or(timeout.map(|timeout| fiber.started + timeout));
        fiber.deadline = deadline;
        let (op, gen_) = (fiber.op, fiber.gen_);
        if let Some(deadline) = deadline {
            self.timers_made += 1;
            self.timers.push((deadline, self.timers_made, client));
        }
        self.write(op, gen_, "pending:wait".into(), slice);
    }

    fn sleep(&mut self, client: u32, pause: Pause, latency: i64, slice: Slice, pending: &str) {
        let fiber = self.fibers.get_mut(&client).unwrap();
        fiber.pause = pause;
        let (op, gen_) = (fiber.op, fiber.gen_);
        self.timers_made += 1;
        self.timers.push((self.now + latency, self.timers_made, client));
        self.write(op, gen_, pending.into(), slice);
    }

    fn latency(&self, key: &str) -> i64 {
        self.config[key].as_i64().unwrap_or(0)
    }

    /// The call's beginning: what the trace shows of it, how long it takes, and what waiting for it is called.
    fn begin(&mut self, gen_: usize, command: Command, slice: &mut Slice) -> (i64, &'static str) {
        let (event, key, pending) = match command {
            Command::Open(record) => {
                (json!(["db.connect_start", self.record(gen_, record)]), "connect_ms", "pending:connect")
            }
            Command::Ping(ConnectionId(id)) => (json!(["db.ping", id]), "ping_ms", "pending:ping"),
            Command::Reset(ConnectionId(id), Reset::Commit) => (json!(["db.commit", id]), "reset_ms", "pending:reset"),
            Command::Reset(ConnectionId(id), _) => (json!(["db.rollback", id]), "reset_ms", "pending:reset"),
            Command::Close(ConnectionId(id)) => (json!(["db.close", id]), "close_ms", "pending:close"),
            Command::Terminate(ConnectionId(id)) => (json!(["db.terminate", id]), "close_ms", "pending:close"),
            Command::Ask(_) | Command::Wake => return (0, ""),
        };
        slice.events.push(event);
        (self.latency(key), pending)
    }

    /// The call's end: what came of it.
    fn obey(&mut self, client: u32, command: Command, slice: &mut Slice) -> Answer {
        match command {
            Command::Open(record) => {
                let record = self.record(self.fibers[&client].gen_, record);
                if self.server_down || take(&mut self.connect_fail) {
                    slice.events.push(json!(["db.connect_fail", record]));
                    return Answer::Failed;
                }
                self.connections += 1;
                self.open.insert(self.connections);
                slice.events.push(json!(["db.connect", self.connections, record]));
                Answer::Opened(ConnectionId(self.connections))
            }
            Command::Ping(ConnectionId(id)) if self.dead.contains(&id) => Answer::Gone,
            Command::Ping(_) if take(&mut self.ping_error) => Answer::Failed,
            Command::Reset(ConnectionId(id), _) if self.dead.contains(&id) => Answer::Gone,
            Command::Reset(..) if take(&mut self.reset_fail) => Answer::Failed,
            Command::Close(ConnectionId(id)) | Command::Terminate(ConnectionId(id)) => {
                self.open.remove(&id);
                if take(&mut self.close_fail) { Answer::Failed } else { Answer::Done }
            }
            Command::Ask(Hook::Checkout) => self.ask_checkout(),
            Command::Ask(Hook::Connect) if take(&mut self.connect_event_fail) => Answer::Failed,
            _ => Answer::Done,
        }
    }

    fn ask_checkout(&mut self) -> Answer {
        let Some((left, pool)) = self.veto.front_mut() else { return Answer::Done };
        let answer = if *pool { Answer::AllGone } else { Answer::Gone };
        *left -= 1;
        if *left <= 0 {
            self.veto.pop_front();
        }
        answer
    }

    fn record(&mut self, gen_: usize, record: RecordId) -> u32 {
        let next = self.records.len() as u32 + 1;
        *self.records.entry((gen_, record)).or_insert(next)
    }

    fn event(&mut self, gen_: usize, event: Event) -> Value {
        match event {
            Event::FirstConnect(c, r) => json!(["first_connect", c.0, self.record(gen_, r)]),
            Event::Connect(c, r) => json!(["connect", c.0, self.record(gen_, r)]),
            Event::Checkout(c, r) => json!(["checkout", c.0, self.record(gen_, r)]),
            Event::Reset { connection, record, transaction_was_reset, terminate_only, asyncio_safe } => {
                let record = record.map(|r| self.record(gen_, r));
                json!(["reset", connection.0, record, transaction_was_reset, terminate_only, asyncio_safe])
            }
            Event::Finalizer(c, number) => json!(["finalizer", c.0, number]),
            Event::Checkin(c, r) => json!(["checkin", c.map(|c| c.0), self.record(gen_, r)]),
            Event::Invalidate(c, r, why) => json!(["invalidate", c.0, self.record(gen_, r), why.map(class)]),
            Event::SoftInvalidate(c, r, why) => json!(["soft_invalidate", c.0, self.record(gen_, r), why.map(class)]),
            Event::Close(c, r, _) => json!(["close", c.0, self.record(gen_, r)]),
            Event::Detach(c, r) => json!(["detach", c.0, self.record(gen_, r)]),
            Event::CloseDetached(c) => json!(["close_detached", c.0]),
        }
    }

    fn write_result(&mut self, index: usize, gen_: usize, mut slice: Slice) {
        if let Some((class, message)) = slice.statement {
            slice.result = None;
            self.write(index, gen_, format!("error:{class}"), slice);
            self.lines.last_mut().unwrap()["message"] = json!(message);
            return;
        }
        match slice.result {
            Some(Err(error)) => {
                slice.result = None;
                self.write(index, gen_, format!("error:{}", error_class(error)), slice);
                let line = self.lines.last_mut().unwrap();
                line["message"] = json!(error.message());
                if let Some(code) = error.code() {
                    line["code"] = json!(code);
                }
            }
            _ => self.write(index, gen_, "ok".into(), slice),
        }
    }

    fn write(&mut self, index: usize, gen_: usize, outcome: String, slice: Slice) {
        let op = &self.script[index];
        let mut line = Map::new();
        line.insert("n".into(), json!(self.lines.len()));
        line.insert("t".into(), json!(self.now));
        line.insert("i".into(), json!(index));
        line.insert("client".into(), op["client"].clone());
        line.insert("op".into(), op["op"].clone());
        if op["op"] == "checkout"
            && outcome == "ok"
            && let Some(Ok(Some(held))) = slice.result
        {
            line.insert("conn".into(), json!(held.connection.0));
            line.insert("rec".into(), json!(self.records[&(gen_, held.record.unwrap())]));
        }
        if op["op"] == "nop" {
            line.insert("status".into(), json!(self.pools[gen_].status()));
        }
        line.insert("outcome".into(), json!(outcome));
        line.insert("events".into(), json!(slice.events));
        self.counters(gen_, &mut line);
        self.lines.push(Value::Object(line));
    }

    fn counters(&self, gen_: usize, line: &mut Map<String, Value>) {
        let pool = &self.pools[gen_];
        let counters = json!({
            "gen": gen_, "size": pool.size(), "checkedin": pool.checkedin(), "checkedout": pool.checkedout(),
            "overflow": pool.overflow(), "raw_overflow": pool.raw_overflow(), "waiters": pool.waiters(),
            "invalidated_at": pool.invalidated_at().map(|at| at.as_micros() / 1000),
        });
        let idle: Vec<_> = pool.idle().map(|(r, c)| json!([self.records[&(gen_, r)], c.map(|c| c.0)])).collect();
        line.insert("counters".into(), counters);
        line.insert("idle".into(), json!(idle));
    }

    fn finish(&mut self) {
        let mut line = Map::new();
        line.insert("final".into(), json!(true));
        line.insert("t".into(), json!(self.now));
        let gen_ = self.pools.len() - 1;
        line.insert("status".into(), json!(self.pools[gen_].status()));
        line.insert("open".into(), json!(self.open));
        line.insert("dead".into(), json!(self.dead));
        let held: Vec<_> =
            self.holds.iter().map(|(c, (_, held))| json!([c, held.connection.0, held.record.is_none()])).collect();
        line.insert("held".into(), json!(held));
        line.insert("stuck".into(), json!(self.fibers.keys().collect::<Vec<_>>()));
        self.counters(gen_, &mut line);
        self.lines.push(Value::Object(line));
    }
}

fn settings(config: &Value) -> Settings {
    Settings {
        pool_size: config["pool_size"].as_i64().unwrap(),
        max_overflow: config["max_overflow"].as_i64().unwrap(),
        pool_timeout: config["timeout"].as_i64().map(Span::from_millis),
        pool_recycle: match config["recycle"].as_i64().unwrap() {
            negative if negative < 0 => Span::from_secs(-1),
            recycle => Span::from_millis(recycle),
        },
        pool_pre_ping: config["pre_ping"] == true,
        pool_use_lifo: config["use_lifo"] == true,
        pool_reset_on_return: match config["reset_on_return"].as_str() {
            Some("rollback") => Reset::Rollback,
            Some("commit") => Reset::Commit,
            None => Reset::None,
            Some(other) => panic!("reset_on_return {other}"),
        },
        // The recorder listens to everything, always.
        listeners: Listeners::ASKED,
        ..Settings::default()
    }
}

fn take(left: &mut i64) -> bool {
    let some = *left > 0;
    *left -= i64::from(some);
    some
}

/// The class and text of an exception, as the recorder's fakes raise it.
fn words(exception: Exception) -> (&'static str, String) {
    let class = match exception {
        Exception::Client => "ClientError",
        Exception::Connect => "ConnectRefused",
        Exception::Disconnect => "FakeDisconnect",
        Exception::Ping | Exception::Reset | Exception::Close => "FakeError",
        Exception::Listener(_) => "ListenerError",
        Exception::Interrupt => "Interrupt",
        other => other.class().expect("a class of its own"),
    };
    (class, exception.to_string())
}

fn class(exception: Exception) -> &'static str {
    words(exception).0
}

fn error_class(error: Error) -> &'static str {
    match error {
        Error::Timeout { .. } => "TimeoutError",
        Error::Raised(exception) => class(exception),
    }
}
