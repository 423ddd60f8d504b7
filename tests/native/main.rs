//! Everything that needs no browser.
#![cfg(not(target_arch = "wasm32"))]

mod conformance;
mod digests;
mod fakes;
mod invariants;
mod layers;
mod model;
mod picture;
mod products;
mod settings;
#[path = "../digests/mod.rs"]
mod stories;
mod tasks;
mod upstream;
mod world;
