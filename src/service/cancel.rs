//! Cancelling: what asyncio does to a request whose task is cancelled, and what becomes of its connection.
//!
//! In line it leaves the line. In a statement its connection is invalidated: the record goes back without one. While it works
//! outside the database it gives its connection back as always, because a session shields its `close()`.

use super::failure::Failure;
use super::order::Job;
use super::request::RequestStage;
use super::service::Service;
use crate::pool::{Answer, Client, Command, Exception, Input};
use crate::time::Instant;

impl Service {
    /// Whether the client's task can be cancelled: it still is at this request, needs one connection only, and calls no view.
    pub(crate) fn is_cancellable(&self, client: Client, number: u32) -> bool {
        self.request(client).is_some_and(|request| {
            let is_answered = matches!(request.stage, RequestStage::Leaked | RequestStage::Forgotten);
            request.number == number && !is_answered && !request.spec.nested && request.spec.view.is_none()
        })
    }

    /// The oldest request whose task can be cancelled: its number, and its client.
    pub(crate) fn oldest(&self) -> Option<(u32, Client)> {
        let clients = (0..self.requests.len() as u32).map(Client);
        let numbered = clients.filter_map(|client| Some((self.number(client)?, client)));
        numbered.filter(|&(number, client)| self.is_cancellable(client, number)).min()
    }

    /// Whether the client stands in the line of a pool, or has been woken there and does not run yet.
    pub(crate) fn is_in_line(&self, client: Client) -> bool {
        self.pools().any(|(_, pool)| pool.line().any(|other| other == client))
            || self.woken().any(|other| other == client)
    }

    /// The task of a client that is in line is cancelled.
    pub(crate) fn cancel_in_line(&mut self, now: Instant, client: Client) {
        let generation = self.generation(client);
        self.tell(now, generation, Input::Interrupt(client));
    }

    /// Whether a task that waits for this is cancelled at once. Who gives a connection back finishes that first.
    pub(crate) fn gives_way(&self, client: Client, job: Job) -> bool {
        let has = self.request(client).is_some_and(|request| request.has);
        match job {
            Job::Work(..) | Job::Execute(..) | Job::Pool(Command::Open(_) | Command::Ping(_)) => true,
            Job::Pool(Command::Close(_) | Command::Terminate(_)) => !has,
            Job::Rollback(_) | Job::Pool(Command::Reset(..) | Command::Ask(_) | Command::Wake) => false,
        }
    }

    /// Whether what a cancelled task has to give back is given back in a later turn of the event loop. `async with` closes a
    /// Connection and a Session in a task of its own, shielded from being cancelled. A connection whose statement was
    /// cancelled is not waited for: the pool has it back as soon as it is invalidated.
    pub(crate) fn closes_outside(&self, client: Client) -> bool {
        self.request(client).is_some_and(|request| request.stage == RequestStage::Outside)
            && self.closes_in_a_task(client)
    }

    /// Whether the client's `close()` runs in a task of its own.
    pub(crate) fn closes_in_a_task(&self, client: Client) -> bool {
        !self.borrows_raw(client) && self.request(client).is_some_and(|request| request.spec.view.is_none())
    }

    /// The client's task is cancelled; `withdrawn` is what it waited for, if it was for something that gives way.
    pub(crate) fn cancel(&mut self, now: Instant, client: Client, withdrawn: Option<Job>) {
        let Some(request) = self.request(client) else { return };
        let (generation, stage) = (request.generation, request.stage);
        match (withdrawn, stage) {
            (Some(Job::Work(..)), _) if self.borrows_raw(client) => {
                self.fail(client, Failure::Cancelled);
                self.give_back(client);
            }
            (Some(Job::Work(..)), _) => {
                self.fail(client, Failure::Cancelled);
                self.tell(now, generation, Input::Invalidate(client, Some(Exception::Cancelled)));
            }
            (Some(_), _) => self.tell(now, generation, Input::Answer(client, Answer::Cancelled)),
            (None, RequestStage::Computing) => self.end_without_connection(now, client, Err(Failure::Cancelled)),
            (None, RequestStage::Outside) => {
                self.fail(client, Failure::Cancelled);
                self.leave_outside(client);
                self.give_back(client);
            }
            // It gives its connection back at this moment: that it was cancelled is all that is left to say.
            (None, _) => self.fail(client, Failure::Cancelled),
        }
        self.tell_pending(now);
    }
}
