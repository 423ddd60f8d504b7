//! A pool on a workbench: calls that read like the Python they mirror, a faked DBAPI, and virtual time.
//!
//! A call blocks as it would in Python, for as long as `driver.rs` and `threads.rs` keep it waiting.

use super::dbapi::Dbapi;
use super::driver::Job;
use super::threads::Thread;
use std::collections::BTreeMap;
use valet::pool::{
    Answer, Client, Command, ConnectionId, Event, Exception, Held, Hook, Input, LogLine, MisuseError, Names, Pool,
    PoolError, RecordId, Reset, Settings,
};
use valet::time::Instant;

/// SQLAlchemy's `_ConnectionFairy`, as a test keeps it in a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proxy {
    pub generation: usize,
    pub client: Client,
    pub connection: ConnectionId,
    pub record: RecordId,
}

/// What the pool told, and what it did to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Event(Event),
    Call(ConnectionId, &'static str),
}

pub struct Kit {
    pub dbapi: Dbapi,
    /// All generations; a pool that was recreated is followed by its successor.
    pub(super) pools: Vec<Pool>,
    /// The one that `connect()` asks.
    pub(super) current: usize,
    pub now: Instant,
    clients: u32,
    pub story: Vec<Told>,
    pub log: Vec<LogLine>,
    /// Events that wait for their listeners.
    pub(super) asked: BTreeMap<Client, Event>,
    pub(super) results: BTreeMap<Client, Result<Option<Held>, PoolError>>,
    pub(super) jobs: BTreeMap<(Instant, u64), Job>,
    pub(super) jobs_made: u64,
    pub(super) steps: u32,
    pub threads: BTreeMap<Client, Thread>,
}

impl Kit {
    pub fn new(settings: Settings) -> Kit {
        Kit {
            dbapi: Dbapi::default(),
            pools: vec![Pool::new(settings)],
            current: 0,
            now: Instant::ZERO,
            clients: 0,
            story: Vec::new(),
            log: Vec::new(),
            asked: BTreeMap::new(),
            results: BTreeMap::new(),
            jobs: BTreeMap::new(),
            jobs_made: 0,
            steps: 0,
            threads: BTreeMap::new(),
        }
    }

    /// `QueuePool(creator, pool_size=.., max_overflow=..)`
    pub fn queue(pool_size: i64, max_overflow: i64) -> Kit {
        Kit::new(Settings { pool_size, max_overflow, ..Settings::DEFAULT })
    }

    // Calls.

    pub fn connect(&mut self) -> Result<Proxy, PoolError> {
        self.connect_to(self.current)
    }

    pub fn connect_to(&mut self, generation: usize) -> Result<Proxy, PoolError> {
        let client = self.new_client();
        self.connect_in_thread(generation, client)
    }

    /// For `SingletonThreadPool`, where it matters which thread asks.
    pub fn connect_in_thread(&mut self, generation: usize, client: Client) -> Result<Proxy, PoolError> {
        let held = self.call(generation, client, Input::Checkout(client))?.expect("a connection");
        let record = held.record.expect("a record");
        Ok(Proxy { generation, client, connection: held.connection, record })
    }

    /// `proxy.close()`. A second time it does nothing, as in Python.
    pub fn close(&mut self, proxy: Proxy) -> Result<(), PoolError> {
        self.release(proxy, Input::Checkin { client: proxy.client, transaction_was_reset: false })
    }

    /// `Connection.close()` in a transaction: it rolls back by itself and says so. Its own failure is the one raised.
    pub fn close_in_transaction(&mut self, proxy: Proxy) -> Result<(), PoolError> {
        let rolled_back = self.rollback(proxy);
        let transaction_was_reset = rolled_back.is_ok();
        let closed = self.release(proxy, Input::Checkin { client: proxy.client, transaction_was_reset });
        rolled_back.map_err(PoolError::Raised).and(closed)
    }

    /// The last reference goes: `del proxy`.
    pub fn del(&mut self, proxy: Proxy) {
        let _ = self.release(proxy, Input::Drop(proxy.client));
    }

    pub fn invalidate(&mut self, proxy: Proxy, reason: Option<Exception>) -> Result<(), PoolError> {
        self.release(proxy, Input::Invalidate(proxy.client, reason))
    }

    pub fn soft_invalidate(&mut self, proxy: Proxy, reason: Option<Exception>) {
        self.release(proxy, Input::SoftInvalidate(proxy.client, reason)).unwrap();
    }

    /// `pool._invalidate(proxy)`: what an engine does when a statement says that the connection is gone.
    pub fn disconnected(&mut self, proxy: Proxy) {
        if self.is_valid(proxy) {
            self.mark_for(proxy);
            self.release(proxy, Input::Invalidate(proxy.client, Some(Exception::Disconnect))).unwrap();
        }
    }

    /// The first half of that: the current pool is marked.
    pub fn mark_for(&mut self, proxy: Proxy) {
        let opened_at = self.generation(proxy.generation).opened_at(proxy.client);
        self.tell(self.current, Input::Mark(opened_at));
    }

    pub fn detach(&mut self, proxy: Proxy) {
        self.release(proxy, Input::Detach(proxy.client)).unwrap();
    }

    pub fn dispose(&mut self) {
        let client = self.new_client();
        self.call(self.current, client, Input::Dispose(client)).unwrap();
    }

    /// `pool.recreate()`: the new generation.
    pub fn recreate(&mut self) -> usize {
        let client = self.new_client();
        let pool = self.pools[self.current].recreate(client);
        self.pools.push(pool);
        self.pools.len() - 1
    }

    /// `engine.dispose()`
    pub fn dispose_engine(&mut self) {
        self.dispose();
        self.current = self.recreate();
    }

    /// A statement of `Connection`, which tells the pool when the connection turns out to be gone.
    pub fn execute(&mut self, proxy: Proxy) -> Result<(), Exception> {
        let outcome = self.dbapi.execute(proxy.connection);
        if outcome == Err(Exception::Disconnect) {
            self.disconnected(proxy);
        }
        outcome
    }

    /// `Connection`'s own rollback, of which the pool knows nothing.
    pub fn rollback(&mut self, proxy: Proxy) -> Result<(), Exception> {
        self.end_transaction(proxy, Reset::Rollback, "rollback")
    }

    /// `Connection`'s own commit.
    pub fn commit(&mut self, proxy: Proxy) -> Result<(), Exception> {
        self.end_transaction(proxy, Reset::Commit, "commit")
    }

    fn end_transaction(&mut self, proxy: Proxy, how: Reset, name: &'static str) -> Result<(), Exception> {
        self.story.push(Told::Call(proxy.connection, name));
        match self.dbapi.obey(Command::Reset(proxy.connection, how), None) {
            Answer::Done => Ok(()),
            Answer::Gone => {
                self.disconnected(proxy);
                Err(Exception::Disconnect)
            }
            _ => Err(Exception::Reset),
        }
    }

    /// Why the pool does not take this call.
    pub fn refused(&mut self, proxy: Proxy, input: Input) -> MisuseError {
        self.pools[proxy.generation].handle(self.now, input).expect_err("a refusal")
    }

    pub fn new_client(&mut self) -> Client {
        self.clients += 1;
        Client(self.clients)
    }

    /// A release or the like: nothing happens if the proxy is closed already.
    fn release(&mut self, proxy: Proxy, input: Input) -> Result<(), PoolError> {
        if !self.is_valid(proxy) {
            return Ok(());
        }
        self.call(proxy.generation, proxy.client, input).map(drop)
    }

    /// One call from beginning to end, however long it takes.
    pub fn call(&mut self, generation: usize, client: Client, input: Input) -> Result<Option<Held>, PoolError> {
        self.tell(generation, input);
        loop {
            if let Some(result) = self.results.remove(&client) {
                return result;
            }
            assert!(self.step(), "{input:?} would never return");
        }
    }

    // What there is to see.

    pub fn pool(&self) -> &Pool {
        self.generation(self.current)
    }

    pub fn generation(&self, generation: usize) -> &Pool {
        &self.pools[generation]
    }

    /// Whether the proxy still has a connection: `proxy.is_valid`.
    pub fn is_valid(&self, proxy: Proxy) -> bool {
        self.held(proxy).is_some()
    }

    pub fn held(&self, proxy: Proxy) -> Option<Held> {
        self.generation(proxy.generation).holding(proxy.client)
    }

    /// `record.dbapi_connection`
    pub fn in_record(&self, record: RecordId) -> Option<ConnectionId> {
        self.pool().records().find(|(id, _)| *id == record).and_then(|(_, connection)| connection)
    }

    /// The names of the events so far, of those that are listened to.
    pub fn told(&self, hooks: &[Hook]) -> Vec<&'static str> {
        self.events().filter_map(hook).filter(|hook| hooks.contains(hook)).map(Hook::name).collect()
    }

    pub fn events(&self) -> impl Iterator<Item = Event> + '_ {
        self.story.iter().filter_map(|told| if let Told::Event(event) = told { Some(*event) } else { None })
    }

    /// What was done to this connection after it was opened.
    pub fn calls(&self, connection: ConnectionId) -> Vec<&'static str> {
        let call = |told: &Told| matches!(told, Told::Call(on, _) if *on == connection);
        self.story.iter().filter(|told| call(told)).map(Told::name).collect()
    }

    /// How often each connection was closed, oldest first.
    pub fn closes(&self) -> Vec<usize> {
        let times = |number| self.calls(ConnectionId(number)).iter().filter(|call| **call == "close").count();
        (1..=self.dbapi.opened).map(times).collect()
    }

    pub fn text(line: LogLine) -> String {
        line.text(&Names {
            connection: &|ConnectionId(number)| format!("<connection {number}>"),
            record: &|RecordId(number)| format!("<record {number}>"),
            exception: &|exception| ("Exception".into(), exception.to_string()),
        })
    }
}

impl Told {
    pub fn name(&self) -> &'static str {
        match self {
            Told::Event(event) => hook(*event).map_or("finalize_callback", Hook::name),
            Told::Call(_, name) => name,
        }
    }
}

/// Whose event it is.
pub(super) fn hook(event: Event) -> Option<Hook> {
    Some(match event {
        Event::FirstConnect(..) => Hook::FirstConnect,
        Event::Connect(..) => Hook::Connect,
        Event::Checkout(..) => Hook::Checkout,
        Event::Reset { .. } => Hook::Reset,
        Event::Checkin(..) => Hook::Checkin,
        Event::Invalidate(..) => Hook::Invalidate,
        Event::SoftInvalidate(..) => Hook::SoftInvalidate,
        Event::Close(..) => Hook::Close,
        Event::Detach(..) => Hook::Detach,
        Event::CloseDetached(_) => Hook::CloseDetached,
        Event::Finalizer(..) => return None,
    })
}
