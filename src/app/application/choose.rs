//! Chooses the application that runs, and its form.

use super::code::PrintedNumbers;
use crate::app::controls::Controls;
use crate::app::scene::SceneCommand;
use crate::apps::{Application, Form, Framework};
use crate::settings;
use leptos::prelude::*;

/// The label of an application's radio button.
const fn label(application: Application) -> &'static str {
    match application {
        Application::Example => "Adds an Alice, lists all",
        Application::Test => "20 connections, none extra",
        Application::Users => "Counts its users",
        Application::Session => "What a session does",
        Application::Coroutines => "async def endpoints",
        Application::Threads => "def endpoints, 40 threads",
    }
}

/// The choice of application and form, and a sentence about what the chosen form really does.
#[component]
pub fn Choose(
    /// The framework whose applications are offered.
    framework: Framework,
    /// The controls of the scene.
    controls: Controls,
    /// The pool numbers printed in the original.
    printed: RwSignal<PrintedNumbers>,
) -> impl IntoView {
    let site = Memo::new(move |_| controls.setup.with(|setup| setup.site));
    let application = move || site.get().map_or(framework.applications()[0], |site| site.view.application());
    // The session application has only one form. The form chosen before it is kept here for the way back.
    let form = RwSignal::new(site.get_untracked().map_or(Form::Original, |site| site.form));
    Effect::new(move |_| {
        if let Some(site) = site.get().filter(|site| site.view.application().has_original()) {
            form.set(site.form);
        }
    });
    let form = move || form.get();
    let begin = move |application: Application, form: Form| {
        let mut setup = controls.setup.get_untracked();
        let name = match form {
            Form::Original => application.name().to_string(),
            Form::Corrected => format!("{}-corrected", application.name()),
        };
        if settings::set_application(&mut setup, &name).is_ok() {
            printed.set(as_printed(application));
            controls.say("The application starts anew: a new pool, and nothing is open.");
            controls.send(SceneCommand::Begin(Box::new(setup)));
        }
    };
    view! {
        <div class="choose">
            <fieldset class="speeds applications">
                <legend>"Application"</legend>
                {framework
                    .applications()
                    .iter()
                    .map(|&choice| {
                        view! {
                            <label>
                                <input
                                    type="radio"
                                    name="application"
                                    prop:checked=move || application() == choice
                                    on:change=move |_| begin(choice, form())
                                />
                                <span>{label(choice)}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <fieldset class="speeds forms" hidden=move || !application().has_original()>
                <legend>{match framework { Framework::Flask => "Its configuration", Framework::FastApi => "Its endpoints" }}</legend>
                {[(Form::Original, "as printed"), (Form::Corrected, "corrected")]
                    .into_iter()
                    .map(|(choice, says)| {
                        view! {
                            <label>
                                <input
                                    type="radio"
                                    name="form"
                                    prop:checked=move || form() == choice
                                    on:change=move |_| begin(application(), choice)
                                />
                                <span>{says}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <p class="verdict-line" data-figure="form" role="status">{move || what_it_does(application(), form())}</p>
        </div>
    }
}

/// The pool numbers that the tutorial prints.
pub fn as_printed(application: Application) -> PrintedNumbers {
    // The corrected form really uses these numbers, so they are taken from its pool.
    let pool = application.settings(Form::Corrected);
    (pool.pool_size.to_string(), pool.max_overflow.to_string())
}

fn what_it_does(application: Application, form: Form) -> &'static str {
    match (application, form) {
        (Application::Example | Application::Test, Form::Original) => {
            "These two keys do nothing: Flask-SQLAlchemy dropped them in 3.0 and gives no warning. The pool is SQLAlchemy's own, 5 + 10."
        }
        (Application::Users, Form::Original) => {
            "Nothing is configured here, so the pool is SQLAlchemy's own, 5 + 10. The address it prints does not even start: ValueError, invalid literal for int() with base 10: 'port'."
        }
        (Application::Session, _) => {
            "An application of ours: one small view for each thing that a session does with its connection."
        }
        (Application::Coroutines, Form::Original) => {
            "As one finds it: a connection is held from the first statement until the session is closed, and that is after the answer. One event loop runs all of it."
        }
        (Application::Coroutines, Form::Corrected) => {
            "The same endpoints, and the connection goes back before anything slow begins. Each differs by one line or two."
        }
        (Application::Threads, Form::Original) => {
            "FastAPI runs a def endpoint in one of 40 threads, and the pool has 15 connections. So 25 threads can wait for a connection, and whoever comes then waits for a thread."
        }
        (Application::Threads, Form::Corrected) => {
            "The connection goes back before the slow call, and the health check is async def: it needs no thread."
        }
        (Application::Example, Form::Corrected) => {
            "SQLALCHEMY_ENGINE_OPTIONS is what Flask-SQLAlchemy 3 hands to create_engine. Now the pool is what the author asked for: a third of the default."
        }
        (_, Form::Corrected) => {
            "SQLALCHEMY_ENGINE_OPTIONS is what Flask-SQLAlchemy 3 hands to create_engine. Now the pool is what the code says."
        }
    }
}
