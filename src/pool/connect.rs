//! CONNECT: opening a connection in a record, and its listeners (`base.py:935`).

use super::call::{ClientCall, Flow, Frame, Outcome, RETURN};
use super::record::Slot;
use super::{Client, Command, Event, Exception, Hook, LogLine, Output, Pool};
use std::collections::VecDeque;

/// The first run of a listener, during which other clients wait: a mutex, and whether it is still needed (`event/attr.py:483`).
#[derive(Debug, Clone, Default)]
pub(super) struct FirstRun {
    done: bool,
    running: bool,
    waiting: VecDeque<Client>,
    /// Was given the mutex, and told to run.
    woken: Option<Client>,
}

impl Pool {
    /// `_create_connection()`: a new record, with a connection.
    pub(super) fn create(&mut self, call: &mut ClientCall) -> Flow {
        let slot = self.records.add();
        if let Some(former) = call.slot.replace(slot) {
            self.records.let_go(former);
        }
        self.connect(call, slot)
    }

    /// `__connect()`. The connection's age counts from before it is opened.
    pub(super) fn connect(&mut self, call: &mut ClientCall, slot: Slot) -> Flow {
        let record = &mut self.records[slot];
        record.connection = None;
        record.opened_at = self.now;
        let command = Command::Open(record.id);
        call.then(Frame::Opened);
        self.command(call, command)
    }

    /// The creator has returned or raised. If it returned, the record has its connection already.
    pub(super) fn opened(&mut self, call: &mut ClientCall, slot: Slot, outcome: Outcome) -> Flow {
        let record = &mut self.records[slot];
        match (outcome, record.connection) {
            (Ok(()), Some(connection)) => {
                record.fresh = true;
                self.log(call, LogLine::Created(connection));
                call.then(Frame::FirstConnected);
                self.run_first_connect(call, slot)
            }
            _ => {
                let exception = outcome.err().unwrap_or(Exception::Connect);
                self.log(call, LogLine::ConnectFailed(exception));
                Flow::Back(Err(exception))
            }
        }
    }

    /// Once a pool, unless it raises.
    fn run_first_connect(&mut self, call: &mut ClientCall, slot: Slot) -> Flow {
        if self.first_connect.done {
            return RETURN;
        }
        if self.settings.listeners.asked.contains(Hook::FirstConnect) {
            return self.run_locked(call, slot, Hook::FirstConnect);
        }
        self.first_connect.done = true;
        self.fire(call, slot, Hook::FirstConnect)
    }

    /// For every connection; under a mutex until it has run once.
    fn run_connect(&mut self, call: &mut ClientCall, slot: Slot) -> Flow {
        if !self.connect.done && self.settings.listeners.asked.contains(Hook::Connect) {
            return self.run_locked(call, slot, Hook::Connect);
        }
        self.fire(call, slot, Hook::Connect)
    }

    fn fire(&mut self, call: &mut ClientCall, slot: Slot, hook: Hook) -> Flow {
        let record = &self.records[slot];
        let Some(connection) = record.connection else { return RETURN };
        let event = match hook {
            Hook::FirstConnect => Event::FirstConnect(connection, record.id),
            _ => Event::Connect(connection, record.id),
        };
        self.tell(call, hook, event)
    }

    /// Whether this client was told that it has the mutex.
    pub(super) fn has_mutex(&self, client: Client, hook: Hook) -> bool {
        let mutex = if hook == Hook::FirstConnect { &self.first_connect } else { &self.connect };
        mutex.woken == Some(client)
    }

    fn first_run(&mut self, hook: Hook) -> &mut FirstRun {
        if hook == Hook::FirstConnect { &mut self.first_connect } else { &mut self.connect }
    }

    fn run_locked(&mut self, call: &mut ClientCall, slot: Slot, hook: Hook) -> Flow {
        let client = call.client;
        let mutex = self.first_run(hook);
        if mutex.running {
            mutex.waiting.push_back(client);
            call.then(Frame::Locked(hook));
            self.clients.park(*call);
            return Flow::Stop;
        }
        mutex.running = true;
        self.got_mutex(call, slot, hook)
    }

    /// A client that waited for the mutex checks again whether `first_connect` has run meanwhile; `connect` runs for every
    /// connection.
    pub(super) fn got_mutex(&mut self, call: &mut ClientCall, slot: Slot, hook: Hook) -> Flow {
        if hook == Hook::FirstConnect && self.first_connect.done {
            return self.ran_first(hook, Ok(()));
        }
        call.then(Frame::RanFirst(hook));
        self.fire(call, slot, hook)
    }

    pub(super) fn ran_first(&mut self, hook: Hook, outcome: Outcome) -> Flow {
        let mutex = self.first_run(hook);
        mutex.done |= outcome.is_ok();
        mutex.woken = mutex.waiting.pop_front();
        match mutex.woken {
            Some(next) => self.outbox.push(Output::Do(next, Command::Wake)),
            None => mutex.running = false,
        }
        Flow::Back(outcome)
    }

    pub(super) fn first_connected(&mut self, call: &mut ClientCall, slot: Slot, outcome: Outcome) -> Flow {
        match outcome {
            Ok(()) => {
                call.then(Frame::Connected);
                self.run_connect(call, slot)
            }
            Err(exception) => self.discard(call, slot, exception),
        }
    }

    /// A listener raised: the new connection is terminated, without a `close` event.
    pub(super) fn discard(&mut self, call: &mut ClientCall, slot: Slot, exception: Exception) -> Flow {
        call.then(Frame::Discarded(exception));
        match self.records[slot].connection {
            Some(connection) => self.shut(call, connection, true),
            None => RETURN,
        }
    }

    pub(super) fn discarded(&mut self, slot: Slot, exception: Exception, outcome: Outcome) -> Flow {
        self.records[slot].connection = None;
        Flow::Back(outcome.and(Err(exception)))
    }
}
