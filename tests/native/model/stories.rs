//! Random settings, and what may happen next in a story.

use super::reference::{Reference, may_answer};
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt;
use valet::pool::{
    Answer, Client, Command, ConnectionId, Dialect, Echo, Exception, Hook, Hooks, Input, Listeners, Reset, Settings,
};
use valet::time::{Instant, Span};

/// One thing that happens.
#[derive(Clone, Copy)]
pub enum Step {
    Tell(Input),
    Pass(Span),
    Recreate(Client),
}

/// One line each, also where proptest asks for many.
impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&match self {
            Step::Tell(input) => format!("{input:?}"),
            Step::Pass(span) => format!("{} s pass", span.as_secs_f64()),
            Step::Recreate(client) => format!("Recreate({client:?})"),
        })
    }
}

const CLIENTS: u32 = 5;

/// Tame values come first: what is shrunk ends there.
pub fn settings() -> impl Strategy<Value = Settings> {
    let secs = Span::from_secs;
    let mostly = |tame: Vec<i64>, odd: Vec<i64>| prop_oneof![8 => select(tame), 2 => select(odd)];
    let timeout = prop_oneof![
        10 => select(vec![Some(secs(2)), Some(secs(1)), Some(secs(30)), None]),
        1 => Just(Some(Span::ZERO)),
        1 => Just(Some(secs(-1))),
    ];
    let recycle = prop_oneof![
        12 => select(vec![secs(-1), secs(2), secs(-1), secs(5)]),
        2 => select(vec![Span::ZERO, Span::from_millis(-999), secs(-2)]),
    ];
    let sizes = (mostly(vec![1, 2, 3, 4], vec![0, -1, -2]), mostly(vec![0, 1, 2, 3], vec![-1, -1, -1, -2, -3]));
    let resets = select(vec![Reset::Rollback, Reset::Rollback, Reset::Commit, Reset::None]);
    let dialects = prop::bool::weighted(0.9).prop_map(|has_ping| Dialect { has_ping, ..Dialect::DEFAULT });
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let echoes = select(vec![Echo::Off, Echo::Info, Echo::Debug]);
    (sizes, timeout, recycle, flags, resets, dialects, echoes, (hooks(), hooks())).prop_map(
        |(
            sizes,
            pool_timeout,
            pool_recycle,
            (pre_ping, lifo, terminates),
            reset,
            dialect,
            echo_pool,
            (told, asked),
        )| {
            Settings {
                pool_size: sizes.0,
                max_overflow: sizes.1,
                pool_timeout,
                pool_recycle,
                pool_pre_ping: pre_ping,
                pool_use_lifo: lifo,
                pool_reset_on_return: reset,
                echo_pool,
                dialect: Dialect { has_terminate: terminates, ..dialect },
                listeners: Listeners { told, asked },
                ..Settings::default()
            }
        },
    )
}

/// None, all, or any.
fn hooks() -> impl Strategy<Value = Hooks> {
    let some = prop::collection::vec(select(&Hook::ALL[..]), 1..6)
        .prop_map(|hooks| hooks.into_iter().fold(Hooks::NONE, |all, hook| all | Hooks::of(hook)));
    prop_oneof![1 => Just(Hooks::NONE), 1 => Just(Hooks::ALL), 2 => some]
}

/// Mostly what can happen now; sometimes anything at all.
pub fn steps(reference: &Reference, next: ConnectionId) -> BoxedStrategy<Step> {
    let pool = &reference.pool;
    let now = pool.now.get();
    let second = Span::from_secs(1);
    let mut passing = vec![second, Span::from_millis(500), second + second, Span::from_millis(1)];
    let until = pool.next_timeout().map(|end| end - now).filter(|left| *left > Span::ZERO);
    passing.extend(until.into_iter().flat_map(|left| [left, left + Span::from_micros(-1)]));
    let mut likely: Vec<Input> = (0..CLIENTS).flat_map(|client| next_of(reference, Client(client), next)).collect();
    if pool.next_timeout().is_some_and(|end: Instant| end <= now) {
        likely.extend([Input::Timeout; 6]);
    }
    // When all of them wait in line for ever.
    if likely.is_empty() {
        likely.push(Input::Timeout);
    }
    prop_oneof![
        30 => select(likely).prop_map(Step::Tell),
        3 => select(passing).prop_map(Step::Pass),
        3 => anything(next).prop_map(Step::Tell),
        1 => (0..CLIENTS).prop_map(|client| Step::Recreate(Client(client))),
    ]
    .boxed()
}

/// What this client, or the driver for it, can do now. The usual comes first, and often.
fn next_of(reference: &Reference, client: Client, next: ConnectionId) -> Vec<Input> {
    let checkin = |transaction_was_reset| Input::Checkin { client, transaction_was_reset };
    let command = reference.pool.commands.borrow().get(&client).copied();
    let waits = reference.pool.waiting.borrow().contains(&client);
    let interrupt = waits.then_some(Input::Interrupt(client));
    match (command, reference.outside(client)) {
        (Some(command), _) => {
            let usual = match command {
                Command::Open(_) => Answer::Opened(next),
                _ => Answer::Done,
            };
            let odd = [Answer::Failed, Answer::Interrupted, Answer::Cancelled, Answer::Gone, Answer::AllGone];
            let odd = odd.into_iter().filter(|answer| may_answer(command, *answer));
            let often = if matches!(command, Command::Ping(_) | Command::Ask(Hook::Checkout)) { 3 } else { 9 };
            let answers = std::iter::repeat_n(usual, often).chain(odd);
            answers.map(|answer| Input::Answer(client, answer)).chain(interrupt).collect()
        }
        (None, None) => interrupt.into_iter().collect(),
        (None, Some(None)) => {
            std::iter::repeat_n(Input::Checkout(client), 20).chain([Input::Dispose(client)]).collect()
        }
        (None, Some(Some(held))) => {
            let mut inputs = vec![checkin(false); 9];
            inputs.extend([checkin(true), checkin(true), checkin(true), Input::Drop(client), Input::Drop(client)]);
            inputs.extend([None, Some(Exception::Client)].map(|reason| Input::Invalidate(client, reason)));
            inputs.extend([None, Some(Exception::Client)].map(|reason| Input::SoftInvalidate(client, reason)));
            inputs.extend([Input::Mark(reference.opened_at(client)), Input::Dispose(client)]);
            inputs.push(Input::Invalidate(client, Some(Exception::Disconnect)));
            inputs.extend(held.record.map(|_| Input::Detach(client)));
            inputs.push(Input::Finalizer(client, next.0));
            inputs
        }
    }
}

/// Mostly misuse. The last client is one that nobody has heard of.
fn anything(next: ConnectionId) -> impl Strategy<Value = Input> {
    let client = (0..=CLIENTS).prop_map(Client);
    let answers = vec![
        Answer::Done,
        Answer::Opened(next),
        Answer::Gone,
        Answer::AllGone,
        Answer::Failed,
        Answer::Interrupted,
        Answer::Cancelled,
    ];
    (client, select(answers), 0..12u8).prop_map(move |(client, answer, kind)| match kind {
        0 => Input::Checkout(client),
        1 => Input::Checkin { client, transaction_was_reset: false },
        2 => Input::Drop(client),
        3 => Input::Invalidate(client, None),
        4 => Input::SoftInvalidate(client, None),
        5 => Input::Finalizer(client, next.0),
        6 => Input::Interrupt(client),
        7 => Input::Mark(None),
        8 => Input::Detach(client),
        9 => Input::Timeout,
        _ => Input::Answer(client, answer),
    })
}
