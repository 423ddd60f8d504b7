//! The application: requests that need a connection, and the engine that holds the pool.

use crate::pool::{Answer, Client, Command, ConnectionId, Error, Input, Output, Pool, Settings};
use crate::time::Instant;
use std::collections::VecDeque;

/// The client in whose name the engine is disposed of.
const ENGINE: Client = Client(0);

/// Work for the driver, on behalf of a client of one generation of the pool. It owes one [`Report`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Which pool asks: 0 for the first, one more after each swap.
    pub generation: u32,
    /// In whose name.
    pub client: Client,
    /// What to do.
    pub job: Job,
}

/// What a driver can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Something the pool needs. Report: `Answered`.
    Pool(Command),
    /// The request's own statements on this connection. Report: `Worked` or `Lost`.
    Work(ConnectionId),
}

/// What came of a [`Job`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// The pool's command was carried out.
    Answered(Answer),
    /// The statements succeeded.
    Worked,
    /// The statements failed, but the connection lives.
    Failed,
    /// The connection turned out to be gone.
    Lost,
}

/// What a spectator may want to know, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// A request came and was given this number (from 1) and this client.
    Arrived(Client, u32),
    /// The pool of this generation said something.
    Pool(u32, Output),
    /// The request is over, well or not.
    Left(Client, Result<(), Failure>),
    /// A pool of the next generation took over.
    Swapped(u32),
    /// A replaced pool has nothing out any more and is forgotten, and so is this connection of it: nobody will close it
    /// but the driver, as a DBAPI does when its connection is garbage collected.
    Collected(ConnectionId),
}

/// Why a request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It got no connection.
    #[error(transparent)]
    Pool(#[from] Error),
    /// Its statements failed.
    #[error("the statement failed")]
    Statement,
    /// Its connection was gone when it used it.
    #[error("server closed the connection")]
    Lost,
}

/// What has been counted since the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Requests that came.
    pub arrived: u64,
    /// Requests that ended well.
    pub served: u64,
    /// Requests that waited for a connection in vain.
    pub timeouts: u64,
    /// Requests that failed otherwise: no connection could be opened, or it was gone.
    pub failed: u64,
    /// Connections opened.
    pub opened: u64,
}

#[derive(Debug, Clone, Copy)]
struct Request {
    generation: u32,
    /// What its statements came to, once it has made them.
    outcome: Result<(), Failure>,
}

/// Requests and the engine. Tell it what happens, then read its [orders](Service::poll) and its [news](Service::news).
#[derive(Debug)]
pub struct Service {
    /// Replaced pools that still have something out or somebody in line, by generation, and last the current one.
    pools: Vec<(u32, Pool)>,
    /// The settings of the next pool, while the current one is being disposed of.
    next_settings: Option<Settings>,
    disposing: bool,
    requests: Vec<Option<Request>>,
    free: Vec<Client>,
    tally: Tally,
    orders: VecDeque<Order>,
    news: VecDeque<News>,
}

impl Service {
    /// An application whose engine has these settings.
    pub fn new(settings: Settings) -> Service {
        Service {
            pools: vec![(0, Pool::new(settings))],
            next_settings: None,
            disposing: false,
            requests: vec![None],
            free: Vec::new(),
            tally: Tally::default(),
            orders: VecDeque::new(),
            news: VecDeque::new(),
        }
    }

    /// The pool that new requests use.
    pub fn pool(&self) -> &Pool {
        &self.pools[self.pools.len() - 1].1
    }

    /// All pools that matter still, oldest first, with their generation.
    pub fn pools(&self) -> impl Iterator<Item = (u32, &Pool)> {
        self.pools.iter().map(|(generation, pool)| (*generation, pool))
    }

    /// Requests that will never be served: they wait for ever at a replaced pool that has nothing out. SQLAlchemy strands
    /// them just so when `pool_timeout` is `None`: what came free was not returned, and newcomers go to the new pool.
    pub fn stranded(&self) -> usize {
        let replaced = &self.pools[..self.pools.len() - 1];
        let hopeless = replaced.iter().filter(|(_, pool)| pool.timeout().is_none() && pool.has_only_waiters());
        hopeless.map(|(_, pool)| pool.waiters()).sum()
    }

    /// What has been counted.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Requests that are on their way: waiting, working or giving back.
    pub fn in_system(&self) -> usize {
        self.requests.iter().flatten().count()
    }

    /// A request comes.
    pub fn arrive(&mut self, now: Instant) {
        self.tally.arrived += 1;
        let client = self.free.pop().unwrap_or_else(|| {
            self.requests.push(None);
            Client((self.requests.len() - 1) as u32)
        });
        let generation = self.newest();
        self.requests[client.0 as usize] = Some(Request { generation, outcome: Ok(()) });
        self.news.push_back(News::Arrived(client, self.tally.arrived as u32));
        self.tell(now, generation, Input::Checkout(client));
    }

    /// Puts a new engine in place of this one, as `Engine.dispose()` does: idle connections are closed, then a new pool
    /// takes over; connections that are out return to the old pool. Asked again meanwhile, the last settings count.
    pub fn swap(&mut self, now: Instant, settings: Settings) {
        self.next_settings = Some(settings);
        if !self.disposing {
            self.disposing = true;
            self.tell(now, self.newest(), Input::Dispose(ENGINE));
        }
    }

    /// Whether the engine is closing its idle connections before a [swap](Service::swap).
    pub fn is_disposing(&self) -> bool {
        self.disposing
    }

    /// The driver's report on an order.
    pub fn report(&mut self, now: Instant, generation: u32, client: Client, report: Report) {
        match report {
            Report::Answered(answer) => self.tell(now, generation, Input::Answer(client, answer)),
            Report::Worked => self.tell(now, generation, Input::Checkin { client, transaction_was_reset: false }),
            Report::Failed => {
                self.fail(generation, client, Failure::Statement);
                self.tell(now, generation, Input::Checkin { client, transaction_was_reset: false });
            }
            Report::Lost => {
                self.fail(generation, client, Failure::Lost);
                self.tell(now, generation, Input::Disconnected(client));
            }
        }
    }

    /// When to call [`Service::timeout`], if nothing happens before.
    pub fn next_timeout(&self) -> Option<Instant> {
        self.pools.iter().filter_map(|(_, pool)| pool.next_timeout()).min()
    }

    /// Wakes everybody whose time is up.
    pub fn timeout(&mut self, now: Instant) {
        loop {
            let is_due = |pool: &Pool| pool.next_timeout().is_some_and(|at| at <= now);
            let due = self.pools().find(|(_, pool)| is_due(pool)).map(|(generation, _)| generation);
            let Some(generation) = due else { return };
            self.tell(now, generation, Input::Timeout);
        }
    }

    /// The next order, oldest first.
    pub fn poll(&mut self) -> Option<Order> {
        self.orders.pop_front()
    }

    /// The next piece of news, oldest first.
    pub fn news(&mut self) -> Option<News> {
        self.news.pop_front()
    }

    fn newest(&self) -> u32 {
        self.pools[self.pools.len() - 1].0
    }

    fn fail(&mut self, generation: u32, client: Client, failure: Failure) {
        if let Some(request) = &mut self.requests[client.0 as usize]
            && request.generation == generation
        {
            request.outcome = Err(failure);
        }
    }

    fn pool_of(&mut self, generation: u32) -> Option<&mut Pool> {
        self.pools.iter_mut().find(|(other, _)| *other == generation).map(|(_, pool)| pool)
    }

    /// Passes `input` to a pool and acts on what it says. Clients that are woken run at once, in their order.
    fn tell(&mut self, now: Instant, generation: u32, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let Some(pool) = self.pool_of(generation) else { return };
            if let Err(misuse) = pool.handle(now, input) {
                debug_assert!(false, "{input:?}: {misuse}");
                continue;
            }
            while let Some(output) = self.pool_of(generation).and_then(Pool::poll) {
                self.news.push_back(News::Pool(generation, output));
                match output {
                    Output::Do(client, Command::Wake) => inputs.push_back(Input::Answer(client, Answer::Done)),
                    Output::Do(client, command) => {
                        self.orders.push_back(Order { generation, client, job: Job::Pool(command) });
                    }
                    Output::Tell(_, crate::pool::Event::Connect(..)) => self.tally.opened += 1,
                    Output::Tell(..) | Output::Log(..) => {}
                    Output::Return(ENGINE, _) => self.take_over(),
                    Output::Return(client, Ok(Some(held))) => {
                        self.orders.push_back(Order { generation, client, job: Job::Work(held.connection) });
                    }
                    Output::Return(client, result) => self.leave(client, result.map(drop)),
                }
            }
        }
        self.forget();
    }

    fn leave(&mut self, client: Client, result: Result<(), Error>) {
        let Some(request) = self.requests[client.0 as usize].take() else { return };
        let outcome = result.map_err(Failure::Pool).and(request.outcome);
        match outcome {
            Ok(()) => self.tally.served += 1,
            Err(Failure::Pool(Error::Timeout { .. })) => self.tally.timeouts += 1,
            Err(_) => self.tally.failed += 1,
        }
        self.news.push_back(News::Left(client, outcome));
        self.free.push(client);
    }

    fn take_over(&mut self) {
        self.disposing = false;
        let settings = self.next_settings.take().unwrap_or(*self.pool().settings());
        self.pools.push((self.newest() + 1, Pool::new(settings)));
        self.news.push_back(News::Swapped(self.newest()));
    }

    /// Replaced pools go once nothing of theirs is out.
    fn forget(&mut self) {
        if self.pools.len() == 1 {
            return;
        }
        let newest = self.newest();
        let news = &mut self.news;
        self.pools.retain(|(generation, pool)| {
            let keep = *generation == newest || !pool.is_unused();
            if !keep {
                news.extend(pool.idle().filter_map(|(_, connection)| connection).map(News::Collected));
            }
            keep
        });
    }
}
