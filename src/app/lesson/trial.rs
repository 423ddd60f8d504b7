//! The trial on the page: one sentence at a time, a vote, the experiment, the ruling, and a tally.

use super::learned::Learned;
use super::page::{chosen, mark, open, show, unmark, words_of};
use super::panel::Bar;
use super::plan_scene::PlanScene;
use super::words::InWords;
use crate::app::embed::EmbedThis;
use crate::app::scene::{SceneCommand, Stage};
use crate::app::transport::SIMULATED;
use crate::browser::{append_place, element, prefers_reduced_motion};
use crate::lesson::trial::{CLAIMS, Claim};
use crate::time::Instant;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use std::collections::BTreeMap;

/// Brings the trial to life.
pub fn mount(learned: Learned) {
    let Some(first) = CLAIMS.first() else { return };
    let Some(opened) = PlanScene::open("trial-run", (first.plan)(), first.speed) else { return };
    let scene = opened.scene;
    let owner = Owner::new();
    let hearing = owner.with(|| Hearing {
        scene,
        learned,
        place: RwSignal::new(0),
        votes: RwSignal::new(BTreeMap::new()),
        asked: RwSignal::new(None),
        said: RwSignal::new(String::new()),
    });
    std::mem::forget(owner);
    opened.mount_panel(move || view! { <Panel hearing /> });
    // One votes before one looks: sentence and buttons stand above the lot.
    if let (Some(trial), Some(lot)) = (element("trial"), element("trial-run")) {
        if let Ok(Some(list)) = trial.query_selector("ol.claims") {
            let _ = list.class_list().add_1("hearing");
            let _ = trial.insert_before(&list, Some(&lot));
        }
        if let Some(place) = append_place(&trial) {
            let _ = trial.insert_before(&place, Some(&lot));
            mount_to(place, move || view! { <Bench hearing /> }).forget();
        }
    }
    hearing.call(0);
    opened.observe(move |stage| hearing.look(stage)).start();
}

/// The trial as it goes. Copy: all copies are one.
#[derive(Clone, Copy)]
struct Hearing {
    scene: PlanScene,
    learned: Learned,
    /// Which claim is heard.
    place: RwSignal<usize>,
    /// By claim, whether the vote was right.
    votes: RwSignal<BTreeMap<usize, bool>>,
    /// The vote, while the experiment runs.
    asked: RwSignal<Option<Option<String>>>,
    said: RwSignal<String>,
}

impl Hearing {
    fn claim(self) -> &'static Claim {
        CLAIMS[self.place.get_untracked().min(CLAIMS.len() - 1)]
    }

    /// The next claim is heard: it is the only one in sight.
    fn call(self, place: usize) {
        for (index, claim) in CLAIMS.iter().enumerate() {
            if let Some(element) = element(&format!("claim-{}", claim.name)) {
                let _ = if index == place {
                    element.class_list().add_1("heard")
                } else {
                    element.class_list().remove_1("heard")
                };
            }
        }
        self.place.set(place);
        self.asked.set(None);
        self.said.set(String::new());
        self.play(false);
    }

    /// To a neighbour, if there is one; it is brought into sight.
    fn go(self, by: isize) {
        let next = self.place.get_untracked().checked_add_signed(by).filter(|&next| next < CLAIMS.len());
        let Some(next) = next else { return };
        self.call(next);
        let words = element(&format!("claim-{}", self.claim().name))
            .and_then(|claim| claim.query_selector("blockquote").ok().flatten());
        if let Some(words) = words.and_then(|words| words.dyn_into().ok()) {
            show(&words);
        }
    }

    fn play(self, playing: bool) {
        let (controls, claim) = (self.scene.controls, self.claim());
        let plan = (claim.plan)();
        let end = plan.end();
        controls.set_speed(nearest(claim.speed));
        controls.send(SceneCommand::Plan(Box::new(plan)));
        controls.send(SceneCommand::Seek(Instant::ZERO));
        if playing && prefers_reduced_motion() {
            controls.send(SceneCommand::Seek(end));
        } else if playing {
            controls.set_playing(true);
        }
    }

    fn try_it(self) {
        let Some(form) = self.form() else { return };
        unmark(&form);
        self.asked.set(Some(chosen(&form)));
        self.said.set("The experiment runs.".into());
        self.play(true);
        if let Some(bench) = element("trial-bench") {
            show(&bench); // the lot is just below
        }
    }

    fn form(self) -> Option<leptos::web_sys::Element> {
        element(&format!("claim-{}", self.claim().name))?.query_selector("form.vote").ok().flatten()
    }

    fn look(self, stage: &Stage) {
        let (Some(vote), true) = (self.asked.get_untracked(), stage.is_over()) else { return };
        let (Some(form), claim) = (self.form(), self.claim()) else { return };
        self.asked.set(None);
        let truth = claim.ruling.name();
        mark(&form, truth, "right");
        let ruling = words_of(&form, truth);
        self.said.set(match vote {
            Some(ref vote) if vote == truth => format!("The ruling is as you voted: {ruling}."),
            Some(ref vote) => {
                mark(&form, vote, "guessed");
                format!("You voted: {}. The ruling: {ruling}.", words_of(&form, vote))
            }
            None => format!("The ruling: {ruling}."),
        });
        if let Some(vote) = vote {
            // The first vote counts: afterwards one knows.
            let place = self.place.get_untracked();
            self.votes.update(|votes| {
                votes.entry(place).or_insert(vote == truth);
            });
        }
        if let Ok(Some(details)) =
            form.closest("li").map(|item| item.and_then(|item| item.query_selector("details.ruling").ok().flatten()))
        {
            open(&details);
        }
        self.learned.add(&format!("claim-{}", claim.name));
    }

    fn tally(self) -> String {
        let (votes, right) = self.votes.with(|votes| (votes.len(), votes.values().filter(|right| **right).count()));
        match votes {
            0 => String::new(),
            _ if votes == CLAIMS.len() => format!("All {votes} sentences are heard. You were right about {right}."),
            _ => format!("Right about {right} of {votes} so far."),
        }
    }
}

/// Where the sentence is heard.
#[component]
fn Bench(hearing: Hearing) -> impl IntoView {
    let place = hearing.place;
    let last = CLAIMS.len() - 1;
    view! {
        <div class="bench" id="trial-bench" role="group" aria-label="The trial">
            <p class="acts">
                <button type="button" aria-disabled=move || (place.get() == 0).to_string() on:click=move |_| hearing.go(-1)>"Sentence before"</button>
                <button type="button" class="primary" on:click=move |_| hearing.try_it()>"Put it to the test"</button>
                <button type="button" aria-disabled=move || (place.get() == last).to_string() on:click=move |_| hearing.go(1)>"Next sentence"</button>
            </p>
            <p class="said" role="status" data-figure="ruling">{hearing.said}</p>
            <p class="quiet" data-figure="place">{move || format!("Sentence {} of {}. {}", place.get() + 1, CLAIMS.len(), hearing.tally())}</p>
        </div>
    }
}

/// The speed of the transport that is nearest to this one.
fn nearest(speed: f64) -> f64 {
    let far = |other: &f64| (other / speed).ln().abs();
    SIMULATED.iter().map(|(speed, _)| *speed).min_by(|one, other| far(one).total_cmp(&far(other))).unwrap_or(1.0)
}

#[component]
fn Panel(hearing: Hearing) -> impl IntoView {
    view! {
        <Bar scene=hearing.scene />
        <div class="account">
            <InWords description=hearing.scene.description />
            <EmbedThis scene="trial" title="Claims on trial".to_owned() />
        </div>
    }
}
