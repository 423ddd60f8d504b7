//! Embeds: whether this page is one, and "Embed this", the line that puts a scene into another page.

use crate::browser::{copy_text_of, query, read_query, site_address, write_query};
use crate::lesson::Task;
use crate::link::{HostCommand, addressed, embedded};
use crate::settings::{Setting, setting};
use html_escape::encode_double_quoted_attribute as escape;
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::web_sys::{CustomEvent, Element};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// What the frame may: run scripts, keep rows and files as a page of this site, and open the whole page from its footer. It works with
/// `allow-scripts` alone, but loads everything anew each time then: docs/embedding.md.
const SANDBOX: &str = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// The one element that is shown, if this is an embed: the page says it on its root element.
pub fn shown() -> Option<String> {
    document().document_element()?.get_attribute("data-embed")
}

/// The scene that the page's link is about if it names none: the page says it on its root element.
pub fn nameless() -> String {
    let named = document().document_element().and_then(|root| root.get_attribute("data-scene"));
    named.unwrap_or_else(|| "lot".into())
}

/// Whether a reader may be shown the solution of a challenge: a teacher who embeds it can say `solution=0`.
pub fn offers_solution() -> bool {
    let said = read_query(&query());
    shown().is_none() || !said.iter().any(|(name, value)| name == "solution" && value == "0")
}

/// Tells `public/frame.js` what a reader achieved: its name, and of 3 points how many.
pub fn achieved(name: &str, points: Option<u8>) {
    let points = points.map(|points| format!(" {points}")).unwrap_or_default();
    tell(&format!("goal {name}{points}"));
}

/// The same of a goal that is met as its scene opens, of which the reader has done nothing here.
pub fn achieved_as_it_opens(name: &str, points: u8) {
    tell(&format!("goal {name} {points} opening"));
}

/// The same of what the page around the frame asked for in vain.
pub fn refuse(why: &str) {
    tell(&format!("error {why}"));
}

/// Tells `public/frame.js` something, each as an event of its own: of an attribute it would see the last value only.
pub fn tell(what: &str) {
    if shown().is_none() {
        return;
    }
    if let Ok(event) = CustomEvent::new("valet-said") {
        event.init_custom_event_with_can_bubble_and_cancelable_and_detail("valet-said", false, false, &what.into());
        let _ = document().dispatch_event(&event);
    }
}

/// Calls `obey` with what the page around the frame asks for, if it speaks with this scene.
pub fn listen(scene: &str, obey: impl Fn(HostCommand) + 'static) {
    if !is_addressed(scene) {
        return;
    }
    let asked = Closure::<dyn FnMut(CustomEvent)>::new(move |event: CustomEvent| {
        if let Some(command) = event.detail().as_string().and_then(|text| HostCommand::read(&text)) {
            obey(command);
        }
    });
    let _ = document().add_event_listener_with_callback("valet-command", asked.as_ref().unchecked_ref());
    asked.forget(); // as long as the page
}

/// Whether the page around the frame speaks with this scene of the embed.
pub fn is_addressed(scene: &str) -> bool {
    let named = read_query(&query()).into_iter().find(|(name, _)| name == "scene").map(|(_, named)| named);
    let pictures = document().query_selector_all("[data-shown] .picture[id]").ok();
    let ids = pictures.into_iter().flat_map(|found| (0..found.length()).filter_map(move |place| found.get(place)));
    let names: Vec<String> = ids
        .filter_map(|node| Some(node.unchecked_into::<Element>().id().strip_suffix("-picture")?.to_owned()))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    shown().is_some() && addressed(named.as_deref(), &names) == Some(scene)
}

/// What the address of the frame says of the teacher's own task.
pub fn task() -> Option<Task> {
    shown()?;
    let said = read_query(&query());
    let (task, errors) = Task::read(said.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    for error in errors {
        tell(&format!("complaint {error}"));
    }
    task
}

/// The settings that the address of the frame names as those to be shown.
pub fn named_to_show() -> Vec<&'static Setting> {
    let said = if shown().is_some() { read_query(&query()) } else { Vec::new() };
    let names = said.iter().filter(|(name, _)| name == "show").flat_map(|(_, value)| value.split([',', ' ']));
    names.filter_map(setting).collect()
}

/// Keeps what the page's link says now, for a frame that may not change its own address.
pub fn remember(said: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-link", said);
    }
}

/// A way to put a scene into another page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Frame,
    Compact,
    Element,
}

impl Way {
    const ALL: [(Way, &'static str); 3] = [
        (Way::Frame, "A frame with all of it"),
        (Way::Compact, "A small frame: the picture and one row of controls"),
        (Way::Element, "An element that grows with the scene (needs a script)"),
    ];

    /// The line for another page that shows `scene` there as the page's link has it now.
    fn line(self, scene: &str, title: &str) -> Option<String> {
        let said = document().document_element()?.get_attribute("data-link");
        let said = said.unwrap_or_else(query);
        let mut pairs = embedded(scene, &nameless(), read_query(&said));
        if self == Way::Element {
            let attribute =
                |(name, value): &(String, String)| format!(" {}=\"{}\"", name.replace('_', "-"), escape(value));
            let about = pairs.iter().filter(|(name, _)| name != "scene" && name != "v");
            let attributes: String = about.map(attribute).collect();
            let script = site_address("embed.js")?;
            return Some(format!(
                "<script type=\"module\" src=\"{}\"></script>\n<valet-lot scene=\"{}\" title=\"{}\"{attributes}></valet-lot>",
                escape(&script),
                escape(scene),
                escape(title)
            ));
        }
        if self == Way::Compact {
            pairs.push(("compact".into(), "1".into()));
        }
        let height = height(scene, self == Way::Compact);
        let address = format!("{}?{}", site_address(&format!("embed/{scene}.html"))?, write_query(&pairs)?);
        let (address, title) = (escape(&address), escape(title));
        Some(format!(
            "<iframe src=\"{address}\" title=\"{title}\" width=\"100%\" height=\"{height}\" loading=\"lazy\" frameborder=\"0\" \
             sandbox=\"{SANDBOX}\" allow=\"fullscreen; clipboard-write\"></iframe>"
        ))
    }
}

/// How high a frame has to be in a course column of 700 pixels so that nothing scrolls inside, nearly enough (`make heights`).
fn height(scene: &str, is_compact: bool) -> u32 {
    match (scene, is_compact) {
        ("playground", true) => 780,
        ("flask" | "fastapi", true) => 1300,
        (_, true) if scene.ends_with("-challenge") => 1500,
        (_, true) => 690,
        ("flask" | "fastapi" | "playground", false) => 2500,
        (_, false) if scene.ends_with("-challenge") => 2300,
        (_, false) => 1400,
    }
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
    let way = RwSignal::new(0usize);
    let field = NodeRef::<Textarea>::new();
    let write = move || {
        if let Some(field) = field.get_untracked() {
            field.set_value(&Way::ALL[way.get_untracked().min(2)].0.line(scene, &title).unwrap_or_default());
        }
    };
    let (opened, looked_at, chosen, pressed) = (write.clone(), write.clone(), write.clone(), write);
    let choose = move |event| {
        way.set(event_target_value(&event).parse().unwrap_or(0));
        said.set("");
        chosen();
    };
    let copy = move |_| {
        pressed();
        said.set(match field.get_untracked().is_some_and(|field| copy_text_of(&field)) {
            true => "Copied.",
            false => "This browser does not let the page copy. The line is selected: copy it yourself.",
        });
    };
    shown().is_none().then(|| {
        view! {
            <details class="group embed-this" on:toggle=move |_| opened()>
                <summary>"Embed this"</summary>
                <label>
                    "As "
                    <select on:change=choose>
                        {Way::ALL.iter().enumerate().map(|(place, (_, called))| view! { <option value=place>{*called}</option> }).collect_view()}
                    </select>
                </label>
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
                <p class="quiet">"What else can be set, and how the frame talks with your page: " <a href=site_address("teach/")>"Teach with it"</a> "."</p>
            </details>
        }
    })
}
