//! Keeps an account of its own, from what the pool says and the driver answers, and knows what must never happen.

use super::stage::WorldAct;
use std::collections::{BTreeMap, BTreeSet};
use valet::pool::{
    Answer, Cause, Class, Client, Command, ConnectionId, Event, Exception, Held, Hook, LogLine, Output, Pool,
    PoolError, Settings,
};
use valet::time::Instant;

/// What is known of a connection.
#[derive(Debug, Default)]
pub struct Story {
    pub began: Instant,
    pub closing: bool,
    pub closed: bool,
    /// The call that the driver is in with it.
    pub busy: usize,
    pub detached: bool,
    /// The garbage collector found it, and it is asynchronous.
    pub collected: bool,
    pub soft_marked: Option<Instant>,
    /// Its record was closed by somebody else than who has it.
    pub taken_away: bool,
}

/// A call of a client.
#[derive(Debug)]
pub struct Call {
    pub act: WorldAct,
    pub began: Instant,
    pub had: Option<Held>,
    pub marked: Option<Instant>,
    pub opened: BTreeSet<ConnectionId>,
    pub pinged: BTreeSet<ConnectionId>,
    pub resets: usize,
    /// What went wrong in it, as the driver told it.
    pub faults: Vec<Exception>,
    pub unraisable: Vec<Exception>,
    pub told: Option<Hook>,
    pub doing: Option<Command>,
    /// In the finaliser of an asynchronous proxy, where nothing can be awaited.
    pub collecting: bool,
}

pub struct Witness {
    pub settings: Settings,
    pub stories: BTreeMap<ConnectionId, Story>,
    pub calls: Vec<Option<Call>>,
    pub held: Vec<Option<Held>>,
    /// How often beyond the first a thread has its connection.
    pub nested: Vec<usize>,
    /// Opens begun and closes not ended.
    pub open: i64,
    /// `dispose()` was called, or a connection detached: the limit may be exceeded.
    pub unlimited: bool,
    pub disposed: bool,
    pub crowded: bool,
    /// Two clients opened at the same time.
    pub raced: bool,
    /// How many records `dispose()` forgot; less those it lost because it was interrupted while it closed one.
    pub drift: i64,
    pub returns: usize,
    pub served: usize,
}

impl Witness {
    pub fn new(settings: Settings, clients: usize) -> Witness {
        Witness {
            settings,
            stories: BTreeMap::new(),
            calls: (0..clients).map(|_| None).collect(),
            held: vec![None; clients],
            nested: vec![0; clients],
            open: 0,
            unlimited: false,
            disposed: false,
            crowded: false,
            raced: false,
            drift: 0,
            returns: 0,
            served: 0,
        }
    }

    fn call(&mut self, client: Client) -> &mut Call {
        self.calls[client.0 as usize].as_mut().unwrap_or_else(|| panic!("{client:?} is in no call"))
    }

    fn story(&mut self, connection: ConnectionId) -> &mut Story {
        self.stories.get_mut(&connection).unwrap_or_else(|| panic!("{connection:?} was never opened"))
    }

    pub fn is_closed(&self, connection: ConnectionId) -> bool {
        self.stories[&connection].closed
    }

    /// In a call, and the driver owes it nothing: all asking is answered at once here.
    pub fn is_waiting(&self, client: Client) -> bool {
        self.calls[client.0 as usize].as_ref().is_some_and(|call| call.doing.is_none())
    }

    pub fn cannot_wait(&self, client: Client) -> bool {
        self.calls[client.0 as usize].as_ref().is_some_and(|call| call.collecting)
    }

    pub fn may_nest(&self, held: Option<Held>) -> bool {
        self.settings.class == Class::SingletonThreadPool && held.is_some_and(|held| held.record.is_some())
    }

    /// Other clients may close what one has: `StaticPool` and `AssertionPool` when disposed of, `SingletonThreadPool`
    /// also when there are too many threads (section 12).
    pub fn may_be_taken_away(&self) -> bool {
        match self.settings.class {
            Class::StaticPool => true,
            Class::AssertionPool => self.disposed,
            Class::SingletonThreadPool => self.disposed || self.crowded,
            _ => false,
        }
    }

    /// A client makes a call.
    pub fn called(&mut self, pool: &Pool, client: Client, act: WorldAct, had: Option<Held>, now: Instant) {
        assert_eq!(had, self.held[client.0 as usize], "{client:?} holds what it was given");
        let call = Call {
            act,
            began: now,
            had,
            marked: pool.invalidated_at(),
            opened: BTreeSet::new(),
            pinged: BTreeSet::new(),
            resets: 0,
            faults: Vec::new(),
            unraisable: Vec::new(),
            told: None,
            doing: None,
            collecting: false,
        };
        match act {
            WorldAct::Dispose => self.disposed = true,
            WorldAct::Detach => self.unlimited = true,
            WorldAct::Drop => {
                let is_async = self.settings.dialect.is_async;
                let held = had.expect("something to drop");
                self.story(held.connection).collected |= is_async;
                self.unlimited |= is_async;
            }
            _ => {}
        }
        self.unlimited |= self.disposed;
        let before = self.calls[client.0 as usize].replace(call);
        assert!(before.is_none(), "{client:?} is in two calls");
    }

    /// The driver answers.
    pub fn answered(&mut self, client: Client, command: Command, answer: Answer, now: Instant) {
        let call = self.call(client);
        assert_eq!(call.doing.take(), Some(command), "the driver does one thing for a client");
        let failed = match command {
            Command::Open(_) => Exception::Connect,
            Command::Ping(_) => Exception::Ping,
            Command::Reset(..) => Exception::Reset,
            _ => Exception::Close,
        };
        match answer {
            Answer::Failed => call.faults.push(failed),
            Answer::Interrupted => call.faults.push(Exception::Interrupt),
            Answer::Opened(connection) => {
                call.opened.insert(connection);
            }
            _ => {}
        }
        match (command, answer) {
            (Command::Open(_), Answer::Opened(connection)) => {
                let story = self.stories.entry(connection).or_default();
                story.began = now;
            }
            (Command::Open(_), _) => self.open -= 1,
            (Command::Ping(connection) | Command::Reset(connection, _), _) => self.story(connection).busy -= 1,
            (Command::Close(connection) | Command::Terminate(connection), _) => {
                let story = self.story(connection);
                story.busy -= 1;
                let again = std::mem::replace(&mut story.closed, true);
                self.open -= i64::from(!again);
            }
            _ => {}
        }
    }

    /// The pool says something.
    pub fn see(&mut self, pool: &Pool, output: Output, now: Instant) {
        match output {
            Output::Do(client, command) => self.see_command(client, command),
            Output::Tell(client, event) => self.see_event(client, event, now),
            Output::Log(client, LogLine::Unraisable(exception)) => self.call(client).unraisable.push(exception),
            Output::Log(client, LogLine::DoubleCheckin(record)) => {
                // Proxies of a `StaticPool` share their record; an interrupted finaliser has detached its own already.
                let shared = self.settings.class == Class::StaticPool;
                let call = self.call(client);
                let interrupted = call.faults.contains(&Exception::Interrupt);
                assert!(shared || (interrupted && call.collecting), "{record:?} returned twice: {call:?}");
            }
            Output::Log(..) => {}
            Output::Return(client, result) => self.see_return(pool, client, result, now),
        }
        self.check_limit();
    }

    fn check_limit(&self) {
        if let Some(limit) = self.settings.limit().filter(|_| !self.unlimited) {
            assert!(self.open <= limit, "{} open, limit {limit}", self.open);
        }
    }

    fn see_command(&mut self, client: Client, command: Command) {
        let taken = self.may_be_taken_away();
        if matches!(command, Command::Open(_)) {
            self.open += 1;
            let opens = |call: &Call| matches!(call.doing, Some(Command::Open(_)));
            self.raced |= self.calls.iter().flatten().any(opens);
        }
        let call = self.call(client);
        assert_eq!(call.doing.replace(command), None, "the driver does one thing for a client");
        match (command, call.told.take()) {
            (Command::Ask(hook), told) => assert_eq!(told, Some(hook), "asked is what was told just now"),
            (_, told) => assert_eq!(told, None, "and nothing is told without being asked"),
        }
        match command {
            Command::Ping(connection) => {
                assert!(call.pinged.insert(connection), "pinged twice");
                assert!(!call.opened.contains(&connection), "what is fresh needs no ping");
            }
            Command::Reset(..) => call.resets += 1,
            _ => {}
        }
        let (connection, closing) = match command {
            Command::Ping(connection) | Command::Reset(connection, _) => (connection, false),
            Command::Close(connection) | Command::Terminate(connection) => (connection, true),
            _ => return,
        };
        let story = self.story(connection);
        if !taken {
            assert!(!story.closing, "{command:?} of a connection that was closed");
            assert_eq!(story.busy, 0, "{command:?} while another call uses the connection");
        }
        story.busy += 1;
        story.closing |= closing;
    }

    fn see_event(&mut self, client: Client, event: Event, now: Instant) {
        let hook = match event {
            Event::FirstConnect(..) => Hook::FirstConnect,
            Event::Connect(..) => Hook::Connect,
            Event::Checkout(..) => Hook::Checkout,
            Event::Reset { .. } => Hook::Reset,
            Event::Checkin(..) => Hook::Checkin,
            Event::Invalidate(..) => Hook::Invalidate,
            Event::SoftInvalidate(connection, ..) => {
                self.story(connection).soft_marked = Some(now);
                Hook::SoftInvalidate
            }
            Event::Close(connection, _, cause) => {
                self.crowded |= cause == Cause::Crowded;
                self.story(connection).taken_away |= matches!(cause, Cause::Crowded | Cause::Disposed);
                Hook::Close
            }
            Event::Detach(connection, _) => {
                self.story(connection).detached = true;
                Hook::Detach
            }
            Event::CloseDetached(_) => Hook::CloseDetached,
            Event::Finalizer(..) => panic!("nobody registered one"),
        };
        let call = self.call(client);
        call.collecting |= matches!(event, Event::Reset { asyncio_safe: false, .. });
        let told = call.told.replace(hook);
        assert_eq!(told, None, "nothing is told without being asked");
    }

    fn see_return(&mut self, pool: &Pool, client: Client, result: Result<Option<Held>, PoolError>, now: Instant) {
        let call = self.calls[client.0 as usize].take().unwrap_or_else(|| panic!("{client:?} returns twice"));
        assert_eq!((call.doing, call.told), (None, None), "nothing is left to do");
        self.returns += 1;
        let held = match (call.act, result) {
            (_, Ok(held)) => held,
            (WorldAct::SoftInvalidate | WorldAct::Detach | WorldAct::Dispose, Err(_)) => pool.holding(client),
            (_, Err(_)) => None,
        };
        self.held[client.0 as usize] = held;
        assert_eq!(held, pool.holding(client));
        let nested = &mut self.nested[client.0 as usize];
        match call.act {
            WorldAct::Checkout => {
                assert_eq!(held.is_some(), result.is_ok());
                *nested = if call.had.is_some() { *nested + 1 } else { 0 };
            }
            WorldAct::Checkin if *nested > 0 => {
                *nested -= 1;
                assert_eq!(result, Ok(call.had), "the outermost counts");
                assert_eq!(call.resets, 0);
            }
            WorldAct::SoftInvalidate | WorldAct::Dispose => assert_eq!(held, call.had),
            WorldAct::Detach => {
                let detached = call.had.map(|had| Held { record: None, ..had });
                assert!(held == detached || result.is_err());
            }
            _ => assert_eq!(held, None),
        }
        if let (WorldAct::Checkout, Some(held)) = (call.act, held) {
            self.served += 1;
            self.check_served(&call, held);
        }
        self.check_result(&call, result, now);
        if call.act == WorldAct::Dispose && self.settings.class.has_queue() {
            let before = self.drift;
            self.drift = pool.records().count() as i64 - (pool.size() + pool.raw_overflow());
            match result {
                Ok(_) => assert!(self.drift >= 0),
                Err(_) => assert_eq!(self.drift, before - 1, "it had one in its hands"),
            }
        }
        if self.calls.iter().all(|call| call.is_none()) {
            self.check_quiet(pool);
        }
    }
}
