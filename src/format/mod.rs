//! Times and numbers as people read them: the one place that turns a figure into words.
//!
//! Panels show [`duration()`]s and [`number()`]s, prose says [`rounded`] ones, and a sentence that tells two times apart takes a
//! [`Precision`] fine enough for that. What a setting's text or a file needs exactly is
//! [`Span::in_secs`](crate::time::Span::in_secs).
//!
//! ```
//! use valet::format::{count, duration, many, number, rounded};
//! use valet::time::Span;
//!
//! let time = Span::from_micros(1_234_567);
//! assert_eq!((duration(time), rounded(time)), ("1.23 s".into(), "1.2 s".into()));
//! assert_eq!((number(12_345), count(12_345)), ("12\u{202f}345".into(), "12,345".into()));
//! assert_eq!(many(1, "seed") + " of " + &many(5, "seed"), "1 seed of 5 seeds");
//! ```

mod duration;
mod number;
mod precision;

pub use duration::{duration, rounded, stretch};
pub use number::{count, many, number, signed_number};
pub use precision::Precision;
