//! The pool's driver on the real store: it carries out the pool's commands and reports their results.

use super::{Connection, Database, DatabaseError, InsertedUser, WorldClock};
use crate::pool::{Answer, Client, Command, ConnectionId};
use crate::sql::{Reply, Rows, Statement};
use crate::time::Span;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Emulated time, on top of the time that the browser really takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Opening a connection: handshake, log-in.
    pub connect: Span,
    /// One round trip: ping, rollback, close.
    pub round_trip: Span,
}

/// The result of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobResult {
    /// The answer to a command of the pool.
    Answer(Answer),
    /// The result of a request's statements, or why they failed.
    Visit(Result<InsertedUser, DatabaseError>),
    /// The reply to a statement and its rows, or why it failed.
    Executed(Result<(Reply, Option<Rows>), DatabaseError>),
}

/// The driver. Cheap to clone: all clones share their state.
#[derive(Debug, Clone)]
pub struct Driver(Rc<DriverState>);

#[derive(Debug)]
struct DriverState {
    database: Database,
    clock: Rc<WorldClock>,
    network: Cell<Network>,
    connections: RefCell<BTreeMap<ConnectionId, Rc<Connection>>>,
    opened: Cell<u32>,
    reports: RefCell<VecDeque<(u32, Client, JobResult)>>,
    /// Why the last connection could not be opened, or the database not be restarted.
    refusal: RefCell<Option<DatabaseError>>,
}

impl Driver {
    /// A driver without connections.
    pub fn new(database: Database, clock: Rc<WorldClock>, network: Network) -> Driver {
        Driver(Rc::new(DriverState {
            database,
            clock,
            network: Cell::new(network),
            connections: RefCell::default(),
            opened: Cell::new(0),
            reports: RefCell::default(),
            refusal: RefCell::default(),
        }))
    }

    /// Sets the emulated times of the jobs that begin from now on.
    pub fn set_network(&self, network: Network) {
        self.0.network.set(network);
    }

    /// The emulated times.
    pub fn network(&self) -> Network {
        self.0.network.get()
    }

    /// Begins a command of the pool of `generation`, on behalf of `client`.
    pub fn obey(&self, generation: u32, client: Client, command: Command) {
        let driver = self.begin();
        spawn_local(async move {
            let answer = driver.carry_out(command).await;
            driver.report(generation, client, JobResult::Answer(answer));
        });
    }

    /// Begins a request's statements on its connection: inserts an Alice and counts the users, in at least `takes`.
    pub fn visit(&self, generation: u32, client: Client, connection: ConnectionId, takes: Span) {
        let driver = self.begin();
        spawn_local(async move {
            driver.0.clock.wait(takes).await;
            let result = match driver.connection(connection) {
                Some(connection) => connection.visit("Alice").await,
                None => Err(DatabaseError::Closed),
            };
            driver.report(generation, client, JobResult::Visit(result));
        });
    }

    /// Begins one statement on a connection; it takes at least `takes`.
    pub fn execute(
        &self,
        generation: u32,
        client: Client,
        connection: ConnectionId,
        statement: Statement,
        takes: Span,
    ) {
        let driver = self.begin();
        spawn_local(async move {
            driver.0.clock.wait(takes).await;
            let result = match driver.connection(connection) {
                Some(connection) => connection.execute(statement).await,
                None => Err(DatabaseError::Closed),
            };
            driver.report(generation, client, JobResult::Executed(result));
        });
    }

    /// The next report, in the order in which jobs ended.
    pub fn next_report(&self) -> Option<(u32, Client, JobResult)> {
        self.0.reports.borrow_mut().pop_front()
    }

    /// Whether there is a report.
    pub fn has_report(&self) -> bool {
        !self.0.reports.borrow().is_empty()
    }

    /// The database.
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// Closes all connections, and gives up the jobs that wait. The driver is not used again.
    pub fn close(&self) {
        for (_, connection) in std::mem::take(&mut *self.0.connections.borrow_mut()) {
            connection.close();
        }
        self.0.clock.abandon();
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

    /// Begins a restart of the database: the browser closes every handle, and the pool is not told. Handles that are opened from
    /// now on belong to the time after the restart.
    pub fn restart(&self) {
        let driver = self.clone();
        spawn_local(async move {
            if let Err(error) = driver.0.database.restart().await {
                driver.0.refusal.replace(Some(error));
            }
        });
    }

    /// Closes one connection's handle. Whoever has the connection finds it dead.
    pub fn kill(&self, connection: ConnectionId) {
        if let Some(connection) = self.connection(connection) {
            connection.close();
        }
    }

    /// Closes the connections of a pool that was dropped: it sends no more commands.
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
                self.0.clock.wait(connect).await;
                match self.0.database.connect().await {
                    Ok(connection) => Answer::Opened(self.register(connection)),
                    Err(error) => {
                        self.0.refusal.replace(Some(error));
                        Answer::Failed
                    }
                }
            }
            Command::Ping(id) => {
                self.0.clock.wait(round_trip).await;
                let Some(connection) = self.connection(id) else { return Answer::Gone };
                answer_to(connection.ping().await)
            }
            Command::Reset(id, reset) => {
                self.0.clock.wait(round_trip).await;
                let Some(connection) = self.connection(id) else { return Answer::Gone };
                match connection.reset(reset).await {
                    Ok(Reply::Conflict) => Answer::Failed,
                    done => answer_to(done.map(drop)),
                }
            }
            Command::Close(id) | Command::Terminate(id) => {
                self.0.clock.wait(round_trip).await;
                self.collect([id]);
                Answer::Done
            }
            Command::Ask(_) | Command::Wake => Answer::Done,
        }
    }

    fn register(&self, connection: Connection) -> ConnectionId {
        let id = ConnectionId(self.0.opened.get() + 1);
        self.0.opened.set(id.0);
        self.0.connections.borrow_mut().insert(id, Rc::new(connection));
        id
    }

    fn connection(&self, id: ConnectionId) -> Option<Rc<Connection>> {
        self.0.connections.borrow().get(&id).cloned()
    }

    /// A job begins.
    fn begin(&self) -> Driver {
        self.0.clock.begin_work();
        self.clone()
    }

    /// A job ends.
    fn report(&self, generation: u32, client: Client, done: JobResult) {
        self.0.reports.borrow_mut().push_back((generation, client, done));
        self.0.clock.end_work();
    }
}

fn answer_to(done: Result<(), DatabaseError>) -> Answer {
    match done {
        Ok(()) => Answer::Done,
        Err(DatabaseError::Closed) => Answer::Gone,
        Err(_) => Answer::Failed,
    }
}
