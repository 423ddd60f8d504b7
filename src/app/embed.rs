//! Embeds: whether this page is one, and "Embed this", the line that puts a scene into another page.

use crate::browser::{copy_text_of, query, read_query, site_address, write_query};
use crate::link::embedded;
use html_escape::encode_double_quoted_attribute as escape;
use leptos::html::Textarea;
use leptos::prelude::*;

/// What the frame may: run scripts, and open the whole page from its footer. The page works with `allow-scripts` alone.
const SANDBOX: &str = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

/// The one element that is shown, if this is an embed: the page says it on its root element.
pub fn shown() -> Option<String> {
    document().document_element()?.get_attribute("data-embed")
}

/// The scene that the page's link is about if it names none: the page says it on its root element.
pub fn nameless() -> String {
    let named = document().document_element().and_then(|root| root.get_attribute("data-scene"));
    named.unwrap_or_else(|| "lot".into())
}

/// Keeps what the page's link says now, for a frame that may not change its own address.
pub fn remember(said: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-link", said);
    }
}

/// The line for another page that shows `scene` there as the page's link has it now.
fn line(scene: &str, title: &str) -> Option<String> {
    let said = document().document_element()?.get_attribute("data-link");
    let said = said.unwrap_or_else(query);
    let said = write_query(&embedded(scene, &nameless(), read_query(&said)))?;
    let address = format!("{}?{said}", site_address(&format!("embed/{scene}.html"))?);
    let (address, title) = (escape(&address), escape(title));
    let height = height(scene);
    Some(format!(
        "<iframe src=\"{address}\" title=\"{title}\" width=\"100%\" height=\"{height}\" loading=\"lazy\" \
         sandbox=\"{SANDBOX}\" allow=\"fullscreen; clipboard-write\"></iframe>"
    ))
}

/// So high that the picture, time and what is said of it are in view on a phone, and in a column of text the knobs too.
fn height(scene: &str) -> u16 {
    if scene == "flask" { 1200 } else { 1150 }
}

/// "Embed this", under a scene; nothing where the scene is embedded already.
#[component]
pub fn EmbedThis(
    /// The element to show.
    scene: &'static str,
    /// What the frame is called, for screen readers.
    title: String,
) -> impl IntoView {
    let said = RwSignal::new("");
    let field = NodeRef::<Textarea>::new();
    let write = move || {
        if let Some(field) = field.get_untracked() {
            field.set_value(&line(scene, &title).unwrap_or_default());
        }
    };
    let (opened, looked_at, pressed) = (write.clone(), write.clone(), write);
    let copy = move |_| {
        pressed();
        said.set(match field.get_untracked().is_some_and(|field| copy_text_of(&field)) {
            true => "Copied.",
            false => "This browser does not let the page copy. The line is selected: copy it by hand.",
        });
    };
    shown().is_none().then(|| {
        view! {
            <details class="group embed-this" on:toggle=move |_| opened()>
                <summary>"Embed this"</summary>
                <textarea
                    readonly
                    rows="5"
                    aria-label="The line for your page"
                    node_ref=field
                    on:focus=move |_| looked_at()
                ></textarea>
                <p class="acts">
                    <button type="button" on:click=copy>"Copy the line"</button>
                    <span class="quiet" role="status">{said}</span>
                </p>
            </details>
        }
    })
}
