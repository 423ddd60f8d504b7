//! Requests that call a view: what the view wants of pool and database, and what it hears.

use super::failure::Failure;
use super::news::News;
use super::order::{Job, Order};
use super::request::{Request, Stage};
use super::service::Service;
use super::wait::Wait;
use crate::apps::flask::View;
use crate::apps::{Call, CallInput, CallRequest, Phase, Raised};
use crate::pool::{self, Client, ConnectionId, Input};
use crate::sql::{Reply, Rows, Statement};
use crate::time::{Instant, Span};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// So many calls are remembered that are over.
const REMEMBERED: usize = 200;
/// A line of Python takes so long here: in truth it is microseconds, too quick to watch.
const LINE: Span = Span::from_millis(200);
/// When the garbage collector comes by after the end of a request that forgot its connection. In truth when enough garbage has
/// piled up: after one or two dozen such requests, measured with Python 3.11.
const COLLECTED_AFTER: Span = Span::from_secs(10);

/// The calls of a service.
#[derive(Debug, Clone, Default)]
pub(super) struct Calls {
    running: BTreeMap<Client, Running>,
    over: VecDeque<Arc<Finished>>,
    /// Pauses that begin: whose, and how long.
    pauses: Vec<(Client, u32, Span)>,
}

#[derive(Debug, Clone)]
struct Running {
    call: Call,
    connection: Option<ConnectionId>,
    /// The rows that come with the next reply.
    rows: Rows,
    /// The statement that the driver is at.
    statement: Option<Statement>,
    /// Its connection is forgotten, and the garbage collector is on its way.
    forgotten: bool,
    /// Everybody knows that it is in Python without a connection.
    computes: bool,
}

/// A call that is over.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The request's number.
    pub number: u32,
    /// What became of it.
    pub call: Call,
}

impl Calls {
    /// The garbage collector will come by after so long for the connection of a request that calls no view.
    pub fn pause_until_collected(&mut self, client: Client, number: u32, after: Span) {
        self.pauses.push((client, number, after));
    }

    /// Pauses that began since the last call: whose, its number, and how long.
    pub fn take_pauses(&mut self) -> Vec<(Client, u32, Span)> {
        std::mem::take(&mut self.pauses)
    }
}

impl Service {
    /// Calls that are going on, with their numbers, in order of their clients.
    pub fn calls(&self) -> impl Iterator<Item = (u32, &Call)> {
        let running = self.calls.running.iter();
        running.filter_map(|(&client, running)| Some((self.number(client)?, &running.call)))
    }

    /// Calls that are over, oldest first; not all of them, only the last.
    pub fn finished(&self) -> impl DoubleEndedIterator<Item = &Finished> {
        self.calls.over.iter().map(|call| &**call)
    }

    /// A request is there that calls a view.
    pub(crate) fn begin_call(&mut self, now: Instant, client: Client, view: View) {
        let call = Call::new(view, LINE, now);
        let rows = Rows::default();
        let running = Running { call, connection: None, rows, statement: None, forgotten: false, computes: false };
        self.calls.running.insert(client, running);
        self.pause(client, LINE);
    }

    /// The pause of a call is over, if it is still that one.
    pub(crate) fn resume(&mut self, now: Instant, client: Client, number: u32) {
        if self.number(client) != Some(number) {
            return;
        }
        let forgotten = match self.calls.running.get(&client) {
            Some(running) => running.forgotten,
            None => self.request(client).is_some_and(|request| request.stage == Stage::Forgotten),
        };
        if forgotten {
            self.pending.push_back((self.generation(client), Input::Drop(client)));
        } else {
            self.go_on(now, client, CallInput::Time);
        }
        self.tell_pending(now);
    }

    /// The rows that come with this client's next reply.
    pub(crate) fn bring(&mut self, client: Client, rows: Rows) {
        if let Some(running) = self.calls.running.get_mut(&client) {
            running.rows = rows;
        }
    }

    /// Whether the client's request calls a view.
    #[inline]
    pub(super) fn is_call(&self, client: Client) -> bool {
        self.request(client).is_some_and(|request| request.spec.view.is_some())
    }

    /// The statement that the driver is at for this client.
    pub(crate) fn statement(&self, client: Client) -> Option<(ConnectionId, Statement)> {
        let running = self.calls.running.get(&client)?;
        running.connection.zip(running.statement)
    }

    /// A statement is carried out.
    pub(super) fn executed(&mut self, now: Instant, client: Client, reply: Reply) {
        let rows = match self.calls.running.get_mut(&client) {
            Some(running) => std::mem::take(&mut running.rows),
            None => return,
        };
        self.go_on(now, client, CallInput::Replied(reply, rows));
    }

    /// Whether SQLAlchemy sees the client's connection break.
    pub(super) fn is_raw(&self, client: Client) -> bool {
        self.calls.running.get(&client).is_some_and(|running| running.call.is_raw())
    }

    /// The call has its connection.
    pub(super) fn connected(&mut self, now: Instant, client: Client, connection: ConnectionId) {
        if let Some(running) = self.calls.running.get_mut(&client) {
            running.connection = Some(connection);
        }
        self.go_on(now, client, CallInput::Connected);
    }

    /// A call of the pool's returned without a connection: there is none any more, or none to be had.
    pub(super) fn disconnected(&mut self, now: Instant, client: Client, result: Result<(), pool::PoolError>) {
        let Some(request) = &mut self.requests[client.0 as usize] else { return };
        let Request { has: had, asked, outcome, .. } = *request;
        request.has = false;
        request.stage = Stage::Computing;
        if let Some(running) = self.calls.running.get_mut(&client) {
            (running.connection, running.forgotten) = (None, false);
        }
        if had {
            self.count_holding(now, false);
        } else {
            self.count_asking(now, false);
            self.waits.push(Wait::new(now - asked, true));
        }
        let heard = match (result, outcome) {
            (Err(error), _) if !had => CallInput::Refused(self.connect_error(client, error)),
            (_, Err(Failure::Lost(error))) => CallInput::Lost(error),
            _ => CallInput::Returned,
        };
        if let Some(request) = &mut self.requests[client.0 as usize] {
            request.outcome = Ok(()); // what is left of it is the call's to say
        }
        self.go_on(now, client, heard);
    }

    /// The call hears something, and what it wants next is begun.
    pub(super) fn go_on(&mut self, now: Instant, client: Client, heard: CallInput) {
        let Some(running) = self.calls.running.get_mut(&client) else { return };
        let connection = running.connection;
        running.statement = None;
        match running.call.go_on(now, heard) {
            CallRequest::Pause(takes) => self.pause(client, takes),
            CallRequest::Checkout => self.check_out(now, client),
            CallRequest::Execute(statement) => {
                let takes = self.request(client).map_or(Span::ZERO, |request| request.spec.takes);
                if let Some(connection) = connection {
                    if let Some(running) = self.calls.running.get_mut(&client) {
                        running.statement = Some(statement);
                    }
                    let (generation, job) = (self.generation(client), Job::Execute(connection, statement, takes));
                    self.orders.push_back(Order { generation, client, job });
                }
            }
            CallRequest::GiveBack { transaction_was_reset } => {
                let checkin = Input::Checkin { client, transaction_was_reset };
                self.pending.push_back((self.generation(client), checkin));
            }
            CallRequest::Forget => {
                running.forgotten = true;
                self.pause(client, self.collected_after.unwrap_or(COLLECTED_AFTER));
            }
            CallRequest::Keep => {
                let _answered = self.finish(client);
                self.leak(client);
            }
            CallRequest::Over => {
                let outcome = self.finish(client);
                self.call_is_over(client, outcome);
            }
        }
    }

    /// The phase that a call is in, as the pool's commands tell.
    pub(super) fn turn(&mut self, now: Instant, client: Client, phase: Phase) {
        if let Some(running) = self.calls.running.get_mut(&client) {
            running.call.turn(now, phase);
        }
    }

    fn check_out(&mut self, now: Instant, client: Client) {
        let generation = self.newest();
        if let Some(running) = self.calls.running.get_mut(&client) {
            running.computes = false;
        }
        if let Some(request) = &mut self.requests[client.0 as usize] {
            (request.asked, request.generation, request.stage) = (now, generation, Stage::First);
        }
        self.count_asking(now, true);
        self.tell_news(News::Asks(client));
        self.pending.push_back((generation, Input::Checkout(client)));
    }

    fn pause(&mut self, client: Client, takes: Span) {
        let (Some(number), Some(running)) = (self.number(client), self.calls.running.get_mut(&client)) else { return };
        self.calls.pauses.push((client, number, takes));
        let computes = running.connection.is_none();
        if std::mem::replace(&mut running.computes, computes) != computes && computes {
            self.tell_news(News::Computes(client));
        }
    }

    fn generation(&self, client: Client) -> u32 {
        self.request(client).map_or(0, |request| request.generation)
    }

    /// It is remembered, and what it came to.
    fn finish(&mut self, client: Client) -> Result<(), Failure> {
        let number = self.number(client).unwrap_or_default();
        let Some(Running { call, .. }) = self.calls.running.remove(&client) else { return Ok(()) };
        let outcome = match call.response().raised {
            None => Ok(()),
            Some(Raised::Pool(error)) => Err(Failure::Pool(error)),
            Some(Raised::Lost(error) | Raised::Driver(error)) => Err(Failure::Lost(error)),
            Some(Raised::Statement(error)) => Err(Failure::Statement(error)),
            Some(Raised::Integrity { .. } | Raised::Runtime(_)) => Err(Failure::Raised),
        };
        self.calls.over.push_back(Arc::new(Finished { number, call }));
        if self.calls.over.len() > REMEMBERED {
            self.calls.over.pop_front();
        }
        outcome
    }
}
