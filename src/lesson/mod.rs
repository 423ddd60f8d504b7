//! The lessons: for each a pair of files, `NAME.html` with the prose, complete without a program, and `NAME.rs` with its
//! world, prediction, and challenge.
//!
//! A lesson is data. Its [`Plan`] is a stretch of a simulated world; what that comes to is a [measurement](crate::figures::Measurement), and every number
//! of the prose is a [fact](Lesson::fact) of one, marked `data-fact`, which tests work out again. A [`Challenge`] is a plan
//! that misses its [`Goal`]s; tests hold that its solution meets them and that no usual wrong move does. The [`trial`] puts
//! sentences of tutorials to the same test.
//!
//! ```
//! let lesson = valet::lesson::lesson("lazy").unwrap();
//! let challenge = lesson.challenge;
//! assert!(!challenge.judge(&[]).unwrap().is_met());
//! assert_eq!(challenge.judge(challenge.solution).unwrap().score, Some(3));
//! ```

mod adjustable;
mod challenge;
mod error;
mod fact;
mod fairness;
mod give_back;
mod goal;
mod lazy;
mod leak;
#[expect(clippy::module_inception, reason = "a lesson is what the room is about")]
mod lesson;
mod outage;
mod outcome;
mod overflow;
mod parts;
mod plan;
mod pre_ping;
mod prediction;
mod recycle;
mod sizing;
mod timeout;
pub mod trial;
mod why;
mod workers;

pub use adjustable::{Adjustable, Choice};
pub use challenge::{Assessment, Assignment, Challenge, Wrong};
pub use error::LessonError;
pub use fact::fact;
pub use goal::{Bound, Goal};
pub use lesson::{Lesson, Named};
pub use plan::Plan;
pub use prediction::Prediction;

/// All lessons, in the order in which they are told.
pub static LESSONS: &[&Lesson] = &[
    &why::LESSON,
    &lazy::LESSON,
    &overflow::LESSON,
    &timeout::LESSON,
    &recycle::LESSON,
    &pre_ping::LESSON,
    &give_back::LESSON,
    &leak::LESSON,
    &sizing::LESSON,
    &workers::LESSON,
    &outage::LESSON,
    &fairness::LESSON,
];

/// The lesson of this name.
pub fn lesson(name: &str) -> Option<&'static Lesson> {
    LESSONS.iter().copied().find(|lesson| lesson.name == name)
}
