//! What queueing theory says of a pool seen as `c` servers: formulas beside which a measurement can be shown.
//!
//! | formula | name in the books | who waits |
//! |---|---|---|
//! | [`erlang_b`] | M/M/c/c | nobody: who finds all servers busy is lost |
//! | [`Queue::waiting`], [`erlang_c`] | M/M/c | everybody, as long as it takes |
//! | [`Queue::with_patience`] | M/M/c+D | everybody, at most the same fixed time (a pool with `pool_timeout`) |
//! | [`Queue::with_room`] | M/M/c/K+D | the same, while there is room |
//! | [`Queue::erlang_a`] | M/M/c+M, Erlang A | everybody, at most an exponential time |
//! | [`littles_law`] | L = λW | anybody |
//! | [`Scalability`] | universal scalability law | – (what a server loses by working at more things at once) |
//!
//! # What the formulas assume
//!
//! Customers come at random, independently of each other (a Poisson process). Service times are exponential and independent.
//! The servers are alike, and who came first is served first. Who waits leaves the moment the patience is over; who is
//! served stays to the end. Handing over takes no time. The system has run for ever (steady state). The number of servers
//! of a pool is `pool_size + max_overflow`.
//!
//! # Numbers
//!
//! Seconds, and rates per second, as plain `f64`. Whatever is passed in, nothing panics and nothing comes out as NaN; only
//! [`Queue::offered`] and [`Queue::utilisation`] can be infinite. For that, numbers are brought into a range first: a
//! rate that is NaN, negative or under 1e-15 per second (one in 30 million years) counts as 0, one above 1e15 as 1e15; a
//! patience that is NaN or negative counts as 0, one above 1e15 s, infinity too, as 1e15 s.
//!
//! The error is rounding: under 1e-15 relative for the closed forms and under 1e-14 for the number in the system, as compared
//! for pools of 1 to 10,000. Logarithms and exponentials are those of [`libm`], so that native code and wasm give the
//! same bits.
//!
//! # Where they are from
//!
//! Erlang (1917) for B and C; Baccelli and Hebuterne (1981) and Zeltyn and Mandelbaum (2005) for M/M/c+D; Brandt and
//! Brandt (1999) for the number in the system; Palm (1957) and Garnett, Mandelbaum and Reiman (2002) for Erlang A;
//! Gunther (1993) for scalability. `tests/native/theory.rs` compares them with values computed to 50 digits.

mod erlang;
mod erlang_a;
mod finite;
mod integral;
mod little;
mod patient;
mod queue;
mod scalability;
mod waiting;

pub use erlang::{erlang_b, erlang_c};
pub use erlang_a::ErlangA;
pub use finite::Finite;
pub use little::littles_law;
pub use patient::Patient;
pub use queue::Queue;
pub use scalability::Scalability;
pub use waiting::Waiting;
