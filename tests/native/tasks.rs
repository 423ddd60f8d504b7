//! `AsyncAdaptedQueuePool` where threads and tasks differ: what a task does that was notified and timed out, or cancelled,
//! before it ran. The recorder's event loop never lets both happen, so these stories are told here, by asyncio's own rules
//! (`asyncio/queues.py`, `Queue.get`).

use valet::pool::{
    Answer, Class, Client, Command, ConnectionId, Exception, Input, Listeners, Output, Pool, PoolError, Settings,
};
use valet::time::{Instant, Span};

const A: Client = Client(1);
const B: Client = Client(2);
const C: Client = Client(3);

fn second(n: i64) -> Instant {
    Instant::ZERO + Span::from_secs(n)
}

/// A pool of one, held by A, with B and C in line: until 10 s and 11 s.
fn crowded() -> Pool {
    let settings = Settings {
        class: Class::AsyncAdaptedQueuePool,
        pool_size: 1,
        max_overflow: 0,
        pool_timeout: Some(Span::from_secs(10)),
        listeners: Listeners::NONE,
        ..Settings::default()
    };
    let mut pool = Pool::new(settings);
    tell(&mut pool, 0, Input::Checkout(A));
    tell(&mut pool, 0, Input::Answer(A, Answer::Opened(ConnectionId(1))));
    assert_eq!(tell(&mut pool, 0, Input::Checkout(B)), []);
    assert_eq!(tell(&mut pool, 1, Input::Checkout(C)), []);
    pool
}

fn tell(pool: &mut Pool, at: i64, input: Input) -> Vec<Output> {
    pool.handle(second(at), input).unwrap_or_else(|misuse| panic!("{input:?}: {misuse}"));
    std::iter::from_fn(|| pool.poll()).collect()
}

/// A gives its connection back: B is told to run.
fn give_back(pool: &mut Pool, at: i64) {
    tell(pool, at, Input::Checkin { client: A, transaction_was_reset: false });
    let woken = tell(pool, at, Input::Answer(A, Answer::Done));
    assert_eq!(woken, [Output::Do(B, Command::Wake), Output::Return(A, Ok(None))]);
}

fn timed_out(client: Client) -> Output {
    let error = PoolError::Timeout { size: 1, overflow: 0, timeout: Span::from_secs(10) };
    Output::Return(client, Err(error))
}

#[test]
fn who_is_notified_and_then_times_out_wakes_the_next() {
    let mut pool = crowded();
    give_back(&mut pool, 10);
    assert_eq!(pool.next_timeout(), Some(second(10)), "a task's timer runs until the task does");
    assert_eq!(tell(&mut pool, 10, Input::Timeout), [], "it is to run already");
    let said = tell(&mut pool, 10, Input::Answer(B, Answer::Done));
    assert_eq!(said, [Output::Do(C, Command::Wake), timed_out(B)], "though a connection is idle");
    assert_eq!(pool.checkedin(), 1);
    let said = tell(&mut pool, 10, Input::Answer(C, Answer::Done));
    assert!(matches!(said[..], [Output::Return(C, Ok(Some(_)))]), "{said:?}");
}

#[test]
fn who_is_notified_and_then_cancelled_wakes_the_next() {
    let mut pool = crowded();
    give_back(&mut pool, 5);
    assert_eq!(tell(&mut pool, 5, Input::Interrupt(B)), []);
    let said = tell(&mut pool, 5, Input::Answer(B, Answer::Done));
    let cancelled = Output::Return(B, Err(PoolError::Raised(Exception::Cancelled)));
    assert_eq!(said, [Output::Do(C, Command::Wake), cancelled]);
}

#[test]
fn who_is_notified_in_vain_and_then_times_out_wakes_nobody() {
    let mut pool = crowded();
    give_back(&mut pool, 10);
    tell(&mut pool, 10, Input::Checkout(A));
    tell(&mut pool, 10, Input::Timeout);
    assert_eq!(tell(&mut pool, 10, Input::Answer(B, Answer::Done)), [timed_out(B)], "nothing is there for C");
}

#[test]
fn who_is_cancelled_unnotified_wakes_nobody() {
    let mut pool = crowded();
    assert_eq!(tell(&mut pool, 5, Input::Interrupt(B)), [Output::Do(B, Command::Wake)]);
    assert_eq!(pool.line().collect::<Vec<_>>(), [C], "a task leaves the line at once");
    tell(&mut pool, 5, Input::Checkin { client: A, transaction_was_reset: false });
    let said = tell(&mut pool, 5, Input::Answer(A, Answer::Done));
    assert_eq!(said, [Output::Do(C, Command::Wake), Output::Return(A, Ok(None))]);
    let said = tell(&mut pool, 5, Input::Answer(B, Answer::Done));
    assert_eq!(said, [Output::Return(B, Err(PoolError::Raised(Exception::Cancelled)))]);
    assert_eq!(pool.next_timeout(), Some(second(11)), "B's timer is off");
}

#[test]
fn who_times_out_unnotified_does_not_look_at_the_queue() {
    let mut pool = crowded();
    assert_eq!(tell(&mut pool, 10, Input::Timeout), [Output::Do(B, Command::Wake)]);
    tell(&mut pool, 10, Input::Checkin { client: A, transaction_was_reset: false });
    tell(&mut pool, 10, Input::Answer(A, Answer::Done));
    assert_eq!(tell(&mut pool, 10, Input::Answer(B, Answer::Done)), [timed_out(B)]);
}

#[test]
fn who_is_notified_in_vain_waits_again_at_the_back_with_its_own_deadline() {
    let mut pool = crowded();
    give_back(&mut pool, 5);
    assert!(matches!(tell(&mut pool, 5, Input::Checkout(A))[..], [Output::Return(A, Ok(Some(_)))]), "A is faster");
    assert_eq!(tell(&mut pool, 5, Input::Answer(B, Answer::Done)), []);
    assert_eq!(pool.line().collect::<Vec<_>>(), [C, B]);
    assert_eq!(pool.next_timeout(), Some(second(10)));
    assert_eq!(tell(&mut pool, 10, Input::Timeout), [Output::Do(B, Command::Wake)]);
    assert_eq!(tell(&mut pool, 10, Input::Answer(B, Answer::Done)), [timed_out(B)]);
    assert_eq!(pool.next_timeout(), Some(second(11)));
}
