//! Barging: a key that comes back belongs to whoever takes it, and who is woken late may find none.

use std::sync::Arc;
use valet::pool::Settings;
use valet::sim::{Journal, Pattern, Setup, Traffic, Work, World};
use valet::time::{Instant, Span};

fn at(millis: i64) -> Instant {
    Instant::ZERO + Span::from_millis(millis)
}

/// One connection, a second each. Request 1 has it until 1.0, 2 and 3 wait, and 4 comes at 1.1.
fn world(wake: i64, timeout: i64) -> World {
    let list: Arc<[Instant]> = [0, 100, 200, 1_100].map(at).into();
    World::new(Setup {
        settings: Settings {
            pool_size: 1,
            max_overflow: 0,
            pool_timeout: Some(Span::from_millis(timeout)),
            ..Settings::default()
        },
        traffic: Traffic { pattern: Pattern::List, list, ..Traffic::poisson(0.0) },
        work: Work::constant(Span::from_millis(1_000)),
        wake: Span::from_millis(wake),
        ..Setup::default()
    })
}

/// Who has the connection and who stands in line at a moment.
fn seen(world: &mut World, millis: i64) -> (Vec<u32>, Vec<u32>) {
    world.run_until(at(millis), &mut Journal::new());
    let service = &world.services()[0];
    (service.holding().collect(), service.in_line().collect())
}

#[test]
fn who_is_woken_at_once_is_first() {
    let mut world = world(0, 10_000);
    assert_eq!(seen(&mut world, 1_050), (vec![2], vec![3]));
    assert_eq!(seen(&mut world, 1_150), (vec![2], vec![3, 4]));
    assert_eq!(seen(&mut world, 9_000), (vec![], vec![]));
    assert_eq!((world.tally().served, world.tally().waited), (4, 3));
}

#[test]
fn a_newcomer_is_before_who_is_woken_late() {
    let mut world = world(300, 10_000);
    assert_eq!(seen(&mut world, 1_050), (vec![], vec![2, 3]), "2 is woken and first still");
    assert_eq!(world.services()[0].pool().checkedin(), 1, "the key hangs there");
    assert_eq!(seen(&mut world, 1_150), (vec![4], vec![2, 3]));
    assert_eq!(seen(&mut world, 1_350), (vec![4], vec![3, 2]), "2 waits again, at the back");
    assert_eq!(seen(&mut world, 2_450), (vec![3], vec![2]));
    assert_eq!(seen(&mut world, 9_000), (vec![], vec![]));
    assert_eq!((world.tally().served, world.tally().waited), (4, 2), "who waits again is no other checkout");
}

#[test]
fn who_waits_again_keeps_its_deadline() {
    let mut world = world(300, 2_500);
    let (holding, line) = seen(&mut world, 2_850);
    assert_eq!((holding, line, world.waiting()), (vec![3], vec![2], 1), "its time is up, and it does not know yet");
    assert_eq!((seen(&mut world, 9_000), world.tally().timeouts, world.tally().served), ((vec![], vec![]), 1, 3));
}
