//! A run that can be stored: its settings at the beginning, what was done to it, what a real database answered, and its results.
//!
//! A [`Run`] can be written to a file: JSON with one act per line, so that people can read it, compare it with `diff`, and send
//! it. Settings are in it as [`settings`](crate::settings) writes them, by name and as text, because a file outlives the types
//! of the program that wrote it. When a run is played again, it shows the same pictures at every moment; a run of a real
//! database plays the recorded answers.
//!
//! ```
//! use valet::lot::Format;
//! use valet::run::{Label, Run};
//! use valet::sim::{WorldAct, Setup};
//! use valet::time::{Instant, Span};
//! use valet::travel::Travel;
//!
//! let mut travel = Travel::new(Setup::default(), Format::Wide);
//! travel.seek(Instant::ZERO + Span::from_secs(20));
//! travel.act(WorldAct::Restart).unwrap();
//! travel.seek(Instant::ZERO + Span::from_secs(63));
//!
//! let run = Run::of(&travel, Label::new("A restart", "2026-11-22 14:03", "playground")).unwrap();
//! let text = run.write();
//! assert!(text.contains(r#"{"at":20000000,"#));
//! let again = Run::read(&text).unwrap().travel(Format::Wide).unwrap();
//! assert_eq!((again.now(), again.picture(0, false)), (travel.now(), travel.picture(0, false)));
//!
//! let sentence = Run::read(&text.replace("pool_size\":\"5", "pool_size\":\"many")).unwrap_err().to_string();
//! assert!(sentence.starts_with("Line 6, column"), "{sentence}");
//! ```

mod act;
mod card;
mod difference;
mod error;
mod file;
mod kept;
mod outstanding_orders;
mod place;
mod play;
mod results;
mod settings_text;

pub use card::{Card, Head, Label};
pub use difference::{CardDifference, differences, sets_apart};
pub use error::RunFileError;
pub use file::MOST_TEXT;
pub use kept::{NotRecordableError, Run};
pub use play::{ReplayError, ReplayErrorKind, RunPlayer};
pub use results::{ON_CARD, Results};
