//! One knob: a slider, a box to type what the slider cannot hold, and a way back to the default.

use super::controls::Controls;
use crate::link::{Key, Kind, key};
use leptos::prelude::*;

/// A slider for a key that is a number.
#[component]
pub fn Knob(
    /// The key's name.
    name: &'static str,
    /// What the knob is called, if not as the key is.
    #[prop(optional)]
    called: Option<&'static str>,
    /// What is said under it, if not the key's hint.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// Where "back" leads, if SQLAlchemy has no default.
    #[prop(optional, into)]
    back: Option<String>,
    /// Where "back" leads in any case: the lesson's own value.
    #[prop(optional, into)]
    own: Option<String>,
    /// What it turns.
    controls: Controls,
) -> impl IntoView {
    key(name).map(|key| {
        let back = match (own, key.default) {
            (Some(own), _) => Some((own, "the lesson's value")),
            (None, Some(default)) => Some((default.to_owned(), "SQLAlchemy's default")),
            (None, None) => back.map(|back| (back, "the page's value")),
        };
        let called = called.unwrap_or(key.name);
        Slider(SliderProps {
            scene: controls.scene,
            called,
            hint: hint.unwrap_or(key.hint),
            unit: key.unit,
            ends: if let Kind::Slider { from, to, step } = key.kind { (from, to, step) } else { (0.0, 1.0, 1.0) },
            back,
            text: text(key, controls),
            position: Signal::derive(move || key.position(&controls.setup.get())),
            submit: submit(key, called, controls),
        })
    })
}

/// A knob for any key, as its kind asks for.
#[component]
pub fn AnyKnob(
    /// The key's name.
    name: &'static str,
    /// Where "back" leads, if SQLAlchemy has no default.
    back: String,
    /// It leads there in any case: this is a lesson's own value.
    #[prop(optional)]
    own: bool,
    /// What it turns.
    controls: Controls,
) -> impl IntoView {
    key(name).map(|key| {
        let (scene, called, hint) = (controls.scene, key.name, key.hint);
        let (text, submit) = (text(key, controls), submit(key, called, controls));
        match key.kind {
            Kind::Slider { .. } if own => view! { <Knob name own=back controls /> }.into_any(),
            Kind::Slider { .. } => view! { <Knob name back controls /> }.into_any(),
            Kind::Choice(words) => Choice(ChoiceProps { scene, called, hint, words, text, submit }).into_any(),
            Kind::Switch => Switch(SwitchProps { scene, called, hint, text, submit }).into_any(),
            Kind::Text => Words(WordsProps { scene, called, hint, text, submit }).into_any(),
        }
    })
}

fn text(key: &'static Key, controls: Controls) -> Signal<String> {
    Signal::derive(move || (key.show)(&controls.setup.get()))
}

fn submit(key: &'static Key, called: &'static str, controls: Controls) -> Submit {
    Callback::new(move |typed: String| controls.set(key.name, &typed).map_err(|sentence| said_of(called, sentence)))
}

/// A key's sentence begins with "It" where the key does not name itself.
fn said_of(called: &str, sentence: String) -> String {
    match sentence.strip_prefix("It takes") {
        Some(rest) => format!("{called} takes{rest}"),
        None => sentence,
    }
}

type Submit = Callback<String, Result<(), String>>;

/// What is shown, what was wrong, what is being typed or dragged before it is in force, and how it comes into force.
type Draft = (Signal<String>, RwSignal<Option<String>>, RwSignal<Option<String>>, Callback<String>);

/// What is typed or dragged, before it is in force, and what was wrong with it.
fn draft(text: Signal<String>, submit: Submit) -> Draft {
    let (refusal, draft) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let take = Callback::new(move |typed: String| match submit.run(typed.clone()) {
        Ok(()) => {
            refusal.set(None);
            draft.set(None);
        }
        Err(sentence) => {
            refusal.set(Some(sentence));
            draft.set(Some(typed));
        }
    });
    (Signal::derive(move || draft.get().unwrap_or_else(|| text.get())), refusal, draft, take)
}

/// An id of a part of a knob: several scenes have knobs of the same name.
fn id(what: &str, scene: &str, called: &str) -> String {
    format!("{scene}-{what}-{}", called.replace(' ', "-"))
}

#[component]
fn Slider(
    scene: &'static str,
    called: &'static str,
    hint: &'static str,
    unit: &'static str,
    ends: (f64, f64, f64),
    back: Option<(String, &'static str)>,
    text: Signal<String>,
    position: Signal<f64>,
    submit: Submit,
) -> impl IntoView {
    let (shown, refusal, draft, take) = draft(text, submit);
    let (hint_id, error_id) = (id("hint", scene, called), id("error", scene, called));
    let described = format!("{hint_id} {error_id}");
    view! {
        <div class="knob">
            <span class="knob-name" aria-hidden="true">{called}</span>
            <input
                type="range"
                aria-label=called
                aria-describedby=hint_id.clone()
                aria-valuetext=move || format!("{} {}", shown.get(), unit)
                min=ends.0
                max=ends.1
                step=ends.2
                prop:value=move || position.get().to_string()
                on:input=move |event| draft.set(Some(event_target_value(&event)))
                on:change=move |event| take.run(event_target_value(&event))
            />
            <span class="knob-value">
                <input
                    type="text"
                    inputmode="text"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=called
                    aria-describedby=described
                    aria-invalid=move || refusal.get().is_some().to_string()
                    prop:value=shown
                    on:change=move |event| take.run(event_target_value(&event))
                />
                <span class="unit" aria-hidden="true">{unit}</span>
            </span>
            {back
                .map(|(value, whose)| {
                    let (same, goal) = (value.clone(), value.clone());
                    view! {
                        <button
                            type="button"
                            class="back"
                            disabled=move || text.get() == same && refusal.get().is_none()
                            aria-label=format!("{called} back to {whose}, {value}")
                            on:click=move |_| take.run(goal.clone())
                        >
                            <span aria-hidden="true">{format!("↺ {value}")}</span>
                        </button>
                    }
                })}
            <p class="hint" id=hint_id>{hint}</p>
            <p class="complaint" id=error_id role="alert">{move || refusal.get()}</p>
        </div>
    }
}

#[component]
fn Choice(
    scene: &'static str,
    called: &'static str,
    hint: &'static str,
    words: &'static [&'static str],
    text: Signal<String>,
    submit: Submit,
) -> impl IntoView {
    let hint_id = id("hint", scene, called);
    view! {
        <div class="knob">
            <span class="knob-name" aria-hidden="true">{called}</span>
            <select
                class="knob-choice"
                aria-label=called
                aria-describedby=hint_id.clone()
                prop:value=text
                on:change=move |event| {
                    let _ = submit.run(event_target_value(&event));
                }
            >
                {words.iter().map(|&word| view! { <option value=word selected=move || text.get() == word>{word}</option> }).collect_view()}
            </select>
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}

#[component]
fn Switch(
    scene: &'static str,
    called: &'static str,
    hint: &'static str,
    text: Signal<String>,
    submit: Submit,
) -> impl IntoView {
    let hint_id = id("hint", scene, called);
    view! {
        <div class="knob">
            <label class="knob-switch">
                <input
                    type="checkbox"
                    role="switch"
                    aria-describedby=hint_id.clone()
                    prop:checked=move || text.get() == "1"
                    on:change=move |event| {
                        let _ = submit.run(u8::from(event_target_checked(&event)).to_string());
                    }
                />
                <span class="knob-name">{called}</span>
            </label>
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}

#[component]
fn Words(
    scene: &'static str,
    called: &'static str,
    hint: &'static str,
    text: Signal<String>,
    submit: Submit,
) -> impl IntoView {
    let (shown, refusal, _, take) = draft(text, submit);
    let (hint_id, error_id) = (id("hint", scene, called), id("error", scene, called));
    let described = format!("{hint_id} {error_id}");
    view! {
        <div class="knob">
            <span class="knob-name" aria-hidden="true">{called}</span>
            <input
                class="knob-words"
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-label=called
                aria-describedby=described
                aria-invalid=move || refusal.get().is_some().to_string()
                prop:value=shown
                on:change=move |event| take.run(event_target_value(&event))
            />
            <p class="hint" id=hint_id>{hint}</p>
            <p class="complaint" id=error_id role="alert">{move || refusal.get()}</p>
        </div>
    }
}
