//! The recorder's world in Rust: a scripted driver and scheduler around the engine, writing the trace format of
//! `tests/sqlalchemy/`. It decides nothing about pools; it fakes the DBAPI and says whose turn it is.

mod config;
mod connection;
mod dbapi;
mod lines;

pub use config::Asked;

use crate::fakes::Fakes;
use config::settings;
use connection::Connection;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use valet::pool::{Answer, Class, Client, Command, Event, Exception, Held, Input, Output, Pool, PoolError, RecordId};
use valet::time::{Instant, Span};

/// The client of operations that no client makes.
const ADMIN: u32 = 200;

/// What a blocked client waits for.
#[derive(Clone, Copy, Debug)]
enum Pause {
    Line,
    Call(Command),
    /// One that a `Connection` makes by itself.
    Own(Own),
}

/// A call of the DBAPI's that no pool has asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Own {
    Statement,
    Rollback,
    Commit,
}

/// A client in the middle of an operation.
struct Fiber {
    op: usize,
    gen_: usize,
    pause: Pause,
    /// When its wait in the line ends, set by the first wait.
    deadline: Option<i64>,
    started: i64,
    /// What a call that no pool has asked for raised.
    raised: Option<Exception>,
    /// The pool was told to take the connection back.
    is_return: bool,
    /// In the finaliser of an asynchronous proxy.
    collecting: bool,
}

impl Fiber {
    fn new(op: usize, gen_: usize, started: i64) -> Fiber {
        let pause = Pause::Line;
        Fiber { op, gen_, pause, deadline: None, started, raised: None, is_return: false, collecting: false }
    }
}

#[derive(Default)]
struct Slice {
    events: Vec<Value>,
    result: Option<Result<Option<Held>, PoolError>>,
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
    /// Of an engine's clients.
    connections: BTreeMap<u32, Connection>,
    /// How often beyond the first a thread of a `SingletonThreadPool` has its connection.
    nested: BTreeMap<u32, u32>,
    ready: VecDeque<u32>,
    timers: Vec<(i64, u64, u32)>,
    timers_made: u64,
    finalizers: u32,
    fakes: Fakes,
    lines: Vec<Value>,
}

impl World {
    /// Runs the script of a trace's first line and returns the lines that should follow it. `asked`: whose listeners
    /// the engine has to ask, even if the script lets none of them raise.
    pub fn run(header: &Value, asked: Asked) -> Vec<Value> {
        let config = header["config"].clone();
        let settings = settings(&config, asked.hooks(&header["script"]));
        let mut world = World {
            config,
            script: header["script"].as_array().expect("a script").clone(),
            now: 0,
            next_op: 0,
            pools: vec![Pool::new(settings)],
            records: BTreeMap::new(),
            fibers: BTreeMap::new(),
            holds: BTreeMap::new(),
            connections: BTreeMap::new(),
            nested: BTreeMap::new(),
            ready: VecDeque::new(),
            timers: Vec::new(),
            timers_made: 0,
            finalizers: 0,
            fakes: Fakes::default(),
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
                match self.fibers[&timer.2] {
                    Fiber { pause: Pause::Line, gen_, .. } => self.expire(gen_),
                    _ => self.ready.push_back(timer.2),
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
        if name == "interrupt" {
            return self.interrupt(index, client);
        }
        if self.fibers.contains_key(&client) {
            return self.write(index, self.pools.len() - 1, "skip:busy".into(), Slice::default());
        }
        if self.has_engine() && self.begin_connection(index, client) {
            return;
        }
        let held = self.holds.get(&client).copied();
        let detached = held.is_some_and(|(_, held)| held.record.is_none());
        let current = self.pools.len() - 1;
        let gen_ = held.map_or(current, |(gen_, _)| gen_);
        let reason = (op["reason"] == true).then_some(Exception::Client);
        let id = Client(client);
        let input = match name {
            "checkout" if held.is_some() && (detached || gen_ != current || !self.is(Class::SingletonThreadPool)) => {
                return self.write(index, current, "skip:holding".into(), Slice::default());
            }
            "checkout" => Input::Checkout(id),
            "checkin" | "invalidate" | "soft_invalidate" | "detach" | "drop" | "use" | "finalizer"
                if held.is_none() =>
            {
                return self.write(index, current, "skip:empty".into(), Slice::default());
            }
            "finalizer" if detached => return self.write(index, current, "skip:detached".into(), Slice::default()),
            "invalidate" | "use" if self.nested.get(&client).is_some_and(|&times| times > 0) => {
                return self.write(index, current, "skip:nested".into(), Slice::default());
            }
            "finalizer" => {
                self.finalizers += 1;
                Input::Finalizer(id, self.finalizers)
            }
            "checkin" => Input::Checkin { client: id, transaction_was_reset: op["tx_reset"] == true },
            "invalidate" => Input::Invalidate(id, reason),
            "soft_invalidate" => Input::SoftInvalidate(id, reason),
            "detach" => Input::Detach(id),
            "drop" => Input::Drop(id),
            "dispose" | "recreate" => Input::Dispose(id),
            "use" => {
                self.fibers.insert(client, Fiber::new(index, gen_, self.now));
                return self.begin_own(client, Own::Statement, Slice::default());
            }
            _ => {
                self.fakes.order(name, &op);
                let mut line = Slice::default();
                if name == "nop" {
                    line.result = Some(Ok(None));
                }
                return self.write(index, current, "ok".into(), line);
            }
        };
        self.fibers.insert(client, Fiber::new(index, gen_, self.now));
        if op["close"] == false {
            return self.returned(client, Ok(None), Slice::default());
        }
        self.tell(client, input, Slice::default());
    }

    /// A signal or a cancellation, for a client that waits in line.
    fn interrupt(&mut self, index: usize, client: u32) {
        let waiting =
            self.fibers.get(&client).filter(|fiber| matches!(fiber.pause, Pause::Line)).map(|fiber| fiber.gen_);
        let Some(gen_) = waiting else {
            return self.write(index, self.pools.len() - 1, "skip:not waiting".into(), Slice::default());
        };
        let now = self.instant();
        self.pools[gen_].handle(now, Input::Interrupt(Client(client))).expect("a client that waits");
        while let Some(output) = self.pools[gen_].poll() {
            self.woken(output);
        }
        self.write(index, gen_, "ok".into(), Slice::default());
    }

    /// Notified, expired or interrupted: its timer is off and it is ready.
    fn woken(&mut self, output: Output) {
        let Output::Do(Client(client), Command::Wake) = output else { panic!("{output:?}") };
        if !self.is(Class::AsyncAdaptedQueuePool) {
            self.timers.retain(|timer| timer.2 != client);
        }
        self.ready.push_back(client);
    }

    fn is(&self, class: Class) -> bool {
        self.pools[0].settings().class == class
    }

    /// A blocked client goes on.
    fn resume(&mut self, client: u32) {
        let mut slice = Slice::default();
        let answer = match self.fibers[&client].pause {
            Pause::Line if self.is(Class::AsyncAdaptedQueuePool) => return self.resume_task(client),
            Pause::Line => Answer::Done,
            Pause::Call(command) => self.obey(client, command, &mut slice),
            Pause::Own(own) => return self.end_own(client, own, slice),
        };
        self.tell(client, Input::Answer(Client(client), answer), slice);
    }

    /// A task that is woken and finds the queue empty goes back to sleep unseen, with the timer it had.
    fn resume_task(&mut self, client: u32) {
        let timer = self.timers.iter().find(|timer| timer.2 == client).copied();
        self.timers.retain(|timer| timer.2 != client);
        self.tell(client, Input::Answer(Client(client), Answer::Done), Slice::default());
        if self.fibers.get(&client).is_some_and(|fiber| matches!(fiber.pause, Pause::Line)) {
            self.timers.retain(|timer| timer.2 != client);
            self.timers.extend(timer);
            self.lines.pop();
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
                        if let (Event::Reset { asyncio_safe, .. }, Some(fiber)) = (event, self.fibers.get_mut(&client))
                        {
                            fiber.collecting = !asyncio_safe;
                        }
                        let event = self.event(gen_, event);
                        slice.events.push(event);
                    }
                    Output::Do(_, Command::Wake) => self.woken(output),
                    Output::Do(_, command) => {
                        let (latency, pending) = self.begin(gen_, command, &mut slice);
                        if latency > 0 && !self.cannot_wait(client) {
                            return self.sleep(client, Pause::Call(command), latency, slice, pending);
                        }
                        let answer = self.obey(client, command, &mut slice);
                        input = Some(Input::Answer(Client(client), answer));
                    }
                    Output::Log(_, line) => slice.events.extend(self.log(gen_, line)),
                    Output::Return(_, result) => slice.result = Some(result),
                }
            }
        }
        match slice.result {
            Some(result) => self.returned(client, result, slice),
            None => self.wait_in_line(client, slice),
        }
    }

    /// In the finaliser of an asynchronous proxy nothing takes time.
    fn cannot_wait(&self, client: u32) -> bool {
        self.fibers[&client].collecting
    }

    fn returned(&mut self, client: u32, result: Result<Option<Held>, PoolError>, slice: Slice) {
        let fiber = &self.fibers[&client];
        let op = self.script[fiber.op]["op"].as_str().expect("an op").to_owned();
        match result {
            Ok(Some(held)) => {
                let before = self.holds.insert(client, (fiber.gen_, held));
                let times = self.nested.entry(client).or_default();
                match op.as_str() {
                    "checkout" => *times = if before.is_some() { *times + 1 } else { 0 },
                    "checkin" => *times -= 1,
                    _ => {}
                }
            }
            // The client keeps what it had if one of these raises.
            Err(_) if op == "detach" || op == "soft_invalidate" => {
                let held = self.pools[fiber.gen_].holding(Client(client)).expect("it held something");
                self.holds.insert(client, (fiber.gen_, held));
            }
            _ => {
                self.holds.remove(&client);
                self.nested.remove(&client);
            }
        }
        if self.has_engine() && client != ADMIN {
            return self.returned_to_connection(client, result, slice);
        }
        let fiber = self.fibers.remove(&client).expect("a fiber");
        let (mut gen_, mut slice) = (fiber.gen_, slice);
        if let (Ok(_), Some(exception)) = (result, fiber.raised) {
            slice.result = Some(Err(PoolError::Raised(exception)));
        }
        if op == "recreate" && result.is_ok() {
            let next = self.pools[gen_].recreate(Client(client));
            while let Some(Output::Log(_, line)) = self.pools[gen_].poll() {
                slice.events.extend(self.log(gen_, line));
            }
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
        if deadline.is_some_and(|deadline| deadline <= self.now) && self.is(Class::AsyncAdaptedQueuePool) {
            // Without a time to wait, asyncio calls its timer as soon as others have run.
            self.write(op, gen_, "pending:wait".into(), slice);
            return self.expire(gen_);
        }
        if let Some(deadline) = deadline {
            self.timers_made += 1;
            self.timers.push((deadline, self.timers_made, client));
        }
        self.write(op, gen_, "pending:wait".into(), slice);
    }

    /// The pool's next timer goes off.
    fn expire(&mut self, gen_: usize) {
        let now = self.instant();
        assert_eq!(self.pools[gen_].next_timeout(), Some(now), "next_timeout");
        self.pools[gen_].handle(now, Input::Timeout).expect("always");
        let output = self.pools[gen_].poll().expect("somebody whose time is up");
        self.woken(output);
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
}
