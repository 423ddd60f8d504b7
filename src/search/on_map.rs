//! What the map of a sweep can show.

use crate::figures::{ERRORS, Figure, OPENED, P95, THROUGHPUT, TIMEOUTS};

/// The figures that the map of a sweep can show. The first one is the default.
pub static ON_MAP: [&Figure; 5] = [&P95, &ERRORS, &TIMEOUTS, &OPENED, &THROUGHPUT];
