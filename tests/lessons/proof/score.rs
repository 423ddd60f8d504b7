//! The score counts what matters, and only that.

use super::map::{Grid, Map};
use valet::lesson::score::{Cost, RISKS};
use valet::lesson::{Assessment, LESSONS, lesson};

fn judged(name: &str, changes: &[(&str, &str)]) -> Assessment {
    lesson(name).expect(name).challenge.judge(changes).expect(name)
}

#[test]
fn a_solution_always_earns_three_points() {
    for lesson in LESSONS {
        let verdict = lesson.challenge.judge(lesson.challenge.solution).expect(lesson.name);
        assert_eq!((verdict.score, verdict.missing), (Some(3), None), "{}", lesson.name);
    }
}

#[test]
fn how_far_a_value_is_from_its_first_does_not_count() {
    for value in ["20", "21", "25", "28", "29"] {
        assert_eq!((value, judged("recycle", &[("pool_recycle", value)]).score), (value, Some(3)));
    }
    let (four, six) = (judged("sizing", &[("pool_size", "4")]), judged("sizing", &[("pool_size", "6")]));
    assert!(four.score >= six.score, "{four:?} {six:?}");
    assert_eq!(four.score, Some(3));
    assert_eq!(six.missing.as_deref(), Some("It works, and opens 6 connections where 5 are enough."));
}

#[test]
fn what_may_break_costs_a_point() {
    let at_the_limit = judged("recycle", &[("pool_recycle", "30")]);
    assert_eq!(at_the_limit.score, Some(2));
    assert_eq!(at_the_limit.missing.as_deref(), Some("It works, and keeps connections until the server closes them."));
}

#[test]
fn more_of_anything_never_earns_more() {
    let needed = Cost { changes: 1, opened: 6, most_open: 5, risks: [false; RISKS.len()] };
    let costs: Vec<Cost> = (0..256_usize)
        .map(|bits| Cost {
            changes: 1 + (bits & 3),
            opened: 5 + (bits as i64 >> 2 & 3),
            most_open: 4 + (bits as i64 >> 4 & 1) * 3,
            risks: [bits >> 5 & 1 == 1, bits >> 6 & 1 == 1, bits >> 7 & 1 == 1],
        })
        .collect();
    let no_more = |one: &Cost, other: &Cost| {
        one.changes <= other.changes
            && one.opened <= other.opened
            && one.most_open <= other.most_open
            && one.risks.iter().zip(other.risks).all(|(one, other)| *one <= other)
    };
    for one in &costs {
        assert_eq!(one.points(&needed) == 3, one.missing(&needed).is_none(), "{one:?}");
        for other in costs.iter().filter(|other| no_more(one, other)) {
            assert!(one.points(&needed) >= other.points(&needed), "{one:?} {other:?}");
        }
    }
}

#[test]
fn a_change_that_changes_nothing_costs_nothing() {
    for lesson in LESSONS {
        let challenge = &lesson.challenge;
        let plan = (challenge.plan)();
        let untouched = challenge
            .adjustable
            .iter()
            .filter(|control| !challenge.solution.iter().any(|(name, _)| *name == control.name()));
        let first: Vec<_> = untouched.map(|control| (control.name(), control.text(&plan))).collect();
        let first = first.iter().map(|(name, value)| (*name, value.as_str()));
        let changes: Vec<_> = challenge.solution.iter().copied().chain(first).collect();
        assert_eq!(challenge.judge(&changes).expect(lesson.name).score, Some(3), "{}", lesson.name);
    }
}

#[test]
fn every_score_is_earned_somewhere() {
    let maps =
        LESSONS.iter().map(|lesson| Map::of(&lesson.challenge, &Grid { most: 120, seeds: 1, wrong_moves: false }));
    let scores: Vec<_> = maps.flat_map(|map| map.answers).filter_map(|answer| answer.score).collect();
    for score in 1..=3 {
        assert!(scores.contains(&score), "nothing earns {score}");
    }
    assert!(scores.iter().all(|score| (1..=3).contains(score)));
}
