//! Valet.
pub mod pool;
pub mod time;
