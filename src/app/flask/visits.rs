//! Buttons that send requests to the application's views, one or a hundred at a time.

use super::code::show_line;
use crate::app::controls::Controls;
use crate::app::scene::SceneCommand;
use crate::apps::{Application, View};
use crate::service::RequestSpec;
use crate::sim::WorldAct;
use crate::time::Span;
use leptos::prelude::*;

/// How many requests the button for many sends.
const MANY: u32 = 100;
/// The time between two of the many requests.
const EVERY: Span = Span::from_millis(60);

/// One button per view, one button for a hundred requests, and a hint about what to watch.
#[component]
pub fn Visits(
    /// The controls of the scene.
    controls: Controls,
) -> impl IntoView {
    let application = Memo::new(move |_| {
        controls.setup.with(|setup| setup.site.map_or(Application::Example, |site| site.view.application()))
    });
    let hint = RwSignal::new("");
    // The view that was requested last. It may belong to another application; `last` checks that.
    let visited = RwSignal::new(None::<View>);
    let last = move || {
        visited.get().filter(|view| view.application() == application.get()).or(application.get().views().next())
    };
    let send = move |view: View, times: u32| {
        let takes = controls.setup.with_untracked(|setup| setup.work.mean);
        let visit = RequestSpec { takes, view: Some(view), ..RequestSpec::default() };
        visited.set(Some(view));
        hint.set(if times == 1 { watch_for(view.path()) } else { CROWD });
        controls.send(SceneCommand::Choose(None));
        controls.say(if times == 1 { "One request is on its way." } else { "A hundred requests are on their way." });
        if !controls.playing.get_untracked() {
            controls.set_playing(true);
        }
        controls.send(SceneCommand::Do(WorldAct::Send(visit, times, EVERY).into()));
        if let Some(site) = controls.setup.get_untracked().site {
            show_line(view.def(site.form));
        }
    };
    view! {
        <div class="visits" role="group" aria-label="Visit the application">
            <p class="acts">
                {move || {
                    application
                        .get()
                        .views()
                        .map(|view| {
                            view! {
                                <button type="button" on:click=move |_| send(view, 1)>{format!("Visit {}", view.path())}</button>
                            }
                        })
                        .collect_view()
                }}
                <button type="button" class="primary" on:click=move |_| if let Some(view) = last() { send(view, MANY) }>
                    {move || format!("Send 100 visits to {}", last().map_or("", View::path))}
                </button>
            </p>
            <p class="quiet watch-for" data-figure="watch-for">{move || hint.get()}</p>
        </div>
    }
}

/// What to watch when a hundred requests come.
const CROWD: &str = "Watch the queue and p95: each line of code that holds a connection longer costs every request.";

/// What to watch when one request comes to the view at this path.
fn watch_for(path: &str) -> &'static str {
    match path {
        "/" => "Watch the car leave its bay after commit() and come back for the query: one request, two checkouts.",
        "/users" => "One query, one checkout. It is given back only when the request is torn down.",
        "/register" => {
            "The first alice is welcome. The next one meets the unique column: 500, and the transaction is rolled back."
        }
        "/register-kindly" => "The same, caught: rollback(), and an answer that says why.",
        "/late" => {
            "A second of other work first, and no bay is taken: nothing is checked out before the first statement."
        }
        "/flush" => {
            "flush() sends the INSERT and takes a bay. The email is sent with the bay taken: a second of holding for nothing."
        }
        "/commit" => "The same, committed first: the car gives its bay back and sends its email on the road.",
        "/read" => "A SELECT takes the bay too. It stays taken while the page is made, until the request is torn down.",
        "/error" => "An exception after flush(). Nobody calls rollback(): the teardown does, and Bob is forgotten.",
        "/rollback" => "rollback() gives the bay back just as commit() does.",
        "/begin" => {
            "begin() takes no connection. The end of the block flushes and commits: checked out and returned in one line."
        }
        "/expire" => "After commit() everything the session knows is out of date. Reading user.name takes a bay again.",
        "/keep" => "With expire_on_commit=False the name is still known: no second checkout.",
        "/with" => "The end of the block gives the bay back, before the slow page is made.",
        "/forgotten" => {
            "Nothing closes this connection, and the teardown does not know about it. It comes back when Python's garbage collector finds it: in a real run once one or two dozen had piled up, here after ten seconds."
        }
        "/kept" => {
            "A list keeps the connection, so it never comes back: a leak. After as many requests as the pool may open connections, none is left."
        }
        "/raw" => {
            "An INSERT without commit. reset_on_return rolls it back: Eve is never seen. Where it is commit, the row stays."
        }
        _ => "",
    }
}
