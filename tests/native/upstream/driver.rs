//! The bench's driver: obeys the pool, in virtual time.

use super::kit::{Kit, Told, hook};
use valet::pool::{Answer, Client, Command, Event, Held, Input, Output, Pool, PoolError, Reset};
use valet::time::{Instant, Span};

/// What happens at a later moment.
#[derive(Debug, Clone, Copy)]
pub(super) enum Job {
    Answer(usize, Client, Command),
    Thread(Client),
}

impl Kit {
    pub fn sleep(&mut self, span: Span) {
        let end = self.now + span;
        while self.next_moment().is_some_and(|moment| moment <= end) {
            self.step();
        }
        self.now = end;
    }

    /// The next thing that happens. False: nothing ever will.
    pub(super) fn step(&mut self) -> bool {
        let Some(moment) = self.next_moment() else { return false };
        self.steps += 1;
        assert!(self.steps < 100_000, "it goes on for ever");
        self.now = self.now.max(moment);
        if self.jobs.first_key_value().is_some_and(|((due, _), _)| *due <= self.now) {
            match self.jobs.pop_first().expect("a job").1 {
                Job::Answer(generation, client, command) => {
                    let answer = self.obey(generation, client, command);
                    self.tell(generation, Input::Answer(client, answer));
                }
                Job::Thread(client) => self.run_thread(client),
            }
        } else if let Some(generation) = self.pools.iter().position(|p| p.next_timeout().is_some_and(|t| t <= self.now))
        {
            self.tell(generation, Input::Timeout);
        }
        true
    }

    fn next_moment(&self) -> Option<Instant> {
        let job = self.jobs.first_key_value().map(|((due, _), _)| *due);
        job.into_iter().chain(self.pools.iter().filter_map(Pool::next_timeout)).min()
    }

    pub(super) fn later(&mut self, span: Span, job: Job) {
        self.jobs_made += 1;
        self.jobs.insert((self.now + span, self.jobs_made), job);
    }

    pub(super) fn tell(&mut self, generation: usize, input: Input) {
        let mut next = Some(input);
        while let Some(input) = next.take() {
            self.pools[generation].handle(self.now, input).unwrap_or_else(|misuse| panic!("{input:?}: {misuse}"));
            while let Some(output) = self.pools[generation].poll() {
                match output {
                    Output::Tell(client, event) => self.heard(generation, client, event),
                    Output::Log(_, line) => self.log.push(line),
                    Output::Return(client, result) => self.returned(client, result),
                    Output::Do(client, command) => {
                        let takes = self.dbapi.latency(command);
                        if command == Command::Wake || takes > Span::ZERO {
                            self.later(takes, Job::Answer(generation, client, command));
                        } else {
                            next = Some(Input::Answer(client, self.obey(generation, client, command)));
                        }
                    }
                }
            }
        }
    }

    /// An event counts when its listeners are through.
    fn heard(&mut self, generation: usize, client: Client, event: Event) {
        let asked = self.pools[generation].settings().listeners.asked;
        if hook(event).is_some_and(|hook| asked.contains(hook)) {
            self.asked.insert(client, event);
        } else {
            self.story.push(Told::Event(event));
        }
    }

    fn returned(&mut self, client: Client, result: Result<Option<Held>, PoolError>) {
        self.results.insert(client, result);
        if self.threads.contains_key(&client) {
            self.later(Span::ZERO, Job::Thread(client));
        }
    }

    fn obey(&mut self, generation: usize, client: Client, command: Command) -> Answer {
        let has_terminate = self.pools[generation].settings().dialect.has_terminate;
        let call = match command {
            Command::Ping(connection) => Some((connection, "ping")),
            Command::Reset(connection, Reset::Commit) => Some((connection, "commit")),
            Command::Reset(connection, _) => Some((connection, "rollback")),
            Command::Terminate(connection) if has_terminate => Some((connection, "terminate")),
            Command::Close(connection) | Command::Terminate(connection) => Some((connection, "close")),
            Command::Open(_) | Command::Ask(_) | Command::Wake => None,
        };
        self.story.extend(call.map(|(connection, name)| Told::Call(connection, name)));
        let event = if let Command::Ask(_) = command { self.asked.remove(&client) } else { None };
        self.story.extend(event.map(Told::Event));
        let on = event.and_then(|event| if let Event::Checkout(on, _) = event { Some(on) } else { None });
        self.dbapi.obey(command, on)
    }
}
