//! No link and no setting asks for more than can be played: work comes in portions, a world has a budget, and what it holds is
//! bounded.

use proptest::prelude::*;
use std::collections::BTreeMap;
use valet::link::Link;
use valet::lot::{Format, Picture};
use valet::pool::{Answer, Command, ConnectionId};
use valet::run::{Label, Run, RunPlayer};
use valet::service::{Job, Report};
use valet::settings::{SETTINGS, ValueKind};
use valet::sim::{Arrivals, Pattern, Setup, Traffic, WorldAct};
use valet::sql::Rows;
use valet::time::{Instant, Span};
use valet::travel::{MOST_EVENTS, Travel};

/// What all copies of earlier moments may hold together, and what one moment may.
const MOST_COPIED: u64 = 260_000;
const MOST_HELD: u64 = 700_000;

fn second(secs: i64) -> Instant {
    Instant::ZERO + Span::from_secs(secs)
}

/// The world of a link, and the moment that it leads to.
fn of(query: &str) -> (Setup, Instant) {
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
    let (link, errors) = Link::read(Setup::default(), pairs);
    assert!(errors.is_empty(), "{query}: {errors:?}");
    (link.setup, link.at.unwrap_or(second(600)))
}

/// Goes to a moment, or as far as some thousand events lead, and holds no more than it may anywhere on the way.
fn play(query: &str, most: u64) -> Travel {
    let (setup, at) = of(query);
    let mut travel = Travel::new(setup, Format::Wide);
    while !travel.seek_some(at, 500) && travel.world().events() < most {
        let (now, copies) = travel.things();
        assert!(now <= MOST_HELD && copies <= MOST_COPIED, "{query}: {now} and {copies} things");
    }
    assert!(travel.world().events() < most + 500, "{query}: a portion is no more than that");
    let _ = travel.picture(0, false);
    travel
}

#[test]
fn links_that_once_hung_or_filled_the_memory() {
    for query in [
        "traffic=bursts&lasts=0.000001&rate=7",
        "traffic=bursts&lasts=0.000001",
        "traffic=bursts&lasts=0&rate=1000&every=86400",
        "rate=1000&retries=100&retry_after=0&pool_timeout=0&pool_size=1&max_overflow=0&at=600",
        "rate=60&retries=100&retry_after=0",
        "rate=1000&at=3600",
        "rate=60&workers=8&pool_size=500&query_ms=60000",
        "rate=60&workers=8&pool_size=20&max_overflow=20&query_ms=5000&pool_timeout=60",
        "rate=1000&leak_percent=100&pool_size=0",
        "rate=1000&gives_up=0&retries=100&retry_after=0",
    ] {
        play(query, 20_000);
    }
}

/// The ends of a setting's range.
fn ends(kind: &ValueKind) -> Vec<String> {
    let both = |from: String, to: String| vec![from, to];
    match kind {
        ValueKind::Pool(_) => ["0", "1", "-1", "500", "31536000", "None"].map(String::from).to_vec(),
        ValueKind::Whole(from, to) => both(from.to_string(), to.to_string()),
        ValueKind::Number(from, to) => both(from.to_string(), to.to_string()),
        ValueKind::Percent => both("0".into(), "100".into()),
        ValueKind::Seconds => ["0", "0.000001", "86400"].map(String::from).to_vec(),
        ValueKind::Millis(most) => both("0".into(), most.to_string()),
        ValueKind::OrNone(kind) => [vec!["None".into()], ends(kind)].concat(),
        ValueKind::Word(words) => words.iter().map(|word| word.to_string()).collect(),
        ValueKind::Switch => both("0".into(), "1".into()),
        ValueKind::Moments => both("0".into(), ["0"; 500].join(" ")),
    }
}

#[test]
fn every_end_of_every_setting_in_a_busy_world() {
    let busy = of("rate=1000&query_ms=5000&pool_timeout=60&workers=4").0;
    for setting in SETTINGS {
        for text in ends(&setting.kind) {
            let mut setup = busy.clone();
            if setting.set_text(&mut setup, &text).is_err() {
                continue; // the pool's four have other ends
            }
            let mut travel = Travel::new(setup, Format::Wide);
            travel.seek_some(second(60), 2_000);
            assert!(travel.world().events() <= 2_000, "{}={text}", setting.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Any combination of ends can be played, and what it holds is bounded.
    #[test]
    fn combinations_of_ends(chosen in proptest::collection::vec((0..SETTINGS.len(), 0usize..8), 4..14), seed in 0u64..99) {
        let mut setup = Setup { seed, ..Setup::default() };
        let mut said = Vec::new();
        for (place, which) in chosen {
            let texts = ends(&SETTINGS[place].kind);
            let text = &texts[which % texts.len()];
            if SETTINGS[place].set_text(&mut setup, text).is_ok() {
                said.push(format!("{}={text}", SETTINGS[place].name));
            }
        }
        let mut travel = Travel::new(setup, Format::Wide);
        while !travel.seek_some(second(3_600), 500) && travel.world().events() < 3_000 {}
        let (now, copies) = travel.things();
        prop_assert!(now <= MOST_HELD && copies <= MOST_COPIED, "{}: {now} and {copies} things", said.join("&"));
        let _ = travel.picture(0, false);
    }

    /// In which portions a world is played makes no difference.
    #[test]
    fn portions_change_nothing(portions in proptest::collection::vec(1u64..90, 1..9), rate in 1.0f64..40.0, millis in 1i64..20_000) {
        let setup = Setup { traffic: Traffic::poisson(rate), ..Setup::default() };
        let at = Instant::ZERO + Span::from_millis(millis);
        let (mut whole, mut parts) = (Travel::new(setup.clone(), Format::Tall), Travel::new(setup, Format::Tall));
        whole.seek(at);
        let mut portions = portions.iter().cycle();
        while !parts.seek_some(at, *portions.next().unwrap()) {}
        prop_assert_eq!(look(&parts), look(&whole));
        // Turned about on the way, it is as if it had always been so.
        whole.set_format(Format::Wide);
        if let Some(place) = parts.set_format_some(Format::Wide, 5) {
            while !parts.go_to_some(place, *portions.next().unwrap()) {}
        }
        prop_assert_eq!(look(&parts), look(&whole));
        let back = Instant::ZERO + Span::from_millis(millis / 2);
        whole.seek(back);
        while !parts.seek_some(back, *portions.next().unwrap()) {}
        prop_assert_eq!(look(&parts), look(&whole));
    }
}

fn look(travel: &Travel) -> (Instant, u64, Picture) {
    (travel.now(), travel.world().events(), travel.picture(0, false))
}

#[test]
fn a_world_is_used_up_where_it_stands_and_can_be_kept() {
    let (setup, at) = of("rate=1000&query_ms=0&pool_size=0&at=86400");
    let mut travel = Travel::new(setup, Format::Wide);
    travel.seek(at);
    assert!(travel.is_used_up() && travel.world().events() == MOST_EVENTS);
    let (end, spent) = (travel.now(), travel.world().tally());
    assert!(end > second(600) && end < at, "{end:?}");
    assert!(!travel.step(), "it goes no further");
    travel.play(at, &mut |_, _| {});
    assert_eq!((travel.now(), travel.world().tally()), (end, spent));
    assert!(Run::of(&travel, Label::new("all", "now", "playground")).is_ok());
    // It goes back, and from there on into another future.
    travel.seek(second(60));
    assert!(!travel.is_used_up());
    travel.act(WorldAct::Restart).unwrap();
    travel.seek(second(61));
    assert_eq!(travel.now(), second(61));
}

#[test]
fn a_driven_world_turned_about_keeps_its_present() {
    let mut travel = Travel::driven(of("rate=30").0, Format::Wide);
    travel.play(second(60), &mut |_, _| {});
    travel.seek(second(20));
    assert_eq!(travel.set_format_some(Format::Tall, 10), None);
    assert!(travel.is_past() && travel.format() == Format::Tall && travel.now() == second(20));
    travel.return_to_present();
    assert_eq!((travel.format(), travel.now()), (Format::Tall, second(60)));
    travel.act(WorldAct::Restart).unwrap();
    travel.seek(second(20));
    assert_eq!((travel.format(), travel.now()), (Format::Tall, second(20)));
}

#[test]
fn a_kept_run_is_played_in_portions() {
    let mut travel = Travel::new(of("rate=30").0, Format::Wide);
    for secs in [3, 7, 7, 11] {
        travel.seek(second(secs));
        travel.act(WorldAct::Restart).unwrap();
    }
    travel.seek(second(20));
    let run = Run::of(&travel, Label::new("some", "now", "playground")).unwrap();
    let mut player = RunPlayer::new(&run, Format::Wide);
    let mut portions = 0;
    while !player.go_on(7).unwrap() {
        portions += 1;
        assert!(player.percent() <= 100);
    }
    assert!(portions > 50);
    let (_, played) = player.end();
    assert!(run.matches_results(&played));
    assert_eq!(look(&played), look(&travel));
}

fn bursts(rate: f64, lasts: i64, every: i64) -> Traffic {
    let (lasts, every) = (Span::from_micros(lasts), Span::from_secs(every));
    Traffic { pattern: Pattern::Bursts, lasts, every, ..Traffic::poisson(rate) }
}

/// How many requests come at which moment.
fn arrivals(traffic: Traffic, until: Instant) -> BTreeMap<Instant, usize> {
    let mut arrivals = Arrivals::new(3, traffic);
    let mut found = BTreeMap::new();
    while let Some(at) = arrivals.next_until(until) {
        *found.entry(at).or_insert(0) += 1;
    }
    found
}

#[test]
fn sharp_bursts_bring_what_is_due_and_no_more() {
    for lasts in [0, 1, 10, 300] {
        let found = arrivals(bursts(6.0, lasts, 20), second(1_999));
        let all: usize = found.values().sum();
        assert!((11_300..12_700).contains(&all), "{all} of about 12,000 in bursts of {lasts} us");
        let within = |at: &Instant| (*at - Instant::ZERO).as_micros() % 20_000_000 < lasts.max(1);
        assert!(found.keys().all(within), "all of them within the bursts");
    }
    let found = arrivals(bursts(1_000.0, 0, 86_400), second(86_399));
    let all: usize = found.values().sum();
    assert!((9_500..10_500).contains(&all), "of 86,400,000 in one microsecond as many come as can be played: {all}");
}

/// A world that an outside driver drives, as the page drives the live lot, but at once: each order is carried out when it comes.
#[test]
fn what_a_live_lot_remembers_is_bounded() {
    let mut travel = Travel::driven(of("rate=1000&pool_size=20").0, Format::Wide);
    let mut opened = 0;
    let mut most = 0;
    for step in 1..=400 {
        travel.play(Instant::ZERO + Span::from_millis(step * 250), &mut |_, _| {});
        while let Some(order) = travel.order() {
            let report = match order.job {
                Job::Pool(Command::Open(_)) => {
                    opened += 1;
                    Report::Answered(Answer::Opened(ConnectionId(opened)))
                }
                Job::Pool(_) => Report::Answered(Answer::Done),
                _ => Report::Worked,
            };
            let (generation, client) = (order.generation, order.client);
            let report = WorldAct::Report { generation, client, report, rows: None, found: Rows::default() };
            travel.act(report).unwrap();
        }
        most = most.max(travel.acts().count());
    }
    assert!(travel.world().tally().served > 50_000, "it lives: {:?}", travel.world().tally());
    // The oldest go when the next copy is taken, which is some hundred acts later.
    assert!(most <= 52_000 && travel.tape().is_none(), "the oldest acts are forgotten: {most} are remembered");
    assert!(travel.beginning() > Instant::ZERO, "and what came before is not gone back to");
    let (now, copies) = travel.things();
    assert!(now <= MOST_HELD && copies <= MOST_COPIED);
    // The past that is remembered is what it was.
    travel.seek(travel.beginning());
    assert!(travel.is_past());
    travel.return_to_present();
    assert_eq!(travel.now(), second(100));
}
