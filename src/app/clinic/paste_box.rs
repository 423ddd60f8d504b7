//! The box that takes anything: typed, pasted, dropped or opened.

use super::follow::follow;
use super::read_file::{self, Progress};
use super::visit::Visit;
use crate::browser::FollowedFile;
use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use leptos::web_sys::{DragEvent, File};
use wasm_bindgen_futures::spawn_local;

/// What is said of nothing, behind what it is.
pub(super) const EMPTY: &str = "holds nothing but white space. Paste an error, a traceback, a log or a configuration.";

/// Texts to try it with, and what they are called.
const EXAMPLES: [(&str, &str); 4] = [
    (
        "A timeout",
        "sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00 (Background on this error at: https://sqlalche.me/e/20/3o7r)",
    ),
    (
        "Flask settings",
        "app.config[\"SQLALCHEMY_DATABASE_URI\"] = \"postgresql+psycopg2://web:s3cret@db.internal/shop\"\napp.config[\"SQLALCHEMY_POOL_SIZE\"] = 12\napp.config[\"SQLALCHEMY_POOL_TIMEOUT\"] = 20\n",
    ),
    (
        "A FastAPI service",
        "engine = create_async_engine(os.environ[\"DATABASE_URL\"], pool_size=5, max_overflow=5, pool_pre_ping=True)\n\n2026-05-03 08:12:44,018 ERROR uvicorn.error Exception in ASGI application\nsqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 5 reached, connection timed out, timeout 30.00\n",
    ),
    (
        "Too many clients",
        "sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server at \"10.0.0.7\", port 5432 failed: FATAL:  sorry, too many clients already\n",
    ),
];

/// The box.
pub fn view(visit: Visit) -> impl IntoView {
    let (field, chosen) = (NodeRef::<Textarea>::new(), NodeRef::<Input>::new());
    let said = RwSignal::new(String::new());
    let progress = Progress::idle();
    let read = move |file: File| read_file::read(visit, file, progress, said);
    let typed = move || field.get_untracked().map(|field| field.value()).unwrap_or_default();
    let look = move || {
        said.set(if visit.examine(&typed()) { String::new() } else { format!("This {EMPTY}") });
    };
    let dropped = move |event: DragEvent| {
        if let Some(file) = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)) {
            event.prevent_default();
            read(file);
        }
    };
    let opened = move |_| {
        if let Some(file) = chosen.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0)) {
            read(file);
        }
    };
    let pasted = move |_| {
        // The text is in the field one turn later.
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(0).await;
            look();
        });
    };
    view! {
        <div class="paste-box" on:dragover=|event: DragEvent| event.prevent_default() on:drop=dropped>
            <label for="clinic-text">"Your error, traceback, log or configuration"</label>
            <textarea
                id="clinic-text"
                rows="7"
                spellcheck="false"
                autocomplete="off"
                placeholder="Paste it here, or drop a file."
                node_ref=field
                prop:value=move || visit.text.get()
                on:paste=pasted
            ></textarea>
            <p class="acts">
                <button type="button" class="primary" on:click=move |_| look()>"Look at it"</button>
                <label class="file">"or open a file: " <input type="file" node_ref=chosen on:change=opened /></label>
                <button
                    type="button"
                    title="The page reads on while your program writes"
                    hidden=move || !FollowedFile::is_possible() || progress.is_reading()
                    on:click=move |_| follow(visit, progress, said)
                >"Follow a file that grows"</button>
                <span class="quiet" role="status">{said}</span>
                <button type="button" hidden=move || !progress.is_reading() on:click=move |_| progress.cancel()>"Stop reading"</button>
            </p>
            <p class="acts examples">
                <span class="quiet">"Or try: "</span>
                {EXAMPLES
                    .iter()
                    .map(|&(name, text)| view! { <button type="button" on:click=move |_| { visit.examine(text); }>{name}</button> }.into_any())
                    .collect::<Vec<_>>()}
            </p>
        </div>
    }
}
