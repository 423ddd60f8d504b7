//! A small world in virtual time: a few clients with programs, a driver whose first call of a kind may go wrong, and a
//! witness that sees everything.

use super::witness::Witness;
use std::collections::{BTreeMap, VecDeque};
use valet::pool::{Answer, Client, Command, ConnectionId, Exception, Input, MisuseError, Output, Pool, Settings};
use valet::time::{Instant, Span};

/// How the first call of a kind goes; all others work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Works,
    Fails,
    Slow,
    Interrupted,
    /// The server dropped the connection: only ping and reset notice.
    Gone,
}

/// How the driver behaves.
#[derive(Debug, Clone, Copy)]
pub struct Modes {
    pub open: Mode,
    pub ping: Mode,
    pub reset: Mode,
    pub close: Mode,
}

/// One line of a client's program. What needs a connection is left out by who has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorldAct {
    /// Until so many milliseconds have passed since the beginning.
    At(i64),
    Sleep(i64),
    Checkout,
    Checkin,
    Drop,
    Invalidate,
    SoftInvalidate,
    Disconnected,
    Detach,
    Dispose,
    /// Ends somebody else's wait, if it waits.
    Interrupt(Client),
}

/// How long calls take: slow ones, those that go wrong, and all others.
const SLOW: i64 = 5_000;
const WRONG: i64 = 700;
const QUICK: i64 = 1;

#[derive(Clone, Copy)]
enum Task {
    Answer(Client, Command, Answer),
    Next(Client),
}

pub struct Stage {
    pub pool: Pool,
    now: i64,
    modes: Modes,
    made: u64,
    agenda: BTreeMap<(i64, u64), Task>,
    programs: Vec<VecDeque<WorldAct>>,
    connections: u32,
    pub witness: Witness,
}

impl Stage {
    pub fn new(settings: Settings, modes: Modes, programs: &[&[WorldAct]]) -> Stage {
        let pool = Pool::new(settings);
        let programs: Vec<VecDeque<WorldAct>> =
            programs.iter().map(|program| program.iter().copied().collect()).collect();
        let mut stage = Stage {
            witness: Witness::new(settings, programs.len()),
            pool,
            now: 0,
            modes,
            made: 0,
            agenda: BTreeMap::new(),
            programs,
            connections: 0,
        };
        for client in 0..stage.programs.len() {
            stage.plan(0, Task::Next(Client(client as u32)));
        }
        stage
    }

    /// Plays until nothing is left to do.
    pub fn play(&mut self) {
        for turn in 0.. {
            assert!(turn < 1_000, "this never ends");
            let next = self.agenda.first_key_value().map(|((at, _), task)| (*at, *task));
            let timer = self.pool.next_timeout().map(|at| at.as_micros() / 1_000);
            match (timer, next) {
                (Some(timer), next) if next.is_none_or(|(at, _)| timer <= at) => {
                    assert!(timer >= self.now, "a timer in the past");
                    self.now = timer;
                    self.tell(Input::Timeout).expect("always");
                }
                (_, Some((at, task))) => {
                    self.agenda.pop_first();
                    self.now = at;
                    match task {
                        Task::Answer(client, command, answer) => self.answer(client, command, answer),
                        Task::Next(client) => self.act(client),
                    }
                }
                (_, None) => return,
            }
        }
    }

    fn instant(&self) -> Instant {
        Instant::ZERO + Span::from_millis(self.now)
    }

    fn plan(&mut self, after: i64, task: Task) {
        self.made += 1;
        self.agenda.insert((self.now + after, self.made), task);
    }

    fn answer(&mut self, client: Client, command: Command, answer: Answer) {
        let answer = match (command, answer) {
            (Command::Open(_), Answer::Done) => {
                self.connections += 1;
                Answer::Opened(ConnectionId(self.connections))
            }
            (Command::Ping(connection) | Command::Reset(connection, _), _) if self.witness.is_closed(connection) => {
                Answer::Gone
            }
            _ => answer,
        };
        self.witness.answered(client, command, answer, self.instant());
        self.tell(Input::Answer(client, answer)).expect("it was asked");
    }

    /// Passes an input on, reads what the pool says, and lets the driver begin what it is to do.
    fn tell(&mut self, input: Input) -> Result<(), MisuseError> {
        self.pool.handle(self.instant(), input)?;
        let mut at_once = Vec::new();
        while let Some(output) = self.pool.poll() {
            self.witness.see(&self.pool, output, self.instant());
            match output {
                Output::Do(client, command) => match self.begin(command) {
                    (after, answer) if after == 0 || self.witness.cannot_wait(client) => {
                        at_once.push((client, command, answer));
                    }
                    (after, answer) => self.plan(after, Task::Answer(client, command, answer)),
                },
                Output::Return(client, _) => self.plan(0, Task::Next(client)),
                Output::Tell(..) | Output::Log(..) => {}
            }
        }
        for (client, command, answer) in at_once {
            self.answer(client, command, answer);
        }
        Ok(())
    }

    /// How long a command takes, and what comes of it.
    fn begin(&mut self, command: Command) -> (i64, Answer) {
        let mode = match command {
            Command::Ask(_) | Command::Wake => return (0, Answer::Done),
            Command::Open(_) => &mut self.modes.open,
            Command::Ping(_) => &mut self.modes.ping,
            Command::Reset(..) => &mut self.modes.reset,
            Command::Close(_) | Command::Terminate(_) => &mut self.modes.close,
        };
        match std::mem::replace(mode, Mode::Works) {
            Mode::Works => (QUICK, Answer::Done),
            Mode::Fails => (WRONG, Answer::Failed),
            Mode::Slow => (SLOW, Answer::Done),
            Mode::Interrupted => (WRONG, Answer::Interrupted),
            Mode::Gone => (WRONG, Answer::Gone),
        }
    }

    /// The client's next act.
    fn act(&mut self, client: Client) {
        let Some(act) = self.programs[client.0 as usize].pop_front() else { return };
        let held = self.pool.holding(client);
        let input = match act {
            WorldAct::At(at) => return self.plan((at - self.now).max(0), Task::Next(client)),
            WorldAct::Sleep(span) => return self.plan(span, Task::Next(client)),
            WorldAct::Interrupt(other) => {
                let waits = self.witness.is_waiting(other);
                let told = self.tell(Input::Interrupt(other));
                assert_eq!(told, if waits { Ok(()) } else { Err(MisuseError::NotWaiting) });
                return self.plan(0, Task::Next(client));
            }
            WorldAct::Checkout => Input::Checkout(client),
            WorldAct::Dispose => Input::Dispose(client),
            _ if held.is_none() => return self.plan(0, Task::Next(client)),
            WorldAct::Checkin => Input::Checkin { client, transaction_was_reset: false },
            WorldAct::Drop => Input::Drop(client),
            WorldAct::Invalidate => Input::Invalidate(client, Some(Exception::Client)),
            WorldAct::SoftInvalidate => Input::SoftInvalidate(client, None),
            WorldAct::Disconnected => Input::Invalidate(client, Some(Exception::Disconnect)),
            WorldAct::Detach => Input::Detach(client),
        };
        if act == WorldAct::Checkout && held.is_some() && !self.witness.may_nest(held) {
            assert_eq!(self.tell(input), Err(MisuseError::Holding));
            return self.plan(0, Task::Next(client));
        }
        self.witness.called(&self.pool, client, act, held, self.instant());
        if act == WorldAct::Disconnected {
            self.tell(Input::Mark(self.pool.opened_at(client))).expect("always");
        }
        self.tell(input).expect("a call that is allowed");
    }
}
