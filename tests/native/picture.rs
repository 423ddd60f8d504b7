//! The picture shows what the pool is, and nothing else.

use super::invariants::{act, heed, watch};
use proptest::prelude::*;
use std::collections::BTreeSet;
use valet::lot::{Format, Lot, Mood, Phase, ground, svg, traffic};
use valet::pool::{Pool, Settings};
use valet::sim::{Act, Database, Latency, Service, Setup, Traffic, Work, World};
use valet::still;
use valet::time::{Instant, Span};

const LATENCY: Latency = Latency {
    connect: Span::from_millis(200),
    ping: Span::from_millis(10),
    reset: Span::from_millis(10),
    close: Span::from_millis(10),
};

fn setup(settings: Settings, rate: f64) -> Setup {
    Setup {
        settings,
        traffic: Traffic::poisson(rate),
        work: Work::constant(Span::from_millis(900)),
        database: Database { latency: LATENCY, outage: Span::ZERO, ..Database::default() },
        ..Setup::default()
    }
}

fn agrees(lot: &Lot, now: Instant, service: &Service) {
    let pool = service.pool();
    let picture = lot.picture(now, pool, false);
    let connections = |pools: &mut dyn Iterator<Item = &Pool>| -> BTreeSet<_> {
        pools.flat_map(|pool| pool.records().filter_map(|(_, connection)| connection).collect::<Vec<_>>()).collect()
    };
    let bays: BTreeSet<_> = picture
        .bays
        .iter()
        .filter(|bay| bay.phase != Phase::Gone && bay.phase != Phase::Building)
        .filter_map(|bay| bay.connection)
        .collect();
    let open = connections(&mut service.pools().map(|(_, pool)| pool));
    assert!(bays == open, "bays {bays:?} of connections {open:?}");
    let spots: BTreeSet<_> = picture.bays.iter().filter(|bay| bay.phase != Phase::Gone).map(|bay| bay.spot).collect();
    let standing = picture.bays.iter().filter(|bay| bay.phase != Phase::Gone).count();
    assert_eq!(spots.len(), standing, "one bay a place");
    let over = pool.overflow().max(0) as usize;
    let current = picture.bays.iter().filter(|bay| !bay.spot.old && bay.phase != Phase::Gone).count();
    assert_eq!(
        picture.bays.iter().filter(|bay| bay.cones).count(),
        over.min(current),
        "as many cones as the pool is over"
    );
    assert!(picture.bays.iter().all(|bay| !bay.cracked || bay.connection.is_some()), "bare ground does not crack");
    assert_eq!(picture.hanging as i64, pool.checkedin(), "a key an idle record");
    let keys: Vec<_> = picture.keys.iter().take(picture.hanging).map(|key| key.connection).collect();
    let queue: Vec<_> = pool.idle().map(|(_, connection)| connection).collect();
    assert_eq!(keys, queue, "keys hang in queue order");
    let waiting = service.pools().map(|(_, pool)| pool.waiters()).sum::<usize>();
    let at_kerb = picture.cars.iter().filter(|car| matches!(car.mood, Mood::Waiting(_))).count();
    assert!(at_kerb <= waiting, "{at_kerb} at the kerb, {waiting} wait");
    assert_eq!(picture.waiting, waiting, "the words count all pools' lines");
    let here = picture.cars.iter().filter(|car| matches!(car.mood, Mood::Calm | Mood::Waiting(_))).count();
    assert_eq!(here, service.tally().in_system as usize, "a car a request");
}

/// No shape lies nowhere.
fn drawable(lot: &Lot, now: Instant, service: &Service) {
    let picture = lot.picture(now, service.pool(), false);
    for shape in ground(&picture).iter().chain(&traffic(&picture)) {
        let text = format!("{shape:?}");
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shows_what_the_pool_is(
        size in 0i64..9, more in -1i64..5, timeout in 0i64..4, recycle in -1i64..4, lifo: bool, seed: u64,
        rate in 1.0..20.0f64, tall: bool, act_at in 0i64..12_000, restart: bool
    ) {
        let settings = Settings {
            pool_size: size,
            max_overflow: more,
            pool_timeout: Some(Span::from_secs(timeout)),
            pool_recycle: Span::from_secs(recycle),
            pool_use_lifo: lifo,
            ..Settings::default()
        };
        let mut world = World::new(Setup { seed, ..setup(settings, rate) });
        let mut lot = Lot::new(if tall { Format::Tall } else { Format::Wide });
        let mut acted = false;
        for step in 1..400 {
            let until = Instant::ZERO + Span::from_millis(step * 33);
            watch(&mut world, until, |at, _, _, news| lot.watch(at, news));
            let now = until;
            if !acted && now - Instant::ZERO > Span::from_millis(act_at) {
                acted = true;
                let swap = Settings { pool_size: 9 - size, ..settings };
                act(&mut world, if restart { Act::Restart } else { Act::Change(Box::new(setup(swap, rate))) });
                heed(&mut world, &mut |at, _, _, news| lot.watch(at, news));
            }
            let service = &world.services()[0];
            lot.settle(now, service);
            agrees(&lot, now, service);
            if step % 40 == 0 {
                drawable(&lot, now, service);
            }
        }
    }
}

#[test]
fn an_hour_of_traffic_leaves_nothing_behind() {
    let settings =
        Settings { pool_size: 3, max_overflow: 2, pool_timeout: Some(Span::from_secs(2)), ..Settings::default() };
    let mut world = World::new(Setup { seed: 5, ..setup(settings, 6.0) });
    let mut lot = Lot::new(Format::Wide);
    let mut most = 0;
    for minute in 1..=60 {
        let until = Instant::ZERO + Span::from_secs(minute * 60);
        watch(&mut world, until, |at, world, _, news| {
            lot.watch(at, news);
            lot.settle(at, &world.services()[0]);
        });
        let (now, service) = (until, &world.services()[0]);
        lot.settle(now, service);
        let picture = lot.picture(now, service.pool(), false);
        most = most.max(picture.cars.len());
        assert!(picture.bays.len() <= 5 && picture.cars.len() < 60, "minute {minute}: {} cars", picture.cars.len());
    }
    let tally = world.tally();
    assert!(tally.arrived > 20_000 && tally.timeouts > 100 && most > 5, "{tally:?}, at most {most} cars");
}

#[test]
fn the_still_pictures_in_the_page_are_the_lots_own() {
    for (name, svg) in still::all() {
        let path = format!("public/still/{name}.svg");
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(kept, svg, "{path} is old: run `cargo run --example still`");
    }
}

#[test]
fn the_still_moment_is_worth_a_look() {
    let (_, wide) = &still::all()[0];
    assert!(wide.contains("aria-label=\"Pool size: 5  Connections in pool: 0 Current Overflow: 2"), "{wide}");
}

#[test]
fn words_in_svg_are_escaped() {
    let service = Service::new(Settings::default());
    let picture = Lot::new(Format::Wide).picture(Instant::ZERO, service.pool(), false);
    assert!(svg::write(&picture, "x", "a<b&\"c\"").contains("aria-label=\"a&lt;b&amp;&quot;c&quot;\""));
}
