//! Valet.
#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod database;
pub mod lot;
pub mod pool;
pub mod python;
pub mod sim;
pub mod still;
pub mod time;
