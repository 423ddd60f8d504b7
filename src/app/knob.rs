//! One knob: a slider, a box to type what the slider cannot hold, and a way back to the default.

use super::controls::Controls;
use crate::settings::{SettingId, ValueKind};

use leptos::prelude::*;

/// A slider for a setting that is a number.
#[component]
pub fn Knob(
    /// The setting.
    setting: SettingId,
    /// What the knob is called, if not as the setting is.
    #[prop(optional)]
    called: Option<&'static str>,
    /// What is said under it, if not the setting's hint.
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
    let row = setting.setting();
    let back = match (own, row.default()) {
        (Some(own), _) => Some((own, "the lesson's value")),
        (None, Some(default)) => Some((default, "SQLAlchemy's default")),
        (None, None) => back.map(|back| (back, "the page's value")),
    };
    let called = called.unwrap_or(row.name);
    Slider(SliderProps {
        scene: controls.scene,
        name: row.name,
        called,
        hint: hint.unwrap_or(row.hint),
        unit: row.unit,
        ends: row.slider.map_or((0.0, 1.0, 1.0), |slider| (slider.from, slider.to, slider.step)),
        back,
        text: text(setting, controls),
        position: Signal::derive(move || row.position(&controls.setup.get())),
        submit: submit(setting, called, controls),
    })
}

/// A knob for any setting, as its kind asks for.
#[component]
pub fn AnyKnob(
    /// The setting.
    setting: SettingId,
    /// Where "back" leads, if SQLAlchemy has no default.
    back: String,
    /// It leads there in any case: this is a lesson's own value.
    #[prop(optional)]
    own: bool,
    /// What it turns.
    controls: Controls,
) -> impl IntoView {
    let row = setting.setting();
    let (scene, name, called, hint) = (controls.scene, row.name, row.name, row.hint);
    let (text, submit) = (text(setting, controls), submit(setting, called, controls));
    match row.kind {
        ValueKind::Word(words) => Choice(ChoiceProps { scene, name, called, hint, words, text, submit }).into_any(),
        ValueKind::Switch => Switch(SwitchProps { scene, name, called, hint, text, submit }).into_any(),
        ValueKind::Moments => Words(WordsProps { scene, name, called, hint, text, submit }).into_any(),
        _ if own => view! { <Knob setting own=back controls /> }.into_any(),
        _ => view! { <Knob setting back controls /> }.into_any(),
    }
}

fn text(id: SettingId, controls: Controls) -> Signal<String> {
    Signal::derive(move || id.setting().text(&controls.setup.get()))
}

fn submit(id: SettingId, called: &'static str, controls: Controls) -> Submit {
    Callback::new(move |typed: String| controls.set(id, &typed).map_err(|error| format!("{called} {}", error.reason)))
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
    name: &'static str,
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
        <div class="knob" data-setting=name>
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
    name: &'static str,
    called: &'static str,
    hint: &'static str,
    words: &'static [&'static str],
    text: Signal<String>,
    submit: Submit,
) -> impl IntoView {
    let hint_id = id("hint", scene, called);
    view! {
        <div class="knob" data-setting=name>
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
    name: &'static str,
    called: &'static str,
    hint: &'static str,
    text: Signal<String>,
    submit: Submit,
) -> impl IntoView {
    let hint_id = id("hint", scene, called);
    view! {
        <div class="knob" data-setting=name>
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
    name: &'static str,
    called: &'static str,
    hint: &'static str,
    text: Signal<String>,
    submit: Submit,
) -> impl IntoView {
    let (shown, refusal, _, take) = draft(text, submit);
    let (hint_id, error_id) = (id("hint", scene, called), id("error", scene, called));
    let described = format!("{hint_id} {error_id}");
    view! {
        <div class="knob" data-setting=name>
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
