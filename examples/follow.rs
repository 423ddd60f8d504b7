//! Measures what the picture costs: following the news, being cloned, being asked. Figures depend on the machine.
//!
//! `cargo run --release --example follow`

use std::time::{Duration, Instant as Clock};
use valet::lot::{Format, Lot, ground, standing, traffic};
use valet::pool::Settings;
use valet::sim::{Journal, Latency, ServerSetup, Setup, Traffic, Work, World};
use valet::time::{Instant, Span};

/// One situation: its name, the pool, requests a second, and how long a request works.
type Case = (&'static str, Settings, f64, Span);

fn main() {
    let pool = |pool_size, max_overflow, timeout| Settings {
        pool_size,
        max_overflow,
        pool_timeout: Some(Span::from_secs(timeout)),
        ..Settings::DEFAULT
    };
    let cases: [Case; 3] = [
        ("5+10 at 100/s, nobody waits long", pool(5, 10, 30), 100.0, Span::from_millis(100)),
        ("5+10 overloaded, 500 wait", pool(5, 10, 5), 125.0, Span::from_millis(140)),
        ("400+0 overloaded, 600 wait", pool(400, 0, 3), 200.0, Span::from_millis(4_000)),
    ];
    for case in cases {
        measure(case);
    }
}

fn measure((name, settings, rate, work): Case) {
    let ms = Span::from_millis;
    let latency = Latency { connect: ms(50), ping: ms(1), reset: ms(1), close: ms(1) };
    let mut world = World::new(Setup {
        settings,
        traffic: Traffic::poisson(rate),
        work: Work::constant(work),
        database: ServerSetup { latency, ..ServerSetup::default() },
        ..Setup::default()
    });
    let (mut lot, mut journal) = (Lot::new(Format::Wide), Journal::of_waits());
    let (warm, end) = (Instant::ZERO + Span::from_secs(40), Instant::ZERO + Span::from_secs(50));
    let (mut spent, mut events) = (Duration::ZERO, 0u32);
    while world.now() < end && world.step(&mut journal) {
        while let Some((worker, news)) = world.news() {
            let (now, service) = (world.now(), &world.services()[worker]);
            let begin = Clock::now();
            lot.watch(now, news);
            lot.settle(now, service);
            if now > warm {
                spent += begin.elapsed();
                events += 1;
            }
        }
    }
    let service = &world.services()[0];
    let waiting = service.pool().waiters();
    println!("{name} ({waiting} wait, {events} pieces of news):");
    println!("  watch + settle  {:>9.0} ns each", spent.as_nanos() as f64 / f64::from(events.max(1)));
    let per = |what: &str, mut job: Box<dyn FnMut() -> usize + '_>| {
        let begin = Clock::now();
        let sum: usize = (0..200).map(|_| job()).sum();
        println!("  {what:<15} {:>9.0} ns each ({})", begin.elapsed().as_nanos() as f64 / 200.0, sum / 200);
    };
    let mut copy = Vec::with_capacity(1);
    per(
        "clone",
        Box::new(|| {
            copy.clear();
            copy.push(std::hint::black_box(&lot).clone());
            copy.len()
        }),
    );
    let picture = lot.picture(end, service.pool(), false);
    per("picture", Box::new(|| lot.picture(end, service.pool(), false).cars.len()));
    per("traffic", Box::new(|| traffic(&picture).len()));
    per("ground", Box::new(|| ground(&picture).len()));
    per("what stands", Box::new(|| standing(&picture).len()));
}
