//! The lessons. Each has a pair of files: `NAME.html` with the prose, which is complete without the program, and `NAME.rs` with
//! its world, prediction, and challenge.
//!
//! A lesson is data. Its [`Plan`] is a simulated world that runs for a while. The result is a
//! [measurement](crate::figures::Measurement). Every number in the prose is a [fact](Lesson::fact) about one, marked
//! `data-fact`, and tests compute it again. A [`Challenge`] is a plan that misses its [`Goal`]s; tests check that its solution
//! meets them and that no usual wrong move does. The [`trial`] puts claims from tutorials to the same test.
//!
//! ```
//! let lesson = valet::lesson::lesson("lazy").unwrap();
//! let challenge = lesson.challenge;
//! assert!(!challenge.judge(&[]).unwrap().is_met());
//! assert_eq!(challenge.judge(challenge.solution).unwrap().score, Some(3));
//! ```

mod adjustable;
mod cancelled;
mod challenge;
mod error;
mod fact;
mod fairness;
mod give_back;
mod goal;
mod idea;
mod lazy;
mod leak;
#[expect(clippy::module_inception, reason = "a lesson is what the room is about")]
mod lesson;
mod outage;
mod outcome;
mod outside;
mod overflow;
mod parts;
mod plan;
mod pre_ping;
mod prediction;
mod recycle;
pub mod score;
mod sentence;
mod sizing;
mod task;
mod threads;
mod timeout;
pub mod trial;
mod why;
mod workers;
mod wrong;

pub use adjustable::{Adjustable, Choice};
pub use challenge::{Assessment, Assignment, Challenge};
pub use error::LessonError;
pub use fact::fact;
pub use goal::{Bound, Goal, Meter};
pub use idea::{Condition, Idea};
pub use lesson::{Lesson, Named};
pub use plan::{Plan, SHIFT};
pub use prediction::Prediction;
pub use task::{Question, Task, TaskError, measurable};
pub use wrong::{Way, Wrong};

/// All lessons, in reading order.
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
    &outside::LESSON,
    &cancelled::LESSON,
    &threads::LESSON,
];

/// Finds the lesson of this name.
pub fn lesson(name: &str) -> Option<&'static Lesson> {
    LESSONS.iter().copied().find(|lesson| lesson.name == name)
}
