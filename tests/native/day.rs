//! A story may last a day: its quiet stretches are short on the slider, and it does not fill the memory.

use valet::figures::Milestone;
use valet::lot::Format;
use valet::sim::{Arrivals, MOST_SAMPLES, Pattern, ServerSetup, Setup, Traffic};
use valet::time::{Instant, Span};
use valet::travel::{QUIET, Travel};

const DAY: Span = Span::from_secs(86_400);

fn second(secs: i64) -> Instant {
    Instant::ZERO + Span::from_secs(secs)
}

/// Requests at these seconds only, and a server that closes what was idle for eight hours, as MySQL does by default.
fn setup(arrivals: &[i64]) -> Setup {
    Setup {
        traffic: Traffic {
            pattern: Pattern::List,
            list: arrivals.iter().map(|&secs| second(secs)).collect(),
            ..Traffic::poisson(0.0)
        },
        database: ServerSetup { wait_timeout: Some(Span::from_secs(28_800)), ..ServerSetup::default() },
        ..Setup::default()
    }
}

#[test]
fn eight_quiet_hours_are_a_minute_on_the_slider() {
    let mut travel = Travel::new(setup(&[1, 40_000]), Format::Wide);
    // The connection that served the request at 1 s is closed by the server 28,800 s later; the next request finds out.
    let far = Span::from_secs(600);
    let mut found = None;
    while found.is_none() {
        found = travel.run_to(Milestone::Disconnect, Instant::ZERO + DAY, far, 100);
    }
    assert_eq!(found, Some(true));
    assert!((travel.now() - second(40_000)).as_micros() < 1_000_000, "{:?}", travel.now());
    // Quiet from the first request to the server's closing, and from there to the second.
    let place = travel.scale().place(travel.now());
    assert!(place > QUIET + QUIET && place < Span::from_secs(123), "{place:?}");
    assert!((travel.scale().moment(place) - travel.now()).as_micros().abs() < 10);
}

#[test]
fn a_run_in_which_nothing_happens_ends_where_the_search_does() {
    let mut travel = Travel::new(setup(&[]), Format::Wide);
    assert_eq!(travel.run_to(Milestone::Wait, Instant::ZERO + DAY, Span::from_secs(600), 100), Some(false));
    assert_eq!(travel.now(), second(600));
}

#[test]
fn quiet_is_left_when_everything_has_come_to_rest() {
    let mut travel = Travel::new(setup(&[1, 40_000]), Format::Wide);
    travel.seek(second(5));
    assert_eq!(travel.quiet_until(), None, "cars may still be driving");
    travel.seek(second(20));
    let closing = travel.quiet_until().unwrap();
    assert!(closing > second(28_800) && closing < second(28_803), "{closing:?}");
    travel.seek(Instant::from_micros(closing.as_micros() - 1_000_000));
    assert_eq!(travel.quiet_until(), None, "it is about to end");
}

#[test]
fn a_day_has_no_more_samples_than_are_kept() {
    let mut travel = Travel::new(setup(&[1, 40_000]), Format::Wide);
    travel.seek(Instant::ZERO + DAY);
    let all = travel.journal().samples().to_vec();
    assert!(all.len() <= MOST_SAMPLES && all.len() > MOST_SAMPLES / 2, "{}", all.len());
    let step = all[0].at - Instant::ZERO;
    assert!(all.windows(2).all(|two| two[1].at - two[0].at == step), "at equal distances");
    assert!(Instant::ZERO + DAY < all[all.len() - 1].at + step);
    // Back and forth again it is the same.
    travel.seek(second(41_000));
    let some = travel.journal().samples();
    assert_eq!(some, &all[..some.len()]);
    assert!(some[some.len() - 1].at <= second(41_000) && some[some.len() - 1].tally.arrived == 2);
    travel.seek(Instant::ZERO + DAY);
    assert_eq!(travel.journal().samples(), all);
}

#[test]
fn a_moment_is_the_same_in_parts() {
    let busy = Setup { traffic: Traffic::poisson(30.0), ..setup(&[]) };
    let mut whole = Travel::new(busy.clone(), Format::Wide);
    whole.seek(second(60));
    let mut parts = Travel::new(busy, Format::Wide);
    let mut calls = 1;
    while !parts.seek_some(second(60), 100) {
        calls += 1;
    }
    assert!(calls > 20);
    assert_eq!((parts.now(), parts.world().events()), (whole.now(), whole.world().events()));
    assert_eq!(parts.picture(0, false), whole.picture(0, false));
    assert!(parts.is_at_head());
}

#[test]
fn however_short_a_burst_is_time_goes_on() {
    let second = |secs| Instant::ZERO + Span::from_secs(secs);
    // Of more than 10,000 in a burst no more than so many come.
    for (lasts, rate, due) in [(1, 7.0, 7_000), (1, 1_000.0, 500_000), (1_000, 4.0, 4_000), (2_000, 900.0, 500_000)] {
        let bursts = Traffic { pattern: Pattern::Bursts, lasts: Span::from_micros(lasts), ..Traffic::poisson(rate) };
        let mut arrivals = Arrivals::new(3, bursts);
        let (mut count, mut last) = (0, Instant::ZERO);
        while let Some(at) = arrivals.next_until(second(1_000)) {
            assert!(at >= last, "{at:?} comes after {last:?}");
            let phase = (at - Instant::ZERO).as_micros() % 20_000_000;
            assert!(phase < lasts, "{at:?} lies in no burst");
            (count, last) = (count + 1, at);
        }
        let is_due = (due * 19 / 20..=due * 21 / 20).contains(&count);
        assert!(is_due, "{count} requests in bursts of {lasts} microseconds, where {due} are due");
    }
}
