//! The lessons on the page: their prose stands in `index.html` from the beginning; scenes, predictions and challenges come to
//! life when somebody gets near them.
//!
//! A [`Scene`](scene::Scene) is a lot that follows a plan, with its transport, figures and words. A run (`run.rs`) has a
//! [prediction](guess) before it, a challenge (`challenge.rs`) has goals, and the trial (`trial.rs`) has a claim at a time.
//! What the reader has done is [`Learned`](learned::Learned).

mod challenge;
mod guess;
mod learned;
mod page;
mod panel;
mod run;
mod scene;
mod trial;
mod words;

use super::near::near;
use super::{element, rescue};
use crate::lesson::LESSONS;
use learned::Learned;

/// Brings the lessons to life where `index.html` has places for them.
pub fn mount() {
    rescue::install();
    let learned = Learned::new();
    if let Some(place) = element("contents") {
        near(&place, move || learned.mount());
    }
    for &lesson in LESSONS {
        if let Some(place) =
            element(&format!("{}-guess", lesson.name)).or_else(|| element(&format!("{}-run", lesson.name)))
        {
            near(&place, move || run::mount(lesson, learned));
        }
        if let Some(place) = element(&format!("{}-challenge-panel", lesson.name)) {
            near(&place, move || challenge::mount(lesson, learned));
        }
    }
    if let Some(place) = element("trial") {
        near(&place, move || trial::mount(learned));
    }
}
