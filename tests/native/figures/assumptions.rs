//! What parts theory and measurement, in words.

use super::{erlang, run};
use valet::figures::theory::broken_assumptions;
use valet::pool::{Class, Reset};
use valet::service::{RequestSpec, Tally};
use valet::sim::{Distribution, Pattern, Setup, WorldAct};
use valet::time::{Instant, Span};

/// Makes a clean setup less so.
type Change<'a> = &'a dyn Fn(&mut Setup);

const ENOUGH: Tally = Tally { served: 1_000_000, ..EMPTY };
const EMPTY: Tally = Tally {
    arrived: 0,
    served: 0,
    timeouts: 0,
    refused: 0,
    lost: 0,
    failed: 0,
    cancelled: 0,
    leaked: 0,
    gave_up: 0,
    wasted: 0,
    retried: 0,
    turned_away: 0,
    waited: 0,
    opened: 0,
    overflowed: 0,
    closed: 0,
    recycled: 0,
    disconnected: 0,
    asking: 0,
    holding: 0,
    nesting: 0,
    in_system: 0,
};

fn clean() -> Setup {
    erlang((5, 10), Some(Span::from_secs(30)), 100.0, 100)
}

#[test]
fn a_clean_setup_breaks_nothing() {
    for timeout in [None, Some(Span::ZERO), Some(Span::from_secs(30))] {
        let setup = erlang((5, 10), timeout, 100.0, 100);
        assert_eq!(broken_assumptions(&setup, &ENOUGH, []), [""; 0]);
        assert_eq!(broken_assumptions(&Setup { workers: 4, ..setup }, &ENOUGH, []), [""; 0]);
    }
    // Overload is no breach where people time out.
    assert_eq!(broken_assumptions(&erlang((5, 10), Some(Span::from_secs(2)), 200.0, 100), &ENOUGH, []), [""; 0]);
}

#[test]
fn each_breach_has_its_own_sentence() {
    let ms = Span::from_millis;
    let changes: [(&str, Change); 24] = [
        ("equal steps", &|setup| setup.traffic.pattern = Pattern::Constant),
        ("bursts", &|setup| setup.traffic.pattern = Pattern::Bursts),
        ("spike", &|setup| setup.traffic.pattern = Pattern::Spike),
        ("grows", &|setup| setup.traffic.pattern = Pattern::Ramp),
        ("day", &|setup| setup.traffic.pattern = Pattern::Day),
        ("listed", &|setup| setup.traffic.pattern = Pattern::List),
        ("all take the same time", &|setup| setup.work.shape = Distribution::Constant),
        ("lognormal", &|setup| setup.work.shape = Distribution::Lognormal),
        ("slow reports", &|setup| (setup.work.slow_share, setup.work.slow) = (0.01, ms(500))),
        ("second connection", &|setup| setup.work.nested_share = 0.1),
        ("never give", &|setup| setup.work.leak_share = 0.1),
        ("slow each other", &|setup| setup.database.contention = 0.1),
        ("slow each other", &|setup| setup.database.coherency = 0.1),
        ("Opening a connection takes 20 ms", &|setup| setup.database.latency.connect = ms(20)),
        ("reset on return takes 1.5 ms", &|setup| setup.database.latency.reset = Span::from_micros(1_500)),
        ("Closing beyond pool_size takes 1 ms", &|setup| setup.database.latency.close = ms(1)),
        ("ping", &|setup| (setup.settings.pool_pre_ping, setup.database.latency.ping) = (true, ms(1))),
        ("comes again", &|setup| setup.visitors.retries = 1),
        ("give up after 2.5 s", &|setup| setup.visitors.gives_up = Some(ms(2_500))),
        ("Overflow is unlimited", &|setup| setup.settings.max_overflow = -1),
        ("A NullPool has no limit", &|setup| setup.settings.class = Class::NullPool),
        ("takes 10 connections and the pools may want 15", &|setup| setup.database.max_connections = Some(10)),
        ("the queue only grows", &|setup| (setup.settings.pool_timeout, setup.traffic.rate) = (None, 150.0)),
        ("give up", &|setup| (setup.visitors.gives_up, setup.visitors.retries) = (Some(ms(1)), 1)),
    ];
    for (words, change) in changes {
        let mut setup = clean();
        change(&mut setup);
        let found = broken_assumptions(&setup, &ENOUGH, []);
        assert_eq!(found.len(), 1, "{words}: {found:#?}");
        assert!(found[0].contains(words) && found[0].ends_with('.'), "{words}: {found:?}");
    }
}

#[test]
fn what_does_not_matter_is_no_breach() {
    let ms = Span::from_millis;
    let changes: [Change; 5] = [
        &|setup| setup.database.latency.ping = ms(1),
        &|setup| {
            (setup.settings.pool_reset_on_return, setup.database.latency.reset) = (Reset::None, ms(1));
        },
        &|setup| (setup.settings.max_overflow, setup.database.latency.close) = (0, ms(1)),
        &|setup| setup.database.max_connections = Some(15),
        &|setup| setup.database.slowness = 0.5,
    ];
    for (place, change) in changes.into_iter().enumerate() {
        let mut setup = clean();
        change(&mut setup);
        assert_eq!(broken_assumptions(&setup, &ENOUGH, []), [""; 0], "{place}");
    }
}

#[test]
fn what_happened_counts() {
    let setup = clean();
    let crowded = Tally { turned_away: 7, ..ENOUGH };
    assert!(broken_assumptions(&setup, &crowded, [])[0].starts_with("7 requests found 2000 others"));
    let cut_off = Tally { disconnected: 1, ..ENOUGH };
    assert!(broken_assumptions(&setup, &cut_off, [])[0].starts_with("Connections were lost"));

    let acts = [
        WorldAct::Restart,
        WorldAct::Cut,
        WorldAct::Change(Box::new(setup.clone())),
        WorldAct::Arrive(RequestSpec::default()),
    ];
    let found = broken_assumptions(&setup, &cut_off, &acts);
    assert_eq!(found.len(), 3, "one sentence for all failures and what came of them: {found:#?}");

    let (world, _) = run(&setup, Instant::ZERO + Span::from_secs(2));
    assert!(broken_assumptions(&setup, &world.tally(), [])[0].starts_with("The run is short"));
    assert!(broken_assumptions(&setup, &EMPTY, [])[0].contains("requests that are over: 0;"));
}
