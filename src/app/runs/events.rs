//! What is pressed, chosen and typed in the list.

use super::place::{Place, about};
use super::run_list::{Beside, RunList};
use leptos::web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// What is heard. `toggle` does not rise, so all are heard on their way down.
const HEARD: [&str; 4] = ["toggle", "click", "change", "keydown"];

impl RunList {
    /// Puts the list into an element of the page. `beside` puts another pool beside the world that is shown, where a scene
    /// can do that.
    pub fn mount(&self, place: HtmlElement, beside: Option<Beside>) {
        place.set_inner_html(include_str!("runs.html"));
        let this = self.clone();
        // Not FnMut: what is taken from the page may tell of a change while it goes.
        let hear = Closure::<dyn Fn(Event)>::new(move |event: Event| this.hear(&event));
        for kind in HEARD {
            let listener = hear.as_ref().unchecked_ref();
            let _ = place.add_event_listener_with_callback_and_bool(kind, listener, true);
        }
        hear.forget(); // it is there as long as the page
        self.settle(Place::new(place.into()), beside);
        self.paint();
    }

    fn hear(&self, event: &Event) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let (what, id) = about(&target);
        let field = target.get_attribute("data-field").unwrap_or_default();
        match (&event.type_()[..], &field[..]) {
            ("toggle", _) if target.has_attribute("open") && target.class_list().contains("runs") => self.open(),
            ("click", "code") => target.unchecked_into::<HtmlInputElement>().select(),
            ("click", _) if what != "compare" => self.press(&what, id),
            ("change", "file") => self.bring(target.unchecked_ref()),
            ("change", _) if what == "compare" => self.choose(id, target.unchecked_ref::<HtmlInputElement>().checked()),
            ("keydown", _) => match (&event.unchecked_ref::<KeyboardEvent>().key()[..], &field[..]) {
                ("Enter", "name") => self.press("keep", 0),
                ("Enter", "typed") => self.press("code", 0),
                ("Enter", "rename") => self.press("named", id),
                ("Escape", "rename") => self.end_renaming(),
                _ => {}
            },
            _ => {}
        }
    }

    /// A chosen file is read.
    fn bring(&self, input: &HtmlInputElement) {
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        let (this, name) = (self.clone(), file.name());
        if !self.is_too_long(&name, file.size()) {
            spawn_local(async move {
                match JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
                    Some(text) => this.import(name, text),
                    None => this.complain(&format!("{name} cannot be read.")),
                }
            });
        }
        input.set_value(""); // the same file may be chosen again
    }
}
