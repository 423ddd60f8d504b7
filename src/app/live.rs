//! The live world: the application around the real pool, driving the real store, at the pace that the page sets.

use crate::database::{Database, Done, Driver, Error as StoreError, Network, Pace};
use crate::sim::{Act, Job, News, Report, Setup};
use crate::time::Span;
use crate::travel::Travel;
use std::rc::Rc;

/// The real store behind a driven world.
#[derive(Debug)]
pub struct Live {
    pace: Rc<Pace>,
    driver: Driver,
    /// What the browser last refused.
    refusal: Option<String>,
}

impl Live {
    /// A store without connections.
    pub fn new(database: Database, setup: &Setup) -> Live {
        let pace = Rc::new(Pace::default());
        let driver = Driver::new(database, pace.clone(), network(setup));
        Live { pace, driver, refusal: None }
    }

    /// The times that are added to what the browser really takes, from now on.
    pub fn set_network(&self, setup: &Setup) {
        self.driver.set_network(network(setup));
    }

    /// World time for one unit of real time; 0 while the world stands, or shows its past.
    pub fn set_speed(&self, speed: f64) {
        self.pace.set_speed(speed);
    }

    /// Every handle is closed, and nobody is told.
    pub fn restart(&self) {
        self.driver.restart();
    }

    /// Handles that are open.
    pub fn open_connections(&self) -> usize {
        self.driver.open_connections()
    }

    /// What the browser last refused, in its words.
    pub fn refusal(&self) -> Option<String> {
        self.refusal.clone().or_else(|| self.driver.last_refusal().map(|error| error.to_string()))
    }

    /// Moves the present on by `real` time: what the store has answered meanwhile is done to the world, and the world's
    /// orders go to the store.
    pub fn step(&mut self, travel: &mut Travel, real: Span) {
        let now = self.pace.advance(real);
        let mut collected = Vec::new();
        let mut hear = |_: usize, news: News| {
            if let News::Collected(connection) = news {
                collected.push(connection);
            }
        };
        travel.play(now, &mut hear);
        // While the world stands, answers wait for it.
        while real > Span::ZERO
            && let Some((generation, client, done)) = self.driver.next_report()
        {
            let (report, rows) = match done {
                Done::Answer(answer) => (Report::Answered(answer), None),
                Done::Visit(Ok(visit)) => (Report::Worked, Some(visit.users)),
                Done::Visit(Err(StoreError::Closed)) => (Report::Lost, None),
                Done::Executed(_) => continue, // these requests are visits
                Done::Visit(Err(error)) => {
                    self.refusal = Some(error.to_string());
                    (Report::Failed, None)
                }
            };
            let _ = travel.act_heard(Act::Report { generation, client, report, rows }, &mut hear);
        }
        self.driver.collect(collected);
        self.obey(travel);
    }

    /// The world's orders go to the store.
    pub fn obey(&self, travel: &mut Travel) {
        while let Some(order) = travel.order() {
            match order.job {
                Job::Pool(command) => self.driver.obey(order.generation, order.client, command),
                Job::Work(connection, takes) => self.driver.visit(order.generation, order.client, connection, takes),
            }
        }
    }
}

fn network(setup: &Setup) -> Network {
    let latency = setup.database.latency;
    Network { connect: latency.connect, round_trip: latency.reset }
}
