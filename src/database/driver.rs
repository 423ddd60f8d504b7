//! The pool's driver on the real store: carries out its commands and reports when that is done.

use super::{Connection, Database, DatabaseError, Pace, Visit};
use crate::pool::{Answer, Client, Command, ConnectionId};
use crate::sql::{Reply, Rows, Statement};
use crate::time::Span;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Emulated time on top of what the browser really takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Opening a connection: handshake, log-in.
    pub connect: Span,
    /// One round trip: ping, rollback, close.
    pub round_trip: Span,
}

/// What a job came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// A command of the pool's was carried out.
    Answer(Answer),
    /// A request's statements, or why they failed.
    Visit(Result<Visit, DatabaseError>),
    /// A statement's reply and its rows, or why it failed.
    Executed(Result<(Reply, Option<Rows>), DatabaseError>),
}

/// The driver. Cheap to clone: all clones are one.
#[derive(Debug, Clone)]
pub struct Driver(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    database: Database,
    pace: Rc<Pace>,
    network: Cell<Network>,
    connections: RefCell<BTreeMap<ConnectionId, Rc<Connection>>>,
    opened: Cell<u32>,
    reports: RefCell<VecDeque<(u32, Client, Done)>>,
    /// Why the last connection could not be opened, or the database not be restarted.
    refusal: RefCell<Option<DatabaseError>>,
}

impl Driver {
    /// A driver without connections.
    pub fn new(database: Database, pace: Rc<Pace>, network: Network) -> Driver {
        Driver(Rc::new(Inner {
            database,
            pace,
            network: Cell::new(network),
            connections: RefCell::default(),
            opened: Cell::new(0),
            reports: RefCell::default(),
            refusal: RefCell::default(),
        }))
    }

    /// Changes the emulated times for jobs that begin from now on.
    pub fn set_network(&self, network: Network) {
        self.0.network.set(network);
    }

    /// The emulated times.
    pub fn network(&self) -> Network {
        self.0.network.get()
    }

    /// Begins a command of the pool of `generation`, on behalf of `client`.
    pub fn obey(&self, generation: u32, client: Client, command: Command) {
        let driver = self.clone();
        spawn_local(async move {
            let answer = driver.carry_out(command).await;
            driver.report(generation, client, Done::Answer(answer));
        });
    }

    /// Begins a request's statements on its connection, which take at least so long: inserts an Alice and counts the users.
    pub fn visit(&self, generation: u32, client: Client, connection: ConnectionId, takes: Span) {
        let driver = self.clone();
        spawn_local(async move {
            driver.0.pace.wait(takes).await;
            let result = match driver.connection(connection) {
                Some(connection) => connection.visit("Alice").await,
                None => Err(DatabaseError::Closed),
            };
            driver.report(generation, client, Done::Visit(result));
        });
    }

    /// Begins one statement on a connection, which takes at least so long.
    pub fn execute(
        &self,
        generation: u32,
        client: Client,
        connection: ConnectionId,
        statement: Statement,
        takes: Span,
    ) {
        let driver = self.clone();
        spawn_local(async move {
            driver.0.pace.wait(takes).await;
            let result = match driver.connection(connection) {
                Some(connection) => connection.execute(statement).await,
                None => Err(DatabaseError::Closed),
            };
            driver.report(generation, client, Done::Executed(result));
        });
    }

    /// The next report, in the order in which jobs ended.
    pub fn next_report(&self) -> Option<(u32, Client, Done)> {
        self.0.reports.borrow_mut().pop_front()
    }

    /// The database.
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// Closes everything: nobody will ask for it again.
    pub fn close(&self) {
        for (_, connection) in std::mem::take(&mut *self.0.connections.borrow_mut()) {
            connection.close();
        }
    }

    /// How many handles are open.
    pub fn open_connections(&self) -> usize {
        self.0.connections.borrow().values().filter(|connection| connection.is_open()).count()
    }

    /// Whether this connection's handle is open.
    pub fn is_open(&self, connection: ConnectionId) -> bool {
        self.connection(connection).is_some_and(|connection| connection.is_open())
    }

    /// Why the last connection could not be opened, or the database not be restarted, if that ever failed.
    pub fn last_refusal(&self) -> Option<DatabaseError> {
        self.0.refusal.borrow().clone()
    }

    /// Begins a restart of the database: in a moment every handle is closed, and nobody is told. Handles that are asked for
    /// from now on come after it.
    pub fn restart(&self) {
        let driver = self.clone();
        spawn_local(async move {
            if let Err(error) = driver.0.database.restart().await {
                driver.0.refusal.replace(Some(error));
            }
        });
    }

    /// Closes connections that nobody will ever ask to close: those of a pool that was forgotten.
    pub fn collect(&self, connections: impl IntoIterator<Item = ConnectionId>) {
        for id in connections {
            if let Some(connection) = self.0.connections.borrow_mut().remove(&id) {
                connection.close();
            }
        }
    }

    async fn carry_out(&self, command: Command) -> Answer {
        let Network { connect, round_trip } = self.network();
        match command {
            Command::Open(_) => {
                self.0.pace.wait(connect).await;
                match self.0.database.connect().await {
                    Ok(connection) => Answer::Opened(self.keep(connection)),
                    Err(error) => {
                        self.0.refusal.replace(Some(error));
                        Answer::Failed
                    }
                }
            }
            Command::Ping(id) => {
                self.0.pace.wait(round_trip).await;
                let Some(connection) = self.connection(id) else { return Answer::Gone };
                judge(connection.ping().await)
            }
            Command::Reset(id, reset) => {
                self.0.pace.wait(round_trip).await;
                let Some(connection) = self.connection(id) else { return Answer::Gone };
                match connection.reset(reset).await {
                    Ok(Reply::Conflict) => Answer::Failed,
                    done => judge(done.map(drop)),
                }
            }
            Command::Close(id) | Command::Terminate(id) => {
                self.0.pace.wait(round_trip).await;
                self.collect([id]);
                Answer::Done
            }
            Command::Ask(_) | Command::Wake => Answer::Done,
        }
    }

    fn keep(&self, connection: Connection) -> ConnectionId {
        let id = ConnectionId(self.0.opened.get() + 1);
        self.0.opened.set(id.0);
        self.0.connections.borrow_mut().insert(id, Rc::new(connection));
        id
    }

    fn connection(&self, id: ConnectionId) -> Option<Rc<Connection>> {
        self.0.connections.borrow().get(&id).cloned()
    }

    fn report(&self, generation: u32, client: Client, done: Done) {
        self.0.reports.borrow_mut().push_back((generation, client, done));
    }
}

fn judge(done: Result<(), DatabaseError>) -> Answer {
    match done {
        Ok(()) => Answer::Done,
        Err(DatabaseError::Closed) => Answer::Gone,
        Err(_) => Answer::Failed,
    }
}
