//! What happened last, in sentences.

use crate::pool::{Cause, Client, Command, ConnectionId, Event, Output, Pool};
use crate::service::{Failure, News, SECOND, Service};
use crate::time::Instant;
use std::collections::VecDeque;

/// So many sentences are remembered.
const LINES: usize = 8;
/// And so many failures.
const FAILURES: usize = 2;

/// The last notable events. Everyday ones are not among them: who parks at once is seen, not told.
#[derive(Debug, Clone, Default)]
pub struct Story {
    lines: VecDeque<StoryLine>,
    failures: VecDeque<StoryLine>,
    /// The number of each client's present request.
    numbers: Vec<u32>,
}

/// A notable event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryLine {
    /// When.
    pub at: Instant,
    /// Whose, if anybody's.
    pub car: Option<u32>,
    /// What.
    pub what: StoryEvent,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryEvent {
    /// It has to wait: so many bays are taken, of which so many are extra.
    Waits(i64, i64),
    /// A bay was built; true: an extra one.
    Built(ConnectionId, bool),
    /// A bay was torn up.
    Closed(ConnectionId, Cause),
    /// A bay was torn up by a pool that keeps none.
    Unkept(ConnectionId),
    /// It drove off.
    Failed(Failure),
    /// It stays for ever.
    Leaked,
    /// Its visitor went away.
    GaveUp,
    /// So many connections were ended by the server or on the way.
    Cut(u32),
    /// A new pool took over.
    Swapped,
}

impl Story {
    /// Takes note of a piece of news.
    pub fn watch(&mut self, now: Instant, service: &Service, news: News) {
        match news {
            News::Arrived(client, number) => {
                let index = client.0 as usize;
                if index >= self.numbers.len() {
                    self.numbers.resize(index + 1, 0);
                }
                self.numbers[index] = number & !SECOND;
                self.asks(now, service, client);
            }
            News::Asks(client) => self.asks(now, service, client),
            News::Pool(_, Output::Tell(client, Event::Connect(connection, _))) => {
                self.tell(now, Some(client), StoryEvent::Built(connection, is_extra(service.pool())));
            }
            News::Pool(_, Output::Tell(_, Event::Close(connection, _, cause))) => {
                let keeps = service.pool().settings().class.has_queue() || cause != Cause::Surplus;
                let what = if keeps { StoryEvent::Closed(connection, cause) } else { StoryEvent::Unkept(connection) };
                self.tell(now, None, what);
            }
            News::Left(client, Err(failure)) => self.tell(now, Some(client), StoryEvent::Failed(failure)),
            News::Leaked(client) => self.tell(now, Some(client), StoryEvent::Leaked),
            News::GaveUp(client) => self.tell(now, Some(client), StoryEvent::GaveUp),
            News::Swapped(_) => self.tell(now, None, StoryEvent::Swapped),
            News::Cut(_) => match self.lines.front_mut() {
                Some(StoryLine { at, what: StoryEvent::Cut(so_many), .. }) if *at == now => *so_many += 1,
                _ => self.tell(now, None, StoryEvent::Cut(1)),
            },
            News::Pool(_, Output::Do(_, Command::Wake))
            | News::Pool(..)
            | News::Left(_, Ok(()))
            | News::Computes(_)
            | News::Idles(..)
            | News::RollsBack(..)
            | News::Collected(_) => {}
        }
    }

    fn asks(&mut self, now: Instant, service: &Service, client: Client) {
        if service.pools().any(|(_, pool)| pool.line().last() == Some(client)) {
            let pool = service.pool();
            let what = StoryEvent::Waits(taken(pool), pool.overflow().max(0));
            self.tell(now, Some(client), what);
        }
    }

    /// The last notable events, newest first.
    pub fn lines(&self) -> impl Iterator<Item = &StoryLine> {
        self.lines.iter()
    }

    /// The last failures, newest first, however much happened since.
    pub fn failures(&self) -> impl Iterator<Item = &StoryLine> {
        self.failures.iter()
    }

    fn tell(&mut self, at: Instant, client: Option<Client>, what: StoryEvent) {
        let car = client.and_then(|client| self.numbers.get(client.0 as usize).copied());
        if let StoryEvent::Failed(_) = what {
            self.failures.truncate(FAILURES - 1);
            self.failures.push_front(StoryLine { at, car, what });
        }
        self.lines.truncate(LINES - 1);
        self.lines.push_front(StoryLine { at, car, what });
    }
}

/// Whether the connection that was opened last is beyond `pool_size`: with it, more are open.
fn is_extra(pool: &Pool) -> bool {
    let open = pool.connections().count() as i64;
    pool.settings().class.has_queue() && pool.size() > 0 && open > pool.size()
}

fn taken(pool: &Pool) -> i64 {
    pool.checkedout()
}

impl StoryLine {
    /// The failure's error as Python prints it, if it is one.
    pub fn error(&self) -> Option<String> {
        let StoryEvent::Failed(failure) = self.what else { return None };
        Some(format!("{}: {failure}", failure.class()))
    }

    /// One plain sentence.
    pub fn sentence(&self) -> String {
        let car = self.car.map_or("A car".into(), |car| format!("Car {car}"));
        match self.what {
            StoryEvent::Waits(taken, 0) => format!("{car} waits: all {taken} bays are taken."),
            StoryEvent::Waits(taken, extra) => {
                format!("{car} waits: all {taken} bays are taken, {extra} of them extra.")
            }
            StoryEvent::Built(connection, false) => format!("{car} has bay #{} built.", connection.0),
            StoryEvent::Built(connection, true) => format!("{car} has an extra bay built, #{}.", connection.0),
            StoryEvent::Closed(connection, cause) => format!("Bay #{} is torn up: {}.", connection.0, why(cause)),
            StoryEvent::Unkept(connection) => format!("Bay #{} is torn up: this pool keeps none.", connection.0),
            StoryEvent::Failed(failure) => format!("{car} drives off{}.", why_failed(failure)),
            StoryEvent::Leaked => format!("{car} is done, and never gives its bay back."),
            StoryEvent::GaveUp => {
                format!("The user behind car {} has gone; the request goes on.", self.car.unwrap_or(0))
            }
            StoryEvent::Cut(1) => "A connection died. The pool does not know yet.".into(),
            StoryEvent::Cut(so_many) => format!("{so_many} connections died. The pool does not know yet."),
            StoryEvent::Swapped => "A new pool took over.".into(),
        }
    }
}

fn why_failed(failure: Failure) -> String {
    match (failure, failure.fault()) {
        (Failure::Raised, _) => " with a 500: its view raised an exception".into(),
        (Failure::Cancelled, _) => ": its task was cancelled".into(),
        (Failure::Pool(_), Some(fault)) => format!(": no connection could be opened, {}", fault.words()),
        (_, Some(fault)) => format!(": {}", fault.words()),
        (failure, None) if failure.is_timeout() => ": it waited too long".into(),
        (failure, None) => format!(": the pool raised {}", failure.class()),
    }
}

fn why(cause: Cause) -> &'static str {
    match cause {
        Cause::Recycled => "older than pool_recycle",
        Cause::PoolInvalidated => "opened before the pool was found to be broken",
        Cause::SoftInvalidated => "marked to be replaced",
        Cause::Invalidated => "it was dead",
        Cause::Surplus => "the rack is full",
        Cause::Disposed => "the engine is disposed of",
        Cause::Crowded => "more threads than pool_size",
    }
}
