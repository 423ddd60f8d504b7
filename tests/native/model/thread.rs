//! A thread of Python's in a call: an `async` function that stops wherever it needs the driver.

use super::pool::Pool;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
use valet::pool::{Answer, Client, Command, Echo, Event, Exception, Hook, Level, LogLine, Output};

pub type Outcome<T = ()> = Result<T, Exception>;

/// A thread in a call.
pub struct Thread {
    pub pool: Rc<Pool>,
    pub me: Client,
}

/// What an answer makes of a call that can fail with `failed`.
pub fn raised(answer: Answer, failed: Exception) -> Outcome {
    match answer {
        Answer::Done => Ok(()),
        Answer::Gone => Err(Exception::Disconnect),
        Answer::Interrupted => Err(Exception::Interrupt),
        Answer::Cancelled => Err(Exception::Cancelled),
        _ => Err(failed),
    }
}

impl Thread {
    pub async fn answer(&self) -> Answer {
        poll_fn(|_| self.pool.answers.borrow_mut().remove(&self.me).map_or(Poll::Pending, Poll::Ready)).await
    }

    pub async fn ask(&self, command: Command) -> Answer {
        self.pool.command(self.me, command);
        self.answer().await
    }

    pub fn log(&self, line: LogLine) {
        let echo = self.pool.settings.echo_pool;
        let heard = match line.level() {
            Level::Debug => echo == Echo::Debug,
            Level::Info => echo != Echo::Off,
            Level::Warning | Level::Error => true,
        };
        if heard {
            self.pool.say(Output::Log(self.me, line));
        }
    }

    pub async fn fire(&self, hook: Hook, event: Event) -> Outcome {
        let listeners = self.pool.settings.listeners;
        if listeners.told.contains(hook) {
            self.pool.say(Output::Tell(self.me, event));
        }
        if !listeners.asked.contains(hook) {
            return Ok(());
        }
        match self.ask(Command::Ask(hook)).await {
            Answer::Gone => Err(Exception::DisconnectionError),
            Answer::AllGone => Err(Exception::InvalidatePoolError),
            answer => raised(answer, Exception::Listener(hook)),
        }
    }

    pub async fn lock(&self, hook: Hook) {
        let mutex = self.pool.mutex(hook);
        if mutex.locked.replace(true) {
            mutex.queue.borrow_mut().push_back(self.me);
            self.answer().await;
        }
    }
}
