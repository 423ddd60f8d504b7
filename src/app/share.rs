//! A line of text to share, and a button that copies it.

use crate::browser::copy_text_of;
use leptos::html::Textarea;
use leptos::prelude::*;

/// The line, as it is now.
pub fn share(line: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    let field = NodeRef::<Textarea>::new();
    let said = RwSignal::new("");
    let copy = move |_| {
        said.set(match field.get_untracked().is_some_and(|field| copy_text_of(&field)) {
            true => "Copied.",
            false => "This browser does not let the page copy. The line is selected: copy it yourself.",
        });
    };
    view! {
        <div class="share">
            <textarea readonly rows="3" aria-label="The line to share" node_ref=field prop:value=line></textarea>
            <p class="acts">
                <button type="button" on:click=copy>"Copy the line"</button>
                <span class="quiet" role="status">{said}</span>
            </p>
        </div>
    }
    .into_any()
}
