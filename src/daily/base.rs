//! A day on which nothing happens: an application, its pool and its server, all well.

use super::chance::Chance;
use super::suspect::Measures;
use crate::clinic::Cause;
use crate::lesson::{Goal, Plan};
use crate::pool::Settings;
use crate::sim::{Latency, Pattern, ServerSetup, Setup, Traffic, Visitors, Work};
use crate::sql::Vendor;
use crate::time::{Instant, Span};

/// What an outage looks like at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symptom {
    /// Requests time out while they wait for a connection.
    TimesOut,
    /// Requests get a connection that is dead.
    LosesConnections,
    /// The server refuses connections.
    IsRefused,
}

impl Symptom {
    /// The symptom that a cause of an outage has.
    pub(super) const fn of(cause: Cause) -> Symptom {
        match cause {
            Cause::IdleLimit | Cause::Firewall | Cause::Restart | Cause::Failover => Symptom::LosesConnections,
            Cause::TooManyWorkers | Cause::EnginePerRequest => Symptom::IsRefused,
            _ => Symptom::TimesOut,
        }
    }

    /// The causes that look alike at first.
    pub(super) const fn causes(self) -> &'static [Cause] {
        match self {
            Symptom::TimesOut => {
                &[Cause::Leak, Cause::HeldAcrossSlowWork, Cause::TooSmall, Cause::ServerSlow, Cause::NestedCheckout]
            }
            Symptom::LosesConnections => {
                &[Cause::IdleLimit, Cause::Firewall, Cause::Restart, Cause::Failover, Cause::Leak]
            }
            Symptom::IsRefused => &[
                Cause::TooManyWorkers,
                Cause::EnginePerRequest,
                Cause::ServerSlow,
                Cause::NestedCheckout,
                Cause::HeldAcrossSlowWork,
            ],
        }
    }
}

/// A good day: the world, what it has to achieve, and what may not be broken.
#[derive(Debug, Clone)]
pub(super) struct Base {
    pub plan: Plan,
    pub cures: Vec<Goal>,
    pub bounds: Vec<Goal>,
    pub measures: Measures,
}

impl Base {
    /// A good day for an outage that will have this cause.
    pub fn draw(cause: Cause, chance: &mut Chance) -> Base {
        match Symptom::of(cause) {
            Symptom::TimesOut => steady(cause == Cause::TooSmall, chance),
            Symptom::LosesConnections => with_pauses(chance),
            Symptom::IsRefused => crowded(chance),
        }
    }
}

fn setup(seed: u64, settings: Settings, takes: i64, vendor: Vendor) -> Setup {
    let ms = Span::from_millis;
    Setup {
        seed,
        settings: Settings { pool_pre_ping: false, pool_recycle: Span::from_secs(-1), ..settings },
        work: Work::constant(ms(takes)),
        visitors: Visitors { gives_up: None, retries: 0, retry_after: Span::from_secs(1) },
        database: ServerSetup {
            latency: Latency { connect: ms(60), ping: ms(3), reset: ms(3), close: ms(3) },
            vendor,
            ..ServerSetup::default()
        },
        ..Setup::default()
    }
}

const VENDORS: [Vendor; 2] = [Vendor::Postgresql, Vendor::Mysql];

/// So many requests a second, in tenths.
fn tenths(rate: f64) -> f64 {
    (rate * 10.0).round() / 10.0
}

/// One process, at random moments, less than half of what its pool can serve. `has_room`: the pool may grow to almost twice its
/// size; otherwise by two connections.
fn steady(has_room: bool, chance: &mut Chance) -> Base {
    let (size, overflow, timeout) = (chance.whole(3, 5), chance.whole(1, 3), chance.whole(2, 4));
    let takes = 20 * chance.whole(9, 17);
    let limit = (size + overflow) as f64;
    let most = if has_room { 2 * (size + overflow) - 1 } else { size + overflow + 2 };
    let settings = Settings {
        pool_size: size,
        max_overflow: overflow,
        pool_timeout: Some(Span::from_secs(timeout)),
        ..Settings::DEFAULT
    };
    let seed = chance.next() >> 32;
    let mut setup = setup(seed, settings, takes, chance.one_of(&VENDORS));
    setup.traffic = Traffic::poisson(tenths(chance.between(0.36, 0.44) * limit * 1_000.0 / takes as f64));
    let measures = Measures { limit, gap: 0.0, calm: Default::default(), workers: 1 };
    Base {
        plan: Plan::new(setup, Span::from_secs(48)),
        cures: vec![Goal::at_most("errors", 0)],
        bounds: vec![Goal::at_most("p95", 300), Goal::at_most("most-open", most)],
        measures,
    }
}

/// A few processes; three busy stretches, and a quiet one before each but the first.
fn with_pauses(chance: &mut Chance) -> Base {
    let (workers, size, overflow) = (chance.whole(3, 4), chance.whole(2, 3), chance.whole(0, 2));
    let (gap, busy) = (chance.whole(32, 48), 12);
    let takes = 20 * chance.whole(3, 6);
    let settings = Settings {
        pool_size: size,
        max_overflow: overflow,
        pool_timeout: Some(Span::from_secs(10)),
        ..Settings::DEFAULT
    };
    let seed = chance.next() >> 32;
    let mut setup = setup(seed, settings, takes, chance.one_of(&VENDORS));
    setup.workers = workers as usize;
    setup.database.tcp_timeout = Span::from_secs(chance.whole(6, 9));
    setup.database.outage = Span::from_millis(20);
    let begins = [2, 2 + busy + gap, 2 + 2 * (busy + gap)];
    let rate = 2 + workers;
    let list = begins.into_iter().flat_map(|begin| {
        let at = move |place: i64| begin * 1_000 + place * 1_000 / rate + place * 37 % 90;
        (0..busy * rate).map(at)
    });
    let list: Vec<Instant> = list.map(|at| Instant::ZERO + Span::from_millis(at)).collect();
    setup.traffic = Traffic { pattern: Pattern::List, list: list.clone().into(), ..Traffic::poisson(0.0) };
    let measures = Measures {
        limit: (size + overflow) as f64,
        gap: gap as f64,
        calm: [1, 2].map(|stretch| calm_moments(&list, begins[stretch], takes)),
        workers: workers as usize,
    };
    Base {
        plan: Plan::new(setup, Span::from_secs(begins[2] + busy + 10)),
        cures: vec![Goal::at_most("errors", 0)],
        bounds: vec![Goal::at_most("longest", 1_500), Goal::at_most("opened", workers * (size + overflow) * 3 + 3)],
        measures,
    }
}

/// Several processes before a server that takes little more than all of them may open, and a rush each day.
fn crowded(chance: &mut Chance) -> Base {
    let (workers, size, overflow) = (chance.whole(3, 4), chance.whole(3, 4), chance.whole(2, 3));
    let takes = 20 * chance.whole(10, 14);
    let most = workers * (size + overflow);
    // One process more would not be too many; twice as many are.
    let server = most + size + overflow + chance.whole(1, 3);
    let settings = Settings {
        pool_size: size,
        max_overflow: overflow,
        pool_timeout: Some(Span::from_secs(10)),
        ..Settings::DEFAULT
    };
    let seed = chance.next() >> 32;
    let mut setup = setup(seed, settings, takes, chance.one_of(&VENDORS));
    setup.workers = workers as usize;
    setup.database.max_connections = u32::try_from(server).ok();
    let rate = tenths(0.3 * most as f64 * 1_000.0 / takes as f64);
    setup.traffic = Traffic {
        pattern: Pattern::Spike,
        factor: 5.0,
        from: chance.span(12.0, 18.0),
        lasts: Span::from_secs(3),
        ..Traffic::poisson(rate)
    };
    let measures =
        Measures { limit: (size + overflow) as f64, gap: 0.0, calm: Default::default(), workers: workers as usize };
    Base {
        plan: Plan::new(setup, Span::from_secs(40)),
        cures: vec![Goal::at_most("errors", 0)],
        bounds: vec![Goal::at_most("p95", 2_500), Goal::at_most("most-open", server)],
        measures,
    }
}

/// Moments in the first seconds of a busy stretch at which no request is under way, and none comes at once.
fn calm_moments(list: &[Instant], begin: i64, takes: i64) -> Vec<Span> {
    let from = Instant::ZERO + Span::from_millis(begin * 1_000 + 1_500);
    let until = from + Span::from_secs(6);
    let needed = Span::from_millis(takes + 90);
    let calm = list.windows(2).filter(|pair| pair[0] >= from && pair[1] <= until && pair[1] - pair[0] > needed);
    calm.map(|pair| pair[0] - Instant::ZERO + Span::from_millis(takes + 30)).collect()
}
