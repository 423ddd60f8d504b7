//! Reads settings as a Python program would write them. For now: the value of one knob.

mod value;

pub use value::{Refusal, max_overflow, millionths, pool_recycle, pool_size, pool_timeout};
