//! What the threads of the reference share: the pool, and the condition its queue waits on.

use super::record::Record;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::{Rc, Weak};
use valet::pool::{Answer, Client, Command, ConnectionId, Hook, Output, RecordId, Settings};
use valet::time::Instant;

/// The mutex of a listener's first run.
#[derive(Default)]
pub struct Mutex {
    pub done: Cell<bool>,
    pub locked: Cell<bool>,
    pub queue: RefCell<VecDeque<Client>>,
}

/// `QueuePool`, and the condition its queue waits on.
pub struct Pool {
    pub settings: Settings,
    pub now: Cell<Instant>,
    pub said: RefCell<Vec<Output>>,
    pub queue: RefCell<VecDeque<Rc<Record>>>,
    pub overflow: Cell<i64>,
    pub invalidate_time: Cell<Option<Instant>>,
    records: RefCell<Vec<Weak<Record>>>,
    pub first_connect: Mutex,
    pub connect: Mutex,
    /// The condition's waiters, and those of them that really sleep, both in order of coming.
    pub line: RefCell<Vec<Client>>,
    pub sleeping: RefCell<Vec<(Client, Option<Instant>)>>,
    /// Everybody in `wait()`, asleep or about to go on.
    pub waiting: RefCell<Vec<Client>>,
    pub interrupted: RefCell<BTreeSet<Client>>,
    /// What the driver owes an answer to, and its answers.
    pub commands: RefCell<BTreeMap<Client, Command>>,
    pub answers: RefCell<BTreeMap<Client, Answer>>,
}

impl Pool {
    pub fn new(settings: Settings) -> Pool {
        Pool {
            settings,
            now: Cell::default(),
            said: RefCell::default(),
            queue: RefCell::default(),
            overflow: Cell::new(-settings.pool_size),
            invalidate_time: Cell::default(),
            records: RefCell::default(),
            first_connect: Mutex::default(),
            connect: Mutex::default(),
            line: RefCell::default(),
            sleeping: RefCell::default(),
            waiting: RefCell::default(),
            interrupted: RefCell::default(),
            commands: RefCell::default(),
            answers: RefCell::default(),
        }
    }

    pub fn say(&self, output: Output) {
        self.said.borrow_mut().push(output);
    }

    pub fn command(&self, client: Client, command: Command) {
        self.commands.borrow_mut().insert(client, command);
        self.say(Output::Do(client, command));
    }

    /// The first half of `_invalidate()`, for a connection whose record has this `starttime`.
    pub fn mark(&self, starttime: Option<Instant>) {
        if starttime.is_none_or(|starttime| self.invalidate_time.get() < Some(starttime)) {
            self.invalidate_time.set(Some(self.now.get()));
        }
    }

    pub fn new_record(&self) -> Rc<Record> {
        let mut records = self.records.borrow_mut();
        let record = Record::new(RecordId(records.len() as u32 + 1));
        records.push(Rc::downgrade(&record));
        record
    }

    pub fn take(&self) -> Option<Rc<Record>> {
        let mut queue = self.queue.borrow_mut();
        if self.settings.pool_use_lifo { queue.pop_back() } else { queue.pop_front() }
    }

    /// `Condition.notify()`: in vain, if that one is awake already.
    pub fn notify(&self) {
        if !self.line.borrow().is_empty() {
            let first = self.line.borrow_mut().remove(0);
            self.wake(first);
        }
    }

    pub fn wake(&self, client: Client) {
        let mut sleeping = self.sleeping.borrow_mut();
        if let Some(place) = sleeping.iter().position(|(other, _)| *other == client) {
            sleeping.remove(place);
            self.command(client, Command::Wake);
        }
    }

    pub fn mutex(&self, hook: Hook) -> &Mutex {
        if hook == Hook::FirstConnect { &self.first_connect } else { &self.connect }
    }

    pub fn unlock(&self, hook: Hook) {
        let mutex = self.mutex(hook);
        match mutex.queue.borrow_mut().pop_front() {
            Some(next) => self.command(next, Command::Wake),
            None => mutex.locked.set(false),
        }
    }

    pub fn next_timeout(&self) -> Option<Instant> {
        self.sleeping.borrow().iter().filter_map(|(_, end)| *end).min()
    }

    pub fn live_records(&self) -> BTreeSet<(RecordId, Option<ConnectionId>)> {
        let records = self.records.borrow();
        records.iter().filter_map(Weak::upgrade).map(|record| (record.id, record.connection.get())).collect()
    }
}
