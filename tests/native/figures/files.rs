//! The files of a run, read back.

use super::{at, erlang, run};
use serde_json::Value;
use valet::figures::{VERSION, Window, csv, json};
use valet::sim::{Journal, Sample, World};
use valet::time::{Instant, Span};

/// A run in which something of everything happens.
fn lively() -> (World, Journal) {
    let mut setup = erlang((2, 1), Some(Span::from_millis(150)), 30.0, 100);
    setup.work.nested_share = 0.1;
    setup.work.leak_share = 0.002;
    setup.visitors.retries = 1;
    setup.database.latency.connect = Span::from_millis(20);
    run(&setup, at(20_050))
}

/// The fields of a sample in the order of the files, taken from it by hand.
fn by_hand(sample: &Sample) -> Vec<i64> {
    let tally = &sample.tally;
    let counts = [
        tally.arrived,
        tally.served,
        tally.timeouts,
        tally.refused,
        tally.lost,
        tally.failed,
        tally.cancelled,
        tally.leaked,
        tally.gave_up,
        tally.wasted,
        tally.retried,
        tally.turned_away,
        tally.waited,
        tally.opened,
        tally.overflowed,
        tally.closed,
        tally.recycled,
        tally.disconnected,
        tally.asking.into(),
        tally.holding.into(),
        tally.nesting.into(),
        tally.in_system.into(),
    ];
    let mut all = vec![sample.checked_out, sample.waiting.into(), sample.open.into()];
    all.extend(counts.map(|count| count as i64));
    all.extend([sample.areas.asking, sample.areas.holding, sample.waits as i64]);
    all
}

const HEADER: &str = "time_s,checked_out,waiting,open,arrived,served,timeouts,refused,lost,failed,cancelled,leaked,gave_up,wasted,\
retried,turned_away,waited,opened,overflowed,closed,recycled,disconnected,asking,holding,nesting,in_system,\
asking_area_us,holding_area_us,waits_ended";

#[test]
fn a_row_a_sample() {
    let (_, journal) = lively();
    let text = csv(&journal);
    let lines: Vec<&str> = text.strip_suffix("\r\n").unwrap().split("\r\n").collect();
    assert_eq!(lines[0], HEADER);
    assert_eq!(lines.len(), 1 + 200);
    assert!(lines[15].starts_with("1.5,"), "{}", lines[15]);
    for (line, sample) in lines[1..].iter().zip(journal.samples()) {
        let (time, rest) = line.split_once(',').unwrap();
        assert_eq!(time.parse::<f64>().unwrap(), sample.at.as_secs_f64());
        let fields: Vec<i64> = rest.split(',').map(|field| field.parse().unwrap()).collect();
        assert_eq!(fields, by_hand(sample));
    }
    assert_eq!(csv(&Journal::new()), format!("{HEADER}\r\n"));
}

#[test]
fn json_is_read_back_the_same() {
    let (world, journal) = lively();
    let (first, last) = (Window::of(&journal, at(0), at(10_000)).unwrap(), Window::all(&journal).unwrap());
    let odd = "5 \"quoted\" \\ \n\t\u{1} </script> \u{2028} é 🅿";
    let text = json(&[("pool_size", "2"), (odd, odd)], &world.tally(), &[first, last], &journal);
    assert!(!text.contains('<') && text.chars().all(|c| c >= ' '));
    let run: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&run["format"], &run["version"]), (&Value::from("pool run"), &Value::from(VERSION)));
    assert_eq!(run["settings"], serde_json::json!({"pool_size": "2", odd: odd}));

    let names: Vec<&str> = HEADER.split(',').skip(1).collect();
    let series = run["series"].as_object().unwrap();
    assert_eq!(series.len(), 1 + names.len());
    for (place, sample) in journal.samples().iter().enumerate() {
        assert_eq!(series["at_us"][place], sample.at.as_micros());
        for (name, value) in names.iter().zip(by_hand(sample)) {
            assert_eq!(series[*name][place], value, "{name}");
        }
    }
    assert!(series.values().all(|column| column.as_array().unwrap().len() == journal.samples().len()));

    let tally = world.tally();
    assert!(tally.leaked > 0 && tally.timeouts > 0 && tally.overflowed > 0 && tally.retried > 0, "{tally:?}");
    let now = Sample { tally, ..Sample::default() };
    for (name, value) in names[3..25].iter().zip(&by_hand(&now)[3..25]) {
        assert_eq!(run["tally"][*name], *value, "{name}");
    }
    assert_eq!(run["tally"].as_object().unwrap().len(), 22);

    let waits = run["waits_us"].as_array().unwrap();
    let in_vain: Vec<usize> = run["in_vain"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap() as usize).collect();
    assert_eq!(waits.len(), journal.waits().len());
    for (place, (read, wait)) in waits.iter().zip(journal.waits()).enumerate() {
        assert_eq!(*read, wait.time().as_micros());
        assert_eq!(in_vain.binary_search(&place).is_ok(), wait.unserved());
    }

    let window = &run["windows"][0];
    assert_eq!((&window["from_us"], &window["to_us"]), (&Value::from(0), &Value::from(10_000_000)));
    assert_eq!(window["arrived"], first.tally().arrived);
    assert_eq!(window["mean_wait_s"].as_f64(), first.mean_wait());
    assert_eq!(window["mean_holding"].as_f64(), Some(first.mean_holding()));
    assert_eq!(window["p99_wait_us"], first.wait_at(0.99).unwrap().as_micros());
    assert_eq!(run["windows"][1]["to_us"], last.to().as_micros());
}

#[test]
fn what_cannot_be_said_is_null() {
    let (world, journal) = run(&erlang((1, 0), None, 0.0, 100), Instant::ZERO + Span::from_secs(1));
    let text = json(&[], &world.tally(), &[Window::all(&journal).unwrap()], &journal);
    let run: Value = serde_json::from_str(&text).unwrap();
    for name in ["mean_wait_s", "mean_wait_by_little_s", "p95_wait_us", "share_waited", "share_in_vain"] {
        assert_eq!(run["windows"][0][name], Value::Null, "{name}");
    }
    assert_eq!(run["windows"][0]["mean_asking"].as_f64(), Some(0.0));
    let nothing: Value = serde_json::from_str(&json(&[], &world.tally(), &[], &Journal::new())).unwrap();
    assert_eq!((&nothing["windows"], &nothing["waits_us"]), (&serde_json::json!([]), &serde_json::json!([])));
}
