//! Everything that needs no browser.
#![cfg(not(target_arch = "wasm32"))]

mod conformance;
mod invariants;
mod layers;
mod picture;
mod settings;
mod world;
