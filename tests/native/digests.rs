//! Everything that happens in worlds that use everything, held against numbers written down before.

use crate::stories::{self, driven, unwatched, watched};
use valet::sim::{Setup, Traffic, Visitors, Work};
use valet::time::Span;

#[test]
fn stories_are_told_as_ever() {
    let differing: Vec<_> = stories::stories()
        .into_iter()
        .map(|story| (story.name, story.expected, watched(&story)))
        .filter(|(_, expected, found)| found != expected)
        .map(|(name, _, found)| format!("{name}: {found:#x?}"))
        .collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn nobody_watching_makes_no_difference() {
    for story in stories::stories() {
        assert_eq!(unwatched(&story), story.expected.journal, "{}", story.name);
    }
}

#[test]
fn who_drives_a_world_gets_the_same_orders() {
    let setup = Setup {
        traffic: Traffic::poisson(160.0),
        work: Work { nested_share: 0.03, ..Work::constant(Span::from_millis(90)) },
        visitors: Visitors { gives_up: Some(Span::from_secs(1)), retries: 1, retry_after: Span::from_millis(100) },
        ..Setup::default()
    };
    let found = driven(setup, stories::at(120_000));
    assert_eq!(found, (0xab9e_55c2_3b2e_0b84, 0xdd12_835e_0622_60b2), "{found:#x?}");
}
