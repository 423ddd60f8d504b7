//! Kept runs: a list of them under a scene, and what can be done with each.
//!
//! A scene makes a [`Shelf`], lets it [look](Shelf::look) at its stage, and mounts [`Runs`] in its panel. The page's frame
//! is `runs.html` and the rows in it are [text](words), because a view of each element by itself would be several times as
//! large; whatever is pressed in it is heard at its root.

mod deeds;
mod place;
mod shelf;
mod words;

pub use shelf::Shelf;

use crate::run::Label;
use crate::sim::Setup;
use crate::time::Instant;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlInputElement};
use place::Place;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// The list, and everything about it.
#[component]
pub fn Runs(
    /// Its state.
    shelf: Shelf,
    /// Puts another pool beside the world that is shown; where a scene can do that.
    #[prop(optional, into)]
    beside: Option<Callback<Setup>>,
) -> impl IntoView {
    let root = NodeRef::<leptos::html::Details>::new();
    Effect::new(move |_| {
        if let Some(element) = root.get() {
            paint(shelf, Place(element.into()), beside.is_some());
        }
    });
    let toggled = move |_| {
        if root.get_untracked().is_some_and(|root| root.open()) {
            shelf.open();
        }
    };
    let pressed = move |event: leptos::ev::MouseEvent| {
        if let Some((what, id)) = event.target().and_then(|target| deed(target.dyn_into().ok()?)) {
            shelf.press(&what, id, beside);
        }
    };
    let changed = move |event: leptos::ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        if input.type_() == "file" {
            bring(shelf, &input);
        } else if let Some(("compare", id)) = deed(input.clone().into()).as_ref().map(|(what, id)| (&what[..], *id)) {
            shelf.choose(id, input.checked());
        }
    };
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        match (form.get_attribute("data-form").as_deref(), number(&form)) {
            (Some("keep"), _) => shelf.keep(),
            (Some("code"), _) => shelf.take_code(),
            (Some("rename"), id) => shelf.rename(id),
            _ => {}
        }
    };
    let keyed = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            shelf.end_renaming();
        }
    };
    view! {
        <details
            class="sweep runs"
            node_ref=root
            inner_html=include_str!("runs.html")
            on:toggle=toggled
            on:click=pressed
            on:change=changed
            on:submit=submitted
            on:keydown=keyed
        ></details>
    }
}

/// What an element does when it is pressed, and with which run.
fn deed(element: Element) -> Option<(String, u32)> {
    let button = element.closest("[data-do]").ok()??;
    Some((button.get_attribute("data-do")?, number(&button)))
}

/// The run that an element is about; 0 if none.
fn number(element: &Element) -> u32 {
    let about = element.closest("[data-run]").ok().flatten();
    about.and_then(|about| about.get_attribute("data-run")?.parse().ok()).unwrap_or(0)
}

/// A chosen file is read.
fn bring(shelf: Shelf, input: &HtmlInputElement) {
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    let name = file.name();
    if !shelf.is_too_long(&name, file.size()) {
        spawn_local(async move {
            match JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
                Some(text) => shelf.import(&name, &text),
                None => shelf.complain(&format!("{name} cannot be read.")),
            }
        });
    }
    input.set_value(""); // the same file may be chosen again
}

/// Keeps what is shown as the state is.
fn paint(shelf: Shelf, place: Place, can_watch: bool) {
    shelf.place.set_value(Some(place.clone()));
    let here = place.clone();
    Effect::new(move |_| {
        let length = shelf.controls.clock.with(|clock| clock.ends.1) - Instant::ZERO;
        let name = shelf.controls.setup.with(|setup| Label::name_for(&setup.settings, length));
        here.set("[data-field=name]", "placeholder", &name);
    });
    let here = place.clone();
    Effect::new(move |_| {
        here.text("[data-figure=runs-said]", &shelf.said.get());
        here.text("[data-figure=runs-complaint]", &shelf.complaint.get());
        let removed = shelf.removed.get();
        here.show("[data-figure=undo]", removed.is_some());
        here.text("[data-figure=undo] span", &removed.map(|name| format!("“{name}” is deleted.")).unwrap_or_default());
    });
    let here = place.clone();
    Effect::new(move |_| {
        let progress = shelf.progress.get();
        here.text("[data-figure=progress]", &words::progress(&progress));
        here.set("[data-field=code]", "value", &progress.code());
        let notice = shelf.refusal.get().map(|error| words::notice(&error.to_string(), &progress.code()));
        here.show("[data-figure=keep-notice]", notice.is_some());
        here.text("[data-figure=keep-notice]", &notice.unwrap_or_default());
    });
    let here = place.clone();
    Effect::new(move |_| {
        let (kept, renaming) = (shelf.kept.get(), shelf.renaming.get());
        let chosen = shelf.chosen.get_untracked();
        here.rows(&words::rows(&kept, renaming, &chosen));
        here.show("thead", !kept.is_empty());
        if renaming.is_some() {
            here.focus("[data-field=rename]");
        }
    });
    Effect::new(move |_| {
        let chosen = shelf.chosen.get();
        place.check(&chosen);
        let html = shelf.compared.with(|pair| words::compared(pair.as_deref(), chosen.len(), can_watch));
        place.html("[data-figure=runs-compared]", &html);
    });
}
