//! A lesson's run: first a prediction, then what really happens.

use super::guess::Guess;
use super::learned::Learned;
use super::measure;
use super::moments;
use super::own_task::{OwnTask, Task};
use crate::app::embed;
use crate::app::knob::AnyKnob;
use crate::app::plan::PlanScene;
use crate::app::plan::{Account, Bar};
use crate::app::scene::SceneCommand;
use crate::lesson::Lesson;
use crate::settings::Act;
use crate::sim::Setup;
use leptos::prelude::*;

/// Mounts the run of a lesson.
pub fn mount(lesson: &'static Lesson, learned: Learned) {
    // Scene names are `&'static`. This leaks one name per lesson, and never more.
    let name: &'static str = Box::leak(format!("{}-run", lesson.name).into_boxed_str());
    let Some(opened) = PlanScene::open(name, (lesson.plan)(), lesson.speed, lesson.board[0]) else { return };
    let scene = opened.scene;
    let own = OwnTask::new(&opened);
    opened.mount_on_picture(lesson.knobs.iter().copied());
    opened.mount_panel(move || view! { <Panel lesson scene own /> });
    moments::listen(lesson, scene);
    let mut plan = opened.plan.clone();
    measure::listen(name, move || {
        plan.setup = scene.controls.setup.get_untracked();
        Some(plan.clone())
    });
    let opened = match own {
        Some(own) => opened.observe(move |stage| own.look(stage)),
        None => opened,
    };
    match Guess::mount(lesson, scene, learned) {
        Some(mut guess) => opened.observe(move |stage| guess.look(stage)).start(),
        None => opened.start(),
    }
}

#[component]
fn Panel(lesson: &'static Lesson, scene: PlanScene, own: Option<OwnTask>) -> impl IntoView {
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
    // A teacher may show settings that the lesson does not turn.
    let mut knobs = lesson.knobs.to_vec();
    knobs.extend(embed::named_to_show().iter().map(|setting| setting.id).filter(|id| !lesson.knobs.contains(id)));
    view! {
        <Bar scene>{acts}</Bar>
        <form class="knobs" on:submit=|event| event.prevent_default()>
            {own.map(|own| view! { <Task own /> })}
            <fieldset>
                <legend>"Change it"</legend>
                <p class="hint">"Same traffic, replayed with your settings."</p>
                {knobs
                    .into_iter()
                    .map(|setting| {
                        let back = setting.setting().text(&first);
                        view! { <AnyKnob setting back own=true controls /> }
                    })
                    .collect_view()}
            </fieldset>
        </form>
        <Account scene title=lesson.title.to_owned() />
    }
}
