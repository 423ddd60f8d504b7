//! A run that was kept is the same run again.

use crate::travel::{at, fresh, look, same_journal, setup, stories, visits};
use proptest::prelude::*;
use valet::figures::{ARRIVED, SERVED};
use valet::lot::Format;
use valet::pool::{Answer, Command, ConnectionId, Settings};
use valet::run::{Label, NotRecordableError, Results, Run, differences, sets_apart};
use valet::service::{Job, Order, Report, RequestSpec};
use valet::settings::SETTINGS;
use valet::sim::{Setup, Visitors, WorldAct};
use valet::sql::{Fault, Rows, Tables};
use valet::time::{Instant, Span};
use valet::travel::{MOST_ENTRIES, ReadOnlyPastError, Travel};

fn label() -> Label {
    Label::new("A \"run\"\n, with it all ", "2026-11-22 14:03", "playground")
}

fn text_of(travel: &Travel) -> String {
    Run::of(travel, label()).unwrap().write()
}

/// Kept, read again and played.
fn again(travel: &Travel, format: Format) -> Travel {
    let text = text_of(travel);
    let run = Run::read(&text).unwrap();
    assert_eq!(run, Run::of(travel, label()).unwrap());
    assert_eq!(run.write(), text);
    let played = run.travel(format).unwrap();
    assert!(run.matches_results(&played));
    assert!(played.tape() == travel.tape(), "the very acts in the very places");
    played
}

/// A store that takes its time and fails now and then, each time otherwise.
struct Store {
    due: Vec<(Instant, u64, Order)>,
    number: u64,
    opened: u32,
    chance: u64,
    tables: Tables,
    found: Rows,
}

impl Store {
    fn drive(&mut self, travel: &mut Travel, until: i64) {
        loop {
            while let Some(order) = travel.order() {
                self.number += 1;
                let takes = match order.job {
                    Job::Work(_, takes) | Job::Execute(_, _, takes) => takes,
                    Job::Pool(_) | Job::Rollback(_) => {
                        Span::from_micros((self.number.wrapping_mul(self.chance | 1) % 40_000) as i64)
                    }
                };
                self.due.push((travel.now() + takes, self.number, order));
            }
            self.due.sort_by_key(|(when, number, _)| (*when, *number));
            let next = self.due.first().map(|(when, ..)| *when).filter(|when| *when <= at(until));
            let step = travel.now() + Span::from_millis(16);
            travel.play(next.unwrap_or(step).min(step).min(at(until)), &mut |_, _| {});
            if next == Some(travel.now()) {
                let (_, number, order) = self.due.remove(0);
                let report = self.report(number, order.job);
                let rows = matches!(report, Report::Worked).then_some(number as u32);
                let Order { generation, client, .. } = order;
                let found = std::mem::take(&mut self.found);
                travel.act(WorldAct::Report { generation, client, report, rows, found }).unwrap();
            } else if travel.now() >= at(until) {
                return;
            }
        }
    }

    fn report(&mut self, number: u64, job: Job) -> Report {
        let luck = number.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(self.chance) >> 32;
        let answer = Report::Answered;
        match job {
            Job::Work(..) | Job::Execute(..) if luck.is_multiple_of(23) => Report::Lost(Fault::GoneAway),
            Job::Work(..) | Job::Execute(..) if luck.is_multiple_of(19) => Report::Failed,
            Job::Execute(connection, statement, _) => {
                let (reply, rows) = self.tables.execute(connection, statement);
                self.found = rows;
                Report::Executed(reply)
            }
            Job::Work(..) | Job::Rollback(_) => Report::Worked,
            Job::Pool(Command::Open(_)) if luck.is_multiple_of(7) => answer(Answer::Failed),
            Job::Pool(Command::Open(_)) => {
                self.opened += 1;
                answer(Answer::Opened(ConnectionId(self.opened)))
            }
            Job::Pool(Command::Ping(_) | Command::Reset(..)) if luck.is_multiple_of(11) => answer(Answer::Gone),
            Job::Pool(_) if luck.is_multiple_of(29) => answer(Answer::Interrupted),
            Job::Pool(_) => answer(Answer::Done),
        }
    }
}

/// A run of a real store, with a restart, a visit and a change in it.
fn driven(seed: u64, rate: f64) -> Travel {
    let visitors = Visitors { gives_up: Some(Span::from_secs(1)), retries: 1, retry_after: Span::from_millis(300) };
    let mut first = Setup { visitors, ..setup(seed, rate, 3) };
    if seed.is_multiple_of(2) {
        valet::settings::set_application(&mut first, "users-corrected").unwrap();
    }
    let mut travel = Travel::driven(first.clone(), Format::Wide);
    let mut store = Store {
        due: Vec::new(),
        number: 0,
        opened: 0,
        chance: seed,
        tables: Tables::default(),
        found: Rows::default(),
    };
    store.drive(&mut travel, 4_000);
    travel.act(WorldAct::Restart).unwrap();
    travel
        .act(WorldAct::Arrive(RequestSpec {
            takes: Span::from_micros(123_457),
            nested: true,
            leaks: false,
            outside: Span::from_micros(7_001),
            returns_early: true,
            tries: 2,
            ..RequestSpec::default()
        }))
        .unwrap();
    for which in 0..6 {
        travel.act(visits(which, 4)).unwrap();
    }
    store.drive(&mut travel, 5_000);
    let ended = travel.world().services()[0].pool().records().find_map(|(_, connection)| connection);
    travel.act(WorldAct::Ended(ended.unwrap_or(ConnectionId(1)))).unwrap();
    let settings = Settings { pool_size: 1, pool_pre_ping: true, ..first.settings };
    travel.act(WorldAct::Change(Box::new(Setup { settings, ..first }))).unwrap();
    store.drive(&mut travel, 9_000);
    travel
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_simulated_run_is_the_same_again(
        (setup, acts) in stories(), until in 0i64..14_000, steps in 0usize..30, back in 0i64..14_000,
        moments in prop::collection::vec(0i64..14_000, 1..6)
    ) {
        let mut travel = fresh(&setup, &acts, until);
        // Stopped between two events of a moment, and left somewhere in the past.
        for _ in 0..steps { travel.step(); }
        let end = look(&travel);
        let events = travel.world().events();
        travel.seek(at(back.min(until)));
        let mut same = again(&travel, Format::Wide);
        prop_assert_eq!(look(&same), end);
        prop_assert_eq!(same.world().events(), events);
        for moment in moments {
            let moment = at(moment).min(travel.head());
            same.seek(moment);
            travel.seek(moment);
            prop_assert_eq!(look(&same), look(&travel));
            prop_assert!(same_journal(same.journal(), travel.journal()));
            prop_assert_eq!(same.step_back(), travel.step_back());
            prop_assert_eq!(look(&same), look(&travel));
        }
        // And it goes on the same way.
        for travel in [&mut same, &mut travel] {
            travel.return_to_present();
            travel.act(WorldAct::Restart).unwrap();
            travel.seek(at(16_000));
        }
        prop_assert_eq!(look(&same), look(&travel));
    }

    #[test]
    fn a_run_of_a_real_store_is_the_same_again(
        seed in any::<u64>(), rate in 20i32..160, moments in prop::collection::vec(0i64..9_500, 1..6)
    ) {
        let mut travel = driven(seed, f64::from(rate) / 10.0);
        let end = look(&travel);
        travel.seek(at(2_000));
        let mut same = again(&travel, Format::Wide);
        prop_assert_eq!(look(&same), end);
        for moment in moments {
            let moment = at(moment);
            same.seek(moment);
            travel.seek(moment);
            prop_assert_eq!(look(&same), look(&travel));
            prop_assert!(same_journal(same.journal(), travel.journal()));
            prop_assert_eq!(same.step_back(), travel.step_back());
            prop_assert_eq!(look(&same), look(&travel));
        }
        let mut tall = again(&travel, Format::Tall);
        same.set_format(Format::Tall);
        for moment in [9_000, 3_000] {
            same.seek(at(moment));
            tall.seek(at(moment));
            prop_assert_eq!(look(&same), look(&tall));
        }
    }

    /// Whatever is in a file, it is read and played, or refused in a sentence.
    #[test]
    fn a_broken_file_stops_nothing(
        seed in 0u64..1_000, real in any::<bool>(), edits in prop::collection::vec((any::<prop::sample::Index>(), 0u8..128), 1..6)
    ) {
        let travel = if real { driven(seed, 6.0) } else { fresh(&setup(seed, 6.0, 2), &[(900, WorldAct::Restart)], 3_000) };
        let mut text = text_of(&travel).into_bytes();
        // Digits become other digits: the most treacherous of mistakes.
        for (place, byte) in edits {
            let place = place.index(text.len());
            let digit = text[place..].iter().position(u8::is_ascii_digit).map_or(place, |next| place + next);
            text[digit] = if byte < 100 { b'0' + byte % 10 } else { byte };
        }
        if let Ok(text) = String::from_utf8(text)
            && let Ok(run) = Run::read(&text)
            && let Ok(mut travel) = run.travel(Format::Wide)
        {
            travel.seek(at(1_000));
            let _ = (run.matches_results(&travel), Run::read(&run.write()).unwrap() == run);
        }
    }
}

#[test]
fn a_recording_can_be_gone_about_in_and_no_more() {
    let travel = driven(5, 9.0);
    let mut same = again(&travel, Format::Wide);
    let (head, events, end) = (same.head(), same.head_events(), look(&same));
    assert!(same.is_recorded() && same.is_driven() && !same.is_past());
    assert!(same.order().is_none());
    assert_eq!(same.act(WorldAct::Restart), Err(ReadOnlyPastError));
    assert!(!same.step(), "there is no more");
    same.play(at(60_000), &mut |_, _| {});
    assert_eq!((same.now(), same.world().events(), same.is_at_head()), (head, events, true));
    same.seek(at(60_000));
    assert_eq!(look(&same), end);
    same.seek(at(1_000));
    assert!(!same.is_at_head() && same.act(WorldAct::Cut) == Err(ReadOnlyPastError));
    same.play(at(60_000), &mut |_, _| {});
    assert_eq!(look(&same), end);
    same.return_to_present();
    assert_eq!(look(&same), end);
    for _ in 0..40 {
        assert!(same.step_back());
    }
    while same.step() {}
    assert_eq!((same.world().events(), same.head_events()), (events, events));
    // A copy of the copy is the same file.
    assert_eq!(text_of(&same), text_of(&travel));
}

#[test]
fn a_file_is_one_line_an_act_and_says_what_it_is() {
    let travel = driven(1, 8.0);
    let text = text_of(&travel);
    let acts = travel.tape().unwrap().len();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.iter().filter(|line| line.starts_with("{\"at\":")).count(), acts);
    assert!(acts > 20 && lines.len() == acts + SETTINGS.len() + 9, "{} lines", lines.len());
    assert_eq!(lines[1], "\"valet_run\":1,");
    assert!(
        text.contains("\"do\":\"restart\"}")
            && text.contains("\"nested\":true,\"outside\":7001,\"early\":true,\"tries\":2}"),
        "{text}"
    );
    assert!(text.contains("\"do\":\"set\",\"to\":{\"pool_size\":\"1\",\"pool_pre_ping\":\"1\"}}"), "{text}");
    assert_eq!(Run::read(&text).unwrap().card.label.name, "A \"run\" , with it all");
    let spread = serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&text).unwrap()).unwrap();
    // Made pretty by another program the order of the fields is another, which does not matter.
    assert_eq!(Run::read(&spread).unwrap().write(), text);
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_line() {
    let simulated = fresh(
        &setup(3, 6.0, 2),
        &[
            (1_000, WorldAct::Restart),
            (2_000, WorldAct::Arrive(RequestSpec { takes: Span::from_secs(1), ..RequestSpec::default() })),
        ],
        3_000,
    );
    let real = driven(1, 8.0);
    let acts = SETTINGS.len() + 8; // the line of the first act
    let cases: &[(&Travel, &str, &str, usize, &str)] = &[
        (
            &simulated,
            "\"valet_run\":1",
            "\"valet_run\":2",
            2,
            "this run is of version 2, and this page knows version 1",
        ),
        (&simulated, "\"valet_run\"", "\"run_valet\"", 2, "unknown field `run_valet`"),
        (&simulated, "\"pool_size\":\"2\"", "\"pool_size\":\"two\"", 6, "pool_size is two. "),
        (&simulated, "\"pool_size\":\"2\"", "\"pool_sise\":\"2\"", 6, "pool_sise is 2. That means nothing here."),
        (&simulated, "\"pool_size\":\"2\"", "\"pool_size\":2", 6, "invalid type: integer `2`, expected a string"),
        (&simulated, "\"seed\":\"3\"", "\"seed\":\"-3\"", 5, "seed is -3. It takes a whole number from 0."),
        (&simulated, "\"max_overflow\"", "\"pool_size\"", 7, "pool_size is there twice."),
        (&simulated, "\"rate\":\"6\"", "\"rate\":\"1e9\"", 17, "rate is 1e9. It takes a number from 0 to 1000."),
        (&simulated, "\"do\":\"restart\"", "\"do\":\"dance\"", acts, "To do \"dance\" means nothing here"),
        (&simulated, "\"do\":\"restart\"", "\"do\":\"restart\",\"takes\":1", acts, "more with it than belongs"),
        (&simulated, "{\"at\":2000000", "{\"at\":900000", acts + 1, "does not come after the one before"),
        (&simulated, "{\"at\":2000000", "{\"at\":4000000", acts + 1, "comes after the end of the run"),
        (&simulated, ",\"takes\":1000000", "", acts + 1, "It needs \"takes\""),
        (&simulated, "\"takes\":1000000", "\"takes\":-1", acts + 1, "It needs \"takes\""),
        (
            &simulated,
            "\"do\":\"restart\"",
            "\"do\":\"worked\",\"pool\":0,\"client\":1",
            acts,
            "Only a real store reports",
        ),
        (&simulated, "\n]\n}", "\n]", usize::MAX, "the file ends too early"),
        (
            &real,
            "\"do\":\"opened\",\"pool\":0,\"client\":1,\"connection\":1",
            "\"do\":\"opened\",\"pool\":0,\"client\":1",
            acts,
            "lacks its \"connection\"",
        ),
        (
            &real,
            "\"do\":\"opened\",\"pool\":0,\"client\":1,",
            "\"do\":\"opened\",\"pool\":0,\"client\":4000000000,",
            acts,
            "Nothing was ordered that this could be a report on",
        ),
        (
            &real,
            "\"do\":\"opened\",\"pool\":0,\"client\":1,\"connection\":1}",
            "\"do\":\"worked\",\"pool\":0,\"client\":1}",
            acts,
            "Nothing was ordered",
        ),
    ];
    for &(travel, old, new, line, words) in cases {
        let text = text_of(travel);
        let broken = text.replacen(old, new, 1);
        assert_ne!(text, broken, "{old}");
        let fault = match Run::read(&broken) {
            Err(fault) => fault,
            Ok(run) => run.travel(Format::Wide).map(drop).unwrap_err().of(&broken),
        };
        let line = if line == usize::MAX { broken.lines().count() + 1 } else { line };
        let said = fault.to_string();
        assert!(said.starts_with(&format!("Line {line}, column ")) && said.contains(words), "{new}: {said}");
    }
    for (text, words) in [
        ("", "Line 1, column 0: the file ends too early."),
        ("hello", "Line 1, column 1: expected value."),
        ("[]", "Line 1, column "),
        ("{}", "Line 1, column 2: missing field `valet_run`."),
    ] {
        let said = Run::read(text).unwrap_err().to_string();
        assert!(said.starts_with(words), "{text}: {said}");
    }
    let late = text_of(&simulated).replace("\"head\":{\"at\":3000000", "\"head\":{\"at\":99000000000000");
    assert!(Run::read(&late).unwrap_err().to_string().starts_with("The run ends later than can be played"));
}

#[test]
fn a_run_that_comes_out_otherwise_is_told() {
    let travel = fresh(&setup(3, 6.0, 2), &[(1_000, WorldAct::Restart)], 9_000);
    let text = text_of(&travel);
    let served = format!("\"served\":{}", Results::of(&travel).number(&SERVED));
    let head = format!("\"head\":{{\"at\":9000000,\"events\":{}", travel.head_events());
    let after = format!("\"after\":{}", travel.tape().unwrap()[0].events);
    for (old, new) in
        [(served.as_str(), "\"served\":1"), (&after, "\"after\":1"), (&head, "\"head\":{\"at\":9000000,\"events\":60")]
    {
        assert!(text.contains(old), "{old}");
        let run = Run::read(&text.replace(old, new)).unwrap();
        assert!(!run.matches_results(&run.travel(Format::Wide).unwrap()), "{new}");
    }
}

#[test]
fn what_cannot_be_kept_is_refused_in_a_sentence() {
    let mut odd = setup(3, 6.0, 2);
    odd.work.mean = Span::from_micros(1_500); // knobs know milliseconds
    assert_eq!(Run::of(&Travel::new(odd, Format::Wide), label()), Err(NotRecordableError::Unsaid));
    let mut long = Travel::driven(setup(3, 6.0, 2), Format::Wide);
    for _ in 0..=MOST_ENTRIES {
        long.act(WorldAct::Restart).unwrap();
    }
    assert!(long.tape().is_some());
    long.play(at(2_000), &mut |_, _| {});
    assert_eq!(Run::of(&long, label()), Err(NotRecordableError::Forgotten));
}

#[test]
fn every_value_that_a_key_takes_is_said_exactly() {
    let mut setup = Setup::default();
    for (name, value) in [
        ("rate", "12.345678"),
        ("slow_percent", "12.345678"),
        ("nested_percent", "0.000001"),
        ("leak_percent", "99.999999"),
        ("pool_timeout", "0.000001"),
        ("pool_recycle", "2"),
        ("slowness", "0.333333"),
        ("coherency", "0.000123"),
        ("arrivals", "0.5 1 1.25"),
        ("gives_up", "1.5"),
        ("max_connections", "0"),
    ] {
        let setting = valet::settings::setting(name).unwrap();
        setting.set_text(&mut setup, value).unwrap();
        assert_eq!(setting.text(&setup), value, "{name}");
    }
    assert!(Run::of(&Travel::new(setup, Format::Wide), label()).is_ok());
}

#[test]
fn two_runs_differ_in_figures_and_settings() {
    let end = |size| {
        let travel = fresh(&setup(3, 12.0, size), &[], 20_000);
        Run::of(&travel, label()).unwrap()
    };
    let (a, b) = (end(1), end(4));
    let figures = differences(&a.card, &b.card);
    let more = |name| figures.iter().find(|figure| figure.title == name).unwrap().more();
    assert_eq!(
        (more("Length"), more("Requests")),
        (0, b.card.results.number(&ARRIVED) - a.card.results.number(&ARRIVED))
    );
    assert!(more("Requests served") > 0 && more("Median wait") < 0 && more("Failed requests") < 0, "{figures:?}");
    assert_eq!(sets_apart(&a.setup, &b.setup), (vec![["pool_size".into(), "1".into(), "4".into()]], true));
    let other = Setup { seed: 4, ..b.setup.clone() };
    assert!(!sets_apart(&a.setup, &other).1, "other visitors");
    assert_eq!(Label::name_for(&a.setup.settings, Span::from_millis(63_900)), "pool 1 + 2, 63 s");
}
