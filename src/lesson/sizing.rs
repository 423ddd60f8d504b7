//! How many connections are needed, and why more of them can be slower.

use super::{Adjustable, Challenge, Goal, Lesson, Plan, Prediction, Wrong};
use crate::format::rounded;
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{Database, Latency, Pattern, Setup, Shape, Traffic, Work};
use crate::theory::{Queue, Scalability, littles_law};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "sizing",
    title: "How many are enough",
    subject: "Little’s law, and the knee",
    plan: run,
    knobs: &[
        SettingId::PoolSize,
        SettingId::MaxOverflow,
        SettingId::Rate,
        SettingId::QueryMs,
        SettingId::Work,
        SettingId::Contention,
        SettingId::Coherency,
    ],
    acts: &[],
    speed: 1.0,
    prediction: Prediction { fact: "run.out", options: &[">9", "5..7", "2..4", "<1.5"] },
    board: &[9.0, 10.0, 11.4],
    others: &[],
    challenge: Challenge {
        plan: crowd,
        adjustable: &[
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolTimeout),
        ],
        goals: &[Goal::at_least("served", 550), Goal::at_most("p95", 1_000), Goal::at_most("errors", 0)],
        solution: &[("pool_size", "5")],
        wrong: &[
            Wrong {
                changes: &[("pool_size", "50")],
                says: "More connections, and the server is at more things at once: a request now holds its connection for {held} on average, and for {was:held} before. {served} are served; before, {was:served}.",
            },
            Wrong {
                changes: &[("max_overflow", "10")],
                says: "Extra connections are connections too. A request now holds one for {held} on average, and for {was:held} before. {served} are served; before, {was:served}.",
            },
            Wrong {
                changes: &[("max_overflow", "-1")],
                says: "Without a limit nobody waits at the pool. They wait at the server instead, which is at {most-open} things at once. {served} are served; before, {was:served}.",
            },
            Wrong {
                changes: &[("pool_timeout", "60")],
                says: "They wait longer, and nothing goes faster: {served} served, and {waiting} in line at the end.",
            },
        ],
        still: 33.0,
    },
    extra: &[
        ("rush", || rounded(crowd().setup.traffic.from)),
        ("little", || littles_law(RATE, HELD).to_string()),
        ("used-3", || used(3)),
        ("used-4", || used(4)),
        ("used-5", || used(5)),
        ("used-6", || used(6)),
        ("used-8", || used(8)),
        ("p95-4", || p95(4)),
        ("p95-5", || p95(5)),
        ("p95-6", || p95(6)),
        ("p95-8", || p95(8)),
        ("knee", || LAW.knee().map_or(String::new(), |knee| format!("{knee:.1}"))),
        ("throughput-2", || throughput(2)),
        ("throughput-5", || throughput(5)),
        ("throughput-20", || throughput(20)),
        ("throughput-50", || throughput(50)),
    ],
};

/// Requests a second in the run, and how long each holds its connection, in seconds.
const RATE: f64 = 6.0;
const HELD: f64 = 0.5;
/// The server of the challenge, and the time of a request there that is alone.
const LAW: Scalability = Scalability { contention: 0.05, coherency: 0.04 };
const ALONE: Span = Span::from_millis(200);

fn queue(servers: u32) -> Queue {
    Queue { arrivals: RATE, service: 1.0 / HELD, servers }
}

/// How much of the time each of so many connections is in use.
fn used(servers: u32) -> String {
    format!("{:.0} %", 100.0 * queue(servers).utilisation())
}

/// What theory says of the wait that one in twenty exceeds.
fn p95(servers: u32) -> String {
    let wait = queue(servers).waiting().and_then(|waiting| waiting.wait_quantile(0.95));
    wait.map_or("no end".into(), |secs| rounded(Span::from_secs_f64(secs)))
}

/// Requests a second of the challenge's server when it is at so many at once.
fn throughput(running: u32) -> String {
    format!("{:.1}", LAW.throughput(running, 1.0 / ALONE.as_secs_f64()))
}

fn world(seed: u64, pool_size: i64, traffic: Traffic, query: Span) -> Setup {
    let ms = Span::from_millis;
    Setup {
        seed,
        settings: Settings { pool_size, max_overflow: 0, ..Settings::DEFAULT },
        traffic,
        work: Work { shape: Shape::Exponential, ..Work::constant(query) },
        database: Database {
            latency: Latency { connect: ms(100), ping: ms(5), reset: Span::ZERO, close: ms(5) },
            ..Database::default()
        },
        ..Setup::default()
    }
}

/// Ten connections, and work for three of them.
fn run() -> Plan {
    Plan::new(world(43, 10, Traffic::poisson(RATE), Span::from_secs_f64(HELD)), Span::from_secs(60))
}

/// Twenty connections to a server that is fastest with five, and a short rush.
fn crowd() -> Plan {
    let rush = Traffic {
        pattern: Pattern::Spike,
        factor: 2.5,
        from: Span::from_secs(10),
        lasts: Span::from_secs(3),
        ..Traffic::poisson(9.0)
    };
    let mut setup = world(35, 20, rush, ALONE);
    setup.settings.pool_timeout = Some(Span::from_secs(10));
    setup.database.contention = LAW.contention;
    setup.database.coherency = LAW.coherency;
    Plan::new(setup, Span::from_secs(60))
}
