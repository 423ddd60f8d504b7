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

/// Shows what the reader has done, where the page lists the lessons.
pub fn mount_learned() {
    Learned::of_page();
}

/// Mounts the trial where the page has a place for it.
pub fn mount_trial() {
    let learned = Learned::of_page();
    arrive(linked_scene().as_deref(), &["trial".into(), "trial-run".into()], Box::new(move || trial::mount(learned)));
}

/// Mounts the lessons where the page has places for them.
pub fn mount() {
    let learned = Learned::of_page();
    let goal = linked_scene();
    let arrive = |names: &[String], mount| arrive(goal.as_deref(), names, mount);
    for &lesson in LESSONS {
        let named = |part: &str| format!("{}-{part}", lesson.name);
        let run = [named("guess"), named("run")];
        match &goal {
            Some(goal) if *goal == lesson.name => run::mount(lesson, learned),
            _ => arrive(&run, Box::new(move || run::mount(lesson, learned))),
        }
        arrive(&[named("challenge")], Box::new(move || challenge::mount(lesson, learned)));
    }
}

/// Mounts what has the elements of these names. If a link names one as its `goal`, at once, so that the page can scroll to it;
/// otherwise when the reader gets near.
fn arrive(goal: Option<&str>, names: &[String], mount: Box<dyn FnOnce()>) {
    match goal {
        Some(goal) if names.iter().any(|name| name == goal) => mount(),
        _ => when_near(&names.iter().filter_map(|name| element(name)).collect::<Vec<_>>(), mount),
    }
}
