//! How many connections are needed, and why more of them can be slower.

use super::{Adjustable, Challenge, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::format::rounded;
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{Distribution, Latency, Pattern, ServerSetup, Setup, Traffic, Work};
use crate::theory::{Queue, Scalability, littles_law};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "sizing",
    title: "How many connections are enough?",
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
    prediction: Prediction {
        fact: "run.out",
        options: &["2.5..3.5", "<2.5", "<9", ">8"],
        replies: &[
            "",
            "Too low: requests come at random, not one after the other, and often several at once. On average {run.out} connections are in use.",
            "Too high: each request holds its connection for only a part of a second, so fewer are in use at once: {run.out} on average.",
            "Too high: a pool uses what its requests need at the moment, not what it has. On average that is {run.out}; the others are idle.",
        ],
    },
    board: &[9.0, 10.0, 11.4],
    others: &[],
    challenge: Challenge {
        plan: crowd,
        adjustable: &[
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolTimeout),
        ],
        goals: &[
            Goal::at_most("in-system", 25),
            Goal::at_most("p95", 5_000),
            Goal::at_most("most-open", 8),
            Goal::at_most("errors", 0),
        ],
        solution: &[("pool_size", "5")],
        ideas: &[Idea {
            needs: &[Condition::OpensAtLeast(3.0), Condition::OpensAtMost(8.0)],
            example: &[("pool_size", "5")],
            cured: "The server runs at most {most-open} statements at once, which is near its knee, and each is fast: a connection is held for {held} on average instead of {was:held}. The other requests wait where waiting costs the server nothing.",
        }],
        wrong: &[
            Wrong::new(
                &[("pool_size", "50")],
                "With more connections the server does more at once, and everything gets slower: a request now holds its connection for {held} on average; before: {was:held}. Served: {served}; before: {was:served}.",
            )
            .when(&[Goal::at_least("most-open", 21)]),
            Wrong::new(
                &[("max_overflow", "-1")],
                "Without a limit no request waits for the pool. They all wait at the server instead, which does {most-open} things at once. Served: {served}; before: {was:served}.",
            )
            .exact()
            .when(&[Goal::at_least("most-open", 12)]),
            Wrong::new(
                &[("max_overflow", "10")],
                "Overflow connections load the server too, which does up to {most-open} things at once: a request now holds its connection for {held} on average; before: {was:held}. Served: {served}; before: {was:served}.",
            )
            .when(&[Goal::at_least("most-open", 8)]),
            Wrong::new(
                &[("pool_timeout", "60")],
                "Requests wait longer, and nothing gets faster: {served} served, and {in-system} still under way at the end.",
            )
            .when(&[Goal::at_least("most-open", 20)]),
            Wrong::new(
                &[("pool_timeout", "1")],
                "In the rush requests have to wait for longer than that: {timeouts} {timeouts?request times|requests time} out.",
            )
            .when(&[Goal::at_least("timeouts", 1)]),
            Wrong::new(
                &[("pool_size", "12")],
                "The server still does up to {most-open} things at once, and they slow each other down. A request holds its connection for {held} on average; before: {was:held}. Served: {served}; before: {was:served}.",
            )
            .when(&[Goal::at_least("most-open", 6)]),
            Wrong::new(
                &[("pool_size", "2")],
                "Now each statement is fast, {held} on average, but the server could do more than {most-open} at once: {in-system} requests are under way at the end, and p95 is {p95}.",
            )
            .when(&[Goal::at_most("most-open", 5)]),
            Wrong::any(
                "Served: {served}; before: {was:served}. A connection is held for {held} on average; before: {was:held}.",
            ),
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

/// Requests a second in the run, and the mean time that a request holds its connection, in seconds.
const RATE: f64 = 6.0;
const HELD: f64 = 0.5;
/// The server of the challenge, and the mean time of a request that has it to itself.
const LAW: Scalability = Scalability { contention: 0.05, coherency: 0.04 };
const ALONE: Span = Span::from_millis(200);

fn queue(servers: u32) -> Queue {
    Queue { arrivals: RATE, service: 1.0 / HELD, servers }
}

/// The share of the time for which each of this many connections is in use.
fn used(servers: u32) -> String {
    format!("{:.0} %", 100.0 * queue(servers).utilisation())
}

/// The p95 wait, which one request in twenty exceeds, according to queueing theory.
fn p95(servers: u32) -> String {
    let wait = queue(servers).waiting().and_then(|waiting| waiting.wait_quantile(0.95));
    wait.map_or("no end".into(), |secs| rounded(Span::from_secs_f64(secs)))
}

/// How many requests a second the challenge's server completes when it runs this many at once.
fn throughput(running: u32) -> String {
    format!("{:.1}", LAW.throughput(running, 1.0 / ALONE.as_secs_f64()))
}

fn world(seed: u64, pool_size: i64, traffic: Traffic, query: Span) -> Setup {
    let ms = Span::from_millis;
    Setup {
        seed,
        settings: Settings { pool_size, max_overflow: 0, ..Settings::DEFAULT },
        traffic,
        work: Work { shape: Distribution::Exponential, ..Work::constant(query) },
        database: ServerSetup {
            latency: Latency { connect: ms(100), ping: ms(5), reset: Span::ZERO, close: ms(5) },
            ..ServerSetup::default()
        },
        ..Setup::default()
    }
}

/// Ten connections, and work for three of them on average.
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
        ..Traffic::poisson(10.0)
    };
    let mut setup = world(35, 20, rush, ALONE);
    setup.settings.pool_timeout = Some(Span::from_secs(10));
    setup.database.contention = LAW.contention;
    setup.database.coherency = LAW.coherency;
    Plan::new(setup, Span::from_secs(60))
}
