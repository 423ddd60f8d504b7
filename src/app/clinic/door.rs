//! The way into the clinic from the home page: a box that takes a text there, masked.

use super::visit::REMEMBERED;
use crate::app::scene::mount as mount_part;
use crate::browser::{remember, site_address};
use crate::paste;
use leptos::html::Textarea;
use leptos::prelude::*;

/// Mounts the box where the page has a place for it.
pub fn mount() {
    mount_part("clinic", "door", view);
}

fn view() -> impl IntoView {
    let field = NodeRef::<Textarea>::new();
    let go = move |_| {
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        remember(REMEMBERED, &paste::mask(&text).0);
        if let Some(address) = site_address("clinic/") {
            let _ = window().location().assign(&address);
        }
    };
    view! {
        <label for="clinic-door-text">"Your error, traceback, log or configuration"</label>
        <textarea id="clinic-door-text" rows="3" spellcheck="false" autocomplete="off" placeholder="QueuePool limit of size 5 overflow 10 reached, …" node_ref=field></textarea>
        <p class="acts"><button type="button" class="primary" on:click=go>"Look at it"</button></p>
    }
}
