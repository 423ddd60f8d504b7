//! The simulated server: what it keeps, what it takes, and what the garbage collector gives back.

use valet::service::RequestSpec;
use valet::sim::{Journal, Latency, ServerSetup, Setup, Traffic, Work, World, WorldAct};
use valet::time::{Instant, Span};

fn secs(secs: i64) -> Span {
    Span::from_secs(secs)
}

/// A world in which nobody comes by itself.
fn quiet(setup: Setup) -> (World, Journal) {
    (World::new(Setup { traffic: Traffic::poisson(0.0), ..setup }), Journal::new())
}

/// Goes on to so many seconds after the beginning.
fn go(world: &mut World, journal: &mut Journal, at: i64) {
    world.run_until(Instant::ZERO + secs(at), journal);
    while world.news().is_some() {}
}

fn request(world: &mut World, journal: &mut Journal) {
    world.act(WorldAct::Arrive(RequestSpec { takes: Span::from_millis(100), ..RequestSpec::default() }), journal);
}

fn behind_a_firewall(database: ServerSetup) -> ServerSetup {
    ServerSetup { firewall: Some(secs(10)), max_connections: Some(1), ..database }
}

/// One request, its connection forgotten by the firewall, and 20 s after it another that finds its connection too old.
fn two_requests(database: ServerSetup) -> (World, Journal) {
    let mut setup = Setup { database: behind_a_firewall(database), ..Setup::default() };
    setup.settings.pool_recycle = secs(5);
    let (mut world, mut journal) = quiet(setup);
    request(&mut world, &mut journal);
    go(&mut world, &mut journal, 20);
    request(&mut world, &mut journal);
    go(&mut world, &mut journal, 25);
    (world, journal)
}

#[test]
fn a_session_behind_a_silent_firewall_still_counts_at_the_server() {
    let (world, _) = two_requests(ServerSetup::default());
    assert_eq!((world.tally().served, world.tally().refused, world.open()), (1, 1, 1));
}

#[test]
fn its_own_keepalive_ends_it() {
    let (mut world, mut journal) = two_requests(ServerSetup { keepalive: secs(60), ..ServerSetup::default() });
    go(&mut world, &mut journal, 59);
    assert_eq!(world.open(), 1);
    go(&mut world, &mut journal, 61);
    assert_eq!(world.open(), 0);
    request(&mut world, &mut journal);
    go(&mut world, &mut journal, 62);
    assert_eq!((world.tally().served, world.open()), (2, 1));
}

#[test]
fn so_does_its_wait_timeout() {
    let (mut world, mut journal) = two_requests(ServerSetup { wait_timeout: Some(secs(30)), ..ServerSetup::default() });
    go(&mut world, &mut journal, 29);
    assert_eq!(world.open(), 1);
    go(&mut world, &mut journal, 31);
    assert_eq!(world.open(), 0);
}

#[test]
fn so_does_a_restart() {
    for act in [WorldAct::Restart, WorldAct::Failover] {
        let (mut world, mut journal) = two_requests(ServerSetup::default());
        world.act(act, &mut journal);
        assert_eq!(world.open(), 0);
    }
}

/// Keepalive below the firewall's patience is a cure: to the firewall the connection is never idle.
#[test]
fn a_keepalive_keeps_the_firewall_from_forgetting() {
    let database = behind_a_firewall(ServerSetup { keepalive: secs(9), ..ServerSetup::default() });
    let (mut world, mut journal) = quiet(Setup { database, ..Setup::default() });
    request(&mut world, &mut journal);
    go(&mut world, &mut journal, 60);
    request(&mut world, &mut journal);
    go(&mut world, &mut journal, 61);
    assert_eq!((world.tally().served, world.tally().opened, world.open()), (2, 1, 1));
}

/// Ten requests at once, each with a connection of its own: when each was served, in milliseconds.
fn storm(accept: Span) -> Vec<i64> {
    let latency = Latency { connect: Span::from_millis(20), ..Latency::default() };
    let (mut world, mut journal) =
        quiet(Setup { database: ServerSetup { latency, accept, ..ServerSetup::default() }, ..Setup::default() });
    let spec = RequestSpec { takes: secs(1), ..RequestSpec::default() };
    world.act(WorldAct::Send(spec, 10, Span::ZERO), &mut journal);
    go(&mut world, &mut journal, 10);
    assert_eq!(world.tally().opened, 10);
    journal.waits().iter().map(|wait| wait.time().as_micros() / 1_000).collect()
}

#[test]
fn a_storm_of_new_connections_queues_at_the_server() {
    assert_eq!(storm(Span::ZERO), [20; 10]);
    let queued: Vec<i64> = (1..=10).map(|place| 20 + 50 * place).collect();
    assert_eq!(storm(Span::from_millis(50)), queued);
}

/// After a restart everybody connects at once, and each has to wait for those before.
#[test]
fn after_a_restart_all_reconnect_one_after_the_other() {
    let latency = Latency { connect: Span::from_millis(20), ..Latency::default() };
    let database =
        ServerSetup { latency, accept: Span::from_millis(100), outage: Span::ZERO, ..ServerSetup::default() };
    let (mut world, mut journal) = quiet(Setup { database, ..Setup::default() });
    let spec = RequestSpec { takes: Span::from_millis(500), ..RequestSpec::default() };
    world.act(WorldAct::Send(spec, 5, Span::ZERO), &mut journal);
    go(&mut world, &mut journal, 5);
    assert_eq!(world.open(), 5);
    world.act(WorldAct::Restart, &mut journal);
    let before = journal.waits().len();
    // The first finds out by failing; after it the pool's mark has everybody connect anew.
    request(&mut world, &mut journal);
    go(&mut world, &mut journal, 6);
    world.act(WorldAct::Send(spec, 5, Span::ZERO), &mut journal);
    go(&mut world, &mut journal, 10);
    let waits: Vec<i64> = journal.waits()[before + 1..].iter().map(|wait| wait.time().as_micros() / 1_000).collect();
    assert_eq!((world.tally().lost, waits), (1, vec![120, 220, 320, 420, 520]));
}

fn forgetful(collected_after: Option<Span>) -> (World, Journal) {
    let work = Work { leak_share: 1.0, ..Work::constant(Span::from_millis(100)) };
    quiet(Setup { work, collected_after, ..Setup::default() })
}

fn leak(world: &mut World, journal: &mut Journal) {
    world.act(
        WorldAct::Arrive(RequestSpec { takes: Span::from_millis(100), leaks: true, ..RequestSpec::default() }),
        journal,
    );
}

#[test]
fn a_forgotten_connection_that_something_refers_to_never_comes_back() {
    let (mut world, mut journal) = forgetful(None);
    leak(&mut world, &mut journal);
    go(&mut world, &mut journal, 3_600);
    let tally = world.tally();
    assert_eq!((tally.served, tally.leaked, tally.in_system, tally.holding), (0, 1, 1, 1));
}

#[test]
fn a_forgotten_connection_is_collected_when_the_knob_says() {
    let (mut world, mut journal) = forgetful(Some(secs(30)));
    leak(&mut world, &mut journal);
    go(&mut world, &mut journal, 30);
    assert_eq!((world.tally().holding, world.services()[0].pool().checkedin()), (1, 0));
    go(&mut world, &mut journal, 31);
    let tally = world.tally();
    assert_eq!((tally.served, tally.leaked, tally.in_system, tally.holding), (1, 0, 0, 0));
    assert_eq!(world.services()[0].pool().checkedin(), 1);
}
