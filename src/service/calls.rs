//! Requests that call a view: what the view wants from the pool and the database, and what it is told.

use super::failure::Failure;
use super::news::News;
use super::order::{Job, Order};
use super::request::{Request, RequestStage};
use super::service::Service;
use super::wait::Wait;
use crate::apps::{Call, CallInput, CallRequest, Phase, Raised, View};
use crate::pool::{self, Client, ConnectionId, Exception, Input};
use crate::sql::{Reply, Rows, Statement};
use crate::time::{Instant, Span};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// How many finished calls are remembered.
const REMEMBERED: usize = 200;
/// How long a line of Python takes here. In reality it takes microseconds, too quick to watch.
const LINE: Span = Span::from_millis(200);
/// How long after the end of a request the garbage collector finds the connection that the request did not return. In reality it
/// runs when enough garbage has piled up: after one or two dozen such requests, measured with Python 3.11.
const COLLECTED_AFTER: Span = Span::from_secs(10);

/// The calls of a service.
#[derive(Debug, Clone, Default)]
pub(super) struct Calls {
    running: BTreeMap<Client, Running>,
    over: VecDeque<Arc<Finished>>,
    /// Pauses that have just begun: the client, the number of its request, and how long.
    pauses: Vec<(Client, u32, Span)>,
}

#[derive(Debug, Clone)]
struct Running {
    call: Call,
    connection: Option<ConnectionId>,
    /// The rows that come with the next reply.
    rows: Rows,
    /// The statement that the driver is working on.
    statement: Option<Statement>,
    /// Whether its statement is cancelled at the end of the pause.
    cancels: bool,
    /// Whether its connection was dropped without being closed, and waits for the garbage collector.
    forgotten: bool,
    /// Whether the news has said that it runs Python code without a connection.
    computes: bool,
    /// Whether a statement has begun a transaction on its connection.
    has_begun: bool,
    /// Whether the news has said that it is idle in that transaction.
    idles: bool,
}

/// A call that is over.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The request's number.
    pub number: u32,
    /// The call at its end.
    pub call: Call,
}

impl Calls {
    /// Plans when a request that calls no view goes on: when its work outside the database is done, or the garbage collector
    /// has found its connection.
    pub fn pause_request(&mut self, client: Client, number: u32, after: Span) {
        self.pauses.push((client, number, after));
    }

    /// Pauses that began since this was last read: the client, the number of its request, and how long.
    pub fn take_pauses(&mut self) -> Vec<(Client, u32, Span)> {
        std::mem::take(&mut self.pauses)
    }
}

impl Service {
    /// Calls in progress, with the numbers of their requests, in the order of their clients.
    pub fn calls(&self) -> impl Iterator<Item = (u32, &Call)> {
        let running = self.calls.running.iter();
        running.filter_map(|(&client, running)| Some((self.number(client)?, &running.call)))
    }

    /// Calls that are over, oldest first. Only the latest are remembered.
    pub fn finished(&self) -> impl DoubleEndedIterator<Item = &Finished> {
        self.calls.over.iter().map(|call| &**call)
    }

    /// Begins the call of a request that calls a view.
    pub(crate) fn begin_call(&mut self, now: Instant, client: Client, view: View) {
        let call = Call::new(view, LINE, now);
        let rows = Rows::default();
        let running = Running {
            call,
            connection: None,
            rows,
            statement: None,
            cancels: false,
            forgotten: false,
            computes: false,
            has_begun: false,
            idles: false,
        };
        self.calls.running.insert(client, running);
        self.pause(client, LINE);
    }

    /// Resumes a request after a pause, unless its client has another request by now.
    pub(crate) fn resume(&mut self, now: Instant, client: Client, number: u32) {
        if self.number(client) != Some(number) {
            return;
        }
        let stage = self.request(client).map(|request| request.stage);
        let forgotten = match self.calls.running.get(&client) {
            Some(running) => running.forgotten,
            None => stage == Some(RequestStage::Forgotten),
        };
        match stage {
            _ if self.calls.running.get(&client).is_some_and(|running| running.cancels) => {
                let cancelled = Input::Invalidate(client, Some(Exception::Cancelled));
                self.pending.push_back((self.generation(client), cancelled));
            }
            _ if forgotten => self.pending.push_back((self.generation(client), Input::Drop(client))),
            _ if self.is_call(client) => self.go_on(now, client, CallInput::Time),
            Some(RequestStage::Outside) => self.finish_with_connection(now, client),
            Some(RequestStage::Computing) => self.end_without_connection(now, client, Ok(())),
            _ => {} // it was cancelled meanwhile
        }
        self.tell_pending(now);
    }

    /// Sets the rows that come with this client's next reply.
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

    /// The statement that the driver is working on for this client, and its connection.
    pub(crate) fn statement(&self, client: Client) -> Option<(ConnectionId, Statement)> {
        let running = self.calls.running.get(&client)?;
        running.connection.zip(running.statement)
    }

    /// A statement has been carried out, with this reply.
    pub(super) fn executed(&mut self, now: Instant, client: Client, reply: Reply) {
        let rows = match self.calls.running.get_mut(&client) {
            Some(running) => std::mem::take(&mut running.rows),
            None => return,
        };
        self.go_on(now, client, CallInput::Replied(reply, rows));
    }

    /// Whether the client has a raw driver connection, so that SQLAlchemy does not see it break.
    pub(super) fn is_raw(&self, client: Client) -> bool {
        self.calls.running.get(&client).is_some_and(|running| running.call.is_raw())
    }

    /// The call has got its connection.
    pub(super) fn connected(&mut self, now: Instant, client: Client, connection: ConnectionId) {
        if let Some(running) = self.calls.running.get_mut(&client) {
            running.connection = Some(connection);
        }
        self.go_on(now, client, CallInput::Connected);
    }

    /// The pool returned to a client without a connection: the connection was given back or lost, or the pool gave none.
    pub(super) fn disconnected(&mut self, now: Instant, client: Client, result: Result<(), pool::PoolError>) {
        let Some(request) = &mut self.requests[client.0 as usize] else { return };
        let Request { has: had, asked, outcome, spec, .. } = *request;
        request.has = false;
        request.stage = RequestStage::Computing;
        let running = self.calls.running.get_mut(&client);
        let (was_forgotten, was_cancelled) = running.map_or((false, false), |running| {
            (running.connection, running.has_begun) = (None, false);
            (std::mem::take(&mut running.forgotten), std::mem::take(&mut running.cancels))
        });
        self.idles(client, false);
        if was_forgotten {
            self.is_over_at_last(spec);
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
            _ if was_cancelled => CallInput::Cancelled,
            _ => CallInput::Returned,
        };
        if let Some(request) = &mut self.requests[client.0 as usize] {
            request.outcome = Ok(()); // from here on the call decides the outcome
        }
        self.go_on(now, client, heard);
    }

    /// Tells the call a result, and begins what it wants next.
    pub(super) fn go_on(&mut self, now: Instant, client: Client, heard: CallInput) {
        let Some(running) = self.calls.running.get_mut(&client) else { return };
        let connection = running.connection;
        running.statement = None;
        let Some(Some(Request { spec, .. })) = self.requests.get(client.0 as usize) else { return };
        let spec = *spec;
        match running.call.go_on(now, heard) {
            CallRequest::Pause(takes) => self.pause(client, takes),
            CallRequest::Checkout => self.check_out(now, client),
            CallRequest::ExecuteWithin(_, limit) if spec.takes > limit => {
                // What the server makes of a statement whose client has gone is nobody's business here: it never gets there.
                running.cancels = true;
                self.pause(client, limit);
            }
            CallRequest::Execute(statement) | CallRequest::ExecuteWithin(statement, _) => {
                if let Some(connection) = connection {
                    if let Some(running) = self.calls.running.get_mut(&client) {
                        (running.statement, running.has_begun) = (Some(statement), true);
                    }
                    self.idles(client, false);
                    let (generation, job) = (self.generation(client), Job::Execute(connection, statement, spec.takes));
                    self.orders.push_back(Order { generation, client, job });
                }
            }
            CallRequest::GiveBack { transaction_was_reset } => {
                self.idles(client, false);
                let checkin = Input::Checkin { client, transaction_was_reset };
                self.pending.push_back((self.generation(client), checkin));
            }
            CallRequest::Forget => {
                running.forgotten = true;
                self.pause(client, self.collected_after.unwrap_or(COLLECTED_AFTER));
                self.answered_early(now, spec);
            }
            CallRequest::Keep => {
                let _answered = self.finish(client);
                self.leak(now, client);
            }
            CallRequest::Over => {
                let outcome = self.finish(client);
                self.end_without_connection(now, client, outcome);
            }
        }
    }

    /// Sets the phase of a call, which the pool's commands show.
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
            (request.asked, request.generation, request.stage) = (now, generation, RequestStage::First);
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
        self.idles(client, true);
    }

    /// The call runs Python code, or no longer: within a transaction that is idle in it.
    fn idles(&mut self, client: Client, is_idle: bool) {
        let Some(running) = self.calls.running.get_mut(&client) else { return };
        let idles = is_idle && running.has_begun && running.connection.is_some();
        if std::mem::replace(&mut running.idles, idles) != idles {
            self.tell_news(News::Idles(client, idles));
        }
    }

    pub(super) fn generation(&self, client: Client) -> u32 {
        self.request(client).map_or(0, |request| request.generation)
    }

    /// Remembers a call that is over, and returns its outcome.
    fn finish(&mut self, client: Client) -> Result<(), Failure> {
        let number = self.number(client).unwrap_or_default();
        let Some(Running { call, .. }) = self.calls.running.remove(&client) else { return Ok(()) };
        let outcome = match call.response().raised {
            None => Ok(()),
            Some(Raised::Pool(error)) => Err(Failure::Pool(error)),
            Some(Raised::Lost(error) | Raised::Driver(error)) => Err(Failure::Lost(error)),
            Some(Raised::Statement(error)) => Err(Failure::Statement(error)),
            Some(Raised::Integrity { .. } | Raised::Runtime(_) | Raised::WaitedTooLong | Raised::PendingRollback) => {
                Err(Failure::Raised)
            }
        };
        self.calls.over.push_back(Arc::new(Finished { number, call }));
        if self.calls.over.len() > REMEMBERED {
            self.calls.over.pop_front();
        }
        outcome
    }
}
