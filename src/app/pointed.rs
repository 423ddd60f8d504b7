//! The answer to a click on the picture, where it was clicked: what that is. Screen readers hear the same sentence below.

use super::controls::Controls;
use crate::browser::append_place;
use gloo_timers::callback::Timeout;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;

/// It stays for so long, in milliseconds: two sentences are read by then.
const STAYS: u32 = 7_000;

/// A click is answered within this time or not at all, in milliseconds.
const ANSWERED: u32 = 500;

/// Where a person has clicked. It is `Copy`: all copies share the same state.
#[derive(Debug, Clone, Copy)]
pub struct PointedAt {
    /// In parts of the picture's width and height, until it is answered.
    asked: StoredValue<Option<(f32, f32)>>,
    answer: RwSignal<Option<String>>,
    place: StoredValue<Option<HtmlElement>, LocalStorage>,
    /// What takes the answer away.
    ends: StoredValue<Option<Timeout>, LocalStorage>,
}

impl PointedAt {
    /// Answers over a picture with what is said.
    pub fn mount(picture: &HtmlElement, controls: Controls) -> PointedAt {
        let owner = Owner::new();
        let pointed = owner.with(|| PointedAt {
            asked: StoredValue::new(None),
            answer: RwSignal::new(None),
            place: StoredValue::new_local(append_place(picture)),
            ends: StoredValue::new_local(None),
        });
        if let Some(place) = pointed.place.get_value() {
            place.set_class_name("pointed");
            let answer = pointed.answer;
            mount_to(place, move || move || answer.get().map(|said| view! { <span>{said}</span> })).forget();
            // Not before something of the page is mounted: effects run only then.
            owner.with(|| {
                Effect::new(move |_| {
                    let said = controls.said.get();
                    pointed.tell(said);
                })
            });
        }
        std::mem::forget(owner); // as long as the page
        pointed
    }

    /// A person has clicked there.
    pub fn ask(self, x: f32, y: f32) {
        self.answer.set(None);
        self.asked.set_value(Some((x, y)));
        // What is said later is about something else.
        self.ends.set_value(Some(Timeout::new(ANSWERED, move || self.asked.set_value(None))));
    }

    fn tell(self, said: String) {
        let Some((x, y)) = self.asked.get_value().filter(|_| !said.is_empty()) else { return };
        self.asked.set_value(None);
        if let Some(place) = self.place.get_value() {
            let style = place.style();
            // From the point towards the middle, so that all of it is in the picture.
            let (across, down) = (if x < 0.5 { "left" } else { "right" }, if y < 0.5 { "top" } else { "bottom" });
            for side in ["left", "right", "top", "bottom"] {
                let from = match side {
                    "left" => x,
                    "right" => 1.0 - x,
                    "top" => y,
                    _ => 1.0 - y,
                };
                let is_used = side == across || side == down;
                let _ = style
                    .set_property(side, &if is_used { format!("{}%", (from * 100.0) as i32) } else { "auto".into() });
            }
        }
        self.answer.set(Some(said));
        self.ends.set_value(Some(Timeout::new(STAYS, move || self.answer.set(None))));
    }
}
