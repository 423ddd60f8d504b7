//! The daily outage: one a day, the same for everybody, with a cause to find and to cure.
//!
//! A [`Date`] is the seed. [`Outage::of`] draws a world in which the cause of the day happened, and a few other things that do
//! no harm, until [`certify`] proves one to be fair: only its cause is one, something cures it, and what people usually try does
//! not. [`Evidence`] is what a reader gets to see, all of it from the run; [`Diary`] is what a reader did.
//!
//! ```
//! use valet::daily::{Date, Outage};
//! let date = Date::read("2026-11-27").unwrap();
//! let (outage, certificate) = Outage::of(date).unwrap();
//! assert!(outage.offered.contains(&outage.cause));
//! let cured = outage.attempt(&certificate.cures[0]).unwrap();
//! assert!(outage.judge(&cured.outcome()).is_well());
//! ```

mod base;
mod certificate;
mod chance;
mod date;
mod diary;
mod error;
mod evidence;
mod moves;
mod outage;
mod reply;
mod suspect;

pub use base::Symptom;
pub use certificate::{Certificate, CertificateError, certify};
pub use date::{Date, DateError};
pub use diary::{Diary, GUESSES, POINTS, Record, Score};
pub use error::DailyError;
pub use evidence::{Evidence, Failed, LogEntry, Out, Sessions, Stretch, Who};
pub use moves::{CONTROLS, Change, FIX, changed, control};
pub use outage::{CAUSES, Judgement, MOST_ATTEMPTS, Outage, cause_of};
pub use reply::Reply;
pub use suspect::Suspect;
