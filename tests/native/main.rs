//! Everything that needs no browser.
#![cfg(not(target_arch = "wasm32"))]

mod barging;
mod conformance;
mod corners;
mod daily;
mod day;
mod digests;
mod documents;
mod english;
mod errors;
mod fakes;
mod fastapi;
mod figures;
mod film;
mod flask;
mod fleet;
mod invariants;
mod layers;
mod link;
mod model;
mod motion;
mod picture;
mod preset;
mod products;
mod progress;
mod report;
mod rooms;
mod runs;
mod search;
mod server;
mod settings;
mod sheets;
#[path = "../digests/mod.rs"]
mod stories;
mod table;
mod tasks;
mod theory;
mod travel;
mod upstream;
mod visits;
mod world;
mod worlds;
