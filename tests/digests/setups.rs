//! The worlds, and the numbers that came of them.

use super::{Digests, Story, at};
use valet::pool::{Class, Reset, Settings};
use valet::service::{Borrow, RequestSpec};
use valet::sim::{Distribution, Latency, Pattern, ServerSetup, Setup, Traffic, Visitors, Work, WorldAct};
use valet::time::Span;

const fn millis(millis: i64) -> Span {
    Span::from_millis(millis)
}

fn traffic(pattern: Pattern, rate: f64) -> Traffic {
    Traffic { pattern, ..Traffic::poisson(rate) }
}

fn work(shape: Distribution, mean: i64) -> Work {
    Work { shape, ..Work::constant(millis(mean)) }
}

/// All latencies are different.
const FAR: Latency = Latency { connect: millis(21), ping: millis(2), reset: millis(3), close: millis(5) };

/// A change to `setup` at a moment.
fn change(millis: i64, setup: Setup) -> (valet::time::Instant, WorldAct) {
    (at(millis), WorldAct::Change(Box::new(setup)))
}

pub fn stories() -> Vec<Story> {
    vec![busy(), overload(), bursts(), spike(), ramp(), day(), none(), endless(), constant(), tour(), deadlock()]
}

/// What the benches play: no latency, a line most of the time.
fn busy() -> Story {
    let setup = Setup {
        traffic: Traffic::poisson(270.0),
        work: work(Distribution::Exponential, 50),
        settings: Settings { pool_timeout: None, ..Settings::default() },
        ..Setup::default()
    };
    let expected = Digests { news: 0x291c_bc60_b6ac_70ee, journal: 0x2427_065d_f096_511e, pieces: 282_947 };
    Story { name: "busy", setup, acts: vec![], end: at(120_000), expected }
}

/// More than can be served: time-outs, visitors that go away and come again.
fn overload() -> Story {
    let setup = Setup {
        seed: 2,
        traffic: Traffic::poisson(330.0),
        work: work(Distribution::Exponential, 50),
        visitors: Visitors { gives_up: Some(millis(1_500)), retries: 2, retry_after: millis(700) },
        settings: Settings { pool_timeout: Some(millis(2_000)), ..Settings::default() },
        ..Setup::default()
    };
    let expected = Digests { news: 0x3566_6e12_fabb_45bb, journal: 0xfa4b_a0ef_2d64_c0fe, pieces: 306_150 };
    Story { name: "overload", setup, acts: vec![], end: at(60_000), expected }
}

/// Two workers; second connections, leaks and slow reports; old and unused connections.
fn bursts() -> Story {
    let setup = Setup {
        seed: 3,
        workers: 2,
        traffic: Traffic { every: Span::from_secs(15), ..traffic(Pattern::Bursts, 12.0) },
        work: Work {
            slow_share: 0.01,
            slow: Span::from_secs(4),
            nested_share: 0.2,
            leak_share: 0.002,
            ..work(Distribution::Lognormal, 80)
        },
        settings: Settings {
            pool_timeout: Some(millis(3_000)),
            pool_recycle: Span::from_secs(9),
            ..Settings::default()
        },
        database: ServerSetup { latency: FAR, wait_timeout: Some(Span::from_secs(8)), ..ServerSetup::default() },
        ..Setup::default()
    };
    let expected = Digests { news: 0xb181_a4f8_6f41_d36e, journal: 0x328a_12ba_f840_7af9, pieces: 36_188 };
    Story { name: "bursts", setup, acts: vec![], end: at(300_000), expected }
}

/// Three workers with pre-ping; the server restarts, has few connections, and hides behind a firewall.
fn spike() -> Story {
    let setup = Setup {
        borrow: Borrow::Begin,
        site: None,
        seed: 4,
        workers: 3,
        traffic: Traffic { factor: 6.0, ..traffic(Pattern::Spike, 60.0) },
        work: work(Distribution::Exponential, 90),
        wake: Span::ZERO,
        collected_after: None,
        threads: None,
        cancel_after: None,
        visitors: Visitors { gives_up: Some(millis(4_000)), retries: 1, retry_after: millis(2_000) },
        settings: Settings { pool_pre_ping: true, pool_timeout: Some(millis(5_000)), ..Settings::default() },
        database: ServerSetup {
            latency: FAR,
            max_connections: Some(40),
            firewall: Some(Span::from_secs(6)),
            tcp_timeout: Span::from_secs(4),
            outage: millis(1_700),
            ..ServerSetup::default()
        },
    };
    let acts = vec![
        (at(10_000), WorldAct::Restart),
        (at(23_000), WorldAct::Restart),
        (at(60_000), WorldAct::Failover),
        (at(61_000), WorldAct::Cut),
    ];
    let expected = Digests { news: 0x33f9_68bb_be06_ffd1, journal: 0xfb04_00a4_881d_9a68, pieces: 101_677 };
    Story { name: "spike", setup, acts, end: at(150_000), expected }
}

/// Last in, first out; every trouble, and no pre-ping.
fn ramp() -> Story {
    let setup = Setup {
        seed: 5,
        traffic: Traffic { lasts: Span::from_secs(40), ..traffic(Pattern::Ramp, 30.0) },
        work: Work { nested_share: 0.05, leak_share: 0.001, ..work(Distribution::Exponential, 60) },
        settings: Settings {
            pool_use_lifo: true,
            pool_size: 8,
            max_overflow: 2,
            pool_timeout: Some(millis(2_500)),
            pool_reset_on_return: Reset::Commit,
            ..Settings::default()
        },
        database: ServerSetup {
            latency: Latency { reset: Span::ZERO, ..FAR },
            firewall: Some(Span::from_secs(5)),
            wait_timeout: Some(Span::from_secs(9)),
            tcp_timeout: millis(2_900),
            ..ServerSetup::default()
        },
        ..Setup::default()
    };
    let visit = RequestSpec { takes: millis(500), nested: true, leaks: true, ..RequestSpec::default() };
    let acts = vec![
        (at(8_000), WorldAct::Failover),
        (at(30_000), WorldAct::Cut),
        (at(30_000), WorldAct::Arrive(visit)),
        (at(45_000), WorldAct::Restart),
        (at(46_000), WorldAct::Failover),
        (at(70_000), WorldAct::Arrive(visit)),
    ];
    let expected = Digests { news: 0x1dd1_f18e_e7bc_c7ab, journal: 0x0971_7a7a_90c4_4563, pieces: 75_707 };
    Story { name: "ramp", setup, acts, end: at(150_000), expected }
}

/// Tasks instead of threads; statements in each other's way; other settings in the middle of it, twice at once.
fn day() -> Story {
    let setup = Setup {
        seed: 6,
        traffic: Traffic { every: Span::from_secs(50), ..traffic(Pattern::Day, 110.0) },
        work: work(Distribution::Lognormal, 40),
        settings: Settings {
            class: Class::AsyncAdaptedQueuePool,
            pool_timeout: Some(millis(900)),
            ..Settings::default()
        },
        database: ServerSetup {
            latency: Latency { connect: millis(15), ..Latency::default() },
            contention: 0.03,
            coherency: 0.002,
            ..ServerSetup::default()
        },
        ..Setup::default()
    };
    let small = Settings { pool_size: 3, max_overflow: 1, ..setup.settings };
    let slow = ServerSetup { slowness: 2.5, contention: 0.1, latency: FAR, ..setup.database };
    let acts = vec![
        change(24_000, Setup { settings: small, ..setup.clone() }),
        change(24_001, Setup { settings: Settings { pool_pre_ping: true, ..small }, ..setup.clone() }),
        change(60_000, Setup { database: slow, ..setup.clone() }),
        change(75_000, Setup { workers: 4, visitors: Visitors { retries: 3, ..setup.visitors }, ..setup.clone() }),
        change(110_000, Setup { workers: 2, ..setup.clone() }),
    ];
    let expected = Digests { news: 0x51de_ee26_7af0_e274, journal: 0x742f_fa4a_c2ff_099c, pieces: 167_997 };
    Story { name: "day", setup, acts, end: at(180_000), expected }
}

/// No pool at all, and a server with few connections.
fn none() -> Story {
    let setup = Setup {
        seed: 7,
        traffic: Traffic::poisson(150.0),
        work: work(Distribution::Exponential, 70),
        visitors: Visitors { gives_up: None, retries: 1, retry_after: millis(300) },
        settings: Settings { class: Class::NullPool, ..Settings::default() },
        database: ServerSetup { latency: FAR, max_connections: Some(20), ..ServerSetup::default() },
        ..Setup::default()
    };
    let acts = vec![(at(20_000), WorldAct::Restart), (at(40_000), WorldAct::Cut)];
    let expected = Digests { news: 0x8c04_8b18_3d2e_e632, journal: 0x96d8_5d37_2d1d_96a0, pieces: 105_981 };
    Story { name: "none", setup, acts, end: at(60_000), expected }
}

/// A pool without a limit, at a server that gets slower the more it does.
fn endless() -> Story {
    let setup = Setup {
        seed: 8,
        traffic: Traffic { factor: 4.0, ..traffic(Pattern::Spike, 100.0) },
        work: work(Distribution::Exponential, 50),
        settings: Settings { max_overflow: -1, pool_reset_on_return: Reset::None, ..Settings::default() },
        database: ServerSetup {
            latency: Latency { connect: millis(10), ..Latency::default() },
            contention: 0.01,
            coherency: 0.000_1,
            ..ServerSetup::default()
        },
        ..Setup::default()
    };
    let acts = vec![(at(50_000), WorldAct::Restart)];
    let expected = Digests { news: 0xda7b_5372_1795_e0a3, journal: 0xd845_b918_a4c6_5429, pieces: 54_669 };
    Story { name: "endless", setup, acts, end: at(60_000), expected }
}

/// Equal steps and equal work: everything happens at the same moments. Time-outs at the moment of a return.
fn constant() -> Story {
    let setup = Setup {
        seed: 9,
        traffic: traffic(Pattern::Constant, 120.0),
        work: work(Distribution::Constant, 50),
        visitors: Visitors { gives_up: Some(millis(50)), retries: 1, retry_after: millis(100) },
        settings: Settings { pool_size: 4, max_overflow: 1, pool_timeout: Some(millis(100)), ..Settings::default() },
        ..Setup::default()
    };
    let list = (0..400).map(|number| at(30_000 + number / 8 * 50)).collect();
    let listed = Traffic { list, ..traffic(Pattern::List, 0.0) };
    let tasks = Settings { class: Class::AsyncAdaptedQueuePool, ..setup.settings };
    let acts = vec![
        change(30_000, Setup { traffic: listed.clone(), ..setup.clone() }),
        change(40_000, Setup { settings: tasks, ..setup.clone() }),
        change(50_000, Setup { settings: Settings { pool_timeout: Some(Span::ZERO), ..tasks }, ..setup.clone() }),
    ];
    let expected = Digests { news: 0xcf19_f48c_93ce_d3c3, journal: 0x1a30_2374_55bd_2fe8, pieces: 87_279 };
    Story { name: "constant", setup, acts, end: at(60_000), expected }
}

/// All classes in turn, with requests in hand and in line.
fn tour() -> Story {
    let setup = Setup {
        seed: 10,
        workers: 2,
        traffic: Traffic::poisson(140.0),
        work: Work { nested_share: 0.1, leak_share: 0.001, ..work(Distribution::Exponential, 100) },
        settings: Settings { pool_size: 4, max_overflow: 4, pool_timeout: Some(millis(1_000)), ..Settings::default() },
        database: ServerSetup { latency: FAR, ..ServerSetup::default() },
        ..Setup::default()
    };
    let turn = |(number, class): (i64, Class)| {
        let settings = Settings { class, pool_pre_ping: number % 2 == 0, ..setup.settings };
        change(8_000 * (number + 1), Setup { settings, ..setup.clone() })
    };
    let acts = (0..).zip(Class::ALL.into_iter().chain(Class::ALL.into_iter().rev())).map(turn).collect();
    let expected = Digests { news: 0x15a3_5ad5_b616_9587, journal: 0x8257_a904_3fb0_39aa, pieces: 139_120 };
    Story { name: "tour", setup, acts, end: at(110_000), expected }
}

/// Many want a second connection, and nobody's time is ever up: the line fills the place, and no other pool helps.
fn deadlock() -> Story {
    let setup = Setup {
        seed: 11,
        traffic: Traffic::poisson(90.0),
        work: Work { nested_share: 0.5, ..work(Distribution::Exponential, 100) },
        settings: Settings { pool_timeout: None, ..Settings::default() },
        ..Setup::default()
    };
    let wider = Settings { pool_size: 60, max_overflow: 0, pool_timeout: Some(millis(600)), ..setup.settings };
    let acts = vec![change(60_000, Setup { settings: wider, ..setup.clone() })];
    let expected = Digests { news: 0x10c6_7d66_f640_41c4, journal: 0x4ce7_9346_3a16_07df, pieces: 6_906 };
    Story { name: "deadlock", setup, acts, end: at(90_000), expected }
}
