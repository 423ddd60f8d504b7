//! The reference: its clients, and what each input does.

use super::pool::Pool;
use super::proxy::Fairy;
use super::thread::Thread;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use valet::pool::{Answer, Client, Command, Exception, Held, Hook, Input, MisuseError, Output, PoolError, Settings};
use valet::time::Instant;

/// A call on its way, which ends with what the client then holds.
type Running = Pin<Box<dyn Future<Output = Option<Rc<Fairy>>>>>;

enum State {
    Outside(Option<Rc<Fairy>>),
    Inside(Running),
}

/// The pool and its clients.
pub struct Reference {
    pub pool: Rc<Pool>,
    clients: BTreeMap<Client, State>,
}

impl Reference {
    pub fn new(settings: Settings) -> Reference {
        Reference { pool: Rc::new(Pool::new(settings)), clients: BTreeMap::new() }
    }

    /// What the client holds, and whether it is outside at all.
    pub fn outside(&self, client: Client) -> Option<Option<Held>> {
        match self.clients.get(&client) {
            Some(State::Inside(_)) => None,
            Some(State::Outside(held)) => Some(held.as_ref().map(|fairy| fairy.held())),
            None => Some(None),
        }
    }

    fn held(&self, client: Client) -> Result<&Rc<Fairy>, MisuseError> {
        match self.clients.get(&client) {
            Some(State::Inside(_)) => Err(MisuseError::Busy),
            Some(State::Outside(Some(fairy))) => Ok(fairy),
            _ => Err(MisuseError::Empty),
        }
    }

    /// `starttime` of the record of what the client holds.
    pub fn opened_at(&self, client: Client) -> Option<Instant> {
        match self.held(client) {
            Ok(fairy) => fairy.record.borrow().as_ref().map(|record| record.starttime.get()),
            Err(_) => None,
        }
    }

    pub fn is_unused(&self) -> bool {
        self.clients.values().all(|state| matches!(state, State::Outside(None)))
    }

    pub fn has_only_waiters(&self) -> bool {
        let asleep = |client: &Client| self.pool.sleeping.borrow().iter().any(|(other, _)| other == client);
        self.clients.iter().all(|(client, state)| matches!(state, State::Outside(None)) || asleep(client))
    }

    /// What the pool should say to this input.
    pub fn handle(&mut self, input: Input) -> Result<Vec<Output>, MisuseError> {
        self.act(input)?;
        Ok(self.pool.said.take())
    }

    fn act(&mut self, input: Input) -> Result<(), MisuseError> {
        let pool = self.pool.clone();
        match input {
            Input::Timeout => {
                let due = pool.next_timeout().filter(|end| *end <= pool.now.get());
                let first =
                    due.and_then(|due| pool.sleeping.borrow().iter().find(|(_, end)| *end == Some(due)).copied());
                if let Some((client, _)) = first {
                    pool.wake(client);
                }
                return Ok(());
            }
            Input::Mark(starttime) => {
                pool.mark(starttime);
                return Ok(());
            }
            Input::Interrupt(client) => {
                if !pool.waiting.borrow().contains(&client) {
                    return Err(MisuseError::NotWaiting);
                }
                pool.interrupted.borrow_mut().insert(client);
                pool.wake(client);
                return Ok(());
            }
            Input::Answer(client, answer) => {
                let command = pool.commands.borrow().get(&client).copied().ok_or(MisuseError::Unasked)?;
                if !may_answer(command, answer) {
                    return Err(MisuseError::Unasked);
                }
                pool.commands.borrow_mut().remove(&client);
                pool.answers.borrow_mut().insert(client, answer);
                self.run(client);
                return Ok(());
            }
            Input::Checkout(client) => match self.held(client) {
                Ok(_) => return Err(MisuseError::Holding),
                Err(MisuseError::Busy) => return Err(MisuseError::Busy),
                Err(_) => {}
            },
            Input::Dispose(client) => {
                self.outside(client).ok_or(MisuseError::Busy)?;
            }
            Input::Finalizer(client, _) => {
                self.held(client)?.record.borrow().as_ref().ok_or(MisuseError::Detached)?;
            }
            _ => {
                self.held(client_of(input))?;
            }
        }
        let me = client_of(input);
        let held = match self.clients.remove(&me) {
            Some(State::Outside(held)) => held,
            _ => None,
        };
        let call = call(Thread { pool, me }, input, held);
        self.clients.insert(me, State::Inside(Box::pin(call)));
        self.run(me);
        Ok(())
    }

    /// Lets the client run until it needs the driver or is through.
    fn run(&mut self, client: Client) {
        if let Some(State::Inside(running)) = self.clients.get_mut(&client)
            && let Poll::Ready(held) = running.as_mut().poll(&mut Context::from_waker(Waker::noop()))
        {
            self.clients.insert(client, State::Outside(held));
        }
    }
}

/// A client's call from beginning to end.
async fn call(thread: Thread, input: Input, held: Option<Rc<Fairy>>) -> Option<Rc<Fairy>> {
    let (result, held) = match (input, held) {
        (Input::Checkout(_), _) => match thread.connect().await {
            Ok(fairy) => (Ok(()), Some(fairy)),
            Err(error) => (Err(error), None),
        },
        (Input::Dispose(_), held) => (thread.dispose().await.map_err(PoolError::Raised), held),
        (input, Some(fairy)) => {
            let keeps = matches!(input, Input::SoftInvalidate(..) | Input::Detach(_) | Input::Finalizer(..));
            let outcome = work(&thread, input, &fairy).await;
            let held = match keeps {
                true => Some(fairy),
                false => {
                    thread.lose(fairy).await;
                    None
                }
            };
            (outcome.map_err(PoolError::Raised), held)
        }
        (input, None) => unreachable!("{input:?}"),
    };
    let result = result.map(|()| held.as_ref().map(|fairy| fairy.held()));
    thread.pool.say(Output::Return(thread.me, result));
    held
}

/// What a client does with its proxy.
async fn work(thread: &Thread, input: Input, fairy: &Rc<Fairy>) -> Result<(), Exception> {
    match input {
        Input::Checkin { transaction_was_reset, .. } => thread.close(fairy, transaction_was_reset).await,
        Input::Drop(_) => Ok(()),
        Input::Invalidate(_, reason) => thread.invalidate(fairy, reason).await,
        Input::SoftInvalidate(_, reason) => thread.soft_invalidate(fairy, reason).await,
        Input::Detach(_) => thread.detach(fairy).await,
        Input::Finalizer(_, number) => {
            let record = fairy.record.borrow();
            record.as_ref().expect("not detached").finalize_callback.borrow_mut().push(number);
            Ok(())
        }
        other => unreachable!("{other:?}"),
    }
}

fn client_of(input: Input) -> Client {
    match input {
        Input::Checkout(client)
        | Input::Checkin { client, .. }
        | Input::Drop(client)
        | Input::Invalidate(client, _)
        | Input::SoftInvalidate(client, _)
        | Input::Finalizer(client, _)
        | Input::Interrupt(client)
        | Input::Detach(client)
        | Input::Dispose(client)
        | Input::Answer(client, _) => client,
        Input::Mark(_) | Input::Timeout => unreachable!("nobody's"),
    }
}

/// Which answers the documentation of the commands allows; whatever can be interrupted can be cancelled.
pub fn may_answer(command: Command, answer: Answer) -> bool {
    match answer {
        Answer::Opened(_) => matches!(command, Command::Open(_)),
        Answer::Done => !matches!(command, Command::Open(_)),
        Answer::Failed | Answer::Interrupted | Answer::Cancelled => command != Command::Wake,
        Answer::Gone => {
            matches!(command, Command::Ping(_) | Command::Reset(..) | Command::Ask(Hook::Checkout))
        }
        Answer::AllGone => command == Command::Ask(Hook::Checkout),
    }
}
