//! Threads that wait.

use crate::upstream::dbapi::Place;
use crate::upstream::kit::Kit;
use crate::upstream::threads::Step;
use valet::pool::{Hook, PoolError, Settings};
use valet::time::{Instant, Span};

const fn millis(millis: i64) -> Span {
    Span::from_millis(millis)
}

fn queue(pool_size: i64, max_overflow: i64, pool_timeout: Option<Span>) -> Kit {
    Kit::new(Settings { pool_size, max_overflow, pool_timeout, ..Settings::DEFAULT })
}

#[test]
fn test_timeout() {
    let timeout = Span::from_secs(2);
    let mut kit = queue(3, 0, Some(timeout));
    let _out: Vec<_> = (0..3).map(|_| kit.connect().unwrap()).collect();
    let before = kit.now;
    assert_eq!(kit.connect().unwrap_err(), PoolError::Timeout { size: 3, overflow: 0, timeout });
    assert_eq!(kit.now - before, timeout);
}

/// Half a second is not yet over at the second of theirs moments, and is at the third.
#[test]
fn test_timeout_subsecond_precision() {
    let [begin, within, outside] =
        [1_761_659_753_125_067, 1_761_659_753_349_000, 1_761_659_753_715_000].map(Instant::from_micros);
    let timeout = millis(500);
    let mut kit = queue(1, 0, Some(timeout));
    kit.sleep(begin - Instant::ZERO);
    let _c1 = kit.connect().unwrap();
    let thread = kit.start(1, &[Step::Connect]);
    kit.sleep(within - begin);
    assert!(kit.threads[&thread].raised.is_empty());
    kit.sleep(outside - within);
    let raised = PoolError::Timeout { size: 1, overflow: 0, timeout };
    assert_eq!(kit.threads[&thread].raised, [(timeout, raised)]);
}

#[test]
fn test_timeout_race() {
    let mut kit = queue(2, 1, Some(Span::from_secs(3)));
    kit.dbapi.takes(Place::Connect, millis(50));
    for _ in 0..10 {
        kit.start(1, &[Step::Connect, Step::Sleep(Span::from_secs(4)), Step::Close]);
    }
    kit.join();
    let timeouts: Vec<_> = kit.threads.values().flat_map(|thread| &thread.raised).collect();
    assert!(!timeouts.is_empty());
    for (waited, error) in timeouts {
        assert!(matches!(error, PoolError::Timeout { .. }));
        assert!((Span::from_secs(3)..Span::from_secs(14)).contains(waited));
    }
}

const WHAMMY: [Step; 4] = [Step::Connect, Step::Sleep(millis(5)), Step::NoteOverflow, Step::Close];

fn test_overflow(thread_count: usize, max_overflow: i64) {
    let mut kit = queue(3, max_overflow, Some(Span::from_secs(2)));
    kit.dbapi.takes(Place::Connect, millis(50));
    for _ in 0..thread_count {
        kit.start(10, &WHAMMY);
    }
    kit.join();
    let peak = kit.threads.values().flat_map(|thread| &thread.overflows).max();
    assert!(*peak.unwrap() <= max_overflow);
    assert_eq!(kit.pool().checkedout(), 0);
}

#[test]
fn test_no_overflow() {
    test_overflow(40, 0);
}

#[test]
fn test_max_overflow() {
    test_overflow(40, 5);
}

#[test]
fn test_hanging_connect_within_overflow() {
    let mut kit = Kit::queue(2, 3);
    let hanging = [Span::ZERO, Span::ZERO, Span::from_secs(2), Span::ZERO, Span::ZERO];
    let threads = hanging.map(|takes| {
        kit.dbapi.takes(Place::Connect, takes);
        let thread = kit.start(1, &[Step::Connect, Step::Sleep(Span::from_secs(1)), Step::Close]);
        kit.sleep(millis(200));
        thread
    });
    kit.join();
    let took = threads.map(|thread| kit.threads[&thread].connected.clone());
    assert_eq!(took, hanging.map(|takes| vec![takes]));
}

#[test]
fn test_waiters_handled() {
    let mut successes = 0;
    for timeout in [None, Some(Span::from_secs(30))] {
        for max_overflow in [0, -1, 3] {
            let mut kit = queue(2, max_overflow, timeout);
            let _c1 = kit.connect().unwrap();
            let c2 = kit.connect().unwrap();
            for _ in 0..2 {
                kit.start(1, &[Step::Connect, Step::Sleep(millis(100)), Step::Close]);
            }
            kit.sleep(millis(200));
            kit.disconnected(c2);
            kit.join();
            successes += kit.successes();
        }
    }
    assert_eq!(successes, 12);
}

#[test]
fn test_notify_waiters() {
    let mut kit = queue(1, 0, None);
    let c1 = kit.connect().unwrap();
    for _ in 0..5 {
        kit.start(1, &[Step::Connect, Step::Sleep(millis(500)), Step::Close]);
    }
    kit.sleep(millis(500));
    assert_eq!((kit.dbapi.opened, kit.successes()), (1, 0));
    kit.story.clear();
    kit.disconnected(c1);
    kit.join();
    assert_eq!((kit.dbapi.opened, kit.successes()), (2, 5));
    let told = kit.told(&[Hook::Connect, Hook::Checkout]);
    assert_eq!(told, ["connect", "checkout", "checkout", "checkout", "checkout", "checkout"]);
}
