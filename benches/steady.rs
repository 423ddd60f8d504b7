//! The engine's steady cycle, for whoever counts or times it: natively (`cycles.rs`) or in a browser's machine (`wasm.mjs`).

pub mod loops;
pub mod world;

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

/// Runs the cycle so often, with or without telling events, and gives the number of outputs besides commands.
pub fn run(telling: bool, times: u32) -> u32 {
    let listeners = if telling { Listeners::WATCHING } else { Listeners::NONE };
    let mut pool = Pool::new(Settings { listeners, ..Settings::default() });
    let mut told = 0u32;
    for turn in 0..times {
        told = told.wrapping_add(cycle(std::hint::black_box(&mut pool), Instant::from_micros(i64::from(turn))));
    }
    told
}

#[cfg(target_arch = "wasm32")]
mod wasm {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// [`run`](super::run), one call across the border for the whole batch.
    #[wasm_bindgen]
    pub fn run(telling: bool, times: u32) -> u32 {
        super::run(telling, times)
    }
}
