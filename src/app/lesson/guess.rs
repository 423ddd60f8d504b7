//! A prediction: chosen in the prose, then run, then held against what happened.

use super::learned::Learned;
use super::page::{choose, chosen, mark, open, show, unmark, words_of};
use super::plan_scene::PlanScene;
use crate::app::scene::{SceneCommand, Stage};
use crate::browser::{append_place, element, prefers_reduced_motion, recall, remember};
use crate::lesson::Lesson;
use crate::time::Instant;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;

/// A prediction that waits to be held against the run.
pub struct Guess {
    lesson: &'static Lesson,
    form: HtmlElement,
    learned: Learned,
    /// What was chosen, if anything, while it runs.
    asked: RwSignal<Option<Option<String>>>,
    said: RwSignal<String>,
    /// It has been told what happened.
    told: RwSignal<bool>,
}

impl Guess {
    /// Gives the form of a lesson its button.
    pub fn mount(lesson: &'static Lesson, scene: PlanScene, learned: Learned) -> Option<Guess> {
        let form = element(&format!("{}-guess", lesson.name))?;
        let place = append_place(&form)?;
        let owner = Owner::new();
        let (asked, said, told) =
            owner.with(|| (RwSignal::new(None), RwSignal::new(String::new()), RwSignal::new(false)));
        std::mem::forget(owner);
        let controls = scene.controls;
        let (choice, button) = (form.clone(), place.clone());
        let run = move |_| {
            unmark(&choice);
            let guess = chosen(&choice);
            remember(&place_of(lesson), guess.as_deref().unwrap_or_default());
            asked.set(Some(guess));
            said.set("It runs.".into());
            // The run is the lesson's own, whatever has been turned meanwhile.
            controls.send(SceneCommand::Plan(Box::new((lesson.plan)())));
            controls.send(SceneCommand::Seek(Instant::ZERO));
            if prefers_reduced_motion() {
                controls.send(SceneCommand::Seek(lesson.tells_at()));
            } else {
                controls.set_playing(true);
            }
            show(&button); // what comes of it is said there, and the lot is below
        };
        mount_to(place, move || {
            view! {
                <p class="acts"><button type="button" class="primary" on:click=run.clone()>"Run it"</button></p>
                <p class="said" role="status" data-figure="guessed">{said}</p>
                <p class="quiet" hidden=move || !told.get()><a href=format!("#{}-answer", lesson.name)>"Read why"</a></p>
            }
        })
        .forget();
        let guess = Guess { lesson, form, learned, asked, said, told };
        // What was predicted before a reload stands there again, with what came of it.
        if let Some(before) = recall(&place_of(lesson)) {
            choose(&guess.form, &before);
            guess.tell(Some(before).filter(|guess| !guess.is_empty()));
        }
        Some(guess)
    }

    /// Tells, as soon as the run has come so far.
    pub fn look(&mut self, stage: &Stage) {
        let Some(guess) = self.asked.get_untracked() else { return };
        if stage.travel().now() < self.lesson.tells_at() {
            return;
        }
        self.asked.set(None);
        self.tell(guess);
    }

    /// Holds a guess against what happened.
    fn tell(&self, guess: Option<String>) {
        self.told.set(true);
        let Some(right) = self.lesson.answer().map(|right| right.to_string()) else { return };
        let truth = words_of(&self.form, &right);
        mark(&self.form, &right, "right");
        self.said.set(match guess {
            Some(guess) if guess == right => format!("As you expected: “{truth}”"),
            Some(guess) => {
                mark(&self.form, &guess, "guessed");
                format!("You expected: “{}” What happened: “{truth}”", words_of(&self.form, &guess))
            }
            None => format!("What happened: “{truth}”"),
        });
        if let Some(answer) = element(&format!("{}-answer", self.lesson.name)) {
            open(&answer);
        }
        self.learned.add(&format!("guess-{}", self.lesson.name));
    }
}

/// Where the tab remembers what was predicted.
fn place_of(lesson: &Lesson) -> String {
    format!("valet-guess-{}", lesson.name)
}
