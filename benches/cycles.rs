//! Runs the engine's steady cycle so often, for whoever counts: `cycles WHAT TIMES` (see scripts/instructions).

use valet::pool::{Answer, Client, Command, ConnectionId, Input, Listeners, Output, Pool, Settings};
use valet::time::Instant;

/// One uncontended checkout, reset and checkin through the public interface, the driver answering at once.
fn cycle(pool: &mut Pool, now: Instant) -> u32 {
    let client = Client(1);
    let mut told = 0;
    pool.handle(now, Input::Checkout(client)).expect("a client with nothing");
    while let Some(output) = pool.poll() {
        match output {
            Output::Do(_, Command::Open(_)) => {
                let opened = Answer::Opened(ConnectionId(1));
                pool.handle(now, Input::Answer(client, opened)).expect("a client in the creator");
            }
            _ => told += 1,
        }
    }
    pool.handle(now, Input::Checkin { client, transaction_was_reset: false }).expect("a client with a connection");
    while let Some(output) = pool.poll() {
        match output {
            Output::Do(_, Command::Reset(..)) => {
                pool.handle(now, Input::Answer(client, Answer::Done)).expect("a client in the reset");
            }
            _ => told += 1,
        }
    }
    told
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let listeners = match arguments.next().as_deref() {
        Some("silent") => Listeners::NONE,
        Some("telling") => Listeners::WATCHING,
        other => panic!("silent or telling, not {other:?}"),
    };
    let times: u32 = arguments.next().and_then(|times| times.parse().ok()).expect("how many times");
    let mut pool = Pool::new(Settings { listeners, ..Settings::default() });
    let mut told = 0u64;
    for turn in 0..times {
        told += u64::from(cycle(std::hint::black_box(&mut pool), Instant::from_micros(i64::from(turn))));
    }
    println!("{times} cycles, {told} outputs besides commands, {}", pool.status());
}
