//! The picture shows what the pool is, and nothing else.

use super::invariants::{act, heed, watch};
use proptest::prelude::*;
use std::collections::BTreeSet;
use valet::apps::{Form, View};
use valet::lot::{Bay, BayPhase, Car, CarStatus, Format, Lot, Picture, ground, svg, traffic};
use valet::pool::{Client, Pool, Settings};
use valet::service::{News, RequestSpec, Service};
use valet::sim::{HostedApp, Latency, ServerSetup, Setup, Traffic, Work, World, WorldAct};
use valet::still;
use valet::time::{Instant, Span};
use valet::travel::Travel;

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
        database: ServerSetup { latency: LATENCY, outage: Span::ZERO, ..ServerSetup::default() },
        ..Setup::default()
    }
}

fn agrees(lot: &Lot, now: Instant, service: &Service, still: bool) {
    let pool = service.pool();
    let picture = lot.picture(now, pool, still);
    let connections = |pools: &mut dyn Iterator<Item = &Pool>| -> BTreeSet<_> {
        pools.flat_map(|pool| pool.records().filter_map(|(_, connection)| connection).collect::<Vec<_>>()).collect()
    };
    let bays: BTreeSet<_> = picture
        .bays
        .iter()
        .filter(|bay| bay.phase != BayPhase::Gone && bay.phase != BayPhase::Building)
        .filter_map(|bay| bay.connection)
        .collect();
    let open = connections(&mut service.pools().map(|(_, pool)| pool));
    assert!(bays == open, "bays {bays:?} of connections {open:?}");
    let spots: BTreeSet<_> =
        picture.bays.iter().filter(|bay| bay.phase != BayPhase::Gone).map(|bay| bay.spot).collect();
    let standing = picture.bays.iter().filter(|bay| bay.phase != BayPhase::Gone).count();
    assert_eq!(spots.len(), standing, "one bay a place");
    let over = pool.overflow().max(0) as usize;
    let current = picture.bays.iter().filter(|bay| !bay.spot.old && bay.phase != BayPhase::Gone).count();
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
    let at_kerb = picture.cars.iter().filter(|car| matches!(car.status, CarStatus::Waiting(_))).count();
    assert!(at_kerb <= waiting, "{at_kerb} at the kerb, {waiting} wait");
    assert_eq!(picture.waiting, waiting, "the words count all pools' lines");
    assert!(
        !still || picture.cars.iter().all(|car| car.status != CarStatus::Served),
        "without motion who was served is gone"
    );
    let tally = service.tally();
    let computing = tally.in_system - tally.asking - tally.holding;
    assert_eq!(picture.computing, computing as usize, "who has no connection and wants none is on the road");
    let here = picture
        .cars
        .iter()
        .filter(|car| matches!(car.status, CarStatus::Calm | CarStatus::Waiting(_) | CarStatus::Leaked))
        .count();
    let all = tally.in_system as usize;
    assert_eq!(here + picture.outside, all, "a car a request, or it is counted");
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
        rate in 1.0..20.0f64, tall: bool, act_at in 0i64..12_000, restart: bool, still: bool,
        view in prop::option::of(0usize..18)
    ) {
        let settings = Settings {
            pool_size: size,
            max_overflow: more,
            pool_timeout: Some(Span::from_secs(timeout)),
            pool_recycle: Span::from_secs(recycle),
            pool_use_lifo: lifo,
            ..Settings::default()
        };
        // Half of the worlds are a Flask application, whose requests come and go in the middle of their lives.
        let site = view.and_then(|view| View::all().nth(view)).map(|view| HostedApp { form: Form::Original, view });
        let setup = |settings, rate| Setup { site, seed, ..setup(settings, rate) };
        let mut world = World::new(setup(settings, rate));
        let mut lot = Lot::new(if tall { Format::Tall } else { Format::Wide });
        let mut acted = false;
        for step in 1..400 {
            let until = Instant::ZERO + Span::from_millis(step * 33);
            watch(&mut world, until, |at, _, _, news| lot.watch(at, news));
            let now = until;
            if !acted && now - Instant::ZERO > Span::from_millis(act_at) {
                acted = true;
                let swap = Settings { pool_size: 9 - size, ..settings };
                act(&mut world, if restart { WorldAct::Restart } else { WorldAct::Change(Box::new(setup(swap, rate))) });
                heed(&mut world, &mut |at, _, _, news| lot.watch(at, news));
            }
            let service = &world.services()[0];
            lot.settle(now, service);
            agrees(&lot, now, service, still);
            if step % 40 == 0 {
                drawable(&lot, now, service);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// A picture depends on the news and on the moment: not on whether anybody looked before, nor on which copy of the
    /// lot is asked, nor on whether it was settled in between.
    #[test]
    fn looking_changes_nothing(
        size in 0i64..7, more in -1i64..4, timeout in 0i64..3, lifo: bool, pre_ping: bool, seed: u64,
        rate in 1.0..60.0f64, tall: bool, act_at in 0i64..6_000, copy_at in 0i64..6_000, pause in 3i64..60
    ) {
        let settings = Settings {
            pool_size: size,
            max_overflow: more,
            pool_timeout: Some(Span::from_secs(timeout)),
            pool_use_lifo: lifo,
            pool_pre_ping: pre_ping,
            ..Settings::default()
        };
        let format = if tall { Format::Tall } else { Format::Wide };
        let [act_at, copy_at, pause] = [act_at, copy_at, pause].map(Span::from_millis);
        looked_at_or_not(Setup { seed, ..setup(settings, rate) }, format, act_at, copy_at, pause)?;
    }
}

/// Three lots of one story show the same picture every `pause`: one that is only told the news, one that is looked at
/// and settled all the time, and one that is a copy of the first from `copy_at` on. The pool gets another size at
/// `act_at`.
fn looked_at_or_not(
    plan: Setup,
    format: Format,
    act_at: Span,
    copy_at: Span,
    pause: Span,
) -> Result<(), TestCaseError> {
    let mut world = World::new(plan.clone());
    let mut blind = Lot::new(format);
    blind.settle(Instant::ZERO, &world.services()[0]);
    let mut lots = [blind.clone(), blind.clone(), blind];
    let mut now = Instant::ZERO;
    let (mut acted, mut copied) = (false, false);
    while now < Instant::ZERO + Span::from_secs(7) {
        let until = now + pause;
        watch(&mut world, until, |at, world, _, news| {
            let service = &world.services()[0];
            for lot in &mut lots {
                lot.watch(at, news);
                lot.settle(at, service);
            }
            let _ = lots[1].picture(at, service.pool(), false);
        });
        now = until;
        let service = &world.services()[0];
        lots[1].settle(now, service);
        if !copied && now - Instant::ZERO > copy_at {
            copied = true;
            lots[2] = lots[0].clone();
        }
        let look = |lot: &Lot| -> [Picture; 2] { [false, true].map(|still| lot.picture(now, service.pool(), still)) };
        let seen = look(&lots[0]);
        prop_assert_eq!(&seen, &look(&lots[1]), "looked at and settled, at {:?}", now);
        prop_assert_eq!(&seen, &look(&lots[2]), "copied, at {:?}", now);
        if !acted && now - Instant::ZERO > act_at {
            acted = true;
            let settings = Settings { pool_size: 7 - plan.settings.pool_size, ..plan.settings };
            act(&mut world, WorldAct::Change(Box::new(Setup { settings, ..plan.clone() })));
            heed(&mut world, &mut |at, _, _, news| lots.iter_mut().for_each(|lot| lot.watch(at, news)));
            lots.iter_mut().for_each(|lot| lot.settle(now, &world.services()[0]));
        }
    }
    Ok(())
}

#[test]
fn cars_that_are_forgotten_change_no_picture() {
    let settings =
        Settings { pool_size: 1, max_overflow: 3, pool_timeout: Some(Span::from_secs(2)), ..Settings::default() };
    let plan = Setup { seed: 12_867_116_246_458_693_837, ..setup(settings, 59.982703387249636) };
    let [act_at, pause] = [5_130, 54].map(Span::from_millis);
    looked_at_or_not(plan, Format::Wide, act_at, Span::ZERO, pause).unwrap();
}

/// An application to which something has been going on for so long.
fn busy(settings: Settings, rate: f64, work: Span, until: Span, format: Format) -> (Service, Lot, Instant) {
    let work = Work::constant(work);
    let (mut world, mut lot) = (World::new(Setup { seed: 3, work, ..setup(settings, rate) }), Lot::new(format));
    let end = Instant::ZERO + until;
    watch(&mut world, end, |at, world, _, news| {
        lot.watch(at, news);
        lot.settle(at, &world.services()[0]);
    });
    (world.services()[0].clone(), lot, end)
}

#[test]
fn a_thousand_cars_are_in_sight_in_a_few_shapes() {
    let settings = Settings { pool_size: 400, max_overflow: 0, pool_timeout: None, ..Settings::default() };
    for format in Format::ALL {
        let (service, lot, now) = busy(settings, 190.0, Span::from_secs(60), Span::from_secs(5), format);
        let picture = lot.picture(now, service.pool(), false);
        let all = service.tally().in_system as usize;
        assert!(all > 900 && picture.cars.len() > 400, "{} of {all}", picture.cars.len());
        assert_eq!(picture.cars.len() + picture.outside, all, "who has no room in line is counted");
        let (below, above) = (ground(&picture), traffic(&picture));
        assert!(below.len() < 250 && above.len() < 100, "{} and {} shapes", below.len(), above.len());
        for car in &picture.cars {
            let on = |rect: valet::lot::Rect| {
                let (x, y) = (car.pose.x - rect.x, car.pose.y - rect.y);
                (-40.0..rect.w + 60.0).contains(&x) && (-1.0..rect.h + 1.0).contains(&y)
            };
            let size = (0.0, 0.0, picture.plan.size.0, picture.plan.size.1);
            assert!(on(valet::lot::Rect { x: size.0, y: size.1, w: size.2, h: size.3 }), "{car:?}");
        }
    }
}

#[test]
fn a_leak_is_shown_until_the_connection_is_given_back() {
    let (service, mut lot, now) = busy(
        Settings { pool_size: 2, ..Settings::default() },
        9.0,
        Span::from_secs(60),
        Span::from_secs(2),
        Format::Wide,
    );
    let held = |client: u32| service.pool().holding(Client(client)).is_some();
    let client = Client((1..9).find(|&client| held(client)).expect("somebody holds a connection"));
    let statuses = |lot: &Lot, service: &Service| -> Vec<CarStatus> {
        lot.picture(now, service.pool(), false)
            .cars
            .iter()
            .map(|car| car.status)
            .filter(|status| *status == CarStatus::Leaked)
            .collect()
    };
    assert_eq!(statuses(&lot, &service).len(), 0);
    let before = format!("{:?}", traffic(&lot.picture(now, service.pool(), false)));
    lot.leak(client);
    lot.settle(now, &service);
    assert_eq!(statuses(&lot, &service), [CarStatus::Leaked]);
    assert_ne!(before, format!("{:?}", traffic(&lot.picture(now, service.pool(), false))), "and is seen");
    lot.leak(Client(999)); // whoever that is
    lot.watch(now, News::Left(client, Ok(())));
    lot.settle(now, &service);
    assert_eq!(statuses(&lot, &service).len(), 0);
}

#[test]
fn a_line_for_two_pools_says_so() {
    let settings = Settings { pool_size: 1, max_overflow: 0, pool_timeout: None, ..Settings::default() };
    let (mut service, mut lot, now) = busy(settings, 3.0, Span::from_secs(60), Span::from_secs(3), Format::Wide);
    let says = |lot: &Lot, service: &Service| {
        let picture = lot.picture(now, service.pool(), false);
        (picture.waiting, picture.waiting_before, svg::write(&picture, "x", "").contains("for the pool before"))
    };
    let waiting = service.pool().waiters();
    assert!(waiting > 2);
    assert_eq!(says(&lot, &service), (waiting, 0, false));
    service.swap(now, settings);
    for _ in 0..3 {
        service.arrive(now, 900, RequestSpec::default());
    }
    while let Some(news) = service.news() {
        lot.watch(now, news);
    }
    lot.settle(now, &service);
    assert_eq!(says(&lot, &service), (waiting + 2, waiting, true), "one of the new ones opens a connection");
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
        assert_eq!(kept, svg, "{path} is old: run `cargo run --profile test --example still`");
    }
    let names = still::all().into_iter().map(|(name, _)| name);
    let drawn: BTreeSet<_> = names.flat_map(|name| [format!("{name}.svg"), format!("{name}.png")]).collect();
    for entry in std::fs::read_dir("public/still").unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(drawn.contains(&name), "public/still/{name} is a picture of nothing: src/still.rs does not draw it");
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

/// Cars take a second to their bays; whose a connection is, is seen at once.
#[test]
fn a_connection_that_is_out_is_seen_to_be_out() {
    let opening = still::opening();
    for format in Format::ALL {
        let mut travel = Travel::new(opening.setup.clone(), format);
        for (at, act) in &opening.acts {
            travel.seek(*at);
            travel.act(act.clone()).unwrap();
        }
        let (mut reserved, mut parked) = (0, 0);
        for tenth in 1..300 {
            travel.seek(Instant::ZERO + Span::from_millis(100 * tenth));
            let picture = travel.picture(0, false);
            let idle = |connection| picture.keys[..picture.hanging].iter().any(|key| key.connection == connection);
            let held = |bay: &&Bay| bay.phase == BayPhase::Open && !idle(bay.connection);
            for bay in picture.bays.iter().filter(held) {
                let inside =
                    |car: &&Car| bay.rect.contains((car.pose.x, car.pose.y)) && car.status != CarStatus::Served;
                let car = picture.cars.iter().filter(|car| !car.has_key && car.opacity >= 0.6).find(inside);
                assert!(car.is_some() || bay.reserved.is_some(), "{format:?}, {tenth}: {bay:?}");
                parked += u32::from(car.is_some());
                reserved += u32::from(bay.reserved.is_some());
                // Nobody stands in a bay and has its key on the way.
                assert!(bay.reserved.is_none_or(|reserved| car.is_none_or(|car| car.number != reserved.number)));
            }
        }
        assert!(reserved > 20 && parked > 300, "{format:?}: {reserved} on their way, {parked} parked");
    }
}

/// A request that waits for another service while its transaction is open is seen to do nothing.
#[test]
fn an_idle_transaction_is_seen_to_be_idle() {
    let setup = Setup { traffic: Traffic::poisson(0.0), ..setup(Settings::default(), 0.0) };
    let seconds = Span::from_secs;
    let spec = RequestSpec { takes: seconds(2), outside: seconds(5), ..RequestSpec::default() };
    let mut travel = Travel::new(setup, Format::Wide);
    travel.act(WorldAct::Arrive(spec)).unwrap();
    for tenth in 0..120 {
        let now = Instant::ZERO + Span::from_millis(100 * tenth + 50);
        travel.seek(now);
        // 0.2 s to connect, 2 s of statements, 5 s of another service; then it rolls back.
        let idles = (22..72).contains(&tenth);
        let picture = travel.picture(0, false);
        assert_eq!(picture.idling, usize::from(idles), "{tenth}");
        let car = picture.cars.iter().find(|car| car.number == 1);
        assert_eq!(car.is_some_and(|car| car.idles), idles, "{tenth}");
        assert_eq!(svg::write(&picture, "x", "").contains("1 idle in transaction"), idles, "{tenth}");
        let bays = travel.describe(0).bays;
        assert_eq!(bays.iter().any(|[_, state, _]| state.contains("open and idle")), idles, "{tenth}: {bays:?}");
    }
}

#[test]
fn between_its_statements_an_application_is_idle_in_its_transaction() {
    let mut travel = still::visited(valet::apps::Framework::Flask).travel(Format::Wide);
    let (mut most, mut least) = (0, usize::MAX);
    for tenth in 0..100 {
        travel.seek(Instant::ZERO + Span::from_millis(100 * tenth));
        let picture = travel.picture(0, false);
        let out = travel.world().services()[0].pool().checkedout() as usize;
        assert!(picture.idling <= out, "{tenth}: {} of {out}", picture.idling);
        if out > 0 {
            (most, least) = (most.max(picture.idling), least.min(picture.idling));
        }
    }
    assert!(most > 0 && least < most, "{least} to {most}");
    assert_eq!(travel.picture(0, false).idling, 0, "all are answered");
}
