//! The same worlds in nexosim's own idiom: models that send each other messages and schedule events for themselves.

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::{Output, QuerySource};
use nexosim::simulation::{EventKey, Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::time::Duration;
use steady::world::{Outcome, Pauses, SERVERS, Workload};

/// A model must be able to be saved; none of these ever is.
fn unsaved() -> Pauses {
    unreachable!("nobody saves this simulation")
}

fn micros(pause: i64) -> Duration {
    Duration::from_micros(pause as u64)
}

#[derive(Serialize, Deserialize)]
struct Traffic {
    request: Output<()>,
    #[serde(skip, default = "unsaved")]
    arrivals: Pauses,
    to_come: u32,
}

#[Model]
impl Traffic {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        self.plan(cx).await;
    }

    #[nexosim(schedulable)]
    async fn arrive(&mut self, _: (), cx: &Context<Self>) {
        self.request.send(()).await;
        self.plan(cx).await;
    }

    /// Nothing can be scheduled for the present moment: who comes now is sent at once.
    async fn plan(&mut self, cx: &Context<Self>) {
        while self.to_come > 0 {
            self.to_come -= 1;
            let pause = self.arrivals.draw();
            if cx.schedule_event(micros(pause), schedulable!(Self::arrive), ()).is_ok() {
                break;
            }
            self.request.send(()).await;
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Waiter {
    came: MonotonicTime,
    end_of_patience: Option<EventKey>,
}

#[derive(Serialize, Deserialize)]
struct Servers {
    idle: usize,
    line: VecDeque<Waiter>,
    patience: Option<i64>,
    #[serde(skip, default = "unsaved")]
    work: Pauses,
    #[serde(skip)]
    outcome: Outcome,
}

#[Model]
impl Servers {
    pub async fn request(&mut self, _: (), cx: &Context<Self>) {
        if self.idle > 0 {
            self.idle -= usize::from(self.begin(0, cx));
            return;
        }
        let end_of_patience = self.patience.map(|patience| {
            cx.schedule_keyed_event(micros(patience), schedulable!(Self::give_up), ()).expect("some patience")
        });
        self.line.push_back(Waiter { came: cx.time(), end_of_patience });
    }

    #[nexosim(schedulable)]
    async fn finish(&mut self, _: (), cx: &Context<Self>) {
        while let Some(waiter) = self.line.pop_front() {
            let wait = cx.time().duration_since(waiter.came).as_micros() as i64;
            if let Some(key) = waiter.end_of_patience {
                key.cancel();
            }
            if let Some(patience) = self.patience.filter(|&patience| wait >= patience) {
                self.outcome.give_up(patience);
            } else if self.begin(wait, cx) {
                return;
            }
        }
        self.idle += 1;
    }

    #[nexosim(schedulable)]
    async fn give_up(&mut self) {
        self.line.pop_front().expect("whoever has waited longest");
        self.outcome.give_up(self.patience.expect("an end of it"));
    }

    pub async fn outcome(&mut self) -> Outcome {
        std::mem::take(&mut self.outcome)
    }

    /// Serves one that waited so long, and says whether that takes any time.
    fn begin(&mut self, wait: i64, cx: &Context<Self>) -> bool {
        self.outcome.serve(wait);
        cx.schedule_event(micros(self.work.draw()), schedulable!(Self::finish), ()).is_ok()
    }
}

/// Plays a world on one thread: its models have nothing to do at the same time.
pub fn run(workload: &Workload, requests: u32) -> Outcome {
    let mut traffic = Traffic { request: Output::default(), arrivals: workload.arrivals(), to_come: requests };
    let servers = Servers {
        idle: SERVERS,
        line: VecDeque::new(),
        patience: workload.patience,
        work: workload.work(),
        outcome: Outcome::with_capacity(requests),
    };
    let (traffic_box, servers_box) = (Mailbox::new(), Mailbox::new());
    traffic.request.connect(Servers::request, &servers_box);
    let mut bench = SimInit::with_num_threads(1);
    let outcome = QuerySource::new().connect(Servers::outcome, &servers_box).register(&mut bench);
    let mut simulation = bench
        .add_model(traffic, traffic_box, "traffic")
        .add_model(servers, servers_box, "servers")
        .init(MonotonicTime::EPOCH)
        .expect("a simulation");
    simulation.run().expect("until nothing is scheduled");
    simulation.process_query(&outcome, ()).expect("an answer")
}
