//! How many requests FastAPI's event loop and its threads have in hand.

use super::requests_view::RequestsView;
use leptos::prelude::*;

/// The requests that run as tasks of the event loop, those that have a thread, and those that wait for one. No counter of the
/// pool knows of the last.
#[component]
pub fn AtWork(
    /// The application's requests.
    requests: RwSignal<RequestsView>,
) -> impl IntoView {
    let at_work = Memo::new(move |_| requests.with(|requests| requests.at_work));
    view! { <p data-figure="at-work">{move || words(at_work.get())}</p> }
}

/// Who has what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InHand {
    /// Requests that the event loop runs.
    pub on_loop: u32,
    /// Requests that have a thread, and how many threads there are; `None` if nothing runs in threads.
    pub in_threads: Option<(u32, u32)>,
    /// Requests that wait for a thread.
    pub without_thread: u32,
}

fn words(InHand { on_loop, in_threads, without_thread }: InHand) -> String {
    let tasks = format!("On the event loop: {on_loop}.");
    match in_threads {
        None => tasks,
        Some((taken, all)) => {
            format!(
                "{tasks} In threads: {taken} of {all}. Waiting for a thread, and not yet in the pool's line: {without_thread}."
            )
        }
    }
}
