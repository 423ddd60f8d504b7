//! Sizing a fleet: the advice is worked out again, keeps within the server's limit, and holds on the engine.

use proptest::prelude::*;
use valet::fleet::{Advice, Band, FIELDS, Fleet, FleetError, Limit, Rehearsal};
use valet::theory::Queue;
use valet::time::Span;

fn fleet(text: &str) -> Fleet {
    Fleet::read(text).unwrap()
}

fn rehearsed(fleet: &Fleet, advice: &Advice, events: u64) -> [Option<Band>; 2] {
    let mut rehearsal = Rehearsal::new(fleet, advice);
    while !rehearsal.advance(events) {}
    assert_eq!(rehearsal.progress(), (18, 18));
    rehearsal.bands()
}

#[test]
fn every_number_is_read_as_it_is_written() {
    let odd = Fleet {
        hosts: 3,
        workers: 17,
        threads: 1,
        rate: 0.25,
        hold: Span::from_micros(1_500),
        wait: Span::ZERO,
        limit: 5_000,
        others: 0,
    };
    for fleet in [odd, Fleet::default()] {
        assert_eq!(Fleet::read(&fleet.text()), Ok(fleet), "{}", fleet.text());
    }
    assert_eq!(odd.text(), "hosts=3&workers=17&threads=1&rate=0.25&hold=1.5&wait=0&limit=5000&others=0");
    let refused = |text: &str| Fleet::read(text).unwrap_err();
    assert_eq!(refused("host=3"), FleetError::Unknown("host".into()));
    assert_eq!(refused("rate=many").to_string(), "Requests per second, all together: “many” is not a number.");
    assert_eq!(refused("hosts=1&hosts=2").to_string(), "Machines or containers: it is given twice.");
    assert_eq!(refused("workers=0").to_string(), "Processes on each: from 1 to 256.");
    assert_eq!(refused("rate").to_string(), "Requests per second, all together: “” is not a number.");
    for field in FIELDS {
        assert!(field.help.ends_with('.') && !field.label.ends_with('.'), "{}", field.name);
        for text in ["-1", "1e9", "999999999", "NaN", ""] {
            let mut before = Fleet::default();
            assert!(field.set(&mut before, text).is_err(), "{} {text}", field.name);
            assert_eq!(before, Fleet::default());
        }
    }
}

#[test]
fn the_advice_is_the_smallest_that_is_enough() {
    let fleet = Fleet::default();
    let advice = Advice::of(&fleet);
    let p95 = |servers: u32, times: f64| {
        let queue = Queue { arrivals: 25.0 * times, service: 20.0, servers };
        queue.waiting().and_then(|waiting| waiting.wait_quantile(0.95))
    };
    assert!(p95(advice.pool_size, 1.0).unwrap() <= 0.05);
    assert!(p95(advice.pool_size - 1, 1.0).is_none_or(|p95| p95 > 0.05));
    assert!(p95(advice.each(), 2.0).unwrap() <= 0.05);
    assert!(p95(advice.each() - 1, 2.0).is_none_or(|p95| p95 > 0.05));
    assert_eq!((advice.processes, advice.room, advice.share, advice.limit), (8, 90, 11, None));
    assert!((fleet.in_use() - 10.0).abs() < 1e-9);
    // One pool for all needs fewer than eight pools do.
    assert!(advice.shared.unwrap() < advice.pool_size * 8);
}

#[test]
fn what_does_not_fit_is_said_with_what_would_help() {
    let slow = Advice::of(&fleet("hold=2000"));
    assert_eq!((slow.limit, slow.pool_size, slow.max_overflow), (Some(Limit::Server), 11, 0));
    assert_eq!(slow.now.p95, None, "fifty are needed at once by each, and each has eleven");
    let hold = slow.hold.unwrap();
    let helped = Advice::of(&Fleet { hold, ..fleet("hold=2000") });
    assert_eq!((helped.limit, helped.pool_size <= 11), (None, true), "{hold:?}");
    let longer = Advice::of(&Fleet { hold: hold + Span::from_millis(2), ..fleet("hold=2000") });
    assert_eq!(longer.limit, Some(Limit::Server));

    let sync = Advice::of(&fleet("threads=1&rate=20&hold=100"));
    assert_eq!((sync.pool_size, sync.max_overflow, sync.limit_of_twice), (1, 0, Some(Limit::Threads)));

    let crowded = Advice::of(&fleet("hosts=20&workers=8"));
    assert!(crowded.is_without_room() && crowded.limit == Some(Limit::Server) && crowded.hold.is_none());
    assert_eq!((crowded.pool_size, crowded.sum()), (1, 160));

    let hopeless = Advice::of(&fleet("rate=100000&hold=600000&limit=100000&threads=10000"));
    assert_eq!((hopeless.now.connections, hopeless.shared), (None, None));
}

#[test]
fn the_advice_holds_on_the_engine() {
    for text in
        ["", "hosts=1&workers=1&rate=2&hold=400&wait=200", "hosts=4&workers=8&threads=8&rate=900&hold=20&limit=300"]
    {
        let fleet = fleet(text);
        let advice = Advice::of(&fleet);
        let [now, twice] = rehearsed(&fleet, &advice, 10_000).map(Option::unwrap);
        for (band, need) in [(now, advice.now), (twice, advice.twice)] {
            assert!(band.requests > 50_000 && band.timeouts == 0 && band.least <= band.most, "{text}: {band:?}");
            let theory = need.p95.unwrap();
            assert!(band.least <= theory + Span::from_millis(1), "{text}: {band:?}, {theory:?}");
        }
        assert!(now.least <= fleet.wait, "{text}: {now:?}");
        assert!(twice.most > now.most, "{text}: {now:?}, {twice:?}");
    }
}

#[test]
fn where_slices_end_makes_no_difference() {
    let fleet = fleet("hosts=1&workers=1&rate=5&hold=100");
    let advice = Advice::of(&fleet);
    assert_eq!(rehearsed(&fleet, &advice, 777), rehearsed(&fleet, &advice, u64::MAX));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the numbers are: no panic, at least one connection each, and never more than the server allows where there is
    /// room for one each.
    #[test]
    fn the_sum_keeps_to_the_servers_limit(
        hosts in 1u32..1_000, workers in 1u32..256, threads in 1u32..10_000, rate in 0.01..100_000.0f64,
        hold in 10i64..600_000_000, wait in 0i64..60_000_000, limit in 1u32..100_000, others in 0u32..1_000
    ) {
        let (hold, wait) = (Span::from_micros(hold), Span::from_micros(wait));
        let fleet = Fleet { hosts, workers, threads, rate, hold, wait, limit, others };
        let advice = Advice::of(&fleet);
        prop_assert!(advice.pool_size >= 1 && advice.each() <= threads.max(1));
        prop_assert!(advice.is_without_room() || advice.sum() <= advice.room, "{:?}", advice);
        prop_assert!(advice.is_without_room() || advice.limit.is_none() == advice.now.connections.is_some_and(|need| need <= advice.pool_size));
        prop_assert!(advice.limit.is_none() || advice.limit_of_twice.is_some(), "twice the load never needs less");
        prop_assert!(advice.hold.is_none_or(|longest| longest < hold));
        let (plan, moment) = Rehearsal::plan(&fleet, &advice);
        prop_assert!(moment < plan.end() && plan.length >= Span::from_secs(10) && plan.length <= Span::from_secs(300));
    }
}
