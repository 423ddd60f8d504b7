//! The live world: the application around the real pool, driving the real store, at the pace that the page sets.

use crate::apps::Application;
use crate::browser::FrameRequests;
use crate::database::{Database, DatabaseError, Driver, JobResult, Network, WorldClock};
use crate::pool::{ConnectionId, Reset};
use crate::service::{Job, News, Report, Service};
use crate::sim::{Setup, WorldAct};
use crate::sql::{Fault, Reply, Rows, Statement};
use crate::time::{Instant, Span};
use crate::travel::Travel;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// The real store behind a driven world.
#[derive(Debug)]
pub struct LiveStore {
    pace: Rc<WorldClock>,
    driver: Driver,
    /// The database of each application, or the only one there is.
    databases: Vec<(Option<Application>, Database)>,
    /// Connections whose death the world knows of.
    dead: BTreeSet<ConnectionId>,
    /// Rows of the present database, as last counted.
    rows: Rc<Cell<Option<u32>>>,
    /// Whether they are being counted, and if so whether they have changed since that began.
    counting: Rc<Cell<Option<bool>>>,
    /// What the browser last refused.
    refusal: Option<String>,
    /// A new count is shown also while the world stands.
    frames: FrameRequests,
}

impl LiveStore {
    /// A store without connections.
    pub fn new(database: Database, setup: &Setup, frames: FrameRequests) -> LiveStore {
        LiveStore::of(vec![(None, database)], setup, frames)
    }

    /// The same with a database for each application: the setup says which.
    pub fn of(databases: Vec<(Option<Application>, Database)>, setup: &Setup, frames: FrameRequests) -> LiveStore {
        let pace = Rc::new(WorldClock::default());
        let driver = Driver::new(choose(&databases, setup), pace.clone(), network(setup));
        let live = LiveStore {
            pace,
            driver,
            databases,
            dead: BTreeSet::new(),
            rows: Rc::default(),
            counting: Rc::default(),
            refusal: None,
            frames,
        };
        live.count();
        live
    }

    /// A new world begins: what was open for the one before is closed, and what it still says is not heard.
    pub fn begin(&mut self, setup: &Setup) {
        self.driver.close();
        self.pace = Rc::new(WorldClock::default());
        self.driver = Driver::new(choose(&self.databases, setup), self.pace.clone(), network(setup));
        (self.dead, self.rows, self.counting, self.refusal) = (BTreeSet::new(), Rc::default(), Rc::default(), None);
        self.count();
    }

    /// The present database.
    pub fn database(&self) -> &Database {
        self.driver.database()
    }

    /// Rows of the present database, as last counted.
    pub fn rows(&self) -> Option<u32> {
        self.rows.get()
    }

    /// Deletes all rows.
    pub fn empty(&self) {
        let (database, rows, frames) = (self.database().clone(), self.rows.clone(), self.frames.clone());
        spawn_local(async move {
            if database.empty().await.is_ok() {
                rows.set(database.rows().await.ok());
                frames.request();
            }
        });
    }

    /// Counts the rows; if they are being counted already, they are counted once more afterwards.
    fn count(&self) {
        let (database, frames) = (self.database().clone(), self.frames.clone());
        let (rows, counting) = (self.rows.clone(), self.counting.clone());
        if counting.replace(Some(true)).is_some() {
            return;
        }
        spawn_local(async move {
            while counting.take() == Some(true) {
                counting.set(Some(false));
                if let Ok(count) = database.rows().await {
                    rows.set(Some(count));
                    frames.request();
                }
            }
        });
    }

    /// The times that are added to what the browser really takes, from now on.
    pub fn set_network(&self, setup: &Setup) {
        self.driver.set_network(network(setup));
    }

    /// World time for one unit of real time; 0 while the world stands, or shows its past.
    pub fn set_speed(&self, speed: f64) {
        self.pace.set_speed(speed);
    }

    /// Closes every handle, as a restart of the database does. The pool is not told.
    pub fn restart(&self) {
        self.driver.restart();
    }

    /// Closes one handle. The pool is not told.
    pub fn kill(&self, connection: ConnectionId) {
        self.driver.kill(connection);
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
        // While the world stands, answers wait for it.
        self.go_on(travel, now, real > Span::ZERO);
    }

    /// Plays the world until `to` with what is done to it on the way, before anything is shown: on the real store, and as fast as it can. Each answer comes at the
    /// moment at which the emulated times say, however long the browser takes, so that every page opens with the same picture.
    pub async fn play_ahead(&mut self, travel: &mut Travel, acts: &[(Instant, WorldAct)], to: Instant) {
        let mut acts = acts.iter().peekable();
        loop {
            self.go_on(travel, self.pace.now(), true);
            self.pace.settled().await;
            if self.driver.has_report() {
                continue;
            }
            let act = acts.peek().map(|(at, _)| *at);
            let Some(next) = [travel.next_at(), self.pace.next_due(), act].into_iter().flatten().min() else { break };
            if next > to {
                break;
            }
            self.pace.advance_to(next);
            while let Some((_, act)) = acts.next_if(|(at, _)| *at <= next) {
                travel.play(next, &mut |_, _| {});
                let _ = travel.act(act.clone());
            }
        }
        self.pace.advance_to(to);
        self.go_on(travel, to, true);
    }

    /// Moves the world on to `now`, and tells it what the store has answered.
    fn go_on(&mut self, travel: &mut Travel, now: Instant, hears: bool) {
        let mut collected = Vec::new();
        let mut hear = |_: usize, news: News| {
            if let News::Collected(connection) = news {
                collected.push(connection);
            }
        };
        travel.play(now, &mut hear);
        while hears && let Some((generation, client, done)) = self.driver.next_report() {
            let mut found = Rows::default();
            let (report, rows) = match done {
                JobResult::Answer(answer) => {
                    // A reset may have committed what was left.
                    if travel.world().setup().settings.pool_reset_on_return == Reset::Commit {
                        self.count();
                    }
                    (Report::Answered(answer), None)
                }
                JobResult::Executed(Ok((reply, rows))) => {
                    found = rows.unwrap_or_default();
                    if reply == Reply::Done {
                        self.count();
                    }
                    (Report::Executed(reply), None)
                }
                JobResult::Visit(Ok(visit)) => (Report::Worked, Some(visit.users)),
                JobResult::Visit(Err(DatabaseError::Closed)) | JobResult::Executed(Err(DatabaseError::Closed)) => {
                    (Report::Lost(Fault::GoneAway), None)
                }
                JobResult::Visit(Err(error)) | JobResult::Executed(Err(error)) => {
                    self.refusal = Some(error.to_string());
                    (Report::Failed, None)
                }
            };
            let _ = travel.act_heard(WorldAct::Report { generation, client, report, rows, found }, &mut hear);
        }
        for connection in self.newly_dead(travel) {
            let _ = travel.act_heard(WorldAct::Ended(connection), &mut hear);
        }
        self.driver.collect(collected);
        self.obey(travel);
    }

    /// Connections that the browser has ended since the last call: another tab restarted the database, or the reader deleted the
    /// site's data.
    fn newly_dead(&mut self, travel: &Travel) -> Vec<ConnectionId> {
        let open = travel.world().services().iter().flat_map(Service::connections);
        let ended: Vec<ConnectionId> = open.filter(|id| !self.driver.is_open(*id) && !self.dead.contains(id)).collect();
        self.dead.extend(&ended);
        ended
    }

    /// The world's orders go to the store.
    pub fn obey(&self, travel: &mut Travel) {
        while let Some(order) = travel.order() {
            match order.job {
                Job::Pool(command) => self.driver.obey(order.generation, order.client, command),
                Job::Work(connection, takes) => self.driver.visit(order.generation, order.client, connection, takes),
                // Requests of a driven world commit what they write, and leave no transaction.
                Job::Rollback(_) => {}
                Job::Execute(connection, statement, takes) => {
                    let ends = matches!(statement, Statement::Commit | Statement::Rollback);
                    let takes = if ends { self.driver.network().round_trip } else { takes };
                    self.driver.execute(order.generation, order.client, connection, statement, takes);
                }
            }
        }
    }
}

/// The database of the setup's application.
fn choose(databases: &[(Option<Application>, Database)], setup: &Setup) -> Database {
    let application = setup.site.map(|site| site.view.application());
    let found = databases.iter().find(|(whose, _)| *whose == application).or(databases.first());
    found.map_or_else(Database::in_memory, |(_, database)| database.clone())
}

fn network(setup: &Setup) -> Network {
    let latency = setup.database.latency;
    Network { connect: latency.connect, round_trip: latency.reset }
}
