//! A challenge on the page: what may be turned, what is asked for, and what an attempt comes to.

use super::learned::Learned;
use super::panel::{Account, Bar};
use super::plan_scene::PlanScene;
use crate::app::knob::AnyKnob;
use crate::app::scene::SceneCommand;
use crate::browser::{recall, remember};
use crate::lesson::{Adjustable, Assessment, Challenge, Choice, Lesson};
use crate::sim::Setup;
use leptos::prelude::*;

/// What has been turned, by name.
type Changes = Vec<(&'static str, String)>;

/// Brings the challenge of a lesson to life.
pub fn mount(lesson: &'static Lesson, learned: Learned) {
    // A name for ever: one a lesson.
    let name: &'static str = Box::leak(format!("{}-challenge", lesson.name).into_boxed_str());
    let Some(opened) = PlanScene::open(name, (lesson.challenge.plan)(), lesson.speed) else { return };
    let (scene, plan) = (opened.scene, opened.plan.clone());
    let owner = Owner::new();
    let attempt = owner.with(|| Attempt::new(lesson, scene, &plan.setup, learned));
    std::mem::forget(owner);
    scene.controls.on_turn(Callback::new(move |(name, value)| attempt.turn(name, value)));
    opened.mount_panel(move || view! { <Panel attempt /> });
    opened.start();
}

/// The reader's attempt. Copy: all copies are one.
#[derive(Clone, Copy)]
struct Attempt {
    lesson: &'static Lesson,
    challenge: &'static Challenge,
    scene: PlanScene,
    learned: Learned,
    changes: RwSignal<Changes>,
    /// What it was before, one after the other.
    before: RwSignal<Vec<Changes>>,
    verdict: RwSignal<Option<Assessment>>,
    /// The solution has been shown.
    shown: RwSignal<bool>,
}

impl Attempt {
    fn new(lesson: &'static Lesson, scene: PlanScene, setup: &Setup, learned: Learned) -> Attempt {
        let challenge = &lesson.challenge;
        let mut plan = (challenge.plan)();
        let start = plan.clone();
        plan.setup = setup.clone();
        // What a link has turned already; else what this tab remembers of an attempt.
        let turned = challenge.adjustable.iter().filter(|turn| turn.text(&plan) != turn.text(&start));
        let linked: Changes = turned.map(|turn| (turn.name(), turn.text(&plan))).collect();
        let before = Attempt::before(lesson);
        let goes_on = !before.is_empty() && linked.iter().all(|change| before.contains(change));
        let changes = if goes_on { before } else { linked };
        let attempt = Attempt {
            lesson,
            challenge,
            scene,
            learned,
            changes: RwSignal::new(changes),
            before: RwSignal::new(Vec::new()),
            verdict: RwSignal::new(None),
            shown: RwSignal::new(false),
        };
        attempt.judge();
        if goes_on {
            attempt.show();
        }
        attempt
    }

    /// What was turned before a reload, or before one went to another page.
    fn before(lesson: &Lesson) -> Changes {
        let said = recall(&place_of(lesson)).unwrap_or_default();
        let known = |name: &str| lesson.challenge.adjustable.iter().map(Adjustable::name).find(|known| *known == name);
        let pairs = said.lines().filter_map(|line| line.split_once('='));
        pairs.filter_map(|(name, value)| Some((known(name)?, value.to_owned()))).collect()
    }

    fn turn(&self, name: &'static str, value: String) {
        let mut changes = self.changes.get_untracked();
        changes.retain(|(other, _)| *other != name);
        let first = self
            .challenge
            .adjustable
            .iter()
            .find(|turn| turn.name() == name)
            .map(|turn| turn.text(&(self.challenge.plan)()));
        if first.as_ref() != Some(&value) {
            changes.push((name, value));
        }
        self.take(changes);
    }

    fn take(&self, changes: Changes) {
        if changes == self.changes.get_untracked() {
            return;
        }
        self.before.update(|before| before.push(self.changes.get_untracked()));
        self.set(changes);
    }

    fn undo(&self) {
        if let Some(before) = self.before.try_update(Vec::pop).flatten() {
            self.set(before);
        }
    }

    fn set(&self, changes: Changes) {
        let lines: Vec<_> = changes.iter().map(|(name, value)| format!("{name}={value}")).collect();
        remember(&place_of(self.lesson), &lines.join("\n"));
        self.changes.set(changes);
        self.judge();
        self.show();
    }

    /// The lot shows the attempt.
    fn show(&self) {
        if let Ok(plan) = self.challenge.attempt(&borrowed(&self.changes.get_untracked())) {
            self.scene.controls.setup.set(plan.setup.clone());
            self.scene.controls.send(SceneCommand::Plan(Box::new(plan)));
        }
    }

    fn judge(&self) {
        let verdict = self.challenge.judge(&borrowed(&self.changes.get_untracked()));
        match verdict {
            Ok(verdict) => {
                if verdict.is_met() && !self.is_shown() {
                    self.learned.add(&format!("challenge-{}", self.lesson.name));
                }
                self.verdict.set(Some(verdict));
            }
            Err(error) => self.scene.controls.say(&error.to_string()),
        }
    }

    /// Whether this is our solution, and was shown.
    fn is_shown(&self) -> bool {
        let ours = |changes: &Changes| {
            changes.len() == self.challenge.solution.len()
                && borrowed(changes).iter().all(|change| self.challenge.solution.contains(change))
        };
        self.shown.get_untracked() && self.changes.with_untracked(ours)
    }

    fn solve(&self) {
        self.shown.set(true);
        self.take(self.challenge.solution.iter().map(|(name, value)| (*name, (*value).to_owned())).collect());
    }

    /// What is said of the attempt.
    fn said(&self) -> String {
        let changes = self.changes.with(Vec::len);
        let Some(verdict) = self.verdict.get() else { return String::new() };
        let met = verdict.goals.iter().filter(|(_, _, met)| *met).count();
        match verdict.score {
            Some(_) if self.is_shown() => {
                "Solved, with our solution. Play it and see why; undo, and find another.".into()
            }
            Some(score) => {
                let how = match score {
                    3 => "as few and as small changes as ours",
                    2 => "it can be done with less",
                    _ => "it can be done with much less",
                };
                let many = if changes == 1 { "change" } else { "changes" };
                format!("Solved with {changes} {many}. {score} of 3 points: {how}.")
            }
            None => {
                let says = verdict.says.map(|says| format!(" {says}")).unwrap_or_default();
                format!("{met} of {} goals are met.{says}", verdict.goals.len())
            }
        }
    }
}

/// Where the tab remembers what was turned.
fn place_of(lesson: &Lesson) -> String {
    format!("valet-challenge-{}", lesson.name)
}

fn borrowed(changes: &Changes) -> Vec<(&str, &str)> {
    changes.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[component]
fn Panel(attempt: Attempt) -> impl IntoView {
    let scene = attempt.scene;
    view! {
        <Bar scene />
        <form class="knobs" on:submit=|event| event.prevent_default()>
            <Goals attempt />
            <fieldset>
                <legend>"What you may turn"</legend>
                {attempt.challenge.adjustable.iter().map(|turn| turned(turn, attempt)).collect_view()}
            </fieldset>
        </form>
        <Account scene title=format!("{}: the challenge", attempt.lesson.title) />
    }
}

fn turned(adjustable: &'static Adjustable, attempt: Attempt) -> AnyView {
    match adjustable {
        &Adjustable::Setting(setting) => {
            let back = adjustable.text(&(attempt.challenge.plan)());
            view! { <AnyKnob setting back own=true controls=attempt.scene.controls /> }.into_any()
        }
        Adjustable::Choice(choice) => view! { <Ways choice attempt /> }.into_any(),
    }
}

/// One of a few ways, which is no setting of the pool.
#[component]
fn Ways(choice: &'static Choice, attempt: Attempt) -> impl IntoView {
    let now = Memo::new(move |_| {
        let changes = attempt.changes.get();
        changes
            .into_iter()
            .find(|(name, _)| *name == choice.name)
            .map_or(choice.options[0].to_owned(), |(_, value)| value)
    });
    let group = format!("{}-{}", attempt.scene.controls.scene, choice.name);
    view! {
        <fieldset class="ways">
            <legend>{choice.title}</legend>
            {choice
                .options
                .iter()
                .map(|&option| {
                    view! {
                        <label>
                            <input
                                type="radio"
                                name=group.clone()
                                prop:checked=move || now.get() == option
                                on:change=move |_| attempt.turn(choice.name, option.to_owned())
                            />
                            <span>{option} {(option == choice.options[0]).then_some(" (as it is)")}</span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}

#[component]
fn Goals(attempt: Attempt) -> impl IntoView {
    let goal = RwSignal::new(false);
    let target = move || {
        let solved = attempt.challenge.judge(attempt.challenge.solution).ok()?;
        let reached: Vec<_> = solved
            .goals
            .into_iter()
            .map(|(asked, found, _)| {
                let title = asked.split(':').next().unwrap_or_default().to_owned();
                format!("{title}: {found}")
            })
            .collect();
        Some(format!("When it is solved: {}.", reached.join("; ")))
    };
    let rows = move || {
        let verdict = attempt.verdict.get()?;
        let rows = verdict.goals.into_iter().map(|(asked, found, met)| {
            let (class, sign, says) = if met { ("met", "✓", "met") } else { ("open", "○", "not met") };
            view! {
                <li class=class>
                    <span class="sign" aria-hidden="true">{sign}</span>
                    <span>{asked}</span>
                    " "
                    <span class="found">{format!("now {found}")}</span>
                    <span class="visually-hidden">{format!(", {says}")}</span>
                </li>
            }
        });
        Some(rows.collect_view())
    };
    view! {
        <div class="goals" role="group" aria-label="The goal">
            <p class="caption">"The goal, for the whole run"</p>
            <ul data-figure="goals">{rows}</ul>
            <p class="said" role="status" data-figure="verdict">{move || attempt.said()}</p>
            <p class="quiet" data-figure="target">{move || goal.get().then(target).flatten()}</p>
            <p class="acts">
                <button type="button" aria-disabled=move || attempt.before.with(Vec::is_empty).to_string() on:click=move |_| attempt.undo()>"Undo"</button>
                <button type="button" aria-disabled=move || attempt.changes.with(Vec::is_empty).to_string() on:click=move |_| attempt.take(Vec::new())>"Reset"</button>
                <button type="button" aria-pressed=move || goal.get().to_string() on:click=move |_| goal.update(|goal| *goal = !*goal)>"Show goal"</button>
                <button type="button" on:click=move |_| attempt.solve()>"Show solution"</button>
            </p>
        </div>
    }
}
