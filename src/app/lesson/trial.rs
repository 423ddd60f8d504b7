//! The trial on the page: one claim at a time, with a vote, an experiment, a ruling, and a tally of the votes.

use super::learned::Learned;
use super::page::{chosen, mark, open, show, unmark, words_of};
use crate::app::embed::EmbedThis;
use crate::app::plan::Bar;
use crate::app::plan::InWords;
use crate::app::plan::PlanScene;
use crate::app::scene::{SceneCommand, Stage};
use crate::app::share::share;
use crate::app::transport::SIMULATED;
use crate::browser::{append_place, element, prefers_reduced_motion, recall, remember, site_address};
use crate::lesson::trial::{CLAIMS, Claim};
use crate::time::Instant;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use std::collections::BTreeMap;

/// Mounts the trial.
pub fn mount(learned: Learned) {
    let Some(first) = CLAIMS.first() else { return };
    let Some(opened) = PlanScene::open("trial-run", (first.plan)(), first.speed, 0.0) else { return };
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
    // The claim and the buttons go above the lot, because the reader votes before watching.
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
    hearing.restore();
    opened.observe(move |stage| hearing.look(stage)).start();
}

/// Where a tab remembers the claim that is heard and the votes.
const REMEMBERED: &str = "valet-trial";

/// The index of the claim of this name.
fn position(name: &str) -> Option<usize> {
    CLAIMS.iter().position(|claim| claim.name == name)
}

/// The state of the trial. It is `Copy`: all copies share the same state.
#[derive(Clone, Copy)]
struct Hearing {
    scene: PlanScene,
    learned: Learned,
    /// The index of the current claim in [`CLAIMS`].
    place: RwSignal<usize>,
    /// For each claim that was voted on, by its index, whether the vote was right.
    votes: RwSignal<BTreeMap<usize, bool>>,
    /// The reader's vote, or `Some(None)` for no vote, while the experiment runs; otherwise `None`.
    asked: RwSignal<Option<Option<String>>>,
    said: RwSignal<String>,
}

impl Hearing {
    /// Goes on where this tab was before a reload or before leaving the page.
    fn restore(self) {
        let said = recall(REMEMBERED).unwrap_or_default();
        let mut words = said.split(' ');
        let place = words.next().and_then(position).unwrap_or(0);
        let votes = words.filter_map(|vote| vote.split_once('='));
        self.votes.set(votes.filter_map(|(name, right)| Some((position(name)?, right == "1"))).collect());
        self.call(place);
    }

    fn keep(self) {
        let name = |place: usize| CLAIMS.get(place).map_or("", |claim| claim.name);
        let votes = self.votes.with_untracked(|votes| {
            votes.iter().map(|(place, right)| format!(" {}={}", name(*place), u8::from(*right))).collect::<String>()
        });
        remember(REMEMBERED, &format!("{}{votes}", name(self.place.get_untracked())));
    }

    fn claim(self) -> &'static Claim {
        CLAIMS[self.place.get_untracked().min(CLAIMS.len() - 1)]
    }

    /// Makes the claim at this index the current one. Only the current claim is visible.
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
        self.keep();
        self.asked.set(None);
        self.said.set(String::new());
        self.play(false);
    }

    /// Goes to the next or the previous claim, if there is one, and scrolls to it.
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
            show(&bench); // the lot is just below it
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
            Some(ref vote) if vote == truth => format!("The ruling agrees with your vote: {ruling}."),
            Some(ref vote) => {
                mark(&form, vote, "guessed");
                format!("You voted: {}. The ruling: {ruling}.", words_of(&form, vote))
            }
            None => format!("The ruling: {ruling}."),
        });
        if let Some(vote) = vote {
            // Only the first vote on a claim counts, because afterwards the reader knows the ruling.
            let place = self.place.get_untracked();
            self.votes.update(|votes| {
                votes.entry(place).or_insert(vote == truth);
            });
            self.keep();
        }
        if let Ok(Some(details)) =
            form.closest("li").map(|item| item.and_then(|item| item.query_selector("details.ruling").ok().flatten()))
        {
            open(&details);
        }
        self.learned.add(&format!("claim-{}", claim.name));
    }

    /// How many sentences the reader voted on, and how many of the votes were right.
    fn score(self) -> (usize, usize) {
        self.votes.with(|votes| (votes.len(), votes.values().filter(|right| **right).count()))
    }

    /// The line to share. It says nothing of the rulings.
    fn line(self) -> String {
        let ((votes, right), all) = (self.score(), CLAIMS.len());
        let of = if votes == all { format!("{all}") } else { format!("{votes} so far, of {all}") };
        let address = site_address("trial/").unwrap_or_default();
        format!("Valet, claims about connection pools on trial · right about {right} of {of} · {address}")
    }

    fn tally(self) -> String {
        let (votes, right) = self.score();
        match votes {
            0 => String::new(),
            _ if votes == CLAIMS.len() => {
                format!("You have voted on all {votes} sentences and were right about {right}.")
            }
            _ => format!("Right about {right} of {votes} so far."),
        }
    }
}

/// The buttons and the ruling for the current claim.
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
            <details hidden=move || hearing.score().0 == 0>
                <summary>"Share your score"</summary>
                {share(move || hearing.line())}
            </details>
        </div>
    }
}

/// The transport's speed that is nearest to this one.
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
