//! The live world: the application around the real pool, driving the real store, at the pace that the page sets.

use super::controls::Controls;
use super::figures::{Figures, Trouble};
use crate::database::{Database, Done, Driver, Error as StoreError, Network, Pace};
use crate::lot::{Format, Lot, Picture};
use crate::pool::{Client, Error, Settings};
use crate::sim::{Failure, Job, News, Report, Service, Traffic};
use crate::time::{Instant, Span};
use std::collections::VecDeque;
use std::rc::Rc;

/// What the page can do to the world.
#[derive(Debug, Clone, Copy)]
pub enum Act {
    /// A new engine with these settings.
    Swap(Settings),
    /// So many requests a second from now on.
    Rate(f64),
    /// These emulated times from now on.
    Network(Network),
    /// World time for one unit of real time; 0 stands still.
    Speed(f64),
    /// Every connection is cut.
    Restart,
}

/// With so many requests on their way nobody else turns in, or a pool that never times out would fill the memory.
const CROWD: usize = 2_000;
/// How many troubles are shown.
const TROUBLES: usize = 2;
/// The seed of the arrivals: soon after the start some have to wait.
const SEED: u64 = 0;

/// The world. Owned by the frame loop.
#[derive(Debug)]
pub struct Live {
    pace: Rc<Pace>,
    driver: Driver,
    service: Service,
    lot: Lot,
    traffic: Traffic,
    /// The number of each client's present request.
    numbers: Vec<u32>,
    rows: Option<u32>,
    /// What the browser last refused.
    refusal: Option<String>,
    turned_away: u64,
    troubles: VecDeque<Trouble>,
}

impl Live {
    /// A world at its beginning, as `controls` say.
    pub fn new(database: Database, controls: &Controls) -> Live {
        use leptos::prelude::GetUntracked;
        let pace = Rc::new(Pace::default());
        pace.set_speed(controls.pace());
        Live {
            driver: Driver::new(database, pace.clone(), controls.network()),
            pace,
            service: Service::new(controls.settings.get_untracked()),
            lot: Lot::new(Format::Wide),
            traffic: Traffic::new(SEED, controls.rate.get_untracked()),
            numbers: Vec::new(),
            rows: None,
            refusal: None,
            turned_away: 0,
            troubles: VecDeque::new(),
        }
    }

    /// Carries out what a person did.
    pub fn act(&mut self, act: Act) {
        let now = self.pace.now();
        match act {
            Act::Swap(settings) => self.service.swap(now, settings),
            Act::Rate(rate) => self.traffic.set_rate(now, rate),
            Act::Network(network) => self.driver.set_network(network),
            Act::Speed(speed) => self.pace.set_speed(speed),
            Act::Restart => {
                self.driver.restart();
                let driver = &self.driver;
                self.lot.cut(|connection| !driver.is_open(connection));
            }
        }
        self.pass_on(now);
    }

    /// Moves the world on by `real` time.
    pub fn step(&mut self, real: Span) {
        let now = self.pace.advance(real);
        while let Some(at) = [self.service.next_timeout(), self.traffic.peek()].into_iter().flatten().min()
            && at <= now
        {
            if self.service.next_timeout() == Some(at) {
                self.service.timeout(at);
            } else {
                self.arrive(at);
            }
            self.pass_on(at);
        }
        // While the world stands, answers wait for it.
        while real > Span::ZERO
            && let Some((generation, client, done)) = self.driver.next_report()
        {
            let report = self.report(done);
            self.service.report(now, generation, client, report);
            self.pass_on(now);
        }
        self.lot.settle(now, &self.service);
    }

    /// The picture of this moment; with `still`, nothing is on its way in it.
    pub fn picture(&self, still: bool) -> Picture {
        self.lot.picture(self.pace.now(), self.service.pool(), still)
    }

    /// Sets the picture's format.
    pub fn set_format(&mut self, format: Format) {
        self.lot.set_format(self.pace.now(), format, &self.service);
    }

    /// The figures of this moment.
    pub fn figures(&self) -> Figures {
        let tally = self.service.tally();
        Figures {
            status: self.service.pool().status(),
            served: tally.served,
            waiting: self.service.pools().map(|(_, pool)| pool.waiters()).sum(),
            timeouts: tally.timeouts,
            failed: tally.failed,
            rows: self.rows,
            open: self.driver.open_connections(),
            opened: tally.opened,
            turned_away: self.turned_away,
            stranded: self.service.stranded(),
            refusal: self.refusal.clone().or_else(|| self.driver.last_refusal().map(|error| error.to_string())),
            troubles: self.troubles.iter().cloned().collect(),
        }
    }

    fn arrive(&mut self, at: Instant) {
        self.traffic.next_until(at);
        if self.service.in_system() < CROWD {
            self.service.arrive(at);
        } else {
            self.turned_away += 1;
        }
    }

    fn report(&mut self, done: Done) -> Report {
        match done {
            Done::Answer(answer) => Report::Answered(answer),
            Done::Visit(Ok(visit)) => {
                self.rows = Some(visit.users);
                Report::Worked
            }
            Done::Visit(Err(StoreError::Closed)) => Report::Lost,
            Done::Visit(Err(error)) => {
                self.refusal = Some(error.to_string());
                Report::Failed
            }
        }
    }

    /// Hands orders to the driver and news to the lot.
    fn pass_on(&mut self, now: Instant) {
        while let Some(order) = self.service.poll() {
            match order.job {
                Job::Pool(command) => self.driver.obey(order.generation, order.client, command),
                Job::Work(connection) => self.driver.visit(order.generation, order.client, connection),
            }
        }
        while let Some(news) = self.service.news() {
            match news {
                News::Arrived(client, number) => self.number(client, number),
                News::Left(client, Err(failure)) => self.remember(client, failure),
                News::Collected(connection) => self.driver.collect([connection]),
                News::Left(_, Ok(())) | News::Pool(..) | News::Swapped(_) => {}
            }
            self.lot.watch(now, news);
        }
    }

    fn number(&mut self, client: Client, number: u32) {
        let index = client.0 as usize;
        if index >= self.numbers.len() {
            self.numbers.resize(index + 1, 0);
        }
        self.numbers[index] = number;
    }

    fn remember(&mut self, client: Client, failure: Failure) {
        let class = match failure {
            Failure::Pool(Error::Timeout { .. }) => "sqlalchemy.exc.TimeoutError",
            Failure::Pool(_) | Failure::Statement | Failure::Lost => "sqlalchemy.exc.OperationalError",
        };
        self.troubles.truncate(TROUBLES - 1);
        self.troubles.push_front(Trouble { car: self.numbers[client.0 as usize], text: format!("{class}: {failure}") });
    }
}
