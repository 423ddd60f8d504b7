//! Valet.
pub mod pool;
pub mod sim;
pub mod time;
