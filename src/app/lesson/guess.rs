//! A prediction: the reader chooses or types it in the prose, the run plays, then the two are compared.

use super::expected::{Expected, in_words, option_of, restore, truth};
use super::learned::Learned;
use super::page::{mark, number_box, open, show, show_whole, unmark};
use crate::app::embed;
use crate::app::plan::PlanScene;
use crate::app::scene::{SceneCommand, Stage};
use crate::browser::{append_place, element, keep, kept, prefers_reduced_motion};
use crate::lesson::Lesson;
use crate::time::Instant;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::Closure;
use leptos::web_sys::{Event, HtmlElement};

/// The messages for a reader who has not chosen an answer, and for one who has not typed a number.
const NO_CHOICE: &str = "What do you expect? Choose an answer first, or press Run it once more to run without one.";
const NO_NUMBER: &str = "What do you expect? Type a number first, or press Run it once more to run without one.";

/// A prediction to be compared with the run.
pub struct Guess {
    lesson: &'static Lesson,
    form: HtmlElement,
    learned: Learned,
    /// The reader's guess, or `Some(None)` for none, while the run plays; otherwise `None`.
    asked: RwSignal<Option<Option<String>>>,
    said: RwSignal<String>,
    /// Whether the result has been shown.
    told: RwSignal<bool>,
}

impl Guess {
    /// Adds the "Run it" button to the form of a lesson.
    pub fn mount(lesson: &'static Lesson, scene: PlanScene, learned: Learned) -> Option<Guess> {
        let form = element(&format!("{}-guess", lesson.name))?;
        let place = append_place(&form)?;
        let owner = Owner::new();
        let (asked, said, told) =
            owner.with(|| (RwSignal::new(None), RwSignal::new(String::new()), RwSignal::new(false)));
        std::mem::forget(owner);
        let controls = scene.controls;
        let (choice, button) = (form.clone(), place.clone());
        let no_guess = if number_box(&form).is_some() { NO_NUMBER } else { NO_CHOICE };
        let run = move || {
            let guess = match Expected::read(&choice) {
                Expected::Guess(guess) => Some(guess),
                Expected::NoNumber(typed) => {
                    return said.set(format!("“{typed}” is not a number here. Type digits, such as 12 or 2.5."));
                }
                // A run without a guess teaches less, so it takes a second press.
                Expected::Nothing if said.get_untracked() != no_guess && !told.get_untracked() => {
                    return said.set(no_guess.into());
                }
                Expected::Nothing => None,
            };
            unmark(&choice);
            keep(&place_of(lesson), guess.as_deref().unwrap_or_default());
            asked.set(Some(guess));
            said.set("Running…".into());
            // The prediction is about the lesson's own plan, so settings that the reader has changed since are dropped.
            controls.send(SceneCommand::Plan(Box::new((lesson.plan)())));
            controls.send(SceneCommand::Seek(Instant::ZERO));
            if prefers_reduced_motion() {
                controls.send(SceneCommand::Seek(lesson.decided_at()));
            } else {
                controls.set_playing(true);
            }
            show(&button); // the result appears there, and the lot is below it or beside it
            if let Some(picture) = element(&format!("{}-picture", controls.scene)) {
                show_whole(&picture);
            }
        };
        on(&form, "submit", Box::new(run.clone()));
        let choice = form.clone();
        let note = move || {
            if let Expected::Guess(guess) = Expected::read(&choice) {
                keep(&choice_of(lesson), &guess);
            }
        };
        on(&form, "input", Box::new(note));
        mount_to(place, move || {
            view! {
                <p class="acts"><button type="button" class="primary" on:click=move |_| run()>"Run it"</button></p>
                <p class="said" role="status" data-figure="guessed">{said}</p>
                <p class="quiet" hidden=move || !told.get()><a href=format!("#{}-answer", lesson.name)>"Read why"</a></p>
            }
        })
        .forget();
        let guess = Guess { lesson, form, learned, asked, said, told };
        // A prediction made before a reload or on another day is restored, together with its result if it was run.
        if let Some(before) = kept(&place_of(lesson)) {
            restore(&guess.form, &before);
            guess.tell(Some(before).filter(|guess| !guess.is_empty()));
        } else if let Some(choice) = kept(&choice_of(lesson)) {
            restore(&guess.form, &choice);
        }
        Some(guess)
    }

    /// Shows the result as soon as the run reaches the moment that decides it.
    pub fn look(&mut self, stage: &Stage) {
        let Some(guess) = self.asked.get_untracked() else { return };
        if stage.travel().now() < self.lesson.decided_at() {
            return;
        }
        self.asked.set(None);
        self.tell(guess);
    }

    /// Compares a guess with what happened, and shows the result.
    fn tell(&self, guess: Option<String>) {
        self.told.set(true);
        let (lesson, form) = (self.lesson, &self.form);
        let (Some(right), Some(truth)) = (lesson.answer(), truth(lesson, form)) else { return };
        let option = guess.as_deref().and_then(|guess| option_of(lesson, form, guess));
        let is_right = guess.as_ref().map(|_| option == Some(right));
        mark(form, &right.to_string(), "right");
        let guess = guess.map(|guess| (in_words(form, &guess), guess));
        self.said.set(match guess {
            Some((words, _)) if words == truth => format!("As you expected: “{truth}”"),
            Some((words, _)) if option == Some(right) => {
                format!("You expected: “{words}” What happened: “{truth}” That is close.")
            }
            Some((words, guess)) => {
                mark(form, &guess, "guessed");
                let reply = option.and_then(|option| lesson.reply(option));
                let reply = reply.map(|reply| format!(" {reply}")).unwrap_or_default();
                format!("You expected: “{words}” What happened: “{truth}”{reply}")
            }
            None => format!("What happened: “{truth}”"),
        });
        if let Some(answer) = element(&format!("{}-answer", self.lesson.name)) {
            open(&answer);
        }
        self.learned.add(&format!("guess-{}", self.lesson.name));
        embed::achieved(&format!("guess-{}", self.lesson.name), is_right.map(|right| if right { 3 } else { 0 }));
    }
}

/// Listens to a form: Enter in its box runs it, too, and what is chosen is kept.
fn on(form: &HtmlElement, event: &str, act: Box<dyn Fn()>) {
    let happened = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        event.prevent_default();
        act();
    });
    let _ = form.add_event_listener_with_callback(event, happened.as_ref().unchecked_ref());
    happened.forget(); // as long as the page
}

/// The key under which the browser keeps the prediction that was run.
fn place_of(lesson: &Lesson) -> String {
    format!("valet-guess-{}", lesson.name)
}

/// The key under which it keeps what is chosen, run or not.
fn choice_of(lesson: &Lesson) -> String {
    format!("valet-choice-{}", lesson.name)
}
