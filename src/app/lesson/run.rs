//! A lesson's run: a prediction, then what really happens.

use super::guess::Guess;
use super::learned::Learned;
use super::panel::{Account, Bar};
use super::plan_scene::PlanScene;
use crate::app::knob::AnyKnob;
use crate::app::scene::SceneCommand;
use crate::lesson::Lesson;

use crate::settings::Act;
use crate::sim::Setup;
use leptos::prelude::*;

/// Brings the run of a lesson to life.
pub fn mount(lesson: &'static Lesson, learned: Learned) {
    // A name for ever: one a lesson.
    let name: &'static str = Box::leak(format!("{}-run", lesson.name).into_boxed_str());
    let Some(opened) = PlanScene::open(name, (lesson.plan)(), lesson.speed) else { return };
    let scene = opened.scene;
    opened.mount_panel(move || view! { <Panel lesson scene /> });
    match Guess::mount(lesson, scene, learned) {
        Some(mut guess) => opened.observe(move |stage| guess.look(stage)).start(),
        None => opened.start(),
    }
}

#[component]
fn Panel(lesson: &'static Lesson, scene: PlanScene) -> impl IntoView {
    let controls = scene.controls;
    let first: Setup = (lesson.plan)().setup;
    let act = move |says: &'static str, act: Act| {
        controls.say(&format!("{says}: done."));
        controls.send(SceneCommand::Do(act));
    };
    let acts = lesson.acts.iter().map(|&(says, made)| {
        view! { <button type="button" on:click=move |_| act(says, made())>{says}</button> }
    });
    let acts = (!lesson.acts.is_empty()).then(
        || view! { <div class="acts" role="group" aria-label="Do something to this world">{acts.collect_view()}</div> },
    );
    view! {
        <Bar scene>{acts}</Bar>
        <form class="knobs" on:submit=|event| event.prevent_default()>
            <fieldset>
                <legend>"Turn it"</legend>
                <p class="hint">"It is the same story then, with another pool from the beginning."</p>
                {lesson
                    .knobs
                    .iter()
                    .map(|&setting| {
                        let back = setting.setting().text(&first);
                        view! { <AnyKnob setting back own=true controls /> }
                    })
                    .collect_view()}
            </fieldset>
        </form>
        <Account scene title=lesson.title.to_owned() />
    }
}
