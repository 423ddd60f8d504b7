//! The lessons on the page. Their prose is in the HTML from the beginning; scenes, predictions and challenges are mounted when
//! the reader scrolls near them.
//!
//! A [`PlanScene`](super::plan::PlanScene) is a lot that follows a plan, with its transport, figures and words. A run (`run.rs`)
//! has a [prediction](guess) before it, a challenge (`challenge.rs`) has goals, and the trial (`trial.rs`) shows one claim at
//! a time.
//! What the reader has done is [`Learned`](learned::Learned).

mod attempt;
mod challenge;
mod expected;
mod goals;
mod guess;
mod learned;
mod measure;
mod moments;
mod own_task;
mod page;
mod payoff;
mod run;
mod trial;
mod ways;

pub use attempt::GoalNow;
pub use goals::meter;
pub use payoff::CAR;
pub use ways::ways;

use super::controls::linked_scene;
use crate::browser::{element, when_near};
use crate::lesson::LESSONS;
use learned::Learned;

/// Mounts the lessons where the page has places for them.
pub fn mount() {
    let learned = Learned::new();
    let goal = linked_scene();
    // The scene that a link names is mounted at once, so that the page can scroll to it; the others when the reader gets near.
    let arrive = |names: &[String], mount: Box<dyn FnOnce()>| match &goal {
        Some(goal) if names.contains(goal) => mount(),
        _ => when_near(&names.iter().filter_map(|name| element(name)).collect::<Vec<_>>(), mount),
    };
    learned.prepare();
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
