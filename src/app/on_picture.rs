//! Controls on the picture itself: + and − for what one sees there, and a hint for whoever meets them first.

use super::controls::Controls;
use super::embed;
use crate::browser::{keep, kept, place_after};
use crate::settings::SettingId;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;

/// What can be turned there, what it is called, the same in words, and its least value: pool_size 0 and max_overflow -1 mean "no limit", which is
/// nothing that one steps into.
const TURNED: [(SettingId, &str, &str, f64); 3] = [
    (SettingId::PoolSize, "pool_size", "pool_size", 1.0),
    (SettingId::MaxOverflow, "max_overflow", "max_overflow", 0.0),
    (SettingId::Rate, "requests/s", "requests per second", 0.0),
];

/// Under this name the browser keeps that the hint was read.
const HINT: &str = "valet-hint-on-picture";

/// Mounts controls over `picture`, for those of a scene's settings that one sees in it. The picture is an image to screen
/// readers, so they stand beside it in the document. What an embed locks or hides is `public/frame.js`'s, as with knobs.
pub fn mount(picture: &HtmlElement, controls: Controls, settings: impl Iterator<Item = SettingId>) {
    let settings: Vec<SettingId> = settings.collect();
    let turned: Vec<_> = TURNED.into_iter().filter(|(id, ..)| settings.contains(id)).collect();
    if turned.is_empty() {
        return;
    }
    let pictures = picture.closest(".pictures").ok().flatten();
    if let Some(place) = place_after(pictures.as_ref().unwrap_or(picture)) {
        place.set_class_name("on-picture");
        mount_to(place, move || view! { <OnPicture controls turned /> }).forget();
    }
}

#[component]
fn OnPicture(controls: Controls, turned: Vec<(SettingId, &'static str, &'static str, f64)>) -> impl IntoView {
    // Whoever embeds a scene says what it is for.
    let hints = RwSignal::new(embed::shown().is_none() && kept(HINT).is_none());
    let read = move |_| {
        keep(HINT, "1");
        hints.set(false);
    };
    view! {
        <div class="steppers" role="group" aria-label="On the picture">
            {turned.into_iter().map(|(id, called, spoken, least)| view! { <Stepper id called spoken least controls /> }).collect_view()}
            <Show when=move || hints.get()>
                <p class="hint-once">
                    <span>"Turn the lot here. Click a car or a bay to hear about it."</span>
                    <button type="button" on:click=read>"Got it"</button>
                </p>
            </Show>
        </div>
    }
}

/// One setting between − and +.
#[component]
fn Stepper(id: SettingId, called: &'static str, spoken: &'static str, least: f64, controls: Controls) -> impl IntoView {
    let row = id.setting();
    let name = row.name;
    let turn = move |by: f64| {
        let (now, text) = controls.setup.with_untracked(|setup| (row.position(setup), row.text(setup)));
        let next = if by < 0.0 && now > least { (now + by).max(least) } else { now + by };
        if next < least {
            return controls.say(&format!("{name} is {text}. It goes no lower here."));
        }
        if let Err(error) = controls.set(id, &next.to_string()) {
            controls.say(&format!("{name} {}", error.reason));
        }
    };
    view! {
        <div class="stepper" data-setting=name>
            <button type="button" aria-label=format!("{spoken}: less") on:click=move |_| turn(-1.0)>"−"</button>
            <span class="stepper-value" aria-hidden="true">
                <span>{called}</span>
                <b>{move || controls.setup.with(|setup| row.text(setup))}</b>
            </span>
            <button type="button" aria-label=format!("{spoken}: more") on:click=move |_| turn(1.0)>"+"</button>
        </div>
    }
}
