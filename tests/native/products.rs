//! Products: every class of pool, every way in which a driver's first calls can go, and everything that others may do
//! meanwhile. No outcomes are written down here, only what must hold in all of them.

mod rules;
mod stage;
mod witness;

use stage::{Mode, Modes, Stage, WorldAct};
use std::collections::BTreeMap;
use valet::pool::{Answer, Class, Client, Command, ConnectionId, Dialect, Input, Listeners, Output, Pool, Settings};
use valet::time::{Instant, Span};

/// So long a client waits.
const PATIENCE: Span = Span::from_secs(3);

const A: Client = Client(0);
const B: Client = Client(1);

/// What happens besides the first client's checkout, work, return and second checkout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meanwhile {
    Nothing,
    AnotherWorks,
    AnotherWaits,
    AnotherWaitsInVain,
    AnotherWaitsForEver,
    AnotherIsInterrupted,
    AnotherDisposes,
    AnotherMarksThePool,
    Nested,
    Disconnected,
    SoftInvalidate,
    Invalidate,
    Detach,
    DetachAndDrop,
    Drop,
}

use Meanwhile::*;

const MEANWHILE: [Meanwhile; 15] = [
    Nothing,
    AnotherWorks,
    AnotherWaits,
    AnotherWaitsInVain,
    AnotherWaitsForEver,
    AnotherIsInterrupted,
    AnotherDisposes,
    AnotherMarksThePool,
    Nested,
    Disconnected,
    SoftInvalidate,
    Invalidate,
    Detach,
    DetachAndDrop,
    Drop,
];

impl Meanwhile {
    /// What the first client does with its connection, from the second second on.
    fn first(self) -> &'static [WorldAct] {
        match self {
            AnotherWaitsInVain => &[WorldAct::Sleep(8_000), WorldAct::Checkin],
            Nested => &[WorldAct::Checkout, WorldAct::Sleep(500), WorldAct::Checkin, WorldAct::Checkin],
            Disconnected => &[WorldAct::Disconnected],
            SoftInvalidate => &[WorldAct::SoftInvalidate, WorldAct::Sleep(100), WorldAct::Checkin],
            Invalidate => &[WorldAct::Invalidate],
            Detach => &[WorldAct::Detach, WorldAct::Sleep(500), WorldAct::Checkin],
            DetachAndDrop => &[WorldAct::Detach, WorldAct::Drop],
            Drop => &[WorldAct::Drop],
            _ => &[WorldAct::Checkin],
        }
    }

    /// What the second client does meanwhile.
    fn second(self) -> &'static [WorldAct] {
        match self {
            AnotherWorks | AnotherWaits => &[WorldAct::Checkout, WorldAct::Sleep(2_000), WorldAct::Checkin],
            AnotherWaitsInVain | AnotherWaitsForEver | AnotherIsInterrupted | Detach | Drop => {
                &[WorldAct::Checkout, WorldAct::Sleep(100), WorldAct::Checkin]
            }
            AnotherDisposes => &[WorldAct::Dispose],
            AnotherMarksThePool => &[WorldAct::Checkout, WorldAct::Sleep(100), WorldAct::Disconnected],
            _ => &[],
        }
    }

    fn is_about_waiting(self) -> bool {
        matches!(self, AnotherWaits | AnotherWaitsInVain | AnotherWaitsForEver | AnotherIsInterrupted)
    }

    fn has_room(self) -> bool {
        matches!(self, AnotherWorks | AnotherMarksThePool | Drop)
    }
}

fn settings(class: Class, has_terminate: bool, meanwhile: Meanwhile) -> Settings {
    let is_async = class == Class::AsyncAdaptedQueuePool;
    Settings {
        class,
        pool_size: 1,
        max_overflow: i64::from(meanwhile.has_room()),
        pool_timeout: (meanwhile != AnotherWaitsForEver).then_some(PATIENCE),
        pool_pre_ping: true,
        dialect: Dialect { is_async, has_terminate, ..Dialect::DEFAULT },
        listeners: Listeners::ASKED,
        ..Settings::default()
    }
}

/// One story: whom it left waiting, or what open.
fn play(settings: Settings, modes: Modes, meanwhile: Meanwhile, when: i64) -> Stage {
    let again = [
        WorldAct::Sleep(1_000),
        WorldAct::Checkout,
        WorldAct::Sleep(1_000),
        WorldAct::Checkin,
        WorldAct::Checkout,
        WorldAct::Checkin,
    ];
    let first = [&[WorldAct::Checkout, WorldAct::Sleep(2_000)], meanwhile.first(), &again[..]].concat();
    let second = [&[WorldAct::At(when)], meanwhile.second()].concat();
    let interrupts = [WorldAct::At(when + 1_000), WorldAct::Interrupt(B)];
    let third: &[WorldAct] = if meanwhile == AnotherIsInterrupted { &interrupts } else { &[] };
    // Whoever comes when all is over is served.
    let last = [WorldAct::At(60_000), WorldAct::Checkout, WorldAct::Sleep(100), WorldAct::Checkin];
    let mut stage = Stage::new(settings, modes, &[&first, &second, third, &last]);
    stage.play();
    stage
}

/// All stories of one class; prints how many there were and what they left.
fn all(class: Class, has_terminate: bool) {
    use Mode::*;
    let (mut stories, mut returns, mut served) = (0, 0, 0);
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let product = [Works, Fails, Slow, Interrupted].into_iter().flat_map(|open| {
        [Works, Fails, Slow, Interrupted, Gone].into_iter().flat_map(move |ping| {
            [Works, Fails, Slow, Interrupted].into_iter().flat_map(move |reset| {
                [Works, Fails, Slow, Interrupted].map(|close| Modes { open, ping, reset, close })
            })
        })
    });
    for modes in product {
        if wrong.len() >= 10 {
            break;
        }
        for meanwhile in MEANWHILE.into_iter().filter(|meanwhile| class.has_queue() || !meanwhile.is_about_waiting()) {
            let moments: &[i64] = if meanwhile.second().is_empty() { &[0] } else { &[500, 2_500] };
            for &when in moments {
                let settings = settings(class, has_terminate, meanwhile);
                let told = std::panic::catch_unwind(|| {
                    let stage = play(settings, modes, meanwhile, when);
                    let left = stage.witness.check_end(&stage.pool);
                    (left, stage.witness.returns, stage.witness.served)
                });
                stories += 1;
                match told {
                    Ok((left, r, s)) => {
                        returns += r;
                        served += s;
                        left.into_iter().for_each(|rule| *rules.entry(rule).or_default() += 1);
                    }
                    Err(why) => {
                        let why = why.downcast_ref::<String>().cloned().unwrap_or_default();
                        wrong.push(format!("{class:?}, {modes:?}, {meanwhile:?} from {when}: {why}"));
                    }
                }
            }
        }
    }
    println!("products of {class:?}: {stories} stories, {returns} calls, {served} served; left: {rules:?}");
    assert!(wrong.is_empty(), "{} of {stories} stories are wrong, the first: {}", wrong.len(), wrong[0]);
    assert!(stories > 5_000);
}

#[test]
fn products_of_queue_pool() {
    all(Class::QueuePool, false);
}

#[test]
fn products_of_async_adapted_queue_pool() {
    all(Class::AsyncAdaptedQueuePool, false);
}

#[test]
fn products_of_async_adapted_queue_pool_that_can_terminate() {
    all(Class::AsyncAdaptedQueuePool, true);
}

#[test]
fn products_of_null_pool() {
    all(Class::NullPool, false);
}

#[test]
fn products_of_static_pool() {
    all(Class::StaticPool, false);
}

#[test]
fn products_of_singleton_thread_pool() {
    all(Class::SingletonThreadPool, false);
}

#[test]
fn products_of_assertion_pool() {
    all(Class::AssertionPool, false);
}

/// Settings that make no sense are no reason to panic.
#[test]
fn the_ends_of_the_numbers() {
    let ends = [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX];
    for class in Class::ALL {
        for (pool_size, max_overflow) in ends.into_iter().flat_map(|size| ends.map(|overflow| (size, overflow))) {
            for timeout in ends {
                let pool_timeout = Some(Span::from_micros(timeout.max(-1)));
                let pool_recycle = Span::from_micros(timeout);
                let settings =
                    Settings { class, pool_size, max_overflow, pool_timeout, pool_recycle, ..Settings::default() };
                let mut pool = Pool::new(settings);
                let inputs = [Input::Checkout(B), Input::Dispose(A), Input::Dispose(B), Input::Drop(B), Input::Timeout];
                for input in inputs {
                    let _ = pool.handle(Instant::from_micros(timeout), input);
                    while let Some(output) = pool.poll() {
                        let Output::Do(client, command) = output else { continue };
                        let answer = match command {
                            Command::Open(record) => Answer::Opened(ConnectionId(record.0)),
                            _ => Answer::Done,
                        };
                        pool.handle(Instant::from_micros(timeout), Input::Answer(client, answer)).expect("asked");
                    }
                    let _ = (pool.status(), pool.checkedout(), pool.overflow(), pool.settings().limit());
                }
            }
        }
    }
}
