//! Everything that needs no browser.
#![cfg(not(target_arch = "wasm32"))]

mod conformance;
mod fakes;
mod invariants;
mod layers;
mod measure;
mod model;
mod picture;
mod products;
mod search;
mod settings;
mod tasks;
mod theory;
mod travel;
mod upstream;
mod world;
