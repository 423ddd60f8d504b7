//! What must hold whatever happens: properties over random traffic, settings, restarts and engine swaps.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use valet::pool::{Cause, Client, Command, Event, Output, Pool, Settings};
use valet::service::{Borrow, News, RequestSpec, Service};
use valet::sim::{Journal, Latency, ServerSetup, Setup, Traffic, Visitors, Work, World, WorldAct};
use valet::time::{Instant, Span};

/// Moves the world on to `end` event by event, with all that is to be heard on the way.
pub fn watch(world: &mut World, end: Instant, mut hear: impl FnMut(Instant, &World, usize, News)) {
    let mut journal = Journal::of_waits();
    while world.next_at().is_some_and(|at| at <= end) {
        world.step(&mut journal);
        heed(world, &mut hear);
    }
    world.run_until(end, &mut journal);
}

/// All that is to be heard now.
pub fn heed(world: &mut World, hear: &mut impl FnMut(Instant, &World, usize, News)) {
    while let Some((worker, news)) = world.news() {
        hear(world.now(), world, worker, news);
    }
}

pub fn act(world: &mut World, act: WorldAct) {
    world.act(act, &mut Journal::of_waits());
}

/// What requests may borrow.
const BORROWS: [Borrow; 4] = [Borrow::Session, Borrow::Connection, Borrow::Begin, Borrow::Raw];

fn at(micros: i64) -> Instant {
    Instant::from_micros(micros)
}

/// One thing a person does to the running world.
#[derive(Debug, Clone)]
enum Deed {
    Restart,
    Failover,
    Cut,
    Swap(Settings),
    Rate(f64),
}

fn settings() -> impl Strategy<Value = Settings> {
    (1i64..8, -1i64..6, prop_oneof![Just(None), (0i64..4000).prop_map(Some)], -1i64..5, any::<bool>(), any::<bool>())
        .prop_map(|(pool_size, max_overflow, timeout, recycle, pool_pre_ping, pool_use_lifo)| Settings {
            pool_size,
            max_overflow,
            pool_timeout: timeout.map(Span::from_millis),
            pool_recycle: Span::from_secs(recycle),
            pool_pre_ping,
            pool_use_lifo,
            ..Settings::default()
        })
}

/// A database with a mean time for statements.
fn database() -> impl Strategy<Value = (ServerSetup, Span)> {
    let ms = |most: i64| (0..most).prop_map(Span::from_millis);
    let maybe = |most: i64| prop_oneof![Just(None), (1..most).prop_map(|n| Some(Span::from_millis(n)))];
    let limits = (prop_oneof![Just(None), (0u32..12).prop_map(Some)], maybe(4_000), maybe(4_000), 0.0..0.3f64);
    let latency = (ms(300), ms(50), prop_oneof![Just(Span::ZERO), ms(50)], ms(50))
        .prop_map(|(connect, ping, reset, close)| Latency { connect, ping, reset, close });
    (latency, limits, ms(1500), ms(4000)).prop_map(
        |(latency, (max_connections, wait_timeout, firewall, contention), work, outage)| {
            let coherency = contention / 10.0;
            let tcp_timeout = Span::from_secs(2);
            let database = ServerSetup {
                latency,
                max_connections,
                wait_timeout,
                firewall,
                tcp_timeout,
                outage,
                contention,
                coherency,
                ..ServerSetup::default()
            };
            (database, work)
        },
    )
}

fn acts() -> impl Strategy<Value = Vec<(i64, Deed)>> {
    let act = prop_oneof![
        Just(Deed::Restart),
        Just(Deed::Failover),
        Just(Deed::Cut),
        settings().prop_map(Deed::Swap),
        (0.0..30.0f64).prop_map(Deed::Rate),
    ];
    prop::collection::vec((0i64..20_000, act), 0..4).prop_map(|mut acts| {
        acts.sort_by_key(|(at, _)| *at);
        acts
    })
}

/// Checks each piece of news against a naive account of its own.
#[derive(Default)]
struct Witness {
    /// Connections that each pool has opened or begun to open, and not closed.
    open: BTreeMap<(usize, u32), i64>,
    /// Who is opening one.
    opening: BTreeSet<(usize, u32, Client)>,
}

impl Witness {
    fn see(&mut self, world: &World, worker: usize, news: News) {
        let service = &world.services()[worker];
        let News::Pool(generation, output) = news else { return };
        let open = self.open.entry((worker, generation)).or_default();
        let (client, command) = match output {
            Output::Do(client, command) => (client, Some(command)),
            Output::Tell(client, _) | Output::Log(client, _) | Output::Return(client, _) => (client, None),
        };
        if self.opening.remove(&(worker, generation, client))
            && !matches!(output, Output::Tell(_, Event::FirstConnect(..) | Event::Connect(..)))
        {
            *open -= 1; // it could not be opened
        }
        match command {
            Some(Command::Open(_)) => {
                *open += 1;
                self.opening.insert((worker, generation, client));
            }
            Some(Command::Close(_) | Command::Terminate(_)) => *open -= 1,
            _ => {}
        }
        // A pool that was disposed of has forgotten what is out, and may go over: SQLAlchemy's does.
        let newest = service.pools().last().map(|(newest, _)| newest);
        if newest == Some(generation)
            && !service.is_disposing()
            && let Some(limit) = service.pool().settings().limit()
        {
            assert!(*open <= limit, "{open} open, limit {limit}");
        }
    }
}

fn consistent(pool: &Pool) {
    let records: BTreeSet<_> = pool.records().map(|(record, _)| record).collect();
    let idle: Vec<_> = pool.idle().map(|(record, _)| record).collect();
    assert_eq!(records.len() as i64, pool.raw_overflow() + pool.settings().pool_size, "count and records agree");
    assert!(idle.iter().all(|record| records.contains(record)));
    assert!(idle.len() as i64 <= pool.settings().pool_size, "never more idle than pool_size");
    assert_eq!(pool.checkedout(), (records.len() - idle.len()) as i64);
    let connections: Vec<_> = pool.records().filter_map(|(_, connection)| connection).collect();
    assert_eq!(connections.len(), connections.iter().collect::<BTreeSet<_>>().len(), "one record a connection");
}

/// In every third world requests work outside the database, too.
fn outside(seed: u64) -> Span {
    if (seed / 7).is_multiple_of(3) { Span::from_millis(400) } else { Span::ZERO }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Never more than size + overflow open, no connection lost, no request lost.
    #[test]
    fn nothing_is_lost(
        first in settings(), (database, mean) in database(), seed: u64, rate in 0.0..30.0f64, acts in acts(),
        workers in 1usize..4, nested in prop_oneof![Just(0.0), Just(0.2)], gives_up in prop_oneof![Just(None), Just(Some(Span::from_secs(2)))],
        retries in 0u32..3, wake in prop_oneof![Just(Span::ZERO), Just(Span::from_millis(300))],
    ) {
        let setup = Setup {
            site: None,
            seed,
            threads: (seed % 3 == 0).then_some(7),
            cancel_after: (seed % 5 < 2).then(|| Span::from_millis(900)),
            borrow: BORROWS[(seed % 4) as usize],
            settings: first,
            workers,
            traffic: Traffic::poisson(rate),
            work: Work { nested_share: nested, outside: outside(seed), outside_holds: seed % 2 == 0, ..Work::constant(mean) },
            wake,
            collected_after: None,
            visitors: Visitors { gives_up, retries, retry_after: Span::from_millis(700) },
            database,
        };
        let mut world = World::new(setup);
        let mut witness = Witness::default();
        let swapped = acts.iter().any(|(_, act)| matches!(act, Deed::Swap(_)));
        for (when, deed) in acts {
            watch(&mut world, at(when * 1_000), |_, world, worker, news| witness.see(world, worker, news));
            if !swapped {
                world.services().iter().for_each(|service| consistent(service.pool()));
            }
            let change = |change: &dyn Fn(&mut Setup)| {
                let mut setup = world.setup().clone();
                change(&mut setup);
                WorldAct::Change(Box::new(setup))
            };
            let deed = match deed {
                Deed::Restart => WorldAct::Restart,
                Deed::Failover => WorldAct::Failover,
                Deed::Cut => WorldAct::Cut,
                Deed::Swap(settings) => change(&|setup| setup.settings = settings),
                Deed::Rate(rate) => change(&|setup| setup.traffic.rate = rate),
            };
            act(&mut world, deed);
            heed(&mut world, &mut |_, world, worker, news| witness.see(world, worker, news));
        }
        watch(&mut world, at(20_000_000), |_, world, worker, news| witness.see(world, worker, news));
        // Then nobody comes any more, and everything ends: also deadlocks, where there is a pool_timeout.
        let mut last = world.setup().clone();
        last.traffic.rate = 0.0;
        last.database.wait_timeout = None; // what follows compares with what is idle
        last.database.firewall = None;
        act(&mut world, WorldAct::Change(Box::new(last)));
        watch(&mut world, at(200_000_000_000), |_, world, worker, news| witness.see(world, worker, news));
        let tally = world.tally();
        let left = u64::from(tally.in_system);
        prop_assert_eq!(tally.arrived, tally.served + tally.errors() + left);
        prop_assert_eq!(tally.opened as i64 - tally.closed as i64 >= 0, true);
        for service in world.services() {
            // Only whom SQLAlchemy strands as well may be left, for ever: in the line of a pool with nothing out, that was
            // replaced or could open nothing; or because all who have a connection wait for a second one.
            let stuck = service.deadlocked() > 0;
            let asleep = |pool: &Pool| if pool.timeout().is_none() && pool.has_only_waiters() { pool.waiters() } else { 0 };
            let stranded: usize = service.pools().map(|(_, pool)| asleep(pool)).sum();
            prop_assert!(stuck || service.tally().in_system as usize == stranded, "{:?}", service.tally());
            prop_assert!(service.stranded() <= stranded);
            if !stuck {
                prop_assert_eq!(service.pools().count() == 1, service.stranded() == 0);
                prop_assert_eq!((service.tally().asking as usize, service.tally().holding, service.tally().nesting), (stranded, 0, 0));
                consistent(service.pool());
            }
        }
        if tally.in_system == 0 {
            // Every connection that the server knows is in a queue: also swaps lose none.
            let idle: usize = world.services().iter().map(|service| service.pool().idle().filter(|(_, open)| open.is_some()).count()).sum();
            prop_assert!(world.open() as usize <= idle, "{} open, {idle} pooled", world.open());
        }
    }

    /// A world that nobody watches takes shorter ways through application and pool: it must come to the same.
    #[test]
    fn who_is_not_watched_does_the_same(
        first in settings(), (database, mean) in database(), seed: u64, rate in 0.0..60.0f64, acts in acts(),
        workers in 1usize..3, nested in prop_oneof![Just(0.0), Just(0.2)], gives_up in prop_oneof![Just(None), Just(Some(Span::from_secs(2)))],
        retries in 0u32..3, wake in prop_oneof![Just(Span::ZERO), Just(Span::from_millis(300))],
    ) {
        let setup = Setup {
            site: None,
            seed,
            threads: (seed % 3 == 0).then_some(7),
            cancel_after: (seed % 5 < 2).then(|| Span::from_millis(900)),
            borrow: BORROWS[(seed % 4) as usize],
            settings: first,
            workers,
            traffic: Traffic::poisson(rate),
            work: Work {
                nested_share: nested,
                leak_share: nested / 50.0,
                outside: outside(seed),
                outside_holds: seed % 2 == 0,
                ..Work::constant(mean)
            },
            wake,
            collected_after: (retries > 1).then(|| Span::from_secs(3)),
            visitors: Visitors { gives_up, retries, retry_after: Span::from_millis(700) },
            database,
        };
        let mut worlds = [World::new(setup.clone()), World::unwatched(setup)].map(|world| (world, Journal::new()));
        for (world, journal) in &mut worlds {
            for (when, deed) in &acts {
                world.run_until(at(when * 1_000), journal);
                let mut setup = world.setup().clone();
                let act = match *deed {
                    Deed::Restart => WorldAct::Restart,
                    Deed::Failover => WorldAct::Failover,
                    Deed::Cut => WorldAct::Cut,
                    Deed::Swap(settings) => {
                        setup.settings = settings;
                        WorldAct::Change(Box::new(setup))
                    }
                    Deed::Rate(rate) => {
                        setup.traffic.rate = rate;
                        WorldAct::Change(Box::new(setup))
                    }
                };
                world.act(act, journal);
            }
            world.run_until(at(20_000_000), journal);
        }
        let [(watched, told), (unwatched, silent)] = &worlds;
        prop_assert_eq!(told.waits(), silent.waits());
        prop_assert_eq!(told.samples(), silent.samples());
        prop_assert_eq!((watched.tally(), watched.events(), watched.next_at()), (unwatched.tally(), unwatched.events(), unwatched.next_at()));
        for (one, other) in watched.services().iter().zip(unwatched.services()) {
            for ((_, one), (_, other)) in one.pools().zip(other.pools()) {
                prop_assert_eq!((one.status(), one.line().collect::<Vec<_>>()), (other.status(), other.line().collect::<Vec<_>>()));
                prop_assert_eq!(one.idle().collect::<Vec<_>>(), other.idle().collect::<Vec<_>>());
            }
        }
    }

    /// Who waits longest gets the next connection: without a swap and with everybody waking at once, waits end in order.
    #[test]
    fn waiting_is_first_come_first_served(first in settings(), seed: u64, rate in 5.0..40.0f64) {
        let ms = Span::from_millis;
        let latency = Latency { connect: ms(20), ping: ms(1), reset: ms(1), close: Span::ZERO };
        let patient = Settings { pool_timeout: None, max_overflow: first.max_overflow.max(0), pool_recycle: Span::from_secs(-1), ..first };
        let mut world = World::new(Setup {
            seed,
            settings: patient,
            traffic: Traffic::poisson(rate),
            work: Work::constant(ms(400)),
            database: ServerSetup { latency, ..ServerSetup::default() },
            ..Setup::default()
        });
        let mut line: Vec<Client> = Vec::new();
        let (mut waits, mut out_of_order) = (0, 0);
        watch(&mut world, at(20_000_000), |_, _, _, news| match news {
            News::Arrived(client, _) => line.push(client),
            News::Pool(_, Output::Do(client, Command::Wake)) => {
                waits += 1;
                out_of_order += usize::from(line.first() != Some(&client));
                line.retain(|&other| other != client);
            }
            News::Pool(_, Output::Do(client, _) | Output::Tell(client, _)) => line.retain(|&other| other != client),
            _ => {}
        });
        prop_assert!(rate < 20.0 || first.limit().is_none_or(|limit| limit > 7) || waits > 0, "nobody waited");
        prop_assert_eq!(out_of_order, 0);
    }
}

/// A world to which nobody comes by himself, with one time for everything but statements.
fn quiet(settings: Settings, pause: Span, work: Span) -> World {
    let latency = Latency { connect: pause, ping: pause, reset: pause, close: pause };
    World::new(Setup {
        settings,
        traffic: Traffic::poisson(0.0),
        work: Work::constant(work),
        database: ServerSetup { latency, ..ServerSetup::default() },
        ..Setup::default()
    })
}

fn visit(world: &mut World) {
    let takes = world.setup().work.mean;
    act(world, WorldAct::Arrive(RequestSpec { takes, ..RequestSpec::default() }));
}

fn swap(world: &mut World, settings: Settings) {
    // Other settings in name only: the world leaves its pool alone if they are the same.
    let other = Settings { pool_recycle: world.setup().settings.pool_recycle + Span::from_secs(-1), ..settings };
    act(world, WorldAct::Change(Box::new(Setup { settings: other, ..world.setup().clone() })));
}

/// Real SQLAlchemy 2.1.9 does the same: `dispose()` frees capacity without a `put`, so it wakes nobody, and in a replaced
/// pool no newcomer comes by either.
#[test]
fn a_swap_can_strand_who_waits_for_ever() {
    let settings = Settings { pool_size: 1, max_overflow: 0, pool_timeout: None, ..Settings::default() };
    let slow = Span::from_millis(100);
    let mut world = quiet(settings, slow, slow);
    visit(&mut world);
    watch(&mut world, at(1_000_000), |_, _, _, _| {});
    assert_eq!((world.tally().served, world.services()[0].pool().checkedin()), (1, 1));
    swap(&mut world, settings); // closes the idle connection, which takes a moment ...
    visit(&mut world); // ... in which somebody asks the old pool, and has to wait
    watch(&mut world, at(3_600_000_000), |_, _, _, _| {});
    let service = &world.services()[0];
    assert_eq!((world.tally().in_system, service.stranded(), service.pools().count()), (1, 1, 2));
    visit(&mut world);
    watch(&mut world, at(3_601_000_000), |_, _, _, _| {});
    assert_eq!(world.tally().served, 2, "the new pool serves");
}

#[test]
fn a_busy_old_pool_keeps_no_others() {
    let settings = Settings { pool_size: 2, max_overflow: 0, ..Settings::default() };
    let mut world = quiet(settings, Span::from_millis(1), Span::from_secs(60));
    visit(&mut world); // works for a minute
    for second in 1..=10 {
        watch(&mut world, at(second * 1_000_000), |_, _, _, _| {});
        swap(&mut world, settings);
        watch(&mut world, at(second * 1_000_000 + 500_000), |_, _, _, _| {});
    }
    assert_eq!(world.services()[0].pools().map(|(generation, _)| generation).collect::<Vec<_>>(), [0, 10]);
}

#[test]
fn a_failed_statement_gives_the_connection_back() {
    use valet::service::{Failure, Job, Report};
    let mut service = Service::new(Settings::default());
    service.arrive(Instant::ZERO, 1, RequestSpec::default());
    let open = service.poll().unwrap();
    let opened = Report::Answered(valet::pool::Answer::Opened(valet::pool::ConnectionId(1)));
    service.report(Instant::ZERO, open.generation, open.client, opened);
    let work = service.poll().unwrap();
    assert!(matches!(work.job, Job::Work(..)));
    service.report(Instant::ZERO, work.generation, work.client, Report::Failed);
    let reset = service.poll().unwrap();
    service.report(Instant::ZERO, reset.generation, reset.client, Report::Answered(valet::pool::Answer::Done));
    let left = std::iter::from_fn(|| service.news()).find(|news| matches!(news, News::Left(..)));
    assert!(matches!(left, Some(News::Left(_, Err(Failure::Statement(_))))));
    assert_eq!((service.tally().failed, service.pool().checkedin(), service.pool().invalidated_at()), (1, 1, None));
}

/// The pool is marked that the engine has now: SQLAlchemy's `Connection` tells `self.engine.pool`, whose connection it is not.
#[test]
fn a_connection_of_a_replaced_pool_that_breaks_marks_the_current_pool() {
    let settings = Settings { pool_size: 1, max_overflow: 0, ..Settings::default() };
    let mut world = quiet(settings, Span::from_millis(1), Span::from_secs(4));
    visit(&mut world); // works with a connection of the first pool
    watch(&mut world, at(1_000_000), |_, _, _, _| {});
    swap(&mut world, settings);
    let takes = Span::from_millis(10);
    act(&mut world, WorldAct::Arrive(RequestSpec { takes, ..RequestSpec::default() })); // leaves an idle one in the second
    watch(&mut world, at(2_000_000), |_, _, _, _| {});
    assert_eq!((world.tally().served, world.services()[0].pool().checkedin()), (1, 1));
    act(&mut world, WorldAct::Restart);
    let mut marked = Vec::new();
    watch(&mut world, at(9_000_000), |_, world, _, _| {
        marked.extend(world.services()[0].pools().map(|(generation, pool)| (generation, pool.invalidated_at())));
    });
    let service = &world.services()[0];
    assert_eq!(world.tally().lost, 1, "the first request's statement found out");
    assert!(service.pool().invalidated_at().is_some(), "the second pool is marked");
    assert!(marked.iter().all(|(generation, at)| *generation == 1 || at.is_none()), "and the first is not");
    let mut replaced = 0;
    act(&mut world, WorldAct::Arrive(RequestSpec { takes, ..RequestSpec::default() }));
    watch(&mut world, at(10_000_000), |_, _, _, news| {
        let cause = Cause::PoolInvalidated;
        replaced +=
            usize::from(matches!(news, News::Pool(1, Output::Tell(_, Event::Close(_, _, why))) if why == cause));
    });
    assert_eq!((world.tally().served, world.tally().lost, replaced), (2, 1, 1), "nobody is given the dead idle one");
}
