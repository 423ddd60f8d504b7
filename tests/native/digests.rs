//! Everything that happens in worlds that use everything, held against numbers written down before.

use crate::stories::{self, unwatched, watched};

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
    let (found, expected) = stories::driven_story();
    assert_eq!(found, expected, "{found:#x?}");
}
