//! A teacher's own task, in the frame of the run that it is about.

use crate::app::embed;
use crate::app::plan::{OpenedScene, PlanScene};
use crate::app::scene::{SceneCommand, Stage};
use crate::browser::prefers_reduced_motion;
use crate::lesson::{self, Plan, Question};
use crate::time::{Instant, Span};
use leptos::prelude::*;

/// How long the run is shown for after a prediction, in real time.
const SHORT: Span = Span::from_secs(6);

/// A goal as a sentence, what is found, and whether it is met.
type Found = (String, String, bool);

/// A teacher's own task. It is `Copy`: all copies share the same state.
#[derive(Clone, Copy)]
pub struct OwnTask {
    task: StoredValue<lesson::Task>,
    scene: PlanScene,
    /// The plan that was judged last.
    judged: StoredValue<Option<Plan>>,
    found: RwSignal<Vec<Found>>,
    /// Which answer is chosen.
    chosen: RwSignal<Option<usize>>,
    /// The answer that was given and that the run has not decided yet.
    asked: RwSignal<Option<usize>>,
    said: RwSignal<String>,
}

impl OwnTask {
    /// The task in the address of this frame, if there is one and the page around speaks with this scene.
    pub fn new(opened: &OpenedScene) -> Option<OwnTask> {
        let task = embed::task().filter(|_| embed::is_addressed(opened.scene.controls.scene))?;
        let owner = Owner::new();
        let own = owner.with(|| OwnTask {
            task: StoredValue::new(task),
            scene: opened.scene,
            judged: StoredValue::new(None),
            found: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(None),
            asked: RwSignal::new(None),
            said: RwSignal::new(String::new()),
        });
        std::mem::forget(owner); // as long as the scene
        if own.judge(opened.plan.clone()) {
            embed::achieved_as_it_opens("own-goal", 3);
        }
        Some(own)
    }

    /// Follows the run: judges it when something in it is otherwise, and decides a prediction at its end.
    pub fn look(self, stage: &Stage) {
        let Some(player) = stage.source().player() else { return };
        let mut plan = player.plan().clone();
        for (at, act) in player.mine() {
            plan.add(*at, act.clone());
        }
        let is_new = self.judged.with_value(|judged| judged.as_ref() != Some(&plan));
        if is_new && self.judge(plan.clone()) {
            embed::achieved("own-goal", Some(3));
        }
        if let Some(chosen) = self.asked.get_untracked().filter(|_| stage.is_over()) {
            self.asked.set(None);
            self.decide(chosen, &plan);
        }
    }

    /// Shows what is found of each goal; whether there are goals and all are met.
    fn judge(self, plan: Plan) -> bool {
        let found = self.task.with_value(|task| task.judge(&plan));
        self.judged.set_value(Some(plan));
        let is_met = !found.is_empty() && found.iter().all(|(_, _, met)| *met);
        self.found.set(found);
        is_met
    }

    /// Plays the run, which decides the prediction.
    fn predict(self) {
        let Some(chosen) = self.chosen.get_untracked() else {
            return self.said.set("What do you expect? Choose an answer first.".into());
        };
        self.said.set("Running…".into());
        self.asked.set(Some(chosen));
        let (controls, length) = (self.scene.controls, self.scene.until.get_untracked());
        if prefers_reduced_motion() {
            controls.stop_at(SceneCommand::Seek(Instant::ZERO + length));
        } else {
            controls.play_in_short(length, SHORT);
        }
    }

    fn decide(self, chosen: usize, plan: &Plan) {
        let Some(question) = self.question() else { return };
        let (found, right) = question.outcome(plan);
        let title = question.figure.title;
        let opening = if chosen == right { "As you expected." } else { "Not what you expected." };
        self.said.set(format!("{opening} {title}: {found}."));
        embed::achieved("own-guess", Some(if chosen == right { 3 } else { 0 }));
    }

    fn question(self) -> Option<Question> {
        self.task.with_value(|task| task.question.clone())
    }
}

/// The task: its words, its question, its goals and hints.
#[component]
pub fn Task(
    /// The task.
    own: OwnTask,
) -> impl IntoView {
    let (text, hints, has_goals) =
        own.task.with_value(|task| (task.text.clone(), task.hints.clone(), !task.goals.is_empty()));
    let hints = if embed::offers_solution() { hints } else { Vec::new() };
    let many = hints.len();
    view! {
        <div class="own-task" role="group" aria-label="The task">
            {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            {own.question().map(|question| view! { <Ask own question /> })}
            {has_goals.then(|| view! {
                <p class="caption">"The goal, for the whole run"</p>
                <ul class="own-goals" role="status" data-figure="goals">{move || own.found.get().into_iter().map(goal).collect::<Vec<_>>()}</ul>
            })}
            {hints
                .into_iter()
                .enumerate()
                .map(|(place, hint)| {
                    let title = if many == 1 { "A hint".to_owned() } else { format!("Hint {}", place + 1) };
                    view! { <details class="hint"><summary>{title}</summary><p>{hint}</p></details> }
                })
                .collect_view()}
        </div>
    }
}

fn goal((asked, found, met): Found) -> AnyView {
    let (class, sign, says) = if met { ("met", "✓", ", met") } else { ("open", "○", ", not met") };
    view! {
        <li class=class>
            <span class="sign" aria-hidden="true">{sign}</span>
            " "
            <span>{asked}</span>
            " "
            <span class="found">{format!("now {found}")}</span>
            <span class="visually-hidden">{says}</span>
        </li>
    }
    .into_any()
}

#[component]
fn Ask(own: OwnTask, question: Question) -> impl IntoView {
    let group = format!("{}-own-answer", own.scene.controls.scene);
    view! {
        <fieldset class="ways">
            <legend>{question.text.clone()}</legend>
            {question
                .words()
                .into_iter()
                .enumerate()
                .map(|(place, words)| {
                    view! {
                        <label>
                            <input type="radio" name=group.clone() on:change=move |_| own.chosen.set(Some(place)) />
                            <span>{words}</span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
        <p class="acts"><button type="button" class="primary" on:click=move |_| own.predict()>"Run it"</button></p>
        <p class="said" role="status" data-figure="own-answer">{own.said}</p>
    }
}
