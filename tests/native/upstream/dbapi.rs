//! A faked DBAPI with its listeners: what fails, what takes time, and what was done to each connection.

use std::collections::BTreeSet;
use valet::pool::{Answer, Command, ConnectionId, Exception, Hook};
use valet::time::Span;

/// Where something can be made to fail, or to take time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Connect,
    Ping,
    Reset,
    Close,
    Terminate,
    Listener(Hook),
}

#[derive(Default)]
pub struct Dbapi {
    /// All that was ever opened: the number of the newest.
    pub opened: u32,
    closed: BTreeSet<u32>,
    dead: BTreeSet<u32>,
    /// Connections that a `checkout` listener calls dead.
    pub vetoed: BTreeSet<u32>,
    stopped: bool,
    failing: Vec<(Place, Answer)>,
    slow: Vec<(Place, Span)>,
}

impl Dbapi {
    /// From now on this place gives this answer.
    pub fn fails(&mut self, place: Place, answer: Answer) {
        self.works(place);
        self.failing.push((place, answer));
    }

    /// From now on it works again.
    pub fn works(&mut self, place: Place) {
        self.failing.retain(|(other, _)| *other != place);
    }

    /// From now on this place takes this long.
    pub fn takes(&mut self, place: Place, span: Span) {
        self.slow.retain(|(other, _)| *other != place);
        self.slow.push((place, span));
    }

    /// The server closes all connections, and with `stop` it takes no new ones.
    pub fn shutdown(&mut self, stop: bool) {
        self.dead.extend(1..=self.opened);
        self.stopped = stop;
    }

    /// The server takes connections again. Those that were closed stay so.
    pub fn restart(&mut self) {
        self.stopped = false;
    }

    /// A statement on the bare connection.
    pub fn execute(&self, connection: ConnectionId) -> Result<(), Exception> {
        let ConnectionId(number) = connection;
        if self.dead.contains(&number) || self.closed.contains(&number) { Err(Exception::Disconnect) } else { Ok(()) }
    }

    /// Whether the connection is open on this side.
    pub fn is_open(&self, ConnectionId(number): ConnectionId) -> bool {
        !self.closed.contains(&number)
    }

    /// Those that are open on this side.
    pub fn open(&self) -> Vec<u32> {
        (1..=self.opened).filter(|number| !self.closed.contains(number)).collect()
    }

    pub fn latency(&self, command: Command) -> Span {
        let slow = self.slow.iter().find(|(place, _)| Some(*place) == place_of(command));
        slow.map_or(Span::ZERO, |(_, span)| *span)
    }

    /// Does it; `on`: the connection of the event that listeners are asked about.
    pub fn obey(&mut self, command: Command, on: Option<ConnectionId>) -> Answer {
        if let Command::Close(ConnectionId(number)) | Command::Terminate(ConnectionId(number)) = command {
            self.closed.insert(number);
        }
        if let Some(&(_, answer)) = self.failing.iter().find(|(place, _)| Some(*place) == place_of(command)) {
            return answer;
        }
        match command {
            Command::Open(_) if self.stopped => Answer::Failed,
            Command::Open(_) => {
                self.opened += 1;
                Answer::Opened(ConnectionId(self.opened))
            }
            Command::Ping(connection) if self.execute(connection).is_err() => Answer::Gone,
            Command::Ask(Hook::Checkout) if on.is_some_and(|c| self.vetoed.contains(&c.0)) => Answer::Gone,
            _ => Answer::Done,
        }
    }
}

fn place_of(command: Command) -> Option<Place> {
    Some(match command {
        Command::Open(_) => Place::Connect,
        Command::Ping(_) => Place::Ping,
        Command::Reset(..) => Place::Reset,
        Command::Close(_) => Place::Close,
        Command::Terminate(_) => Place::Terminate,
        Command::Ask(hook) => Place::Listener(hook),
        Command::Wake => return None,
    })
}
