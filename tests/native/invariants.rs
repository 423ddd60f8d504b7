//! What must hold whatever happens: properties over random traffic, settings, restarts and engine swaps.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use valet::pool::{Client, Command, Output, Pool, Settings};
use valet::sim::{Latency, News, Server, Service, Traffic, run};
use valet::time::{Instant, Span};

/// One thing a person does to the running world.
#[derive(Debug, Clone)]
enum Act {
    Restart,
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

fn latency() -> impl Strategy<Value = Latency> {
    let ms = |most: i64| (0..most).prop_map(Span::from_millis);
    (ms(300), ms(1500), ms(50), ms(50), ms(50)).prop_map(|(connect, work, ping, reset, close)| Latency {
        connect,
        work,
        ping,
        reset,
        close,
    })
}

fn acts() -> impl Strategy<Value = Vec<(i64, Act)>> {
    let act = prop_oneof![Just(Act::Restart), settings().prop_map(Act::Swap), (0.0..30.0f64).prop_map(Act::Rate),];
    prop::collection::vec((0i64..20_000, act), 0..4).prop_map(|mut acts| {
        acts.sort_by_key(|(at, _)| *at);
        acts
    })
}

/// Checks each piece of news against a naive account of its own.
#[derive(Default)]
struct Witness {
    /// Connections that each pool has opened or begun to open, and not closed.
    open: BTreeMap<u32, i64>,
}

impl Witness {
    fn see(&mut self, service: &Service, news: News) {
        let News::Pool(generation, Output::Do(_, command)) = news else { return };
        let open = self.open.entry(generation).or_default();
        match command {
            Command::Open(_) => *open += 1,
            Command::Close(_) | Command::Terminate(_) => *open -= 1,
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Never more than size + overflow open, no connection lost, no request lost.
    #[test]
    fn nothing_is_lost(first in settings(), latency in latency(), seed: u64, rate in 0.0..30.0f64, acts in acts()) {
        let mut service = Service::new(first);
        let mut server = Server::new(latency);
        let mut traffic = Traffic::new(seed, rate);
        let mut witness = Witness::default();
        let mut now = Instant::ZERO;
        let swapped = acts.iter().any(|(_, act)| matches!(act, Act::Swap(_)));
        let mut acts = acts.into_iter().peekable();
        loop {
            let until = acts.peek().map_or(Instant::ZERO + Span::from_secs(20), |(at, _)| Instant::ZERO + Span::from_millis(*at));
            run(&mut service, &mut server, &mut traffic, now, until, |_, service, news| witness.see(service, news));
            now = until;
            if !swapped {
                consistent(service.pool());
            }
            match acts.next() {
                Some((_, Act::Restart)) => server.restart(),
                Some((_, Act::Swap(settings))) => service.swap(now, settings),
                Some((_, Act::Rate(rate))) => traffic.set_rate(now, rate),
                None => break,
            }
        }
        // Then nobody comes any more, and everything ends.
        traffic.set_rate(now, 0.0);
        let end = now + Span::from_secs(3600);
        run(&mut service, &mut server, &mut traffic, now, end, |_, service, news| witness.see(service, news));
        let tally = service.tally();
        // Only whom SQLAlchemy strands as well may be left: for ever in the line of a replaced pool with nothing out.
        prop_assert_eq!(service.in_system(), service.stranded());
        let left = service.in_system() as u64;
        prop_assert_eq!(tally.arrived, tally.served + tally.timeouts + tally.failed + left);
        prop_assert_eq!(service.pools().count() == 1, left == 0);
        prop_assert!(service.pool().is_unused());
        prop_assert_eq!(service.pool().waiters(), 0);
        consistent(service.pool());
        // Every connection that the server knows is in the queue: also swaps lose none.
        let pooled: BTreeSet<_> = service.pool().idle().filter_map(|(_, connection)| connection).collect();
        prop_assert!(server.open().is_subset(&pooled), "{:?} open, {:?} pooled", server.open(), pooled);
    }

    /// Who waits longest gets the next connection: without a swap and with everybody waking at once, waits end in order.
    #[test]
    fn waiting_is_first_come_first_served(first in settings(), seed: u64, rate in 5.0..40.0f64) {
        let latency = Latency {
            connect: Span::from_millis(20),
            work: Span::from_millis(400),
            ping: Span::from_millis(1),
            reset: Span::from_millis(1),
            close: Span::ZERO,
        };
        let patient = Settings { pool_timeout: None, max_overflow: first.max_overflow.max(0), pool_recycle: Span::from_secs(-1), ..first };
        let mut service = Service::new(patient);
        let mut server = Server::new(latency);
        let mut traffic = Traffic::new(seed, rate);
        let mut line: Vec<Client> = Vec::new();
        let (mut waits, mut out_of_order) = (0, 0);
        let end = Instant::ZERO + Span::from_secs(20);
        run(&mut service, &mut server, &mut traffic, Instant::ZERO, end, |_, _, news| match news {
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

    /// The same seed gives the same world.
    #[test]
    fn the_same_seed_gives_the_same_events(first in settings(), latency in latency(), seed: u64) {
        let story = || {
            let (mut service, mut server) = (Service::new(first), Server::new(latency));
            let mut events = Vec::new();
            let end = Instant::ZERO + Span::from_secs(10);
            run(&mut service, &mut server, &mut Traffic::new(seed, 12.0), Instant::ZERO, end, |at, _, news| events.push((at, news)));
            events
        };
        prop_assert_eq!(story(), story());
    }
}

/// Real SQLAlchemy 2.1.9 does the same: `dispose()` frees capacity without a `put`, so it wakes nobody, and in a replaced
/// pool no newcomer comes by either.
#[test]
fn a_swap_can_strand_who_waits_for_ever() {
    let settings = Settings { pool_size: 1, max_overflow: 0, pool_timeout: None, ..Settings::default() };
    let slow = Span::from_millis(100);
    let mut server = Server::new(Latency { connect: slow, work: slow, ping: slow, reset: slow, close: slow });
    let mut service = Service::new(settings);
    let mut nobody = Traffic::new(0, 0.0);
    let second = |n: i64| Instant::ZERO + Span::from_secs(n);
    service.arrive(Instant::ZERO);
    run(&mut service, &mut server, &mut nobody, Instant::ZERO, second(1), |_, _, _| {});
    assert_eq!((service.tally().served, service.pool().checkedin()), (1, 1));
    service.swap(second(1), settings); // closes the idle connection, which takes a moment ...
    service.arrive(second(1)); // ... in which somebody asks the old pool, and has to wait
    run(&mut service, &mut server, &mut nobody, second(1), second(3600), |_, _, _| {});
    assert_eq!((service.in_system(), service.stranded(), service.pools().count()), (1, 1, 2));
    service.arrive(second(3600));
    run(&mut service, &mut server, &mut nobody, second(3600), second(3601), |_, _, _| {});
    assert_eq!(service.tally().served, 2, "the new pool serves");
}

#[test]
fn a_busy_old_pool_keeps_no_others() {
    let settings = Settings { pool_size: 2, max_overflow: 0, ..Settings::default() };
    let ms = Span::from_millis;
    let mut server = Server::new(Latency { connect: ms(1), work: ms(60_000), ping: ms(1), reset: ms(1), close: ms(1) });
    let mut service = Service::new(settings);
    let mut nobody = Traffic::new(0, 0.0);
    service.arrive(Instant::ZERO); // works for a minute
    for swap in 1..=10 {
        let now = Instant::ZERO + Span::from_secs(swap);
        run(&mut service, &mut server, &mut nobody, now, now, |_, _, _| {});
        service.swap(now, settings);
        run(&mut service, &mut server, &mut nobody, now, now + ms(500), |_, _, _| {});
    }
    assert_eq!(service.pools().map(|(generation, _)| generation).collect::<Vec<_>>(), [0, 10]);
}

#[test]
fn a_failed_statement_gives_the_connection_back() {
    use valet::sim::{Failure, Job, Report};
    let mut service = Service::new(Settings::default());
    service.arrive(Instant::ZERO);
    let open = service.poll().unwrap();
    let opened = Report::Answered(valet::pool::Answer::Opened(valet::pool::ConnectionId(1)));
    service.report(Instant::ZERO, open.generation, open.client, opened);
    let work = service.poll().unwrap();
    assert!(matches!(work.job, Job::Work(_)));
    service.report(Instant::ZERO, work.generation, work.client, Report::Failed);
    let reset = service.poll().unwrap();
    service.report(Instant::ZERO, reset.generation, reset.client, Report::Answered(valet::pool::Answer::Done));
    let left = std::iter::from_fn(|| service.news()).find(|news| matches!(news, News::Left(..)));
    assert!(matches!(left, Some(News::Left(_, Err(Failure::Statement)))));
    assert_eq!((service.tally().failed, service.pool().checkedin(), service.pool().invalidated_at()), (1, 1, None));
}
