//! What people paste, what is said of it, and the worlds that show it.
#![cfg(not(target_arch = "wasm32"))]

mod case;
mod diagnosis;
mod fixtures;
mod fuzz;
mod log;
mod mask;
mod worlds;
