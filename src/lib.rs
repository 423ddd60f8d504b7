//! Valet.
pub mod lot;
pub mod pool;
pub mod sim;
pub mod still;
pub mod time;
