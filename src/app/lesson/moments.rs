//! Moments that the prose speaks of: a link moves the lot there.

use crate::app::plan::PlanScene;
use crate::app::scene::SceneCommand;
use crate::browser::element;
use crate::lesson::Lesson;
use crate::settings::decimal;
use crate::time::{Instant, Span};
use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::Closure;
use leptos::web_sys::{Element, Event};

/// Makes the links to moments in a lesson's prose move its lot. Where the lot is out of sight, they lead to it as well.
pub fn listen(lesson: &'static Lesson, scene: PlanScene) {
    let Some(prose) = element(lesson.name) else { return };
    let follow = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let Some(at) = event.target().and_then(|target| moment(target.unchecked_ref())) else { return };
        // The text is about the lesson's own plan, so settings that the reader has changed since are dropped.
        scene.controls.send(SceneCommand::Plan(Box::new((lesson.plan)())));
        scene.controls.stop_at(SceneCommand::Seek(at));
        if is_in_sight(&format!("{}-picture", scene.controls.scene)) {
            event.prevent_default();
        }
    });
    let _ = prose.add_event_listener_with_callback("click", follow.as_ref().unchecked_ref());
    follow.forget(); // as long as the page
}

/// The moment that a link is about, if what was clicked stands in one.
fn moment(clicked: &Element) -> Option<Instant> {
    let link = clicked.closest("a.moment").ok().flatten()?;
    let seconds = decimal(&link.get_attribute("data-at")?)?;
    Some(Instant::ZERO + Span::from_secs_f64(seconds))
}

/// Whether at least half of an element is in sight, as far as its height goes.
fn is_in_sight(name: &str) -> bool {
    let Some(place) = element(name).map(|place| place.get_bounding_client_rect()) else { return false };
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    place.bottom().min(height) - place.top().max(0.0) >= place.height() / 2.0
}
