//! Buttons that send requests to the application's views, one or a hundred at a time.

use super::code::show_line;
use crate::app::controls::Controls;
use crate::app::scene::SceneCommand;
use crate::apps::{Form, Framework, View};
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
    /// The framework of the scene.
    framework: Framework,
    /// The controls of the scene.
    controls: Controls,
) -> impl IntoView {
    let site = Memo::new(move |_| {
        controls.setup.with(|setup| {
            setup
                .site
                .map_or((framework.applications()[0], Form::Original), |site| (site.view.application(), site.form))
        })
    });
    let views = move || {
        let (application, form) = site.get();
        application.views(form)
    };
    let hint = RwSignal::new("");
    // The view that was requested last. It may belong to another application, or to its other form; `last` checks that.
    let visited = RwSignal::new(None::<View>);
    let last = move || {
        let (application, form) = site.get();
        let same = visited.get().filter(|view| view.application() == application);
        same.and_then(|view| view.in_form(form)).or(views().next())
    };
    let send = move |view: View, times: u32| {
        let takes = controls.setup.with_untracked(|setup| setup.work.mean);
        let visit = RequestSpec { takes, view: Some(view), ..RequestSpec::default() };
        visited.set(Some(view));
        hint.set(if times == 1 { watch_for(view) } else { crowd(view) });
        controls.send(SceneCommand::Choose(None));
        controls.say(if times == 1 { "One request is on its way." } else { "A hundred requests are on their way." });
        if !controls.playing.get_untracked() {
            controls.set_playing(true);
        }
        controls.send(SceneCommand::Do(WorldAct::Send(visit, times, EVERY).into()));
        if let Some(site) = controls.setup.get_untracked().site {
            show_line(framework.name(), view.def(site.form));
        }
    };
    view! {
        <div class="visits" role="group" aria-label="Visit the application">
            <p class="acts">
                {move || {
                    views()
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

/// What to watch when a hundred requests come to this view.
fn crowd(view: View) -> &'static str {
    match view.path() {
        "/health" if view.needs_thread() => {
            "Each needs a thread, and no connection. Send a hundred to /quote first, and this one waits behind them."
        }
        "/health" => "They need neither a thread nor a connection: no bay is taken, whoever waits for one.",
        _ => CROWD,
    }
}

/// What to watch when one request comes to this view.
fn watch_for(view: View) -> &'static str {
    match view.application().framework() {
        Framework::Flask => in_flask(view.path()),
        Framework::FastApi => in_fastapi(view),
    }
}

/// What to watch when one request comes to this endpoint.
fn in_fastapi(view: View) -> &'static str {
    let is_original = view.is_in(Form::Original);
    match (view.path(), is_original) {
        ("/quote", true) => {
            "One query, and the bay stays taken while another service answers, and until the answer is out."
        }
        ("/quote", false) => "commit() gives the bay back. The service answers while no bay is taken.",
        ("/sign-up", true) if view.needs_thread() => {
            "commit() gives the bay back, and reading user.name takes one again: it stays taken for the call."
        }
        ("/sign-up", false) if view.needs_thread() => {
            "The name is known before commit(): one checkout, and none for the call."
        }
        ("/sign-up", true) => "flush() takes the bay, and the call to the service holds it: two seconds for nothing.",
        ("/sign-up", false) => "Committed first: the car gives its bay back, and asks the service on the road.",
        ("/block", true) => "The call stands in the async with block, so the bay is taken for it.",
        ("/block", false) => "The block ends after the query, and the call comes after the block.",
        ("/account", true) => {
            "The endpoint has no session at all. Its dependency's dependency has one, and holds the bay for the whole request."
        }
        ("/account", false) => "The user is known, the session closed, and only then does the endpoint begin.",
        ("/task", true) => {
            "Look at the timeline: the user has the answer, and the bay is still taken. The session is closed after the background task."
        }
        ("/task", false) => "scope='function' closes the session before the answer. The task runs without a bay.",
        ("/scope", true) => {
            "The session was closed, and the task uses it again: a second checkout, and nobody closes it. The garbage collector ends that connection ten seconds later here, and says so in the log at ERROR."
        }
        ("/scope", false) => "The task has a session of its own, and closes it before it asks the service.",
        ("/stream", true) => "The body is made while it is sent: the bay is taken until the last byte.",
        ("/stream", false) => "The query is done and the bay given back before the first byte.",
        ("/patience", true) => {
            "wait_for gives up after a second. Set the statement time to 2000: the connection is closed with the statement, and the next one raises PendingRollbackError."
        }
        ("/patience", false) => {
            "wait_for gives up after a second. Set the statement time to 2000: rollback() lets the session go on, and it opens another connection."
        }
        ("/loop", true) => {
            "return leaves async for in the middle. The bay is given back later, after the answer: look at the order."
        }
        ("/loop", false) => "async with gives the bay back before the answer.",
        ("/health", _) if view.needs_thread() => {
            "No database, and it still waits when all 40 threads are taken: it says how the threads are, not whether the application lives."
        }
        ("/health", _) => "Neither a thread nor a connection: it answers whatever the pool does.",
        ("/health-db", _) => {
            "It waits for a connection like everybody. When the pool is busy, it says that the application is dead."
        }
        _ => "",
    }
}

/// What to watch when one request comes to the view at this path.
fn in_flask(path: &str) -> &'static str {
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
