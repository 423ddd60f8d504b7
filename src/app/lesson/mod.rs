//! The lessons on the page: their prose stands in the pages from the beginning; scenes, predictions and challenges come to
//! life when somebody gets near them.
//!
//! A [`PlanScene`](scene::Scene) is a lot that follows a plan, with its transport, figures and words. A run (`run.rs`) has a
//! [prediction](guess) before it, a challenge (`challenge.rs`) has goals, and the trial (`trial.rs`) has a claim at a time.
//! What the reader has done is [`Learned`](learned::Learned).

mod challenge;
mod guess;
mod learned;
mod page;
mod panel;
mod plan_scene;
mod run;
mod trial;
mod words;

use super::controls::linked_scene;
use crate::browser::{element, when_near};
use crate::lesson::LESSONS;
use learned::Learned;

/// Brings the lessons to life where the page has places for them.
pub fn mount() {
    let learned = Learned::new();
    let goal = linked_scene();
    // Who comes by a link to a scene is led there; the others come to life when one gets near.
    let arrive = |names: &[String], mount: Box<dyn FnOnce()>| match &goal {
        Some(goal) if names.contains(goal) => mount(),
        _ => when_near(&names.iter().filter_map(|name| element(name)).collect::<Vec<_>>(), mount),
    };
    learned.mount();
    for &lesson in LESSONS {
        let named = |part: &str| format!("{}-{part}", lesson.name);
        let run = [named("guess"), named("run")];
        match &goal {
            Some(goal) if *goal == lesson.name => run::mount(lesson, learned),
            _ => arrive(&run, Box::new(move || run::mount(lesson, learned))),
        }
        arrive(&[named("challenge")], Box::new(move || challenge::mount(lesson, learned)));
    }
    arrive(&["trial".into(), "trial-run".into()], Box::new(move || trial::mount(learned)));
}
