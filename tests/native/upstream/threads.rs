//! Threads of a test: each goes through its steps, again and again, in virtual time.

use super::driver::Job;
use super::kit::Kit;
use valet::pool::{Client, Input, PoolError};
use valet::time::{Instant, Span};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// `pool.connect()`. When it raises, the rest of the round is skipped.
    Connect,
    Sleep(Span),
    /// Writes down `pool.overflow()`.
    NoteOverflow,
    Close,
}

/// One thread, and what it met with.
pub struct Thread {
    steps: Vec<Step>,
    rounds_left: usize,
    /// The step that is next.
    at: usize,
    began: Instant,
    generation: usize,
    /// How long each successful `connect()` took, and each that raised, with its error.
    pub connected: Vec<Span>,
    pub raised: Vec<(Span, PoolError)>,
    pub overflows: Vec<i64>,
}

impl Kit {
    /// `Thread(target=..).start()`
    pub fn start(&mut self, rounds: usize, steps: &[Step]) -> Client {
        let client = self.new_client();
        let thread = Thread {
            steps: steps.to_vec(),
            rounds_left: rounds,
            at: 0,
            began: self.now,
            generation: self.current,
            connected: Vec::new(),
            raised: Vec::new(),
            overflows: Vec::new(),
        };
        self.threads.insert(client, thread);
        self.later(Span::ZERO, Job::Thread(client));
        client
    }

    /// Until all threads are through.
    pub fn join(&mut self) {
        while self.threads.values().any(|thread| thread.rounds_left > 0) {
            assert!(self.step(), "a thread waits for ever");
        }
    }

    /// How many `connect()`s of all threads succeeded.
    pub fn successes(&self) -> usize {
        self.threads.values().map(|thread| thread.connected.len()).sum()
    }

    /// Goes on with a thread up to its next pause.
    pub(super) fn run_thread(&mut self, client: Client) {
        let now = self.now;
        let result = self.results.remove(&client);
        let thread = self.threads.get_mut(&client).expect("a thread");
        match (result, thread.at.checked_sub(1).map(|done| thread.steps[done])) {
            (Some(Ok(_)), Some(Step::Connect)) => thread.connected.push(now - thread.began),
            (Some(Err(error)), Some(Step::Connect)) => {
                thread.raised.push((now - thread.began, error));
                thread.at = thread.steps.len();
            }
            (Some(Err(error)), step) => panic!("{step:?}: {error}"),
            _ => {}
        }
        if thread.at == thread.steps.len() {
            thread.at = 0;
            thread.rounds_left -= 1;
            if thread.rounds_left == 0 {
                return;
            }
        }
        let step = thread.steps[thread.at];
        let generation = thread.generation;
        thread.at += 1;
        thread.began = now;
        match step {
            Step::Connect => self.tell(generation, Input::Checkout(client)),
            Step::Close => self.tell(generation, Input::Checkin { client, transaction_was_reset: false }),
            Step::Sleep(span) => self.later(span, Job::Thread(client)),
            Step::NoteOverflow => {
                let overflow = self.generation(generation).overflow();
                self.threads.get_mut(&client).expect("a thread").overflows.push(overflow);
                self.later(Span::ZERO, Job::Thread(client));
            }
        }
    }
}
