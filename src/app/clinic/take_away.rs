//! What a reader takes along: a link to the same world, the case as one file, and as Markdown for an issue or a chat.

use super::as_file;
use super::found::lines;
use super::visit::Shown;
use crate::browser::{copy_text_of, site_address};
use leptos::html::Textarea;
use leptos::prelude::*;
use std::fmt::Write;
use std::sync::Arc;

/// The link and the text.
pub fn view(shown: &Arc<Shown>) -> AnyView {
    let numbers = &shown.case.diagnosis.numbers;
    let cure = shown.case.cures(shown.cause).first();
    let link = shown.world.as_ref().map(|world| world.link(numbers, cure));
    let address = link.and_then(|query| Some(format!("{}?{query}", site_address("playground/")?)));
    let text = markdown(shown, address.as_deref());
    let field = NodeRef::<Textarea>::new();
    let said = RwSignal::new("");
    let copy = move |_| {
        said.set(match field.get_untracked().is_some_and(|field| copy_text_of(&field)) {
            true => "Copied.",
            false => "This browser does not let the page copy. The text is selected: copy it yourself.",
        });
    };
    let scene = scene(&site_address("clinic/").unwrap_or_default());
    view! {
        <h2>"Take it along"</h2>
        <p hidden=address.is_none()>
            <a href=address.clone() data-figure="to-playground">"Open this world in the playground"</a>
            ", and turn everything. The address holds the numbers and nothing of what you pasted."
        </p>
        {as_file::view(shown, address.clone())}
        <details>
            <summary>"Let the error carry its scene"</summary>
            <p>"These lines put a link beside the error, on your error page or in your log. The link opens the error here, with the pool’s numbers and status at that moment. They come after the #, which browsers never send to a server."</p>
            <pre tabindex="0"><code data-figure="scene">{scene}</code></pre>
        </details>
        <details>
            <summary>"As Markdown, for an issue or a chat"</summary>
            <textarea readonly rows="10" aria-label="The case as Markdown" node_ref=field prop:value=text></textarea>
            <p class="acts">
                <button type="button" on:click=copy>"Copy it"</button>
                <span class="quiet" role="status">{said}</span>
            </p>
        </details>
    }
    .into_any()
}

/// A function in Python that makes the link of an error.
fn scene(address: &str) -> String {
    format!(
        "from urllib.parse import quote\n\ndef scene(engine, error):\n    text = f\"{{type(error).__name__}}: {{error}}\\n{{engine.pool.status()}}\"\n    return \"{address}#text=\" + quote(text, safe=\"\")\n"
    )
}

/// The case as Markdown: what was found, the cause, what would refute it, and the cure.
fn markdown(shown: &Shown, address: Option<&str>) -> String {
    let mut text = String::new();
    for finding in &shown.case.paste.findings {
        let _ = writeln!(text, "- `{}` ({}, {})", finding.excerpt, finding.kind.name(), lines(&finding.lines));
    }
    let cause = shown.cause;
    let _ = writeln!(text, "\n**Likely cause: {}.** {}", cause.title(), cause.says());
    if let Some(ranked) = shown.case.diagnosis.causes.iter().find(|ranked| ranked.cause == cause) {
        for evidence in &ranked.speaks_for {
            let _ = writeln!(text, "- for it: {} ({})", evidence.weight.says, lines(&evidence.lines));
        }
    }
    let _ = writeln!(text, "\nWhat would refute it: {}", cause.refute());
    for cure in shown.case.cures(cause) {
        let _ = writeln!(text, "\n**{}.** {} It may break: {}", cure.title, cure.says, cure.may_break);
    }
    if let Some(address) = address {
        let _ = writeln!(text, "\n[Watch it with these numbers]({address})");
    }
    text
}
